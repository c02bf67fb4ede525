"""From pixels to what the network receives: NumPy, SciPy and Pillow, no Keras."""

from digitlab.preprocess.arrays import cast, flatten, network_input, one_hot, scale
from digitlab.preprocess.drawing import (
    Ambiguity,
    DrawingError,
    DrawnDigit,
    DrawnDigits,
    NoDigit,
    Step,
    drawing_to_digit,
    drawing_to_digits,
    plain_resize,
)
from digitlab.preprocess.preprocessing import preprocessed
from digitlab.uploads.pictures import (
    PictureError,
    PicturesBusyError,
    png,
    read_picture,
    turn_for_picture,
)

__all__ = [
    "Ambiguity",
    "DrawingError",
    "DrawnDigit",
    "DrawnDigits",
    "NoDigit",
    "PictureError",
    "PicturesBusyError",
    "Step",
    "cast",
    "drawing_to_digit",
    "drawing_to_digits",
    "flatten",
    "network_input",
    "one_hot",
    "plain_resize",
    "png",
    "preprocessed",
    "read_picture",
    "scale",
    "turn_for_picture",
]
