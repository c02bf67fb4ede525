"""What a file is, told from its first bytes, and what is said if the lab does not read it."""

import io
import zipfile

import pytest
from PIL import Image

from digitlab.uploads.pictures import PictureError, read_picture
from digitlab.uploads.pictures.kinds import HEIC, kind_of
from digitlab.wording.problems.pictures import picture_refusal


def boxes(brand: bytes, *others: bytes) -> bytes:
    """The beginning of a HEIC, an AVIF or a film."""
    names = brand + bytes(4) + b"".join(others)
    return (8 + len(names)).to_bytes(4, "big") + b"ftyp" + names + bytes(40)


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


def saved(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (32, 32)).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_is_told_whatever_its_name(kind: str) -> None:
    assert kind_of(saved(kind)) == kind


@pytest.mark.parametrize(
    "content",
    [
        boxes(b"heic", b"mif1", b"heic"),
        boxes(b"heix"),
        boxes(b"mif1", b"mif1", b"heic"),
        boxes(b"mif1", b"miaf"),
        boxes(b"msf1", b"hevc"),
        boxes(b"mif1", b"avif", b"heic"),
    ],
)
def test_heic_is_told_by_what_it_says_of_itself(content: bytes) -> None:
    assert kind_of(content) == HEIC


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n", "That is a PDF. Make a screenshot of the digit, and choose that."),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "a PostScript file: a program, which the lab never runs."),
        (b"\xc5\xd0\xd3\xc6" + bytes(30), "an EPS file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing. Make a screenshot"),
        (
            b"\xef\xbb\xbf \n<?xml version='1.0'?><svg/>",
            "such as an SVG drawing. Make a screenshot",
        ),
        (b"\n<!DOCTYPE HTML><html>", "a web page, not the picture on it. Make a screenshot"),
        (b"8BPS\0\1", "a Photoshop file. Save it as PNG or JPEG"),
        (b"gimp xcf v011", "a GIMP file. Save it as PNG or JPEG"),
        (zipped("word/document.xml"), "a zip, or a document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
        (b"II+\0" + bytes(20), "a BigTIFF"),
        (boxes(b"avif", b"mif1", b"miaf"), "an AVIF picture, which the lab does not read. Save it"),
        (boxes(b"mif1", b"avif"), "an AVIF picture"),
        (boxes(b"isom", b"mp42"), "a film. Take a photo of the digit"),
        (boxes(b"qt  "), "a film"),
        (saved("JPEG2000"), "a JPEG 2000 picture"),
        (saved("ICO"), "an icon"),
        (b"\xff\x0a" + bytes(20), "a JPEG XL picture"),
        (b"a seven, in words", "That file is no picture. Choose a photo or picture of one digit"),
        (b"", "That file is no picture."),
        (b"\0\0\0\x18", "That file is no picture."),
        (b"RIFF\0\0\0\0WAVE", "That file is no picture."),
    ],
)
def test_what_the_lab_does_not_read_is_called_by_its_name_with_a_way_out(
    content: bytes, sentence: str
) -> None:
    with pytest.raises(PictureError) as refusal:
        read_picture(content)
    assert sentence in picture_refusal(refusal.value)
    assert len(picture_refusal(refusal.value)) < 170
