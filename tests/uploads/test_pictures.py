import contextlib
import io
import struct
import subprocess
import sys
import zlib
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from digitlab import limits
from digitlab.preprocess import (
    PictureError,
    PicturesBusyError,
    drawing_to_digit,
    read_picture,
    turn_for_picture,
)
from digitlab.wording.problems.pictures import picture_refusal

RAMP = np.linspace(0, 255, 60 * 40).reshape(40, 60).astype(np.uint8)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """As a file; a PNG is packed as fast as possible, since some are large."""
    file = io.BytesIO()
    image.save(file, kind, **{"compress_level": 1, **options})
    return file.getvalue()


def grey(pixels: NDArray[np.uint8]) -> NDArray[Any]:
    """Back from what read_picture gives to one number a pixel."""
    return np.asarray(Image.fromarray(pixels).convert("L")).astype(int)


def claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims another size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    png = bytearray(saved(Image.fromarray(RAMP)))
    png[12:33] = header + struct.pack(">I", zlib.crc32(header))
    return bytes(png)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P"])
def test_png_of_every_mode(mode: str) -> None:
    pixels = read_picture(saved(Image.fromarray(RAMP).convert(mode)))
    assert pixels.dtype == np.uint8
    assert pixels.shape in ((40, 60), (40, 60, 4))
    np.testing.assert_allclose(grey(pixels), RAMP, atol=1)


def test_black_and_white_png() -> None:
    pixels = read_picture(saved(Image.fromarray(RAMP > 127)))
    np.testing.assert_array_equal(grey(pixels), 255 * (RAMP > 127))


def test_16_bit_png_is_scaled_not_clipped() -> None:
    pixels = read_picture(saved(Image.fromarray(RAMP.astype(np.uint16) * 257)))
    np.testing.assert_array_equal(grey(pixels), RAMP)


def test_transparent_palette_colour_stays_transparent() -> None:
    image = Image.fromarray((RAMP > 127).astype(np.uint8), mode=None).convert("P")
    image.putpalette([255, 0, 0, 0, 0, 0])
    pixels = read_picture(saved(image, transparency=0))
    np.testing.assert_array_equal(pixels[..., 3], 255 * (RAMP > 127))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpeg_of_every_mode(mode: str) -> None:
    pixels = read_picture(saved(Image.fromarray(RAMP).convert(mode), "JPEG", quality=95))
    np.testing.assert_allclose(grey(pixels), RAMP, atol=12)


