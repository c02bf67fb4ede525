"""Workers and readers of files find the lab wherever it is started."""

import io
import os
import site
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitlab import child_process
from digitlab.compute.cluster import worker_process
from digitlab.records.training import WorkerKind
from digitlab.uploads.pictures.isolated import read_isolated

ROOT = Path(__file__).parents[1]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with modules of somebody else, by names that the lab uses."""
    folder = tmp_path / "course"
    for module in ("random.py", "numpy.py", "digitlab/__init__.py", "digitlab/__main__.py"):
        file = folder / module
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("raise SystemExit('This is not the lab.')")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return folder


def test_a_reader_finds_the_lab_and_nothing_of_the_working_folder(elsewhere: Path) -> None:
    pixels = np.arange(6, dtype=np.uint8).reshape(2, 3)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "BMP")
    np.testing.assert_array_equal(read_isolated(file.getvalue()), pixels)


def test_a_worker_finds_the_lab_and_nothing_of_the_working_folder(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *python, _ = worker_process._COMMAND
    monkeypatch.setattr(worker_process, "_COMMAND", (*python, "digitlab"))  # it needs no Keras
    worker = worker_process.WorkerProcess(WorkerKind.TRAIN, "tls://x", "127.0.0.1", tmp_path, {})
    assert worker._process.wait(60) == 2
    assert "invalid choice: 'tls://x'" in worker.last_words()


def test_folders_of_pythonpath_stay_what_they_were(elsewhere: Path) -> None:
    given = {"PYTHONPATH": os.pathsep.join(["packages", "", str(ROOT)])}
    path = child_process.import_path(given)["PYTHONPATH"].split(os.pathsep)
    assert path == [str(ROOT), str(elsewhere / "packages")]


def test_an_installed_lab_needs_no_path_and_comes_after_pythons_own_modules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(ROOT)])
    assert child_process.import_path({}) == {}
