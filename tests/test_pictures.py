import io
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image

from digitlab import limits
from digitlab.preprocess import PictureError, drawing_to_digit, pictures, read_picture

RAMP = np.linspace(0, 255, 60 * 40).reshape(40, 60).astype(np.uint8)


def saved(image: Image.Image, kind="PNG", **options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def grey(pixels):
    """Back from what read_picture gives to one number a pixel."""
    return np.asarray(Image.fromarray(pixels).convert("L")).astype(int)


def claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims another size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    png = bytearray(saved(Image.fromarray(RAMP)))
    png[12:33] = header + struct.pack(">I", zlib.crc32(header))
    return bytes(png)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA", "P"])
def test_png_of_every_mode(mode):
    pixels = read_picture(saved(Image.fromarray(RAMP).convert(mode)))
    assert pixels.dtype == np.uint8
    assert pixels.shape in ((40, 60), (40, 60, 4))
    np.testing.assert_allclose(grey(pixels), RAMP, atol=1)


def test_black_and_white_png():
    pixels = read_picture(saved(Image.fromarray(RAMP > 127)))
    np.testing.assert_array_equal(grey(pixels), 255 * (RAMP > 127))


def test_16_bit_png_is_scaled_not_clipped():
    pixels = read_picture(saved(Image.fromarray(RAMP.astype(np.uint16) * 257)))
    np.testing.assert_array_equal(grey(pixels), RAMP)


def test_transparent_palette_colour_stays_transparent():
    image = Image.fromarray((RAMP > 127).astype(np.uint8), mode=None).convert("P")
    image.putpalette([255, 0, 0, 0, 0, 0])
    pixels = read_picture(saved(image, transparency=0))
    np.testing.assert_array_equal(pixels[..., 3], 255 * (RAMP > 127))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpeg_of_every_mode(mode):
    pixels = read_picture(saved(Image.fromarray(RAMP).convert(mode), "JPEG", quality=95))
    np.testing.assert_allclose(grey(pixels), RAMP, atol=12)


def test_photo_is_turned_as_its_exif_says():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn clockwise
    pixels = read_picture(saved(Image.fromarray(RAMP), "JPEG", quality=95, exif=exif))
    np.testing.assert_allclose(grey(pixels), np.rot90(RAMP, -1), atol=12)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_large_picture_is_reduced_in_proportion(kind, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(RAMP).resize((3000, 2000)).convert("RGB")
    pixels = read_picture(saved(image, kind, exif=exif))
    upright = RAMP if orientation == 1 else np.rot90(RAMP, -1)
    assert pixels.shape[:2] == ((667, 1000) if orientation == 1 else (1000, 667))
    small = Image.fromarray(pixels).convert("L").resize(upright.shape[::-1], Image.Resampling.BOX)
    np.testing.assert_allclose(np.asarray(small).astype(int), upright, atol=12)


def test_upload_reads_as_the_drawing_itself():
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
        (b"", "That file is no picture. Choose a PNG or JPEG of one digit."),
        (b"a seven, in words", "no picture. Choose a PNG or JPEG"),
        (saved(Image.fromarray(RAMP), "GIF"), "no picture. Choose a PNG or JPEG"),
        (PNG[:20], "no picture. Choose a PNG or JPEG"),
        (PNG[: len(PNG) // 2], "damaged"),
        (JPEG[: len(JPEG) // 2], "damaged"),
        (PNG[:60] + bytes(200) + PNG[260:], "damaged"),
        (claiming(50_000, 50_000), "more than 25 million pixels. Choose a smaller one"),
        (claiming(10_000, 10_000), "more than 25 million pixels"),
        (claiming(5_001, 5_000), "more than 25 million pixels"),
        (claiming(5_000, 5_000), "damaged"),
        (PNG + bytes(limits.MAX_UPLOAD_MEGABYTES * 2**20), "larger than 10 MB. Choose a smaller"),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(PictureError, match=sentence):
        read_picture(content)


def test_one_picture_is_unpacked_at_a_time(monkeypatch):
    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0)
    for _ in range(limits.PICTURES_AT_ONCE):
        pictures._turns.acquire()
    try:
        with pytest.raises(PictureError, match="in a few seconds"):
            read_picture(saved(Image.fromarray(RAMP)))
    finally:
        for _ in range(limits.PICTURES_AT_ONCE):
            pictures._turns.release()
    assert read_picture(saved(Image.fromarray(RAMP))).shape == RAMP.shape


def test_a_large_picture_is_changed_in_bands_that_fit_together():
    whole = np.tile(np.linspace(0, 65535, 4500).astype(np.uint16), (4500, 1)).T.copy()
    pixels = read_picture(saved(Image.fromarray(whole)))
    assert pixels.shape == (1000, 1000)
    expected = np.linspace(0, 255, 1000)[:, None]
    np.testing.assert_allclose(
        pixels.astype(float), np.broadcast_to(expected, pixels.shape), atol=2
    )


def test_the_largest_picture_takes_little_more_than_itself():
    """In a process of its own, whose peak nothing else has raised."""
    code = (
        "import io, resource, numpy as np\n"
        "from PIL import Image\n"
        "from digitlab.preprocess import read_picture\n"
        "file = io.BytesIO()\n"
        "Image.fromarray(np.zeros((5000, 5000), np.uint16)).save(file, 'PNG')\n"
        "read_picture(file.getvalue())\n"
        "with open('/proc/self/clear_refs', 'w') as refs: refs.write('5')\n"
        "def status(name): return next(int(line.split()[1]) / 1e3 for line in open('/proc/self/status') if line.startswith(name))\n"
        "before = status('VmRSS')\n"
        "read_picture(file.getvalue())\n"
        "print(status('VmHWM') - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 100  # MB; 50 of them are the picture's own