def test_photo_is_turned_as_its_exif_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn clockwise
    pixels = read_picture(saved(Image.fromarray(RAMP), "JPEG", quality=95, exif=exif))
    np.testing.assert_allclose(grey(pixels), np.rot90(RAMP, -1), atol=12)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_large_picture_is_reduced_in_proportion(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(RAMP).resize((3000, 2000)).convert("RGB")
    pixels = read_picture(saved(image, kind, exif=exif))
    upright = RAMP if orientation == 1 else np.rot90(RAMP, -1)
    assert pixels.shape[:2] == ((667, 1000) if orientation == 1 else (1000, 667))
    small = Image.fromarray(pixels).convert("L").resize(upright.shape[::-1], Image.Resampling.BOX)
    np.testing.assert_allclose(np.asarray(small).astype(int), upright, atol=12)


def test_upload_reads_as_the_drawing_itself() -> None:
    canvas = np.full((280, 280), 255, np.uint8)
    canvas[60:80, 80:200] = canvas[60:230, 180:200] = 0
    expected = drawing_to_digit(canvas).digit
    np.testing.assert_array_equal(
        drawing_to_digit(read_picture(saved(Image.fromarray(canvas)))).digit, expected
    )


PNG = saved(Image.fromarray(np.random.default_rng(0).integers(0, 255, (90, 90)).astype(np.uint8)))
JPEG = saved(Image.fromarray(RAMP).resize((900, 600)), "JPEG")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "That file is no picture. Choose a photo or picture of one digit"),
        (b"a seven, in words", "no picture. Choose a photo or picture of one digit"),
        (PNG[:20], "damaged, or of an unusual kind. Save it as PNG or JPEG"),
        (PNG[: len(PNG) // 2], "damaged"),
        (JPEG[: len(JPEG) // 2], "damaged"),
        (PNG[:60] + bytes(200) + PNG[260:], "damaged"),
        (claiming(50_000, 50_000), "more than 25 million pixels. Choose a smaller one"),
        (claiming(10_000, 10_000), "more than 25 million pixels"),
        (claiming(5_001, 5_000), "more than 25 million pixels"),
        (claiming(5_000, 5_000), "damaged"),
        (claiming(1, 20_001), "more than 20,000 pixels long. Choose another one"),
        (
            PNG + bytes(limits.MAX_UPLOAD_MEGABYTES * 2**20),
            "larger than 10\N{NO-BREAK SPACE}MB. Choose a smaller",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(PictureError) as refused:
        read_picture(content)
    assert sentence in picture_refusal(refused.value)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
@pytest.mark.parametrize("size", [(4300, 750), (750, 4300), (1001, 700)])
def test_strips_make_no_difference(mode: str, size: tuple[int, int]) -> None:
    """A picture that is reduced in strips is the same as one that is reduced at once."""
    grey_one = Image.fromarray(RAMP).resize(size, Image.Resampling.NEAREST)
    at_once = grey_one.copy()
    at_once.thumbnail((1000, 1000), Image.Resampling.BOX)
    image = grey_one.convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey_one).astype(np.uint16) * 257)
    kind = {"CMYK": "JPEG"}.get(mode, "PNG")
    pixels = read_picture(saved(image, kind, **({"quality": 95} if kind == "JPEG" else {})))
    assert pixels.shape[:2] == at_once.size[::-1]
    close = 12 if kind == "JPEG" else 2
    np.testing.assert_allclose(grey(pixels), np.asarray(at_once).astype(int), atol=close)


def test_hidden_colours_do_not_shine_through_when_a_picture_is_reduced() -> None:
    pixels = np.zeros((2000, 2000, 4), np.uint8)  # black, and cannot be seen
    pixels[::2] = 200, 200, 200, 255
    reduced = read_picture(saved(Image.fromarray(pixels)))
    np.testing.assert_allclose(reduced[..., :3], 200, atol=1)
    np.testing.assert_allclose(reduced[..., 3], 127, atol=1)


def test_of_a_film_the_first_picture_is_read() -> None:
    film = [Image.fromarray(RAMP), Image.fromarray(255 - RAMP)]
    pixels = read_picture(saved(film[0], save_all=True, append_images=film[1:]))
    np.testing.assert_array_equal(grey(pixels), RAMP)


def test_others_wait_while_a_picture_is_worked_on_and_are_told_if_it_takes_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0.01)
    with contextlib.ExitStack() as turns:
        for _ in range(limits.PICTURES_AT_ONCE):
            turns.enter_context(turn_for_picture())
        with pytest.raises(PicturesBusyError) as refused:
            turns.enter_context(turn_for_picture())
    assert "Try again in a few seconds" in picture_refusal(refused.value)
    with turn_for_picture():
        assert read_picture(PNG).shape == (90, 90)


def test_a_turn_is_given_back_after_a_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0.01)
    for _ in range(limits.PICTURES_AT_ONCE + 1):
        with pytest.raises(PictureError, match="damaged"), turn_for_picture():
            read_picture(PNG[: len(PNG) // 2])


LARGEST = r"""
import io, resource, struct, sys, zlib
from digitlab.wording.problems.pictures import picture_refusal
from digitlab.preprocess import read_picture

def chunk(kind, content):
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check

# Grey, grey with alpha, colours with alpha.
for depth, colour, pixel in ((16, 0, 2), (8, 4, 2), (8, 6, 4)):
    packer = zlib.compressobj(1)
    rows = [packer.compress(bytes(1 + 5000 * pixel)) for _ in range(5000)]
    header = struct.pack(">IIBBBBB", 5000, 5000, depth, colour, 0, 0, 0)
    data = chunk(b"IDAT", b"".join(rows) + packer.flush())
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_picture(png).shape[:2] == (1000, 1000)
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_the_largest_picture_takes_little_more_than_its_pixels() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LARGEST], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    sixteen_bits, grey_with_alpha, colours = map(int, ran.stdout.split())
    assert sixteen_bits < 50 + 40  # megabytes; it was 343
    assert max(sixteen_bits + grey_with_alpha, colours) < 100 + 50
