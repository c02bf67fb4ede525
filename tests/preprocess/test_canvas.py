"""What a browser sends as its canvas: drawings are read, all else is ignored."""

import base64
import io
import json
import struct
import subprocess
import sys
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from digitlab import limits
from digitlab.preprocess.canvas import SIDE, canvas_pixels, canvas_strokes

DRAWN = np.full((SIDE, SIDE, 4), 255, np.uint8)
DRAWN[100:140, 60:200, :3] = 0


def png(pixels: np.ndarray, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", **options)
    return file.getvalue()


def url(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def built(
    width: int = SIDE,
    height: int = SIDE,
    depth: int = 8,
    colour: int = 6,
    pixels: bytes = b"",
    *more: bytes,
) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = zlib.compress(pixels)
    parts = [chunk(b"IHDR", header), *more, chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("channels", [3, 4])
def test_a_drawing_is_read(channels: int) -> None:
    pixels = canvas_pixels(url(png(DRAWN[..., :channels])))
    np.testing.assert_array_equal(pixels, DRAWN[..., 0])
    assert pixels.dtype == np.uint8


def test_the_worst_picture_of_the_size_is_read() -> None:
    noise = np.random.default_rng(0).integers(0, 256, DRAWN.shape).astype(np.uint8)
    assert canvas_pixels(url(png(noise))) is not None


def test_what_lies_beside_the_pixels_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "x" * 900_000, zip=True)
    monkeypatch.setattr(PngImagePlugin, "MAX_TEXT_CHUNK", 1000)  # Pillow would refuse the file
    sent = url(png(DRAWN, pnginfo=info, icc_profile=bytes(100_000)))
    np.testing.assert_array_equal(canvas_pixels(sent), DRAWN[..., 0])


@pytest.mark.parametrize(
    "sent",
    [
        *(None, 42, 0.5, True, [], {}, "", "x", ["data:image/png;base64,"], {"data": 1}),
        "data:image/png,hello",
        "data:image/png;base64,",
        "data:image/png;base64,%%%%",
        "data:image/png;base64,ä" + "A" * 100,
        url(png(DRAWN), "image/jpeg"),
        url(png(DRAWN), "image/png;charset=utf-8"),
        url(
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\n%%EndComments\nshowpage\n%%EOF\n"
        ),
        url(b"GIF89a" + bytes(100)),
        url(png(DRAWN)[: len(png(DRAWN)) // 2]),
        url(png(DRAWN)[:33]),
        url(png(DRAWN)[:50] + bytes(20) + png(DRAWN)[70:]),
        url(png(DRAWN[1:])),
        url(png(DRAWN[..., 0])),
        url(png(DRAWN) + bytes(limits.MAX_CANVAS_KILOBYTES * 1024)),
        url(built(13_300, 13_300, 1, 0)),
        url(built(SIDE, SIDE, 16)),
        url(built(SIDE, SIDE, 1, 0)),
        url(built(-SIDE & 0xFFFFFFFF, -SIDE & 0xFFFFFFFF)),
        url(built(0, 0)),
        url(built(pixels=bytes(10))),
        url(
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 6, 9, 9, 9))
        ),
    ],
    ids=range(31),
)
def test_what_no_canvas_sends_is_ignored(sent: Any) -> None:
    assert canvas_pixels(sent) is None


FORGED = """
import json, resource, sys
from digitlab.preprocess.canvas import canvas_pixels
urls = json.load(sys.stdin)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert canvas_pixels(urls[0]) is None
assert canvas_pixels(urls[1]) is not None
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_forged_picture_takes_no_memory() -> None:
    side = 20_000  # 50 MB at one bit a pixel, 400 MB at a byte
    packed = zlib.compress(bytes(side * (1 + -(-side // 8))))
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed)
    # Of the right size, but pixels without end, and a text that unpacks to 40 MB.
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(40 << 20)))
    endless = built(SIDE, SIDE, 8, 6, bytes(40 << 20), text)
    sent = json.dumps([url(bomb), url(endless)])
    ran = subprocess.run(
        [sys.executable, "-c", FORGED], input=sent, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) < 20_000  # kilobytes


STROKE = {"type": "Path", "strokeWidth": 20, "path": [["M", 1.5, 2], ["Q", 3, 4.25, 5, 6]]}


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def test_strokes_are_kept() -> None:
    strokes = {"version": "6", "objects": [STROKE, STROKE], "background": "#fff"}
    assert canvas_strokes(strokes) == strokes
    long = {"objects": [{**STROKE, "path": [["Q", 101.5, 102.5, 103.25, 104.75]] * 7000}]}
    assert canvas_strokes(long) == long


@pytest.mark.parametrize(
    "sent",
    [
        *(None, 42, "x", [], {}, {"objects": 3}, {"objects": [3]}, {"objects": None}),
        {"objects": [{"path": nested(50)}]},
        {"objects": [{"path": nested(100_000)}]},
        {"objects": [{"path": [float("nan")]}]},
        {"objects": [{"path": [float("inf")]}]},
        {"objects": [{}] * 1_000_000},
        {"objects": [{"x" * 1_000_000: 1}]},
        {"objects": [{"path": "x" * 1_000_000}]},
        {"objects": [{"path": [1.25] * 1_000_000}]},
    ],
    ids=range(16),
)
def test_other_strokes_are_not_kept(sent: Any) -> None:
    assert canvas_strokes(sent) is None
