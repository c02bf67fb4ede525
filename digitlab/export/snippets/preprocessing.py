"""The code that makes a network's numbers of pixels."""

from digitlab.preprocess.preprocessing import MEAN, STANDARD_DEVIATION
from digitlab.specs import PIXELS, Preprocessing

_CODE = {
    Preprocessing.ZERO_TO_ONE: "{0} / 255",
    Preprocessing.ZERO_TO_255: "{0}",
    Preprocessing.MINUS_ONE_TO_ONE: "{0} / 127.5 - 1",
    Preprocessing.STANDARDIZED: f"({{0}} / 255 - {MEAN}) / {STANDARD_DEVIATION}",
    Preprocessing.INVERTED_ZERO_TO_ONE: "1 - {0} / 255",
    Preprocessing.INVERTED_ZERO_TO_255: "255 - {0}",
    Preprocessing.NORMALIZED_COLUMNS: "keras.utils.normalize({0}, axis=1)",
    Preprocessing.NORMALIZED_ROWS: "keras.utils.normalize({0}, axis=2)",
    Preprocessing.NORMALIZED_PICTURE: f"keras.utils.normalize({{0}}.reshape(-1, {PIXELS}), axis=1)",
}

_PAPER = {
    Preprocessing.MINUS_ONE_TO_ONE: "-1",
    Preprocessing.STANDARDIZED: f"-{MEAN} / {STANDARD_DEVIATION}",
    Preprocessing.INVERTED_ZERO_TO_ONE: "1",
    Preprocessing.INVERTED_ZERO_TO_255: "255",
}

_TO_INK = {
    Preprocessing.ZERO_TO_255: "gradient = 255 * gradient\n",
    Preprocessing.MINUS_ONE_TO_ONE: "gradient = 2 * gradient\n",
    Preprocessing.STANDARDIZED: f"gradient = gradient / {STANDARD_DEVIATION}\n",
    Preprocessing.INVERTED_ZERO_TO_ONE: "gradient = -gradient\n",
    Preprocessing.INVERTED_ZERO_TO_255: "gradient = -255 * gradient\n",
}


def code(preprocessing: Preprocessing, images: str) -> str:
    """An expression that gives a network's numbers.

    Args:
        preprocessing: of the network.
        images: a name or call whose value is pictures as floats from 0 to 255, `(n, 28, 28)`.
    """
    return _CODE[preprocessing].format(images)


def paper(preprocessing: Preprocessing) -> str:
    """The number that a network takes for a pixel without ink."""
    return _PAPER.get(preprocessing, "0")


def after_changes(preprocessing: Preprocessing, pictures: str) -> str:
    """Normalize the pictures of this name anew, since pixels were changed; empty without need."""
    if preprocessing.normalized_axis is None:
        return ""
    return f"{pictures} = {code(preprocessing, f'{pictures}.reshape(-1, 28, 28)')}\n"


def ink_gradient(preprocessing: Preprocessing) -> str:
    """From `gradient`, that for a network's numbers, to that for ink from 0 to 1."""
    return _TO_INK.get(preprocessing, "")
