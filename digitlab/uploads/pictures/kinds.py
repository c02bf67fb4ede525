"""What a file is, told from its first bytes, whatever its name says."""

from digitlab.uploads.pictures.errors import NO_PICTURE, PictureError

HEIC = "HEIC"

_SAVE = "Save it as PNG or JPEG, and choose that."
_SCREENSHOT = "Make a screenshot of the digit, and choose that."

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
    b"%PDF": f"That is a PDF. {_SCREENSHOT}",
    b"%!PS": f"That is a PostScript file: a program, which the lab never runs. {_SCREENSHOT}",
    b"\xc5\xd0\xd3\xc6": f"That is an EPS file: a program, which the lab never runs. {_SCREENSHOT}",
    b"<svg": f"That is an SVG drawing. {_SCREENSHOT}",
    b"<?xml": f"That is an XML file, such as an SVG drawing. {_SCREENSHOT}",
    b"<html": f"That is a web page, not the picture on it. {_SCREENSHOT}",
    b"<!doctype": f"That is a web page, not the picture on it. {_SCREENSHOT}",
    b"8BPS": f"That is a Photoshop file. {_SAVE}",
    b"gimp xcf": f"That is a GIMP file. {_SAVE}",
    b"\0\0\1\0": f"That is an icon. {_SAVE}",
    b"II+\0": f"That is a BigTIFF, made for pictures of gigabytes. {_SAVE}",
    b"MM\0+": f"That is a BigTIFF, made for pictures of gigabytes. {_SAVE}",
    b"\0\0\0\x0cjP  ": f"That is a JPEG 2000 picture, which the lab does not read. {_SAVE}",
    b"\xff\x4f\xff\x51": f"That is a JPEG 2000 picture, which the lab does not read. {_SAVE}",
    b"\0\0\0\x0cJXL ": f"That is a JPEG XL picture, which the lab does not read. {_SAVE}",
    b"\xff\x0a": f"That is a JPEG XL picture, which the lab does not read. {_SAVE}",
    b"PK\3\4": (
        "That is a zip, or a document (Word, PowerPoint, Pages), not a picture. Choose the picture "
        "itself, or make a screenshot of the digit."
    ),
    b"\xd0\xcf\x11\xe0": f"That is an Office document, not a picture. {_SCREENSHOT}",
}
"""What is easily told from the first bytes; letters count in both cases."""

_AVIF = f"That is an AVIF picture, which the lab does not read. {_SAVE}"
# No camera makes AVIF, and not every Pillow reads it: one large decoder less.
_FILM = "That is a film. Take a photo of the digit, or a screenshot, and choose that."

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_AVIF_BRANDS = {b"avif", b"avis"}
_PICTURE_BRANDS = {b"mif1", b"msf1", b"mif2", b"miaf"}  # pictures, packed in one way or another
_MOST_BRANDS = 64  # bytes of the list that are looked at; phones write five names of four


def kind_of(content: bytes) -> str:
    """The kind of a picture: Pillow's name of its format, or `HEIC`.

    Raises:
        PictureError: if the lab does not read it; the sentence says what it is, where that is easily told.
    """
    for beginning, kind in _PICTURES.items():
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        return _kind_in_boxes(content)
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, sentence in _OTHER_FILES.items():
        if content.startswith(beginning) or start.startswith(beginning.lower()):
            raise PictureError(sentence)
    raise PictureError(NO_PICTURE)


def _kind_in_boxes(content: bytes) -> str:
    """HEIC, AVIF and films begin alike; they name what they are, and what else they may pass for."""
    length = min(int.from_bytes(content[:4], "big"), _MOST_BRANDS)
    brands = {content[8:12]}
    brands |= {content[place : place + 4] for place in range(16, length, 4)}
    if brands & _HEIC_BRANDS:
        return HEIC
    if brands & _AVIF_BRANDS:
        raise PictureError(_AVIF)
    if brands & _PICTURE_BRANDS:
        return HEIC
    raise PictureError(_FILM)
