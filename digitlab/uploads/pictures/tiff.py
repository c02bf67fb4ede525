"""TIFF, a family of many kinds: which of them are read."""

from PIL import Image, TiffTags
from PIL.TiffImagePlugin import TiffImageFile

from digitlab.uploads.pictures.errors import PictureError, PictureProblem

_PACKINGS = {
    "raw",
    "packbits",
    "tiff_lzw",
    "tiff_deflate",
    "tiff_adobe_deflate",
    "jpeg",
    "tiff_ccitt",
    "group3",
    "group4",
}
"""What scanners and programs write. The others (LZMA, Zstandard, WebP, the JPEG of 1992,
ThunderScan) are decoders that no scan of a digit needs."""

_TAG_NUMBERS = {tag.name: number for number, tag in TiffTags.TAGS_V2.items()}


def check(image: Image.Image, most: int) -> None:
    """See that a TIFF is packed in a known way, in pieces that fit into memory.

    Args:
        image: opened, not unpacked.
        most: pixels that a picture may have.

    Raises:
        PictureError: if not.
    """
    assert isinstance(image, TiffImageFile)
    if image.info.get("compression") not in _PACKINGS:
        raise PictureError(PictureProblem.UNUSUAL)
    # A piece is unpacked whole, also where it is larger than the picture.
    width = image.tag_v2.get(_TAG_NUMBERS["TileWidth"], 1)
    height = image.tag_v2.get(_TAG_NUMBERS["TileLength"], 1)
    if not isinstance(width, int) or not isinstance(height, int):
        raise PictureError(PictureProblem.UNUSUAL)
    if width * height > most:
        raise PictureError(PictureProblem.TOO_LARGE, most=most)
