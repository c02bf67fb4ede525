"""What a canvas sends, and what can be forged in its place."""

import ast
import base64
import io
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitlab import limits
from digitlab.preprocess.canvas import SIDE, canvas_pixels, canvas_strokes

ROOT = Path(__file__).parents[1]
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\n%%EndComments\nshowpage\n%%EOF\n"


def url(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def noise(side: int = SIDE) -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 256, (side, side, 4), np.uint8)
    pixels[..., 3] = 255
    return Image.fromarray(pixels)


GOOD = saved(noise())

FORGED = {
    "a number": 42,
    "nothing": None,
    "a list": [[[[]]]],
    "a dict": {"data": url(GOOD)},
    "no base64": "data:image/png,hello",
    "broken base64": url(GOOD)[:-3] + "!!!",
    "another type": url(GOOD).replace("png", "bmp", 1),
    "PostScript": url(EPS),
    "a BMP": url(saved(noise().convert("RGB"), "BMP")),
    "a TIFF": url(saved(noise(), "TIFF")),
    "a JPEG": url(saved(noise().convert("RGB"), "JPEG")),
    "a larger one": url(saved(noise(SIDE + 1))),
    "one bit": url(saved(noise().convert("1"))),
    "16 bits": url(saved(Image.fromarray(np.zeros((SIDE, SIDE), np.uint16)))),
    "a huge one of one bit": url(saved(Image.new("1", (13_300, 13_300)))),
    "cut off": url(GOOD[: len(GOOD) // 2]),
    "a header only": url(GOOD[:20]),
    "garbage behind the header": url(GOOD[:40] + bytes(1000)),
    "too long": url(GOOD + bytes(limits.MAX_CANVAS_KILOBYTES * 1024)),
    "not ASCII": "data:image/png;base64,ÄÖÜ",
}


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_canvas_own_picture_is_taken(mode):
    image = noise().convert(mode)
    pixels = canvas_pixels(url(saved(image)))
    np.testing.assert_array_equal(pixels, np.asarray(image.convert("L")))


@pytest.mark.parametrize("value", FORGED.values(), ids=FORGED)
def test_what_is_forged_is_ignored(value):
    assert canvas_pixels(value) is None


def test_only_the_canvas_own_size_is_ever_unpacked():
    value = FORGED["a huge one of one bit"]
    tracemalloc.start()
    canvas_pixels(value)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000  # 13,300 × 13,300 pixels are 177 million


def test_strokes_are_kept_as_they_are():
    strokes = {"objects": [{"type": "path", "path": [["M", 1, 2]]}], "version": "6"}
    assert canvas_strokes(strokes) == strokes


def nested(depth: int) -> dict:
    inner: list = []
    for _ in range(depth):
        inner = [inner]
    return {"objects": inner}


@pytest.mark.parametrize(
    "raw",
    [7, None, [], {}, {"objects": 3}, {"objects": [{"path": "x" * 1_100_000}]}, nested(100_000)],
    ids=["number", "none", "list", "empty", "no list", "too long", "too deep"],
)
def test_strokes_of_another_form_or_too_many_are_not_held(raw):
    assert canvas_strokes(raw) is None


def test_every_picture_of_the_lab_is_opened_by_named_formats():
    """Pillow would else try all that it knows, PostScript among them, which is a program."""
    calls = [
        (path.relative_to(ROOT), call)
        for folder in ("digitlab", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Image.open")
    ]
    assert calls
    for path, call in calls:
        formats = {keyword.arg: keyword.value for keyword in call.keywords}
        assert "formats" in formats, path
        assert set(ast.literal_eval(formats["formats"])) <= {"PNG", "JPEG"}, path


def test_no_decoder_of_the_component_is_used():
    own = [path for path in (ROOT / "digitlab").rglob("*.py") if "st_canvas" in path.read_text()]
    assert [path.name for path in own] == ["canvas.py"]
    code = ast.parse(own[0].read_text())
    names = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    assert not names & {"image_data", "image_bytes", "boxes"}
