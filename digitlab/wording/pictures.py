"""Why a picture can't be read, in words: one sentence, with the way out."""

from digitlab import limits
from digitlab.uploads.pictures import PictureError, PictureProblem
from digitlab.wording.numerals import SPACE

READ_KINDS = "PNG, JPEG, HEIC, WebP, GIF, BMP or TIFF"
"""What the lab takes, as it is said on the page, in the terminal and in a refusal."""

_SAVE = "Save it as PNG or JPEG, and choose that."
_SCREENSHOT = "Make a screenshot of the digit, and choose that."

_SENTENCES = {
    PictureProblem.NO_PICTURE: (
        f"That file is no picture. Choose a photo or picture of one digit ({READ_KINDS})."
    ),
    PictureProblem.DAMAGED: (
        "That picture is damaged or not complete. Save or send it once more, or choose another."
    ),
    PictureProblem.UNUSUAL: f"That picture is damaged, or of an unusual kind. {_SAVE}",
    PictureProblem.TOO_HEAVY: (
        f"That file is larger than {{limits.MAX_UPLOAD_MEGABYTES}}{SPACE}MB. Choose a smaller "
        "picture."
    ),
    PictureProblem.TOO_LONG: (
        "That picture is more than {limits.MAX_PICTURE_SIDE:,} pixels long. Choose another one, or "
        "cut out the digit."
    ),
    PictureProblem.TOO_LARGE: (
        "That picture has more than {millions:g} million pixels. Choose a smaller one, or cut out "
        "the digit."
    ),
    PictureProblem.TOO_SLOW: (
        "Reading that picture took longer than {limits.PICTURE_SECONDS} s, and was given up. "
        f"{_SAVE}"
    ),
    PictureProblem.BUSY: (
        "The lab reads the pictures of others just now. Try again in a few seconds."
    ),
    PictureProblem.NO_HEIC_HERE: (
        "That is a HEIC photo, and this lab has no reader for those. On an iPhone choose Settings "
        "› Camera › Formats › Most Compatible, and take the photo once more."
    ),
    PictureProblem.PDF: f"That is a PDF. {_SCREENSHOT}",
    PictureProblem.POSTSCRIPT: (
        f"That is a PostScript file: a program, which the lab never runs. {_SCREENSHOT}"
    ),
    PictureProblem.EPS: (
        f"That is an EPS file: a program, which the lab never runs. {_SCREENSHOT}"
    ),
    PictureProblem.SVG: f"That is an SVG drawing. {_SCREENSHOT}",
    PictureProblem.XML: f"That is an XML file, such as an SVG drawing. {_SCREENSHOT}",
    PictureProblem.WEB_PAGE: f"That is a web page, not the picture on it. {_SCREENSHOT}",
    PictureProblem.PHOTOSHOP: f"That is a Photoshop file. {_SAVE}",
    PictureProblem.GIMP: f"That is a GIMP file. {_SAVE}",
    PictureProblem.ICON: f"That is an icon. {_SAVE}",
    PictureProblem.BIGTIFF: f"That is a BigTIFF, made for pictures of gigabytes. {_SAVE}",
    PictureProblem.JPEG_2000: (
        f"That is a JPEG 2000 picture, which the lab does not read. {_SAVE}"
    ),
    PictureProblem.JPEG_XL: f"That is a JPEG XL picture, which the lab does not read. {_SAVE}",
    PictureProblem.ZIP: (
        "That is a zip, or a document (Word, PowerPoint, Pages), not a picture. Choose the picture "
        "itself, or make a screenshot of the digit."
    ),
    PictureProblem.OFFICE: f"That is an Office document, not a picture. {_SCREENSHOT}",
    PictureProblem.AVIF: f"That is an AVIF picture, which the lab does not read. {_SAVE}",
    PictureProblem.FILM: (
        "That is a film. Take a photo of the digit, or a screenshot, and choose that."
    ),
}


def picture_refusal(error: PictureError) -> str:
    """What is said of a picture that can't be read, with what to do.

    >>> picture_refusal(PictureError(PictureProblem.GIMP))
    'That is a GIMP file. Save it as PNG or JPEG, and choose that.'
    """
    millions = error.values.get("most", 0) / 1_000_000
    return _SENTENCES[error.problem].format(limits=limits, millions=millions)
