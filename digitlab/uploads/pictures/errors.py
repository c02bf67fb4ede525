"""Why a picture can't be read, as a code; `wording.problems.pictures` makes the sentences."""

from collections.abc import Mapping
from enum import StrEnum

from digitlab import limits
from digitlab.uploads.sandbox.answers import Check, is_one_of


class PictureProblem(StrEnum):
    """Why a picture can't be read."""

    NO_PICTURE = "no_picture"
    DAMAGED = "damaged"
    UNUSUAL = "unusual"
    TOO_HEAVY = "too_heavy"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    NO_HEIC_HERE = "no_heic_here"
    # What else the file is.
    PDF = "pdf"
    POSTSCRIPT = "postscript"
    EPS = "eps"
    SVG = "svg"
    XML = "xml"
    WEB_PAGE = "web_page"
    PHOTOSHOP = "photoshop"
    GIMP = "gimp"
    ICON = "icon"
    BIGTIFF = "bigtiff"
    JPEG_2000 = "jpeg_2000"
    JPEG_XL = "jpeg_xl"
    ZIP = "zip"
    OFFICE = "office"
    AVIF = "avif"
    FILM = "film"


class PictureError(ValueError):
    """The picture can't be read.

    Args:
        problem: why.
        most: pixels that a picture of its kind may have, if it is too large.
    """

    def __init__(self, problem: PictureProblem, **most: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.values = most

    def __str__(self) -> str:
        """For the log and for tests; the learner reads `wording.pictures.picture_refusal`."""
        return f"{self.problem} {self.values}" if self.values else str(self.problem)


class PicturesBusyError(PictureError):
    """There was no turn for this picture."""

    def __init__(self) -> None:
        super().__init__(PictureProblem.BUSY)


_ONLY_HERE = (PictureProblem.TOO_SLOW, PictureProblem.BUSY, PictureProblem.TOO_HEAVY)
"""The web process itself says so."""

_VALUES: Mapping[PictureProblem, Mapping[str, Check]] = {
    PictureProblem.TOO_LARGE: {
        "most": is_one_of(limits.MAX_PICTURE_PIXELS, limits.MAX_WEBP_PIXELS, limits.MAX_TIFF_PIXELS)
    }
}

REFUSALS: Mapping[PictureProblem, Mapping[str, Check]] = {
    problem: _VALUES.get(problem, {}) for problem in PictureProblem if problem not in _ONLY_HERE
}
"""The refusals that the process that reads a picture may give, and their values."""
