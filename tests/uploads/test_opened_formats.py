"""Which decoders the lab uses: those that it names, and no others."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from digitlab.uploads.pictures import (
    PictureError,
    PictureProblem,
    child,
    read_picture,
    unpacking,
)
from digitlab.uploads.pictures.unpacking import OPENED_APART, OPENED_HERE, unpack

ROOT = Path(__file__).parents[2]

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\n%%EndComments\nshowpage\n%%EOF\n"


def opened(name: str) -> list[tuple[Path, ast.Call]]:
    """Where the lab calls a function of this name."""
    sources = {
        path: path.read_text()
        for folder in ("digitlab", "pages")
        for path in (ROOT / folder).rglob("*.py")
    }
    return [
        (path.relative_to(ROOT), call)
        for path, source in sources.items()
        if all(part in source for part in name.split("."))  # to parse them all takes a second
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == name
    ]


def test_every_picture_of_the_lab_is_opened_by_named_formats() -> None:
    """Pillow would else try all that it knows, PostScript among them, which is a program."""
    named = {path.name: call.keywords for path, call in opened("Image.open")}
    assert {name: [word.arg for word in words] for name, words in named.items()} == {
        "canvas.py": ["formats"],
        "unpacking.py": ["formats"],
    }
    assert ast.unparse(named["canvas.py"][0].value) == "('PNG',)"
    assert ast.unparse(named["unpacking.py"][0].value) == "formats"  # what `unpack` is given:
    given = {ast.unparse(call.args[1]) for _, call in opened("unpack")}
    assert given == {"OPENED_HERE", "OPENED_APART"}


def test_the_formats_are_these_and_no_others() -> None:
    assert OPENED_HERE == ("PNG", "JPEG")
    assert OPENED_APART == ("WEBP", "GIF", "BMP", "TIFF")


@pytest.mark.parametrize("read", [read_picture, child.read], ids=["door", "child"])
@pytest.mark.parametrize(
    "content",
    [EPS, b"\xc5\xd0\xd3\xc6" + EPS, b"\n" + EPS, b"BM" + EPS, b"II*\0" + EPS, b"GIF89a" + EPS],
    ids=["EPS", "DOS", "line before", "as BMP", "as TIFF", "as GIF"],
)
def test_postscript_starts_no_program(
    read: Callable[..., Any], content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any, **kwargs: Any) -> None:
        pytest.fail("A program was started.")

    if read is not read_picture:  # the door itself starts the reader, and that is given the file
        monkeypatch.setattr(subprocess, "Popen", never)
    Image.init()
    monkeypatch.setitem(Image.OPEN, "EPS", (never, never))
    with pytest.raises(PictureError):
        read(content)


@pytest.mark.parametrize("formats", [OPENED_HERE, OPENED_APART])
def test_what_the_first_bytes_hide_is_not_opened_either(
    formats: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where `kind_of` were wrong: Pillow gets the list."""
    monkeypatch.setattr(unpacking, "kind_of", lambda content: "BMP")
    with pytest.raises(PictureError):
        unpack(EPS, formats)


def test_the_labs_own_process_never_loads_libheif() -> None:
    text = """
import sys
import digitlab.preprocess, digitlab.cli.commands
from digitlab.uploads.pictures import PictureError, read_picture
try:
    read_picture(b"\\0\\0\\0\\x18ftypheic" + bytes(100))
except PictureError as error:
    print(error.problem)
print(sorted(name for name in sys.modules if "heif" in name))
"""
    command = [sys.executable, "-c", text]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    problem, loaded = done.stdout.splitlines()
    assert problem == PictureProblem.UNUSUAL
    assert loaded == "[]"


def test_no_decoder_of_the_component_is_used() -> None:
    own = [path for path in (ROOT / "digitlab").rglob("*.py") if "st_canvas" in path.read_text()]
    assert [path.name for path in own] == ["canvas.py"]
    code = ast.parse(own[0].read_text())
    names = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    assert not names & {"image_data", "image_bytes", "boxes"}
