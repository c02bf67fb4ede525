"""Parts of Luck: what the runs of a recipe read, as points, in words and in a table."""

from collections.abc import Sequence
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING, Final

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.figures.seeds import accuracy_points
from digitlab.records.score import DigitSet
from digitlab.ui.luck.drawn import drawn
from digitlab.ui.luck.recipes import Side
from digitlab.ui.luck.verdict import digits_words
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.shares import range_of_hundred

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


_RANGE: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "Only the seed is different, and the recipe reads **{low} to {high} of 100** validation "
        "digits. The difference between these runs is luck."
    ),
    DigitSet.TEST: to_say(
        "Only the seed is different, and the recipe reads **{low} to {high} of 100** test digits. "
        "The difference between these runs is luck."
    ),
}
_SAME: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("The recipe reads **{low} of 100** validation digits."),
    DigitSet.TEST: to_say("The recipe reads **{low} of 100** test digits."),
}
_ONE: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "The only run of **{letter}** reads {low} of 100 validation digits. One run does not tell "
        "how much of that is luck."
    ),
    DigitSet.TEST: to_say(
        "The only run of **{letter}** reads {low} of 100 test digits. One run does not tell how "
        "much of that is luck."
    ),
}
_SEEN_RANGE: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "The same recipe reads {low} to {high} of 100 validation digits with {count} seeds."
    ),
    DigitSet.TEST: to_say(
        "The same recipe reads {low} to {high} of 100 test digits with {count} seeds."
    ),
}
_SEEN_SAME: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "The same recipe reads {low} of 100 validation digits with each of {count} seeds."
    ),
    DigitSet.TEST: to_say(
        "The same recipe reads {low} of 100 test digits with each of {count} seeds."
    ),
}
_HEADS: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("Validation accuracy"),
    DigitSet.TEST: to_say("Test accuracy"),
}
_ALTS: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("Validation accuracies as points on a line."),
    DigitSet.TEST: to_say("Test accuracies as points on a line."),
}


def show_accuracies(sides: Sequence[Side]) -> None:
    """Each run as a point, and how far the runs of each recipe lie apart; nothing without runs."""
    digits = digits_of(sides)
    ran = [side for side in sides if side.runs]
    if not ran:
        return
    words, points = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words:
        st.markdown("\n\n".join(_spread_words(side, digits) for side in ran))
    with points:
        show.chart(
            drawn("points", ran, partial(_points, ran, digits)),
            key="luck_points",
            alt=_points_alt(ran, digits),
        )
    st.caption(digits_words(sides))


def show_accuracy_table(sides: Sequence[Side]) -> None:
    """The numbers of the points, folded: a row for each run."""
    digits = digits_of(sides)
    rows = [(side.letter, run) for side in sides for run in side.runs]
    if not rows:
        return
    with fold(say("The numbers of each run")):
        show.table(
            {
                say("Recipe"): [letter for letter, _ in rows],
                say("Seed"): [run.spec.training.seed for _, run in rows],
                say_message(_HEADS[digits]): [
                    seed_runs.accuracy_of(run, digits) for _, run in rows
                ],
                say("Training loss"): [run.history[-1].logs.get("loss") for _, run in rows],
                say("Training accuracy"): [run.history[-1].logs.get("accuracy") for _, run in rows],
            },
        )


def digits_of(sides: Sequence[Side]) -> DigitSet:
    """By which digits these recipes are compared."""
    return seed_runs.digits_to_compare_by([side.recipe for side in sides])


def seen_words(values: Sequence[float], digits: DigitSet) -> str:
    """What the runs of a recipe read with so many seeds."""
    low, high = range_of_hundred(values)
    known = _SEEN_SAME if low == high else _SEEN_RANGE
    return say_message(known[digits], low=low, high=high, count=len(values))


def _spread_words(side: Side, digits: DigitSet) -> str:
    values = seed_runs.accuracies(side.runs, digits)
    low, high = range_of_hundred(values)
    if len(values) == 1:
        return say_message(_ONE[digits], letter=side.letter, low=low)
    reads = say_message((_SAME if low == high else _RANGE)[digits], low=low, high=high)
    sentences = [f"**{side.letter}:** {reads}"]
    if min(values) == max(values):
        sentences.append(say("These seeds make no difference."))
    elif low == high:
        sentences.append(say("The difference between these runs is luck."))
    sentences.append(
        say(
            "Lowest {lowest}, mean {mean}, highest {highest}.",
            lowest=decimal(min(values), 4),
            mean=decimal(fmean(values), 4),
            highest=decimal(max(values), 4),
        )
    )
    return " ".join(sentences)


def _points(sides: Sequence[Side], digits: DigitSet) -> "Figure":
    return accuracy_points(
        [(side.letter, seed_runs.accuracies(side.runs, digits), side.seeds) for side in sides],
        digits,
    )


def _points_alt(sides: Sequence[Side], digits: DigitSet) -> str:
    every = [
        say(
            "{letter}: {values}.",
            letter=side.letter,
            values=with_commas(
                [decimal(value, 4) for value in seed_runs.accuracies(side.runs, digits)]
            ),
        )
        for side in sides
    ]
    return " ".join([say_message(_ALTS[digits]), *every])
