"""What is said of an uploaded network: how well it reads, and its preprocessing."""

from digitlab import limits
from digitlab.specs import Preprocessing
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.descriptions import PIXELS_WORDS, counted

_LABS = Preprocessing.ZERO_TO_ONE

_DARK_ON_LIGHT = "These are dark digits on light paper; MNIST's are light on dark. "

_EXPLAINED = {
    Preprocessing.INVERTED_ZERO_TO_ONE: _DARK_ON_LIGHT,
    Preprocessing.INVERTED_ZERO_TO_255: _DARK_ON_LIGHT,
    Preprocessing.STANDARDIZED: "**Standardized**: each pixel from 0 to 1, less 0.1307, divided "
    "by 0.3081. These are the mean and the standard deviation of MNIST's pixels. ",
    Preprocessing.NORMALIZED_COLUMNS: "**Normalized**: the 28 numbers of each column are divided "
    "by their length. So their squares add up to 1. That is `keras.utils.normalize(x, axis=1)`. ",
    Preprocessing.NORMALIZED_ROWS: "**Normalized**: the 28 numbers of each row are divided by "
    "their length. So their squares add up to 1. That is `keras.utils.normalize(x, axis=-1)`. ",
    Preprocessing.NORMALIZED_PICTURE: "**Normalized**: the 784 numbers of each picture are "
    "divided by their length. So their "
    "squares add up to 1. That is `keras.utils.normalize(x.reshape(-1, 784), axis=1)`. ",
}


def pixels_sentence(uploaded: UploadedModel) -> str:
    """Which numbers the lab gives it, and what was measured, in Markdown."""
    own = uploaded.preprocessing
    words, tried = PIXELS_WORDS[own], uploaded.tried
    if uploaded.poor:
        many = (
            f"The lab tried {counted(len(tried), 'way')} to write pixels as numbers. "
            if tried
            else ""
        )
        return (
            f"It reads fewer than half of {limits.GUESS_DIGITS:,} training digits. {many}It gets "
            f"{words}. Perhaps it was hardly trained, or with pictures of another kind: "
            "other colours, another size of the digit."
        )
    if own == _LABS:
        return f"It takes {words}, as the lab's own networks do."
    counts = f"With these it reads {_read(tried[own])}" if own in tried else ""
    if counts and _LABS in tried:
        counts += (
            f"; with {PIXELS_WORDS[_LABS]}, as the lab's own networks take them, "
            f"{_count(tried[_LABS])}"
        )
    return (
        f"**It takes {words}.** {_EXPLAINED.get(own, '')}{f'{counts}. ' if counts else ''}"
        "So the lab gives it these numbers everywhere."
    )


def tried_table(uploaded: UploadedModel) -> str:
    """What it read with each preprocessing that was tried, in Markdown; empty for a single one."""
    if len(uploaded.tried) < 2:
        return ""
    head = f"| Pixels | Read of {limits.GUESS_DIGITS:,} |\n|---|--:|\n"
    rows = (
        f"| {_bold(_short(tried), tried == uploaded.preprocessing)} | {_count(share)} |\n"
        for tried, share in uploaded.tried.items()
    )
    return head + "".join(rows)


def _short(preprocessing: Preprocessing) -> str:
    """As it stands under "Pixels"."""
    return PIXELS_WORDS[preprocessing].removeprefix("pixels ")


def _bold(words: str, bold: bool) -> str:
    return f"**{words}**" if bold else words


def _read(share: float) -> str:
    return f"{_count(share)} of the first {limits.GUESS_DIGITS:,} training digits"


def _count(share: float) -> int:
    return round(share * limits.GUESS_DIGITS)
