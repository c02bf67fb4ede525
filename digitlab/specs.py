"""What the learner chooses, as frozen values that are checked when made.

One spec feeds the widgets, the model, the code shown and the record of the run,
so they cannot disagree. The article's recipe and the other presets live here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitlab import limits

IMAGE_SHAPE = (28, 28)
PIXELS = IMAGE_SHAPE[0] * IMAGE_SHAPE[1]
CLASSES = 10
KERNEL_SIZE = 3
POOL_SIZE = 2

ACTIVATIONS = ("sigmoid", "relu", "tanh", "linear")
LOSSES = ("categorical_crossentropy", "mean_squared_error")
METRICS = ("accuracy", "top_k_categorical_accuracy")

OPTIMIZERS = {"sgd": 0.01, "momentum": 0.01, "rmsprop": 0.001, "adam": 0.001}
"""Each optimizer with Keras's own default learning rate."""


def _check_range(name: str, value: float, low: float, high: float) -> None:
    # "not (low <= value)" also refuses NaN.
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low:,} and {high:,}; it is {value:,}.")


def _check_count(name: str, value: int, low: int, high: int) -> None:
    _check_range(name, value, low, high)
    if value != int(value):
        raise ValueError(f"{name} must be a whole number; it is {value:,}.")


def _check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(map(str, choices))}; it is {value}.")


@dataclass(frozen=True)
class HiddenLayer:
    """One fully connected (dense) hidden layer."""

    units: int = 10
    activation: str = "sigmoid"

    def __post_init__(self) -> None:
        _check_count("The number of units", self.units, 1, limits.MAX_UNITS)
        _check_choice("The activation", self.activation, ACTIVATIONS)


@dataclass(frozen=True)
class NetworkSpec:
    """A `Sequential` from 28x28 pixels to ten probabilities.

    Attributes:
        hidden: dense hidden layers, first to last; the softmax output of ten
            units always follows and is not listed.
        convolutions: filters of each 3x3 ReLU convolution in front of them, each
            followed by 2x2 max pooling. Empty for a plain dense network.

    Raises:
        ValueError: if a value is past its limit, in a sentence for the learner.
    """

    hidden: tuple[HiddenLayer, ...] = (HiddenLayer(),)
    convolutions: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _check_range("The number of hidden layers", len(self.hidden), 0, limits.MAX_HIDDEN_LAYERS)
        _check_range("The number of convolutions", len(self.convolutions), 0, 2)
        for filters in self.convolutions:
            _check_count("The number of filters", filters, 1, limits.MAX_FILTERS)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one sample: `(784,)`, or `(28, 28, 1)` before a convolution."""
        return (*IMAGE_SHAPE, 1) if self.convolutions else (PIXELS,)


@dataclass(frozen=True)
class TrainSpec:
    """How the network learns: the arguments of `compile` and `fit`.

    The defaults are the article's; the seed is the lab's addition, because
    without one no run can be repeated.
    """

    loss: str = "categorical_crossentropy"
    optimizer: str = "sgd"
    learning_rate: float = 0.01
    metric: str = "accuracy"
    batch_size: int = 100
    epochs: int = 5
    validation_share: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        _check_choice("The loss", self.loss, LOSSES)
        _check_choice("The optimizer", self.optimizer, tuple(OPTIMIZERS))
        _check_choice("The metric", self.metric, METRICS)
        _check_choice("The batch size", self.batch_size, limits.BATCH_SIZES)
        _check_range("The learning rate", self.learning_rate, 1e-6, limits.MAX_LEARNING_RATE)
        _check_count("The number of epochs", self.epochs, 1, limits.MAX_EPOCHS)
        _check_range("The validation share", self.validation_share, 0, limits.MAX_VALIDATION_SHARE)
        _check_count("The seed", self.seed, 0, limits.MAX_SEED)


@dataclass(frozen=True)
class RunSpec:
    """A network and the way it is trained: all that a run depends on."""

    network: NetworkSpec = NetworkSpec()
    training: TrainSpec = TrainSpec()

    def with_seed(self, seed: int) -> "RunSpec":
        """The same run from another random start."""
        return replace(self, training=replace(self.training, seed=seed))

    @property
    def is_article(self) -> bool:
        """Whether this is the article's recipe, whatever the seed."""
        return self.with_seed(0) == ARTICLE


ARTICLE = RunSpec()

_ADAM = TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=128)

PRESETS = {
    "The article's network": ARTICLE,
    "ReLU 128": RunSpec(NetworkSpec((HiddenLayer(128, "relu"),)), _ADAM),
    "Two hidden layers": RunSpec(
        NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(64, "relu"))), _ADAM
    ),
    "Small CNN": RunSpec(NetworkSpec((HiddenLayer(64, "relu"),), convolutions=(8, 16)), _ADAM),
}
"""Networks worth trying, each with a recipe that suits it."""


def preset_name(network: NetworkSpec) -> str | None:
    """The preset that has this network, or None for one of the learner's own."""
    return next((name for name, run in PRESETS.items() if run.network == network), None)
