"""In which numbers a network takes the pixels of a picture."""

from enum import StrEnum


class Preprocessing(StrEnum):
    """How pixels from 0 (paper) to 255 (ink) become the numbers that a network takes.

    The lab's own comes first: an uploaded network is tried in this order.
    """

    ZERO_TO_ONE = "0 to 1"
    """Divided by 255. The lab's own."""
    ZERO_TO_255 = "0 to 255"
    """As they are."""
    MINUS_ONE_TO_ONE = "-1 to 1"
    """Divided by 127.5, less 1."""
    STANDARDIZED = "standardized"
    """From 0 to 1, less the mean of MNIST's pixels, divided by their standard deviation."""
    INVERTED_ZERO_TO_ONE = "inverted, 0 to 1"
    """Dark on light: ink is 0, paper is 1."""
    INVERTED_ZERO_TO_255 = "inverted, 0 to 255"
    """Dark on light: ink is 0, paper is 255."""
    NORMALIZED_COLUMNS = "normalized columns"
    """`keras.utils.normalize(x, axis=1)` of `(n, 28, 28)`: each column has the norm 1."""
    NORMALIZED_ROWS = "normalized rows"
    """`keras.utils.normalize(x, axis=-1)` of `(n, 28, 28)`: each row has the norm 1."""
    NORMALIZED_PICTURE = "normalized picture"
    """`keras.utils.normalize(x, axis=1)` of `(n, 784)`: each picture has the norm 1."""

    @property
    def gives_integers(self) -> bool:
        """Whether its results are integers."""
        return self in (Preprocessing.ZERO_TO_255, Preprocessing.INVERTED_ZERO_TO_255)

    @property
    def inverted(self) -> bool:
        """Whether ink gives a smaller number than paper."""
        return self in (Preprocessing.INVERTED_ZERO_TO_ONE, Preprocessing.INVERTED_ZERO_TO_255)

    @property
    def normalized_axis(self) -> int | tuple[int, int] | None:
        """The axis of `(n, 28, 28)` along which L2 norms become 1; None without that."""
        axes: dict[Preprocessing, int | tuple[int, int]] = {
            Preprocessing.NORMALIZED_COLUMNS: 1,
            Preprocessing.NORMALIZED_ROWS: 2,
            Preprocessing.NORMALIZED_PICTURE: (1, 2),
        }
        return axes.get(self)
