"""What a report says beside its tables and pictures, in the language that is spoken."""

from collections.abc import Sequence
from typing import Final

from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import GUESSING
from digitlab.records.training import Interruption
from digitlab.wording.numerals import whole
from digitlab.wording.results.scores import score
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import setting_name
from digitlab.wording.shares import hundredths

Point = tuple[float, float]

_ENDS: Final[dict[Interruption | None, Message]] = {
    None: to_say("The training ended after {done} of {asked} epochs."),
    Interruption.STOP: to_say("I stopped the training after {done} of {asked} epochs."),
    Interruption.PAUSE: to_say("I paused the training after {done} of {asked} epochs."),
    Interruption.TOO_LONG: to_say(
        "The training took too long. The lab ended it after {done} of {asked} epochs."
    ),
    Interruption.PREEMPTED: to_say("The lab paused the training after {done} of {asked} epochs."),
}

_FIXED: Final[dict[str, Message]] = {
    "title": to_say("My network reads handwritten digits"),
    "name": to_say("Name"),
    "class": to_say("Class"),
    "date": to_say("Date"),
    "network": to_say("The network"),
    "layer": to_say("Layer"),
    "shape": to_say("Output shape"),
    "activation": to_say("Activation"),
    "parameters": to_say("Parameters"),
    "arithmetic": to_say("How to calculate them"),
    "total": to_say("All parameters: the numbers that training changes"),
    "learned": to_say("How it learned"),
    "settings": to_say("The settings"),
    "no_epoch": to_say("The training finished no epoch."),
    "answers": to_say("Right and wrong answers"),
    "matrix": to_say(
        "The confusion matrix counts the answers to the test digits. Each row is a true digit. "
        "Each column is an answer. On the diagonal the answers are correct."
    ),
    "predicted": to_say("Predicted label"),
    "true": to_say("True label"),
    "recall": to_say("Recall %"),
    "precision": to_say("Precision %"),
    "recall_words": to_say(
        "The recall of 3, for example, is a share of all pictures of a 3: those that the network "
        "reads as 3."
    ),
    "precision_words": to_say(
        "The precision of 3 is a share of all pictures that the network reads as 3: those that "
        "are a 3."
    ),
    "mistakes": to_say("The wrong answers that it was most sure of"),
    "no_mistake": to_say("There are none. It read every test digit correctly."),
    "no_answers": to_say("The answers of this network are no longer numbers (NaN)."),
    "repeat": to_say("How to repeat this run"),
    "program": to_say(
        "DigitLab has a program for this run: {file}. It trains the same network. With the same "
        "versions and the same kind of processor it gives the same numbers."
    ),
    "link": to_say("On a screen, this link opens the lab with the settings of this run:"),
}
"""By the names that the template gives them."""


_TRAINING: Final = to_say("Training: {first} in epoch {begins}, {last} in epoch {ends}.")
_VALIDATION: Final = to_say("Validation: {first} in epoch {begins}, {last} in epoch {ends}.")


def fixed_words() -> dict[str, str]:
    """Headings, labels and sentences that are the same in each report."""
    return {name: say_message(message, file="train.py") for name, message in _FIXED.items()}


def result_words(trained: TrainedNetwork, reads: bool) -> str:
    """How well it reads, in a line.

    Args:
        trained: the run.
        reads: whether its answers are numbers.
    """
    if not reads:
        return say("It reads no digits, because its loss is no longer a number (NaN).")
    words = say(
        "It reads {right} of 100 digits that it has never seen.",
        right=hundredths(trained.test_accuracy),
    )
    if trained.test_accuracy > GUESSING:
        return words
    return f"{words} {say('By guessing it would read 10.')}"


def test_words(trained: TrainedNetwork, right: int, total: int) -> str:
    """How many test digits it read, and its scores."""
    metric = trained.spec.training.metric
    sentences = [
        say(
            "The test has {total} digits, and the network did not learn from them. It reads "
            "{right} of them correctly.",
            total=whole(total),
            right=whole(right),
        ),
        say("Test accuracy: {score}.", score=score(trained.test_accuracy)),
    ]
    if metric != "accuracy":
        sentences.append(
            say("{metric}: {score}.", metric=setting_name(metric), score=score(trained.test_metric))
        )
    sentences.append(say("Test loss: {score}.", score=score(trained.test_loss)))
    return " ".join(sentences)


def end_words(trained: TrainedNetwork) -> str:
    """How the training ended, if not with its last epoch."""
    done, asked = len(trained.history), trained.spec.training.epochs
    if trained.diverged:
        return say(
            "In epoch {epoch} of {asked} the loss was no longer a number (NaN). Often the cause is "
            "that the steps are too long. Try a smaller learning rate.",
            epoch=max(1, done),
            asked=asked,
        )
    if done >= asked:
        return ""
    ended = say_message(_ENDS[trained.interruption], done=done, asked=asked)
    return f"{ended} {say('The network keeps what it learned.')}" if done else ended


def history_title(shown: int, epochs: int) -> str:
    """What stands above the History, of which so many epochs are shown."""
    if shown == epochs:
        return say("The History")
    return say("The History: {shown} of {epochs} epochs", shown=shown, epochs=epochs)


def repeat_words(seed: int, versions: str, lab_version: str) -> str:
    """What is needed to get the same numbers again."""
    sentences = [say("The seed is {seed}.", seed=seed)]
    if versions:
        sentences.append(say("The versions are {versions}.", versions=versions))
    sentences.append(say("DigitLab {version} made this report.", version=lab_version))
    return " ".join(sentences)


def curve_words(title: str, curves: Sequence[str]) -> str:
    """What is seen in the picture of a quantity, for those who can't see it."""
    seen = " ".join(curves) or say("No epoch has a number.")
    return say("{title} of each epoch. {curves}", title=title, curves=seen)


def way_words(training: Sequence[Point], validation: Sequence[Point]) -> list[str]:
    """From where to where the two curves go, a sentence for each that there is.

    Args:
        training: the epochs, counted from 1, with their values.
        validation: the same; empty without validation digits.
    """
    return [
        say_message(message, **_way(points))
        for message, points in ((_TRAINING, training), (_VALIDATION, validation))
        if points
    ]


def _way(points: Sequence[Point]) -> dict[str, str]:
    (begins, first), (ends, last) = points[0], points[-1]
    return {
        "first": score(first),
        "begins": whole(round(begins)),
        "last": score(last),
        "ends": whole(round(ends)),
    }
