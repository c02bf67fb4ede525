"""Why a picture can't be read, in words, with the way out."""

from typing import Final

from digitlab import limits
from digitlab.uploads.pictures import PictureError, PictureProblem
from digitlab.wording.numerals import significant, whole
from digitlab.wording.say import Message, say_message, to_say

READ_KINDS: Final = to_say("PNG, JPEG, HEIC, WebP, GIF, BMP or TIFF")
"""What the lab takes, as it is said on the page, in the terminal and in a refusal."""

_SAVE: Final = to_say("Save it as PNG or JPEG, and choose that.")
_SCREENSHOT: Final = to_say("Make a screenshot of the digit, and choose that.")

_SENTENCES: Final[dict[PictureProblem, Message]] = {
    PictureProblem.NO_PICTURE: to_say(
        "That file is no picture. Choose a photo or picture of one digit ({kinds})."
    ),
    PictureProblem.DAMAGED: to_say(
        "That picture is damaged or not complete. Save or send it once more, or choose another."
    ),
    PictureProblem.UNUSUAL: to_say("That picture is damaged, or of an unusual kind."),
    PictureProblem.TOO_HEAVY: to_say(
        "That file is larger than {megabytes}\N{NO-BREAK SPACE}MB. Choose a smaller picture."
    ),
    PictureProblem.TOO_LONG: to_say(
        "That picture is more than {side} pixels long. Choose another one, or cut out the digit."
    ),
    PictureProblem.TOO_LARGE: to_say(
        "That picture has more than {millions} million pixels. Choose a smaller one, or cut out "
        "the digit."
    ),
    PictureProblem.TOO_SLOW: to_say(
        "The lab needed more than {seconds} s to read that picture, so it stopped."
    ),
    PictureProblem.BUSY: to_say(
        "The lab is reading the pictures of other people now. Try again in a few seconds."
    ),
    PictureProblem.NO_HEIC_HERE: to_say(
        "That is a HEIC photo, and this lab has no reader for those. On an iPhone choose Settings "
        "› Camera › Formats › Most Compatible, and take the photo once more."
    ),
    PictureProblem.PDF: to_say("That is a PDF."),
    PictureProblem.POSTSCRIPT: to_say(
        "That is a PostScript file: a program, which the lab never runs."
    ),
    PictureProblem.EPS: to_say("That is an EPS file: a program, which the lab never runs."),
    PictureProblem.SVG: to_say("That is an SVG drawing."),
    PictureProblem.XML: to_say("That is an XML file, such as an SVG drawing."),
    PictureProblem.WEB_PAGE: to_say("That is a web page, not the picture on it."),
    PictureProblem.PHOTOSHOP: to_say("That is a Photoshop file."),
    PictureProblem.GIMP: to_say("That is a GIMP file."),
    PictureProblem.ICON: to_say("That is an icon."),
    PictureProblem.BIGTIFF: to_say("That is a BigTIFF, a file for very large pictures."),
    PictureProblem.JPEG_2000: to_say("That is a JPEG 2000 picture, which the lab does not read."),
    PictureProblem.JPEG_XL: to_say("That is a JPEG XL picture, which the lab does not read."),
    PictureProblem.ZIP: to_say(
        "That is a zip, or a document (Word, PowerPoint, Pages), not a picture. Choose the picture "
        "itself, or make a screenshot of the digit."
    ),
    PictureProblem.OFFICE: to_say("That is an Office document, not a picture."),
    PictureProblem.AVIF: to_say("That is an AVIF picture, which the lab does not read."),
    PictureProblem.FILM: to_say(
        "That is a film. Take a photo of the digit, or a screenshot, and choose that."
    ),
}

_REMEDIES: Final[dict[PictureProblem, Message]] = {
    PictureProblem.UNUSUAL: _SAVE,
    PictureProblem.TOO_SLOW: _SAVE,
    PictureProblem.PDF: _SCREENSHOT,
    PictureProblem.POSTSCRIPT: _SCREENSHOT,
    PictureProblem.EPS: _SCREENSHOT,
    PictureProblem.SVG: _SCREENSHOT,
    PictureProblem.XML: _SCREENSHOT,
    PictureProblem.WEB_PAGE: _SCREENSHOT,
    PictureProblem.PHOTOSHOP: _SAVE,
    PictureProblem.GIMP: _SAVE,
    PictureProblem.ICON: _SAVE,
    PictureProblem.BIGTIFF: _SAVE,
    PictureProblem.JPEG_2000: _SAVE,
    PictureProblem.JPEG_XL: _SAVE,
    PictureProblem.OFFICE: _SCREENSHOT,
    PictureProblem.AVIF: _SAVE,
}
"""Where the sentence itself names none."""


def picture_refusal(error: PictureError) -> str:
    """What is said of a picture that can't be read, with what to do.

    >>> picture_refusal(PictureError(PictureProblem.GIMP))
    'That is a GIMP file. Save it as PNG or JPEG, and choose that.'
    """
    said = say_message(
        _SENTENCES[error.problem],
        kinds=say_message(READ_KINDS),
        megabytes=limits.MAX_UPLOAD_MEGABYTES,
        side=whole(limits.MAX_PICTURE_SIDE),
        seconds=significant(limits.PICTURE_SECONDS),
        millions=significant(error.values.get("most", 0) / 1_000_000),
    )
    remedy = _REMEDIES.get(error.problem)
    return f"{said} {say_message(remedy)}" if remedy else said
