"""Formats that are read in a process of its own: the pixels come back as they went in."""

import io
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from digitlab.uploads.pictures import read_picture
from digitlab.uploads.pictures.child import read

pillow_heif.register_heif_opener()  # in the tests only: they make their own files

RAMP = np.linspace(0, 255, 64 * 96).reshape(64, 96).astype(np.uint8)
GREY = Image.fromarray(RAMP)
BLACK_AND_WHITE = GREY.point(lambda number: 255 * (number > 127)).convert("1")


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def grey(pixels: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(pixels).convert("L")).astype(int)


def upright(orientation: int) -> np.ndarray:
    """The ramp as a photo with this orientation is to be seen."""
    image = GREY.copy()
    image.getexif()[0x0112] = orientation
    return np.asarray(ImageOps.exif_transpose(image)).astype(int)


@pytest.mark.usefixtures("starts_processes")
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("WEBP", {"lossless": True}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("HEIF", {"quality": 100}),
    ],
)
def test_each_kind_comes_back_from_the_other_process(kind: str, options: dict[str, Any]) -> None:
    pixels = read_picture(saved(GREY.convert("RGB"), kind, **options))
    assert pixels.dtype == np.uint8
    assert pixels.shape in ((64, 96), (64, 96, 4))
    np.testing.assert_allclose(grey(pixels), RAMP, atol=2)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("WEBP", mode) for mode in ("L", "RGB", "RGBA")),
        *(("GIF", mode) for mode in ("L", "P", "RGB")),
        *(("BMP", mode) for mode in ("L", "P", "RGB", "RGBA")),
        *(("TIFF", mode) for mode in ("L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I", "F")),
        *(("HEIF", mode) for mode in ("L", "RGB", "RGBA")),
    ],
)
def test_every_mode_is_read(kind: str, mode: str) -> None:
    exactly: dict[str, dict[str, Any]] = {"WEBP": {"lossless": True}, "HEIF": {"quality": 100}}
    options = exactly.get(kind, {})
    np.testing.assert_allclose(grey(read(saved(GREY.convert(mode), kind, **options))), RAMP, atol=2)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_one_bit_a_pixel(kind: str) -> None:
    pixels = read(saved(BLACK_AND_WHITE, kind))
    np.testing.assert_array_equal(grey(pixels), 255 * np.asarray(BLACK_AND_WHITE))


@pytest.mark.parametrize("order", ["<u2", ">u2"])
def test_16_bit_tiff_is_scaled_not_clipped(order: str) -> None:
    deep = Image.fromarray((RAMP.astype(np.uint16) * 257).astype(order))
    assert deep.mode == {"<u2": "I;16", ">u2": "I;16B"}[order]
    np.testing.assert_array_equal(grey(read(saved(deep, "TIFF"))), RAMP)


@pytest.mark.parametrize("size", [(96, 64), (3000, 2000)])
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-3.5, 4000.0)])
def test_a_tiff_of_fractions_goes_from_its_lowest_to_its_highest(
    size: tuple[int, int], low: float, high: float
) -> None:
    """It has no black and white of its own; each strip is to have the same."""
    fractions = low + (high - low) * RAMP.astype(np.float32) / 255
    image = Image.fromarray(fractions).resize(size, Image.Resampling.NEAREST)
    pixels = Image.fromarray(read(saved(image, "TIFF"))).resize((96, 64), Image.Resampling.BOX)
    np.testing.assert_allclose(np.asarray(pixels).astype(int), RAMP, atol=3)


def test_a_tiff_in_lab_colours_keeps_its_lightness() -> None:
    even = Image.new("L", GREY.size, 128)
    lab = Image.merge("LAB", [GREY, even, even])
    np.testing.assert_array_equal(grey(read(saved(lab, "TIFF"))), RAMP)


def test_lightness_in_a_palette_and_what_is_clear_in_it() -> None:
    image = Image.fromarray((RAMP > 127).astype(np.uint8)).convert("P")
    image.putpalette([255, 0, 0, 0, 0, 0])
    pixels = read(saved(image, "GIF", transparency=0))
    np.testing.assert_array_equal(pixels[..., 3], 255 * (RAMP > 127))


@pytest.mark.parametrize(
    "packing", [None, "packbits", "tiff_lzw", "tiff_deflate", "tiff_adobe_deflate", "jpeg"]
)
def test_tiffs_of_scanners_and_programs(packing: str | None) -> None:
    np.testing.assert_allclose(grey(read(saved(GREY, "TIFF", compression=packing))), RAMP, atol=4)


