"""How the digits are prepared: as in the article, or with ablations."""

from dataclasses import dataclass

from digitlab import limits
from digitlab.specs.checks import check_choice, check_count, check_range
from digitlab.specs.network import CLASSES
from digitlab.specs.preprocessing import Preprocessing

_YES_NO = (True, False)


@dataclass(frozen=True)
class PrepSpec:
    """What is done to the digits before the training. The defaults are the article's.

    Each other value is an ablation: it leaves out a step, or corrupts the training digits, so that
    the effect of the step can be seen. Only the scaling concerns the test digits too.

    Attributes:
        scale: whether pixels are divided by 255.
        one_hot: whether labels become one-hot vectors.
        data_share: of the training digits that are used, the first ones.
        dropped_digit: that is taken out of the training digits; None for none.
        label_noise: share of the training labels that are replaced by random ones.
        shuffle_labels: whether the training labels are permuted at random.
    """

    scale: bool = True
    one_hot: bool = True
    data_share: float = 1.0
    dropped_digit: int | None = None
    label_noise: float = 0.0
    shuffle_labels: bool = False

    def __post_init__(self) -> None:
        check_choice("Scaling", self.scale, _YES_NO)
        check_choice("One-hot", self.one_hot, _YES_NO)
        check_range("The share of the training digits", self.data_share, limits.MIN_DATA_SHARE, 1)
        if self.dropped_digit is not None:
            check_count("The digit that is dropped", self.dropped_digit, 0, CLASSES - 1)
        check_range("The label noise", self.label_noise, 0, 1)
        check_choice("Shuffling the labels", self.shuffle_labels, _YES_NO)

    @property
    def preprocessing(self) -> Preprocessing:
        """In which numbers the network takes the pixels."""
        return Preprocessing.ZERO_TO_ONE if self.scale else Preprocessing.ZERO_TO_255
