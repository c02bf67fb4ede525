"""How a run and its settings are called, and what is said of it in words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from digitlab.records.job_state import JobState
from digitlab.records.training import Interruption
from digitlab.runs.record import Run
from digitlab.specs import HiddenLayer, NetworkSpec, Preprocessing, TrainSpec, preset_name
from digitlab.wording.ablations import ablation_words
from digitlab.wording.numerals import by, per_cent

NAMES = {
    "categorical_crossentropy": "Cross-entropy",
    "mean_squared_error": "Mean squared error",
    "sparse_categorical_crossentropy": "Sparse cross-entropy",
    "accuracy": "Accuracy",
    "top_k_categorical_accuracy": "Right among five guesses",
    "sgd": "SGD",
    "momentum": "SGD with momentum",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}
"""From the names that Keras uses to words."""

GUESSING = 0.2
"""One digit in ten is right by guessing; below this a network has learned next to nothing."""


PIXELS_WORDS = {
    Preprocessing.ZERO_TO_ONE: "pixels from 0 (paper) to 1 (ink)",
    Preprocessing.ZERO_TO_255: "pixels from 0 (paper) to 255 (ink)",
    Preprocessing.MINUS_ONE_TO_ONE: "pixels from −1 (paper) to 1 (ink)",
    Preprocessing.STANDARDIZED: "standardized pixels, from −0.42 (paper) to 2.82 (ink)",
    Preprocessing.INVERTED_ZERO_TO_ONE: "pixels from 1 (paper) to 0 (ink)",
    Preprocessing.INVERTED_ZERO_TO_255: "pixels from 255 (paper) to 0 (ink)",
    Preprocessing.NORMALIZED_COLUMNS: "pixels with each column normalized",
    Preprocessing.NORMALIZED_ROWS: "pixels with each row normalized",
    Preprocessing.NORMALIZED_PICTURE: "pixels with the whole picture normalized",
}
"""The numbers that a network takes."""


def titles(runs: Sequence[Run]) -> dict[str, str]:
    """What each run is called, by its id: the given name, or one from network and result.

    No two are called the same: a younger one of the same name gets a number.

    Args:
        runs: newest first.
    """
    called: dict[str, str] = {}
    taken: set[str] = set()
    alike: Counter[str] = Counter()
    for run in reversed(runs):
        title = own = run.name or automatic_name(run)
        while title in taken:  # a visitor may have given a name that ends with a number
            alike[own] += 1
            title = f"{own} ({alike[own] + 1})"
        taken.add(title)
        called[run.id] = title
    return called


def automatic_name(run: Run) -> str:
    """The name of a run that got none: network, what is changed on purpose, result; all stay."""
    network = run.spec.network
    score = accuracy(run)
    result = state_words(run) if score is None else per_cent(score, 2)
    name = preset_name(network) or short_network(network)
    return ", ".join([name, *ablation_words(run.spec), result])


def short_network(network: NetworkSpec) -> str:
    """A network in as few words as tell it from others.

    >>> short_network(NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(64, "relu"))))
    '128 + 64 relu units'
    >>> short_network(NetworkSpec((HiddenLayer(20, "tanh"),), convolutions=(8, 16)))
    'CNN 8 + 16, 20 tanh units'
    """
    parts = [f"CNN {joined(network.convolutions, ' + ')}"] if network.convolutions else []
    layers, used = network.hidden, activations(network.hidden)
    if len(layers) > 1 and len(set(layers)) == 1:
        parts.append(f"{by(len(layers), layers[0].units)} {layers[0].activation} units")
    elif len(used) > 1:
        named = (f"{layer.units} {layer.activation}" for layer in layers)
        parts.append(f"{joined(named, ' + ')} units")
    elif layers:
        parts.append(_all([layer.units for layer in layers], " + ", f"{used[0]} unit"))
    else:
        parts.append("no hidden layer")
    return ", ".join(parts)


def network_words(network: NetworkSpec) -> str:
    """A network in words.

    >>> network_words(NetworkSpec((HiddenLayer(20, "tanh"),)))
    '1 hidden layer of 20 units, tanh'
    >>> network_words(NetworkSpec((), convolutions=(8,)))
    '1 convolution of 8 filters, no hidden layer'
    """
    filters = network.convolutions
    parts = []
    if filters:
        many = counted(len(filters), "convolution")
        parts.append(f"{many} of {_all(filters, ' and ', 'filter')}")
    if network.hidden:
        many = counted(len(network.hidden), "hidden layer")
        units = [layer.units for layer in network.hidden]
        parts.append(f"{many} of {_all(units, ', ', 'unit')}")
        parts.append(" and ".join(activations(network.hidden)))
    else:
        parts.append("no hidden layer")
    return ", ".join(parts)


def _all(counts: Sequence[int], between: str, what: str) -> str:
    """The things of several layers: "8 and 16 filters", "1 unit"."""
    return f"{joined(counts, between)} {what}{'s' * (list(counts) != [1])}"


def state_words(run: Run) -> str:
    """Where the run is in its life."""
    done = len(run.history)
    after = f" after {counted(done, 'epoch')}" if done else ""
    match run.state:
        case JobState.QUEUED | JobState.RUNNING:  # it changes between the two more than once
            return "in training"
        case JobState.DIVERGED:
            return f"diverged in epoch {max(1, done)}"
        case JobState.STOPPED if run.interruption is Interruption.TOO_LONG:
            return f"out of time{after}"
        case JobState.STOPPED | JobState.PAUSED | JobState.INTERRUPTED:
            return f"{run.state}{after}"
    return str(run.state)


def epochs_words(run: Run) -> str:
    """How many epochs it got, and how many were asked for if that is more."""
    done, asked = len(run.history), run.spec.training.epochs
    return str(done) if done == asked else f"{done} of {asked}"


def rates_words(training: TrainSpec, done: int) -> str:
    """The learning rates of the first `done` epochs."""
    words = f"{training.learning_rate:g}"
    before = training.learning_rate
    for epoch, rate in training.rate_changes:
        if epoch < done and rate != before:
            words += f", then {rate:g} from epoch {epoch + 1} on"
        before = rate
    return words


def accuracy(run: Run) -> float | None:
    """Its test accuracy; None without a network that is of any use."""
    return run.test_accuracy if has_network(run) else None


def has_network(run: Run) -> bool:
    """Whether there is a network to evaluate and to ask."""
    return run.state.has_usable_model and run.has_predictions


def can_be_taken(run: Run) -> bool:
    """Whether it has a network, or the training can go on."""
    return has_network(run) or run.state.resumable


def best(runs: Iterable[Run]) -> Run | None:
    """The run whose network reads the most test digits, None without a network."""
    return max(filter(has_network, runs), key=lambda run: run.test_accuracy or 0.0, default=None)


def activations(layers: Sequence[HiddenLayer]) -> list[str]:
    """The activations in use, each once."""
    return list(dict.fromkeys(layer.activation for layer in layers))


def a(digit: int) -> str:
    """A digit with its article: "a 7", "an 8"."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


