"""The package: what a wheel holds, and that it works where there is no checkout."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digitlab import __version__
from digitlab.export.lesson import Lesson
from digitlab.export.script import script
from digitlab.specs import ARTICLE

ROOT = Path(__file__).parents[1]

READS_A_PICTURE = """
import io
import numpy as np
from PIL import Image
from digitlab.uploads.pictures.isolated import read_isolated
file = io.BytesIO()
Image.fromarray(np.arange(6, dtype=np.uint8).reshape(2, 3)).save(file, "BMP")
print(read_isolated(file.getvalue()).tolist())
"""

STARTS_A_WORKER = """
from pathlib import Path
from digitlab.compute.cluster.worker_process import WorkerProcess
worker = WorkerProcess("nobody", "tls://x", "127.0.0.1", Path("."), {})
print(worker._process.wait(60), "invalid choice: 'nobody'" in worker.last_words())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made from a source distribution, as it is published: what is missing there is missing
    here."""
    folder = tmp_path_factory.mktemp("folder")
    source = _build("sdist", ROOT, folder)
    unpacked = folder / "source"
    subprocess.run([sys.executable, "-m", "tarfile", "-e", source, unpacked], check=True)
    return _build("wheel", unpacked / source.name.removesuffix(".tar.gz"), folder)


def _build(kind: str, project: Path, folder: Path) -> Path:
    program = f"from hatchling.build import build_{kind} as build; print(build({str(folder)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and its command alone; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", folder, wheel], check=True)
    return folder


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Callable[..., Any]:
    """Run a program in an empty folder, with the installed package and not the checkout."""

    def program(*command: str | Path) -> str:
        environment = {**os.environ, "PYTHONPATH": str(installed)}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return program


def test_a_wheel_holds_all_that_the_lab_needs_and_no_module_called_app_or_pages(
    wheel: Path,
) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"digitlab", f"digitlab-{__version__}.dist-info"}
    served = {name.removeprefix("digitlab/served/") for name in names if "/served/" in name}
    pages = {f"pages/{page.name}" for page in (ROOT / "pages").glob("*.py")}
    assert served == {"app.py", ".streamlit/config.toml", *pages}
    library = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "digitlab").rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    assert len(library) > 300
    assert {name.replace(os.sep, "/") for name in library} <= names


def test_a_wheel_needs_what_requirements_txt_says(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    told = archive.read(f"digitlab-{__version__}.dist-info/METADATA").decode()
    needed = {line.partition(": ")[2] for line in told.splitlines() if "Requires-Dist" in line}
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    assert len(needed) == sum(bool(line) and not line.startswith("#") for line in lines)
    assert "streamlit-drawable-canvas==0.13.0" in needed


def test_the_installed_command_works_in_an_empty_folder(
    run: Callable[..., Any], installed: Path
) -> None:
    name = installed / "bin" / "digitlab"
    command = [name.with_suffix(".exe")] if sys.platform == "win32" else [sys.executable, name]
    assert run(*command, "--version") == f"digitlab {__version__}\n"
    written = run(*command, "script", "--preset", "article")
    assert written == script(Lesson.of(ARTICLE))


def test_the_installed_lab_serves_its_own_pages_and_settings(
    run: Callable[..., Any], installed: Path
) -> None:
    where = "from digitlab.cli.serve import app; print(app())"
    served = Path(run(sys.executable, "-P", "-c", where).strip())
    assert served == installed / "digitlab" / "served" / "app.py"
    assert (served.parent / ".streamlit" / "config.toml").exists()


@pytest.mark.parametrize(
    ("program", "says"),
    [(READS_A_PICTURE, "[[0, 1, 2], [3, 4, 5]]"), (STARTS_A_WORKER, "2 True")],
)
def test_processes_of_the_installed_lab_find_it(
    run: Callable[..., Any], program: str, says: str
) -> None:
    assert run(sys.executable, "-P", "-c", program).strip() == says
