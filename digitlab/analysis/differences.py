"""The settings that two runs, two recipes or several runs do not share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from digitlab.records.job_state import JobState
from digitlab.runs.record import Run
from digitlab.specs import HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.wording.descriptions import epochs_words, joined, rates_words
from digitlab.wording.network_names import activations, network_words
from digitlab.wording.numerals import short_per_cent


@dataclass(frozen=True)
class Difference:
    """One setting that two runs do not share.

    Attributes:
        setting: in words.
        first, second: its values, in words or by Keras's names.
        matters: whether it can change the numbers that are learned.
    """

    setting: str
    first: str
    second: str
    matters: bool = True


def differences(first: Run, second: Run) -> list[Difference]:
    """The settings that two runs do not share, in the order in which a learner meets them."""
    done = len(first.history), len(second.history)
    diverged = _diverged(first, second)
    epochs = Difference(
        "Epochs", epochs_words(first), epochs_words(second), done[0] != done[1] and not diverged
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
    ours, theirs = first.training, second.training
    rates = rates_words(ours, done[0]), rates_words(theirs, done[1])
    compared = [
        *_network_differences(first.network, second.network),
        Difference("Optimizer", ours.optimizer, theirs.optimizer),
        Difference("Learning rate", *rates),
        Difference("Batch size", str(ours.batch_size), str(theirs.batch_size)),
        epochs,
        Difference("Validation share", _share(ours), _share(theirs)),
        Difference("Loss", ours.loss, theirs.loss),
        Difference("Metric", ours.metric, theirs.metric, matters=False),
        Difference("Start", _start(ours), _start(theirs)),
        *_preparation_differences(first.preparation, second.preparation),
        Difference("Seed", str(ours.seed), str(theirs.seed)),
    ]
    return [setting for setting in compared if setting.first != setting.second]


def _network_differences(first: NetworkSpec, second: NetworkSpec) -> Iterable[Difference]:
    if first.convolutions != second.convolutions:
        a, b = (joined(network.convolutions, ", ") or "none" for network in (first, second))
        yield Difference("Filters of the convolutions", a, b)
    if first.use_bias != second.use_bias:
        yield Difference("Biases", _biases(first), _biases(second))
    ours, theirs = first.hidden, second.hidden
    if len(ours) != len(theirs):
        if _within(ours, theirs) or _within(theirs, ours):  # layers were added, and that is all
            yield Difference("Hidden layers", _layers(ours), _layers(theirs))
            return
        yield Difference("Hidden layers", str(len(ours)), str(len(theirs)))
    units = [[layer.units for layer in layers] for layers in (ours, theirs)]
    if units[0] != units[1]:
        yield Difference("Units", joined(units[0], ", "), joined(units[1], ", "))
    a, b = _activation_words(ours), _activation_words(theirs)
    if a != b:
        yield Difference("Activation", a, b)


def _preparation_differences(first: PrepSpec, second: PrepSpec) -> Iterable[Difference]:
    for setting, words in _PREPARATION.items():
        a, b = words(first), words(second)
        if a != b:
            yield Difference(setting, a, b)


_PREPARATION: dict[str, Callable[[PrepSpec], str]] = {
    "Scaling": lambda preparation: "to 0–1" if preparation.scale else "left out",
    "Labels": lambda preparation: "one-hot" if preparation.one_hot else "whole numbers",
    "Share of the training digits": lambda preparation: short_per_cent(preparation.data_share),
    "Digit left out": lambda preparation: (
        "none" if preparation.dropped_digit is None else str(preparation.dropped_digit)
    ),
    "Label noise": lambda preparation: (
        short_per_cent(preparation.label_noise) if preparation.label_noise else "none"
    ),
    "Labels shuffled": lambda preparation: "yes" if preparation.shuffle_labels else "no",
}


def _within(few: Sequence[HiddenLayer], many: Sequence[HiddenLayer]) -> bool:
    """Whether `few` is `many` with some left out."""
    rest = iter(many)
    return all(layer in rest for layer in few)


def _layers(layers: Sequence[HiddenLayer]) -> str:
    return joined((f"{layer.units} {layer.activation}" for layer in layers), ", ") or "none"


def _activation_words(layers: Sequence[HiddenLayer]) -> str:
    different = activations(layers)
    return different[0] if len(different) == 1 else joined((x.activation for x in layers), ", ")


def _biases(network: NetworkSpec) -> str:
    return "one for each unit" if network.use_bias else "none"


def _start(training: TrainSpec) -> str:
    return "at zero" if training.zero_start else "at random"


def _share(training: TrainSpec) -> str:
    return short_per_cent(training.validation_share) if training.validation_share else "none"


def _diverged(*runs: Run) -> bool:
    return any(run.state is JobState.DIVERGED for run in runs)


def recipe_differences(first: RunSpec, second: RunSpec) -> list[Difference]:
    """The settings that two recipes do not share, whatever the seed, if both run to their end."""
    done = first.training.epochs, second.training.epochs
    epochs = Difference("Epochs", str(done[0]), str(done[1]))
    return _spec_differences(first.with_seed(0), second.with_seed(0), done, epochs)


def settings_apart(runs: Sequence[Run]) -> dict[str, list[str]]:
    """The settings that not all of several runs share, each with its value in every run.

    What differs in the layers is one setting, the network.
    """
    first, settings = runs[0], dict[str, list[str]]()
    networks = [run.spec.network for run in runs]
    if len(set(networks)) > 1:
        settings["Network"] = [network_words(network) for network in networks]
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
