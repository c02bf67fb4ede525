"""What is said of an uploaded network: how well it reads, and its preprocessing."""

from typing import Final

from digitlab import limits
from digitlab.specs import Preprocessing
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.descriptions import pixels_words

_LABS = Preprocessing.ZERO_TO_ONE

_DARK_ON_LIGHT: Final = to_say(
    "These are dark digits on light paper. The digits of MNIST are light on dark."
)

_EXPLAINED: Final[dict[Preprocessing, Message]] = {
    Preprocessing.INVERTED_ZERO_TO_ONE: _DARK_ON_LIGHT,
    Preprocessing.INVERTED_ZERO_TO_255: _DARK_ON_LIGHT,
    Preprocessing.STANDARDIZED: to_say(
        "**Standardized**: take each pixel from 0 to 1, subtract 0.1307, and divide by 0.3081. "
        "These are the mean and the standard deviation of MNIST's pixels."
    ),
    Preprocessing.NORMALIZED_COLUMNS: to_say(
        "**Normalized**: the 28 numbers of each column are divided by their length. So their "
        "squares add up to 1. In Keras this is `keras.utils.normalize(x, axis=1)`."
    ),
    Preprocessing.NORMALIZED_ROWS: to_say(
        "**Normalized**: the 28 numbers of each row are divided by their length. So their "
        "squares add up to 1. In Keras this is `keras.utils.normalize(x, axis=-1)`."
    ),
    Preprocessing.NORMALIZED_PICTURE: to_say(
        "**Normalized**: the 784 numbers of each picture are divided by their length. So their "
        "squares add up to 1. In Keras this is "
        "`keras.utils.normalize(x.reshape(-1, 784), axis=1)`."
    ),
}


def pixels_sentence(uploaded: UploadedModel) -> str:
    """Which numbers the lab gives it, and what was measured, in Markdown."""
    own, tried = uploaded.preprocessing, uploaded.tried
    pixels = pixels_words(own)
    if uploaded.poor:
        return _of_a_poor_one(pixels, len(tried))
    if own == _LABS:
        return say("It takes {pixels}. The lab's own networks take them too.", pixels=pixels)
    sentences = [say("**It takes {pixels}.**", pixels=pixels)]
    if own in _EXPLAINED:
        sentences.append(say_message(_EXPLAINED[own]))
    if own in tried:
        sentences.append(
            say(
                "With these it reads {right} of the first {all} training digits.",
                right=_count(tried[own]),
                all=whole(limits.GUESS_DIGITS),
            )
        )
        if _LABS in tried:
            sentences.append(
                say(
                    "With the pixels of the lab's own networks, {pixels}, it reads {right}.",
                    pixels=pixels_words(_LABS),
                    right=_count(tried[_LABS]),
                )
            )
    sentences.append(say("So the lab gives it these numbers on every page."))
    return " ".join(sentences)


def _of_a_poor_one(pixels: str, tried: int) -> str:
    """The same of a network that reads next to nothing, whatever was tried."""
    sentences = [
        say("It reads fewer than half of {all} training digits.", all=whole(limits.GUESS_DIGITS))
    ]
    if tried:
        sentences.append(
            say_count(
                "The lab tried {count} way to write pixels as numbers.",
                "The lab tried {count} ways to write pixels as numbers.",
                tried,
            )
        )
    sentences.append(say("It gets {pixels}.", pixels=pixels))
    sentences.append(
        say(
            "Perhaps it was not trained enough. Or it was trained with other pictures: other "
            "colours, or digits of another size."
        )
    )
    return " ".join(sentences)


def tried_table(uploaded: UploadedModel) -> str:
    """What it read with each preprocessing that was tried, in Markdown; empty for a single one."""
    if len(uploaded.tried) < 2:
        return ""
    read = say("Digits read, of {all}", all=whole(limits.GUESS_DIGITS))
    head = f"| {say('Numbers for the pixels')} | {read} |\n|---|--:|\n"
    rows = (
        f"| {_bold(pixels_words(tried), tried == uploaded.preprocessing)} | {_count(share)} |\n"
        for tried, share in uploaded.tried.items()
    )
    return head + "".join(rows)


def _bold(words: str, bold: bool) -> str:
    return f"**{words}**" if bold else words


def _count(share: float) -> str:
    return whole(round(share * limits.GUESS_DIGITS))
