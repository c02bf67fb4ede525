"""What a file is, told from its first bytes, whatever its name says."""

from digitlab.uploads.pictures.errors import PictureError, PictureProblem

HEIC = "HEIC"

_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
"""By Pillow's names."""

_OTHER_FILES = {
    b"%PDF": PictureProblem.PDF,
    b"%!PS": PictureProblem.POSTSCRIPT,
    b"\xc5\xd0\xd3\xc6": PictureProblem.EPS,
    b"<svg": PictureProblem.SVG,
    b"<?xml": PictureProblem.XML,
    b"<html": PictureProblem.WEB_PAGE,
    b"<!doctype": PictureProblem.WEB_PAGE,
    b"8BPS": PictureProblem.PHOTOSHOP,
    b"gimp xcf": PictureProblem.GIMP,
    b"\0\0\1\0": PictureProblem.ICON,
    b"II+\0": PictureProblem.BIGTIFF,
    b"MM\0+": PictureProblem.BIGTIFF,
    b"\0\0\0\x0cjP  ": PictureProblem.JPEG_2000,
    b"\xff\x4f\xff\x51": PictureProblem.JPEG_2000,
    b"\0\0\0\x0cJXL ": PictureProblem.JPEG_XL,
    b"\xff\x0a": PictureProblem.JPEG_XL,
    b"PK\3\4": PictureProblem.ZIP,
    b"\xd0\xcf\x11\xe0": PictureProblem.OFFICE,
}
"""What is easily told from the first bytes; letters count in both cases."""

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_AVIF_BRANDS = {b"avif", b"avis"}
_PICTURE_BRANDS = {b"mif1", b"msf1", b"mif2", b"miaf"}  # pictures, packed in one way or another
_MOST_BRANDS = 64  # bytes of the list that are looked at; phones write five names of four


def kind_of(content: bytes) -> str:
    """The kind of a picture: Pillow's name of its format, or `HEIC`.

    Raises:
        PictureError: if the lab does not read it; the code says what it is, where that is easily
            told.
    """
    for beginning, kind in _PICTURES.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        return _kind_in_boxes(content)
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, problem in _OTHER_FILES.items():
        if content.startswith(beginning) or start.startswith(beginning.lower()):
            raise PictureError(problem)
    raise PictureError(PictureProblem.NO_PICTURE)


def _kind_in_boxes(content: bytes) -> str:
    """HEIC, AVIF and films begin alike; they name their brand, and compatible brands."""
    length = min(int.from_bytes(content[:4], "big"), _MOST_BRANDS)
    brands = {content[8:12]}
    brands |= {content[place : place + 4] for place in range(16, length, 4)}
    if brands & _HEIC_BRANDS:
        return HEIC
    if brands & _AVIF_BRANDS:
        # No camera makes AVIF, and not every Pillow reads it: one large decoder less.
        raise PictureError(PictureProblem.AVIF)
    if brands & _PICTURE_BRANDS:
        return HEIC
    raise PictureError(PictureProblem.FILM)
