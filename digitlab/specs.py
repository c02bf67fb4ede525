"""What the learner chooses, as frozen values that are checked when made.

One spec feeds the widgets, the model, the code shown and the record of the run,
so they cannot disagree. The article's recipe and the other presets live here.
"""

import json
import reprlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from digitlab import limits

IMAGE_SHAPE = (28, 28)
PIXELS = IMAGE_SHAPE[0] * IMAGE_SHAPE[1]
CLASSES = 10
KERNEL_SIZE = 3
POOL_SIZE = 2
MIN_LEARNING_RATE = 1e-6

ACTIVATIONS = ("sigmoid", "relu", "tanh", "linear")
LOSSES = ("categorical_crossentropy", "mean_squared_error")
METRICS = ("accuracy", "top_k_categorical_accuracy")

OPTIMIZERS = {"sgd": 0.01, "momentum": 0.01, "rmsprop": 0.001, "adam": 0.001}
"""Each optimizer with Keras's own default learning rate."""


def _check_range(name: str, value: float, low: float, high: float) -> None:
    # A spec may come from a link or a file, where True or "12" can stand for a number.
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError(f"{name} must be a number; it is {_shown(value)}.")
    # "not (low <= value)" also refuses NaN.
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low:,} and {high:,}; it is {_shown(value)}.")


def _check_count(name: str, value: int, low: int, high: int) -> None:
    _check_range(name, value, low, high)
    if not isinstance(value, int):
        raise ValueError(f"{name} must be a whole number; it is {_shown(value)}.")


def _check_choice(name: str, value: object, choices: Sequence[object]) -> None:
    # Of the same type: 100.0 is no batch size, though it equals one.
    if not any(type(value) is type(choice) and value == choice for choice in choices):
        all_of_them = ", ".join(map(str, choices))
        raise ValueError(f"{name} must be one of {all_of_them}; it is {_shown(value)}.")


def _shown(value: object) -> str:
    """A value within a sentence: a stranger's may be very long."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return reprlib.repr(value)
    text = value if isinstance(value, str) else f"{value:,}"
    text = text.encode("utf-8", "replace").decode()  # half a character can't be sent to a browser
    return text if len(text) <= 40 else f"{text[:40]}…"


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

    Attributes:
        rate_changes: pairs of an epoch, counted from 0 and later than the first, and the
            learning rate from that epoch on.
    """

    loss: str = "categorical_crossentropy"
    optimizer: str = "sgd"
    learning_rate: float = 0.01
    metric: str = "accuracy"
    batch_size: int = 100
    epochs: int = 5
    validation_share: float = 0.0
    seed: int = 0
    rate_changes: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        _check_choice("The loss", self.loss, LOSSES)
        _check_choice("The optimizer", self.optimizer, tuple(OPTIMIZERS))
        _check_choice("The metric", self.metric, METRICS)
        _check_choice("The batch size", self.batch_size, limits.BATCH_SIZES)
        _check_range(
            "The learning rate", self.learning_rate, MIN_LEARNING_RATE, limits.MAX_LEARNING_RATE
        )
        _check_count("The number of epochs", self.epochs, 1, limits.MAX_EPOCHS)
        _check_range("The validation share", self.validation_share, 0, limits.MAX_VALIDATION_SHARE)
        _check_count("The seed", self.seed, 0, limits.MAX_SEED)
        earlier = 0
        for epoch, rate in self.rate_changes:
            _check_count("The epoch of a new learning rate", epoch, earlier + 1, limits.MAX_EPOCHS)
            _check_range("The learning rate", rate, MIN_LEARNING_RATE, limits.MAX_LEARNING_RATE)
            earlier = epoch

    def rate_at(self, epoch: int) -> float:
        """The learning rate of an epoch, counted from 0."""
        rates = [rate for start, rate in self.rate_changes if start <= epoch]
        return rates[-1] if rates else self.learning_rate


@dataclass(frozen=True)
class RunSpec:
    """A network and the way it is trained: all that a run depends on."""

    network: NetworkSpec = NetworkSpec()
    training: TrainSpec = TrainSpec()

    def with_seed(self, seed: int) -> "RunSpec":
        """The same run from another random start."""
        return replace(self, training=replace(self.training, seed=seed))

    def continued(self, done: int, more: int, rate: float) -> "RunSpec":
        """The run that goes on after `done` epochs for `more`, with this learning rate.

        Raises:
            ValueError: if that is past a limit.
        """
        if done == 0:  # nothing was learned yet: another beginning
            training = replace(self.training, epochs=more, learning_rate=rate, rate_changes=())
            return replace(self, training=training)
        earlier = tuple(change for change in self.training.rate_changes if change[0] < done)
        before = replace(self.training, rate_changes=earlier)
        changes = earlier if before.rate_at(done) == rate else (*earlier, (done, rate))
        return replace(self, training=replace(before, epochs=done + more, rate_changes=changes))

    @property
    def is_article(self) -> bool:
        """Whether this is the article's recipe, whatever the seed."""
        return self.with_seed(0) == ARTICLE

    def to_json(self) -> str:
        """This run as JSON, every float exactly."""
        return json.dumps({"version": _JSON_VERSION, **asdict(self)}, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "RunSpec":
        """The run that `to_json` wrote; what is left out has its default.

        Raises:
            ValueError: if it is anything else, in a sentence for the learner.
        """
        if len(text) > limits.MAX_SPEC_CHARACTERS:
            most = f"{limits.MAX_SPEC_CHARACTERS:,} characters"
            raise ValueError(f"The description of a run has {len(text):,}; it may have {most}.")
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("The description of the run is not valid JSON.") from None
        run = _described("The run", value, "version", "network", "training")
        _check_choice("The version of this description", run.get("version"), (_JSON_VERSION,))
        network = _fields("The network", run.get("network", {}), NetworkSpec)
        training = _fields("The training", run.get("training", {}), TrainSpec)
        if "hidden" in network:
            layers = _values("The hidden layers", network["hidden"])
            described = [_fields("A hidden layer", layer, HiddenLayer) for layer in layers]
            network["hidden"] = tuple(HiddenLayer(**layer) for layer in described)
        if "convolutions" in network:
            network["convolutions"] = _values("The convolutions", network["convolutions"])
        if "rate_changes" in training:
            changes = _values("The changes of learning rate", training["rate_changes"])
            pairs = [_values("A change of learning rate", change, 2) for change in changes]
            training["rate_changes"] = tuple(pairs)
        return cls(NetworkSpec(**network), TrainSpec(**training))


_JSON_VERSION = 1


def _described(name: str, value: object, *keys: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} must be described by names and values; it is {_shown(value)}.")
    for key in value:
        _check_choice(f"What is said of {name.lower()}", key, keys)
    return value


def _fields(name: str, value: object, kind: Any) -> dict[str, Any]:
    return _described(name, value, *(field.name for field in fields(kind)))


def _values(name: str, value: object, size: int | None = None) -> tuple[Any, ...]:
    if not isinstance(value, list) or size not in (None, len(value)):
        raise ValueError(f"{name} must be a list of {size or 'values'}; it is {_shown(value)}.")
    return tuple(value)


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
