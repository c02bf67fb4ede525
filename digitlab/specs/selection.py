"""Which digits the learner looks at."""

from dataclasses import dataclass

from digitlab.specs.checks import check_choice, check_count
from digitlab.specs.network import CLASSES, IMAGE_SHAPE

SET_SIZES = {"train": 60_000, "test": 10_000}
"""How many digits MNIST has in each set."""


@dataclass(frozen=True)
class SampleSelection:
    """What the pages about the data and one answer show; no run depends on it.

    Attributes:
        subset, index: the digit on Data and Prepare: `x_train[8]`.
        digit: of which many are shown, and the average.
        axes: of the tensor that is cut out of the array: 3 all pictures, 2 one picture, 1 one
            row, 0 one pixel.
        row, column: of that tensor, where it has fewer axes than a picture.
        test_index: the test digit that Predict asks for.
    """

    subset: str = "train"
    index: int = 8
    digit: int = 7
    axes: int = 3
    row: int = 14
    column: int = 10
    test_index: int = 11

    def __post_init__(self) -> None:
        check_choice("The set", self.subset, tuple(SET_SIZES))
        check_count("The number of the digit", self.index, 0, SET_SIZES[self.subset] - 1)
        check_count("The digit", self.digit, 0, CLASSES - 1)
        check_count("The number of axes", self.axes, 0, 3)
        check_count("The row", self.row, 0, IMAGE_SHAPE[0] - 1)
        check_count("The column", self.column, 0, IMAGE_SHAPE[1] - 1)
        check_count("The number of the test digit", self.test_index, 0, SET_SIZES["test"] - 1)

    @property
    def sample(self) -> str:
        """The digit as it is written in code."""
        return f"x_{self.subset}[{self.index}]"

    @property
    def tensor(self) -> str:
        """The tensor as it is written in code.

        >>> SampleSelection(axes=1).tensor
        'x_train[8, 14]'
        """
        indices = (self.index, self.row, self.column)[: 3 - self.axes]
        return f"x_{self.subset}" + (f"[{', '.join(map(str, indices))}]" if indices else "")