def counted(count: int, what: str) -> str:
    """A number of things: "1 unit", "20 units"."""
    return f"{count:,} {what}{'s' * (count != 1)}"


def times(count: int) -> str:
    """How often: "never", "once", "twice", "3 times"."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def favourite_mistake_words(true: int, predicted: int, count: int) -> str:
    """What `evaluation.favourite_mistake` found, as a sentence about "it"."""
    if count == 0:
        return "It takes no digit for another."
    if count == 1:
        return f"No mistake comes twice; one is {a(true)} taken for {a(predicted)}."
    return f"Most often it takes {a(true)} for {a(predicted)}: {times(count)}."


def percent(share: float) -> str:
    """A share as it is read aloud; what is not quite all or nothing is not rounded to it.

    >>> [percent(share).split() for share in (0.999, 0.614, 0.001)]
    [['>', '99', '%'], ['61', '%'], ['<', '1', '%']]
    """
    if share < 0.005:
        return "< 1\N{NO-BREAK SPACE}%"
    return "> 99\N{NO-BREAK SPACE}%" if share > 0.995 else per_cent(share)


def all_ten(answers: Iterable[float]) -> str:
    """What a network says to each digit, to be read aloud.

    >>> all_ten([0.001, 0.999]).split(", ") == [f"0: {percent(0)}", f"1: {percent(1)}"]
    True
    """
    return ", ".join(f"{digit}: {percent(share)}" for digit, share in enumerate(answers))


def joined(values: Iterable[object], between: str) -> str:
    """The values as text, with `between` between them."""
    return between.join(map(str, values))
