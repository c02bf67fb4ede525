"""What came of a card of the guided hour, in words, with the learner's own numbers."""

from collections.abc import Callable, Mapping
from typing import Final

from digitlab.specs import PIXELS
from digitlab.specs.ablations import ABLATIONS, LONGER_STEPS, Outcome
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.numerals import decimal, significant, whole
from digitlab.wording.results.ablation_outcomes import outcome_words
from digitlab.wording.say import say, say_message
from digitlab.wording.settings.ablations import title_of
from digitlab.wording.shares import whole_per_cent

Values = Mapping[str, int | float | str]


def _four(value: int | float | str) -> str:
    """A loss or an accuracy, with four decimals."""
    return decimal(float(value), 4)


def _code(value: int | float | str) -> str:
    return f"`{value}`"


def _own_three(values: Values) -> str:
    return say(
        "The network read the digit {answer}. Its probability was {share}.",
        answer=values["answer"],
        share=whole_per_cent(float(values["share"])),
    )


def _numbers(values: Values) -> str:
    ink = int(values["ink"])
    return say(
        "In {sample}, {ink} of the 784 numbers are ink and {paper} are paper.",
        sample=_code(values["sample"]),
        ink=ink,
        paper=PIXELS - ink,
    )


def _step(values: Values) -> str:
    return say(
        "The loss of the digit was {before}. After one step it was {after}.",
        before=_four(values["before"]),
        after=_four(values["after"]),
    )


def _seeds(values: Values) -> str:
    return say(
        "With {seeds} seeds, the worst network had the accuracy {lowest} and the best one had "
        "{highest}.",
        seeds=values["seeds"],
        lowest=_four(values["lowest"]),
        highest=_four(values["highest"]),
    )


def _matrix(values: Values) -> str:
    return say(
        "The largest number beside the diagonal was {count}, in row {true} and column {predicted}. "
        "So the most common mistake was to read the digit {true} as {predicted}.",
        count=whole(int(values["count"])),
        true=values["true"],
        predicted=values["predicted"],
    )


def _change(values: Values) -> str:
    return say(
        "The learning rate {rate} won. Its validation accuracy was {score}.",
        rate=significant(float(values["rate"])),
        score=_four(values["score"]),
    )


def _exam(values: Values) -> str:
    return say(
        "The validation accuracy was {validation}. The test accuracy was {test}.",
        validation=_four(values["validation"]),
        test=_four(values["test"]),
    )


def _own_question(values: Values) -> str:
    ablation = next(each for each in (*ABLATIONS, *LONGER_STEPS) if each.name == values["change"])
    return say(
        "Your change: {change}. What happened: {came}.",
        change=title_of(ablation),
        came=outcome_words(Outcome(str(values["came"]))),
    )


_RESULTS: Final[Mapping[str, Callable[[Values], str]]] = {
    "own_three": _own_three,
    "numbers": _numbers,
    "step": _step,
    "seeds": _seeds,
    "matrix": _matrix,
    "change": _change,
    "exam": _exam,
    "own_question": _own_question,
}


def result_words(card: str, values: Values) -> str:
    """What the page showed, in a sentence or two.

    Args:
        card: its name.
        values: what the page saw.
    """
    return _RESULTS[card](values)


def expectation_words(card: str, expectation: str) -> str:
    """An answer to the prediction of a card.

    Args:
        card: its name.
        expectation: its code; of the last card, where the page asks, an `Outcome`.
    """
    words = CARD_WORDS[card].expectations.get(expectation)
    if words is None:
        return outcome_words(Outcome(expectation))
    if card == "change":
        return say_message(words, rate=significant(float(expectation)))
    return say_message(words)


def verdict_words(card: str, expected: str, came: str) -> str:
    """What was expected, and whether it came.

    >>> verdict_words("own_three", "three", "other")
    'You expected: *A 3*. Something else happened.'
    """
    said = expectation_words(card, expected)
    if expected == came:
        return say("You expected: *{answer}*. You were right.", answer=said)
    return say("You expected: *{answer}*. Something else happened.", answer=said)