@pytest.mark.parametrize("packing", ["group3", "group4", "tiff_ccitt"])
def test_tiffs_of_fax_machines(packing: str) -> None:
    pixels = read(saved(BLACK_AND_WHITE, "TIFF", compression=packing))
    np.testing.assert_array_equal(grey(pixels), 255 * np.asarray(BLACK_AND_WHITE))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("mode", ["L", "P", "RGB"])
def test_a_tiff_is_turned_once(orientation: int, mode: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = read(saved(GREY.convert(mode), "TIFF", exif=exif))
    np.testing.assert_allclose(grey(pixels), upright(orientation), atol=1)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["HEIF", "WEBP"])
def test_a_photo_is_turned_once(orientation: int, kind: str) -> None:
    image, exif = GREY.convert("RGB"), Image.Exif()
    exif[0x0112] = orientation
    image.info["exif"] = exif.tobytes()  # from there the writer of HEIC makes marks of its own
    options = {"quality": 95} if kind == "HEIF" else {"lossless": True, "exif": exif}
    content = saved(image, kind, **options)
    if kind == "HEIF":
        assert (b"irot" in content or b"imir" in content) == (orientation > 1)
    np.testing.assert_allclose(grey(read(content)), upright(orientation), atol=3)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("WEBP", {"lossless": True, "method": 0}),  # both packed fast, not small
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("HEIF", {"quality": 95, "enc_params": {"preset": "ultrafast"}}),
    ],
)
@pytest.mark.parametrize("size", [(3000, 2000), (1001, 667)])
def test_a_large_picture_is_reduced_in_proportion(
    kind: str, options: dict[str, Any], size: tuple[int, int]
) -> None:
    pixels = read(saved(GREY.resize(size, Image.Resampling.BICUBIC), kind, **options))
    assert pixels.shape[:2] == (round(size[1] * 1000 / size[0]), 1000)
    small = Image.fromarray(pixels).convert("L").resize((96, 64), Image.Resampling.BOX)
    np.testing.assert_allclose(np.asarray(small).astype(int), RAMP, atol=4)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP"])
def test_of_several_pictures_the_first_is_read(kind: str) -> None:
    options = {"lossless": True} if kind == "WEBP" else {}
    others = [Image.fromarray(255 - RAMP)] * 3
    content = saved(GREY, kind, save_all=True, append_images=others, **options)
    np.testing.assert_array_equal(grey(read(content)), RAMP)


def test_of_several_photos_in_a_heic_the_main_one_is_read() -> None:
    file = pillow_heif.HeifFile()  # type: ignore[no-untyped-call]  # it is typed in part
    for image in (Image.fromarray(255 - RAMP), GREY, Image.fromarray(255 - RAMP)):
        file.add_from_pillow(image.convert("RGB"))
    content = io.BytesIO()
    file.save(content, quality=95, primary_index=1)
    np.testing.assert_allclose(grey(read(content.getvalue())), RAMP, atol=3)


@pytest.mark.parametrize("mode", ["RGB;16", "RGBA;16"])
def test_a_heic_of_ten_bits_a_colour(mode: str) -> None:
    colours = [RAMP.astype("<u2") * 257] * 3 + [np.full(RAMP.shape, 65_535, "<u2")] * ("A" in mode)
    file = io.BytesIO()
    pillow_heif.from_bytes(mode, GREY.size, np.dstack(colours).tobytes()).save(file, quality=95)
    assert pillow_heif.open_heif(file.getvalue()).info["bit_depth"] > 8
    np.testing.assert_allclose(grey(read(file.getvalue())), RAMP, atol=3)


def test_garbage_beside_a_picture_leaves_it_as_it_is() -> None:
    content = saved(GREY, "WEBP", lossless=True, exif=b"Exif\0\0" + bytes(range(256)) * 20)
    np.testing.assert_array_equal(grey(read(content)), RAMP)


def test_two_pictures_in_one_jpeg() -> None:
    """MPO, from phones with two cameras."""
    content = saved(
        GREY, "MPO", save_all=True, append_images=[Image.fromarray(255 - RAMP)], quality=95
    )
    assert Image.open(io.BytesIO(content)).format == "MPO"
    np.testing.assert_allclose(grey(read_picture(content)), RAMP, atol=4)
