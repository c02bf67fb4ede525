"""What is said of a picture that can't be read: one sentence, with the way out."""

from digitlab import limits


class PictureError(ValueError):
    """The file can't be used; the message tells the learner what to do instead."""


class PicturesBusyError(PictureError):
    """There was no turn for this picture."""


READ_KINDS = "PNG, JPEG, HEIC, WebP, GIF, BMP or TIFF"
"""What the lab takes, as it is said on the page, in the terminal and in a refusal."""

NO_PICTURE = f"That file is no picture. Choose a photo or picture of one digit ({READ_KINDS})."
DAMAGED = "That picture is damaged or not complete. Save or send it once more, or choose another."
UNUSUAL = "That picture is damaged, or of an unusual kind. Save it as PNG or JPEG, and choose that."
TOO_HEAVY = f"That file is larger than {limits.MAX_UPLOAD_MEGABYTES}\N{NO-BREAK SPACE}MB. Choose a smaller picture."
TOO_LONG = (
    f"That picture is more than {limits.MAX_PICTURE_SIDE:,} pixels long. Choose another one, or cut "
    "out the digit."
)
TOO_SLOW = (
    f"Reading that picture took longer than {limits.PICTURE_SECONDS} s, and was given up. Save it as "
    "PNG or JPEG, and choose that."
)
NO_HEIC_HERE = (
    "That is a HEIC photo, and this lab has no reader for those. On an iPhone choose Settings › Camera "
    "› Formats › Most Compatible, and take the photo once more."
)
BUSY = "The lab reads the pictures of others just now. Try again in a few seconds."


def too_large(most: int) -> str:
    """The sentence for a picture of more pixels than its kind may have."""
    return (
        f"That picture has more than {most / 1_000_000:g} million pixels. "
        "Choose a smaller one, or cut out the digit."
    )
