"""The settings that two runs, two recipes or several runs do not share, as codes with values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from digitlab.records.job_state import JobState
from digitlab.runs.record import Run
from digitlab.specs import HiddenLayer, NetworkSpec, PrepSpec, RunSpec


class RunSetting(StrEnum):
    """What two runs can differ in."""

    NETWORK = "network"
    """All its layers: a `NetworkSpec`."""
    FILTERS = "filters"
    """Of each convolution: a tuple."""
    BIASES = "biases"
    """Whether there are any."""
    LAYERS = "layers"
    """The hidden ones: a tuple of `HiddenLayer`."""
    LAYER_COUNT = "layer_count"
    """How many hidden ones."""
    UNITS = "units"
    """Of each hidden layer: a tuple."""
    ACTIVATION = "activation"
    """Of each hidden layer, or of all: a tuple."""
    OPTIMIZER = "optimizer"
    """By Keras's name, as loss and metric."""
    LEARNING_RATE = "learning_rate"
    """As `TrainSpec.rates` gives it."""
    BATCH_SIZE = "batch_size"
    EPOCHS = "epochs"
    """An `EpochCount`."""
    VALIDATION_SHARE = "validation_share"
    LOSS = "loss"
    METRIC = "metric"
    ZERO_START = "zero_start"
    """Whether all weights start at zero."""
    SCALING = "scaling"
    """Whether the pixels are scaled."""
    ONE_HOT = "one_hot"
    """Whether the labels are one-hot."""
    DATA_SHARE = "data_share"
    DROPPED_DIGIT = "dropped_digit"
    """The digit, or None."""
    LABEL_NOISE = "label_noise"
    """A share."""
    SHUFFLED_LABELS = "shuffled_labels"
    """Whether they are."""
    SEED = "seed"


class EpochCount(NamedTuple):
    """How many epochs a run got, and how many were asked for."""

    done: int
    asked: int


@dataclass(frozen=True)
class Difference:
    """One setting that two runs do not share.

    Attributes:
        setting: which one.
        first, second: its values; `RunSetting` tells what they are.
        matters: whether it can change the numbers that are learned.
    """

    setting: RunSetting
    first: object
    second: object
    matters: bool = True


def differences(first: Run, second: Run) -> list[Difference]:
    """The settings that two runs do not share, in the order in which a learner meets them."""
    done = len(first.history), len(second.history)
    diverged = _diverged(first, second)
    epochs = Difference(
        RunSetting.EPOCHS,
        EpochCount(done[0], first.spec.training.epochs),
        EpochCount(done[1], second.spec.training.epochs),
        done[0] != done[1] and not diverged,
    )
    same_epochs = first.spec.training.epochs == second.spec.training.epochs
    if same_epochs and diverged:  # how many there are is a result, no setting
        epochs = replace(epochs, second=epochs.first)
    return _spec_differences(first.spec, second.spec, done, epochs)


def _spec_differences(
    first: RunSpec, second: RunSpec, done: tuple[int, int], epochs: Difference
) -> list[Difference]:
    """The settings that two specs do not share.

    Args:
        first: of A.
        second: of B.
        done: how many epochs of each were trained.
        epochs: what is said of these.
    """
    a, b = first.training, second.training
    compared = [
        *_network_differences(first.network, second.network),
        Difference(RunSetting.OPTIMIZER, a.optimizer, b.optimizer),
        Difference(RunSetting.LEARNING_RATE, a.rates(done[0]), b.rates(done[1])),
        Difference(RunSetting.BATCH_SIZE, a.batch_size, b.batch_size),
        epochs,
        Difference(RunSetting.VALIDATION_SHARE, a.validation_share, b.validation_share),
        Difference(RunSetting.LOSS, a.loss, b.loss),
        Difference(RunSetting.METRIC, a.metric, b.metric, matters=False),
        Difference(RunSetting.ZERO_START, a.zero_start, b.zero_start),
        *(
            Difference(setting, value_in(first.preparation), value_in(second.preparation))
            for setting, value_in in _OF_PREPARATION.items()
        ),
        Difference(RunSetting.SEED, a.seed, b.seed),
    ]
    return [setting for setting in compared if setting.first != setting.second]


def _network_differences(first: NetworkSpec, second: NetworkSpec) -> Iterable[Difference]:
    if first.convolutions != second.convolutions:
        yield Difference(RunSetting.FILTERS, first.convolutions, second.convolutions)
    if first.use_bias != second.use_bias:
        yield Difference(RunSetting.BIASES, first.use_bias, second.use_bias)
    ours, theirs = first.hidden, second.hidden
    if len(ours) != len(theirs):
        if _within(ours, theirs) or _within(theirs, ours):  # layers were added, and that is all
            yield Difference(RunSetting.LAYERS, ours, theirs)
            return
        yield Difference(RunSetting.LAYER_COUNT, len(ours), len(theirs))
    for setting, value_in in ((RunSetting.UNITS, _units), (RunSetting.ACTIVATION, _activations)):
        a, b = value_in(ours), value_in(theirs)
        if a != b:
            yield Difference(setting, a, b)


_OF_PREPARATION: Final[dict[RunSetting, Callable[[PrepSpec], object]]] = {
    RunSetting.SCALING: lambda preparation: preparation.scale,
    RunSetting.ONE_HOT: lambda preparation: preparation.one_hot,
    RunSetting.DATA_SHARE: lambda preparation: preparation.data_share,
    RunSetting.DROPPED_DIGIT: lambda preparation: preparation.dropped_digit,
    RunSetting.LABEL_NOISE: lambda preparation: preparation.label_noise,
    RunSetting.SHUFFLED_LABELS: lambda preparation: preparation.shuffle_labels,
}


def _within(few: Sequence[HiddenLayer], many: Sequence[HiddenLayer]) -> bool:
    """Whether `few` is `many` with some left out."""
    rest = iter(many)
    return all(layer in rest for layer in few)


def _units(layers: Sequence[HiddenLayer]) -> tuple[object, ...]:
    return tuple(layer.units for layer in layers)


def _activations(layers: Sequence[HiddenLayer]) -> tuple[object, ...]:
    """Of each layer; a single one if all have the same."""
    each = tuple(layer.activation for layer in layers)
    return each[:1] if len(set(each)) == 1 else each


def _diverged(*runs: Run) -> bool:
    return any(run.state is JobState.DIVERGED for run in runs)


def recipe_differences(first: RunSpec, second: RunSpec) -> list[Difference]:
    """The settings that two recipes do not share, whatever the seed, if both run to their end."""
    done = first.training.epochs, second.training.epochs
    a, b = (EpochCount(count, count) for count in done)
    epochs = Difference(RunSetting.EPOCHS, a, b)
    return _spec_differences(first.with_seed(0), second.with_seed(0), done, epochs)


def settings_apart(runs: Sequence[Run]) -> dict[RunSetting, list[object]]:
    """The settings that not all of several runs share, each with its value in every run.

    What differs in the layers is one setting, the network.
    """
    first, settings = runs[0], dict[RunSetting, list[object]]()
    networks = [run.spec.network for run in runs]
    if len(set(networks)) > 1:
        settings[RunSetting.NETWORK] = [*networks]
    for position, other in enumerate(runs):
        within = {
            difference.setting
            for difference in _network_differences(networks[0], networks[position])
        }
        for difference in differences(first, other):
            if difference.setting not in within:
                values = settings.setdefault(difference.setting, [difference.first] * len(runs))
                values[position] = difference.second
    return settings
