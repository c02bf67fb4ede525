"""The network that the learner builds."""

from dataclasses import dataclass

from digitlab import limits
from digitlab.specs.checks import check_choice, check_count, check_range

IMAGE_SHAPE = (28, 28)
PIXELS = IMAGE_SHAPE[0] * IMAGE_SHAPE[1]
CLASSES = 10
KERNEL_SIZE = 3
POOL_SIZE = 2

ACTIVATIONS = ("sigmoid", "relu", "tanh", "linear")


@dataclass(frozen=True)
class HiddenLayer:
    """One fully connected (dense) hidden layer."""

    units: int = 10
    activation: str = "sigmoid"

    def __post_init__(self) -> None:
        check_count("The number of units", self.units, 1, limits.MAX_UNITS)
        check_choice("The activation", self.activation, ACTIVATIONS)


@dataclass(frozen=True)
class NetworkSpec:
    """A `Sequential` from 28x28 pixels to ten probabilities.

    Attributes:
        hidden: dense hidden layers, first to last; the softmax output of ten
            units always follows and is not listed.
        convolutions: filters of each 3x3 ReLU convolution in front of them, each
            followed by 2x2 max pooling. Empty for a plain dense network.
        use_bias: whether units and filters have a bias, the output's units too.

    Raises:
        ChoiceError: if a value is past its limit.
    """

    hidden: tuple[HiddenLayer, ...] = (HiddenLayer(),)
    convolutions: tuple[int, ...] = ()
    use_bias: bool = True

    def __post_init__(self) -> None:
        check_range("The number of hidden layers", len(self.hidden), 0, limits.MAX_HIDDEN_LAYERS)
        check_range("The number of convolutions", len(self.convolutions), 0, 2)
        for filters in self.convolutions:
            check_count("The number of filters", filters, 1, limits.MAX_FILTERS)
        check_choice("The use of biases", self.use_bias, (True, False))

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one sample: `(784,)`, or `(28, 28, 1)` before a convolution."""
        return (*IMAGE_SHAPE, 1) if self.convolutions else (PIXELS,)
