"""How a run and its settings are called, and what is said of it in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from digitlab.records.job_state import JobState
from digitlab.records.score import DigitSet, choosing_score
from digitlab.records.training import Interruption
from digitlab.runs.record import Run
from digitlab.specs import Preprocessing, TrainSpec
from digitlab.wording.ablations import ablation_words
from digitlab.wording.exam import short_score
from digitlab.wording.lists import with_commas
from digitlab.wording.network_names import preset_or_layers
from digitlab.wording.numerals import per_cent, whole
from digitlab.wording.say import Message, say, say_message, to_say

NAMES: Final[dict[str, Message]] = {
    "categorical_crossentropy": to_say("Cross-entropy"),
    "mean_squared_error": to_say("Mean squared error"),
    "sparse_categorical_crossentropy": to_say("Sparse cross-entropy"),
    "accuracy": to_say("Accuracy"),
    "top_k_categorical_accuracy": to_say("Label among the five best answers"),
    "sgd": to_say("SGD"),
    "momentum": to_say("SGD with momentum"),
    "rmsprop": to_say("RMSprop"),
    "adam": to_say("Adam"),
}
"""Losses, metrics and optimizers, by the names that Keras uses: `setting_name` says them."""

GUESSING = 0.2
"""One digit in ten is right by guessing; below this a network has learned next to nothing."""


def setting_name(keras_name: str) -> str:
    """What a loss, a metric or an optimizer is called on the pages.

    >>> setting_name("momentum")
    'SGD with momentum'
    """
    return say_message(NAMES[keras_name])


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
    """The name of a run that got none: network, what is broken, and the score to choose by.

    They stay what they are: so it is never the test score, which comes with the exam.
    """
    network = run.spec.network
    score = choosing_score(run.history) if has_network(run) else None
    trained = "trained" if has_network(run) else state_words(run)
    result = short_score(score) if score else trained
    return with_commas([preset_or_layers(network), *ablation_words(run.spec), result])


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


def validation_accuracy(run: Run) -> float | None:
    """After its last epoch; None without validation digits, and without a network of any use."""
    score = choosing_score(run.history) if has_network(run) else None
    return score.accuracy if score and score.digits is DigitSet.VALIDATION else None


def training_accuracy(run: Run) -> float | None:
    """The average over its last epoch; None if it counted another metric, or has no network."""
    return run.history[-1].logs.get("accuracy") if has_network(run) and run.history else None


def best(runs: Iterable[Run]) -> Run | None:
    """The run with the best validation accuracy; None if fewer than two have one."""
    scored = [run for run in runs if validation_accuracy(run) is not None]
    return max(scored, key=lambda run: validation_accuracy(run) or 0.0) if scored[1:] else None


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
        return say("It makes no mistakes.")
    if count == 1:
        return say(
            "It makes no mistake twice. One of its mistakes: it reads the digit {true} as "
            "{predicted}.",
            true=true,
            predicted=predicted,
        )
    return say(
        "Its most common mistake: it reads the digit {true} as {predicted} ({count} times).",
        true=true,
        predicted=predicted,
        count=whole(count),
    )


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
    return with_commas([f"{digit}: {percent(share)}" for digit, share in enumerate(answers)])


def joined(values: Iterable[object], between: str) -> str:
    """The values as text, with `between` between them."""
    return between.join(map(str, values))
