"""How a run and its settings are called, and what is said of it in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from digitlab.records.job_state import JobState
from digitlab.records.score import choosing_score
from digitlab.records.training import Interruption
from digitlab.runs.record import Run
from digitlab.runs.scores import has_network
from digitlab.specs import Preprocessing, TrainSpec
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import per_cent, significant, whole
from digitlab.wording.results.exam import short_score
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.ablations import ablation_words
from digitlab.wording.settings.network_names import preset_or_layers

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


def setting_name(keras_name: str) -> str:
    """What a loss, a metric or an optimizer is called on the pages.

    >>> setting_name("momentum")
    'SGD with momentum'
    """
    return say_message(NAMES[keras_name])


PIXELS_WORDS: Final[dict[Preprocessing, Message]] = {
    Preprocessing.ZERO_TO_ONE: to_say("pixels from 0 (paper) to 1 (ink)"),
    Preprocessing.ZERO_TO_255: to_say("pixels from 0 (paper) to 255 (ink)"),
    Preprocessing.MINUS_ONE_TO_ONE: to_say("pixels from −1 (paper) to 1 (ink)"),
    Preprocessing.STANDARDIZED: to_say("standardized pixels, from −0.42 (paper) to 2.82 (ink)"),
    Preprocessing.INVERTED_ZERO_TO_ONE: to_say("pixels from 1 (paper) to 0 (ink)"),
    Preprocessing.INVERTED_ZERO_TO_255: to_say("pixels from 255 (paper) to 0 (ink)"),
    Preprocessing.NORMALIZED_COLUMNS: to_say("pixels with each column normalized"),
    Preprocessing.NORMALIZED_ROWS: to_say("pixels with each row normalized"),
    Preprocessing.NORMALIZED_PICTURE: to_say("pixels with the whole picture normalized"),
}
"""The numbers that a network takes: `pixels_words` says them."""


def pixels_words(preprocessing: Preprocessing) -> str:
    """The numbers that a network takes, such as "pixels from 0 (paper) to 1 (ink)"."""
    return say_message(PIXELS_WORDS[preprocessing])


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
    trained = say("trained") if has_network(run) else state_words(run)
    result = short_score(score) if score else trained
    return with_commas([preset_or_layers(network), *ablation_words(run.spec), result])


def state_words(run: Run) -> str:
    """Where the run is in its life."""
    done = len(run.history)
    match run.state:
        case JobState.DIVERGED:
            return say("loss too large in epoch {epoch}", epoch=max(1, done))
        case JobState.STOPPED if done and run.interruption is Interruption.TOO_LONG:
            return say_count(
                "out of time after {count} epoch", "out of time after {count} epochs", done
            )
        case JobState.STOPPED if run.interruption is Interruption.TOO_LONG:
            return say("out of time")
        case JobState.STOPPED if done:
            return say_count("stopped after {count} epoch", "stopped after {count} epochs", done)
        case JobState.PAUSED if done:
            return say_count("paused after {count} epoch", "paused after {count} epochs", done)
        case JobState.INTERRUPTED if done:
            return say_count(
                "stopped by the server after {count} epoch",
                "stopped by the server after {count} epochs",
                done,
            )
    return say_message(_STATES[run.state])


_STATES: Final[dict[JobState, Message]] = {
    JobState.QUEUED: to_say("in training"),  # it changes between the two more than once
    JobState.RUNNING: to_say("in training"),
    JobState.FINISHED: to_say("finished"),
    JobState.PAUSED: to_say("paused"),
    JobState.STOPPED: to_say("stopped"),
    JobState.FAILED: to_say("failed"),
    JobState.INTERRUPTED: to_say("stopped by the server"),
}


def epoch_count_words(done: int, asked: int) -> str:
    """How many epochs a run got, and how many were asked for if that is another number.

    >>> epoch_count_words(5, 5), epoch_count_words(3, 5)
    ('5', '3 of 5')
    """
    return str(done) if done == asked else say("{done} of {asked}", done=done, asked=asked)


def rates_words(training: TrainSpec, done: int) -> str:
    """The learning rates of the first `done` epochs."""
    return rate_words(training.rates(done))


def rate_words(rates: Sequence[tuple[int, float]]) -> str:
    """Learning rates, each with the epoch from which on it holds, counted from 0.

    >>> rate_words([(0, 0.1), (2, 0.5)])
    '0.1, then 0.5 from epoch 3 on'
    """
    (_, first), *later = rates
    return with_commas(
        [
            _rate(first),
            *(
                say("then {rate} from epoch {epoch} on", rate=_rate(rate), epoch=epoch + 1)
                for epoch, rate in later
            ),
        ]
    )


def _rate(rate: float) -> str:
    return significant(rate, 6)


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
