"""Parts of Luck: what the runs of a recipe read, as points, in words and in a table."""

from collections.abc import Sequence
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.figures.seeds import accuracy_points
from digitlab.records.score import DigitSet
from digitlab.ui.luck.drawn import drawn
from digitlab.ui.luck.recipes import Side
from digitlab.ui.luck.verdict import digits_words
from digitlab.ui.widgets import show

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


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
    with st.expander("The numbers behind it"):
        show.table(
            {
                "Recipe": [letter for letter, _ in rows],
                "Seed": [run.spec.training.seed for _, run in rows],
                f"{digits.capitalize()} accuracy": [
                    seed_runs.accuracy_of(run, digits) for _, run in rows
                ],
                "Training loss": [run.history[-1].logs.get("loss") for _, run in rows],
                "Training accuracy": [run.history[-1].logs.get("accuracy") for _, run in rows],
            },
        )


def digits_of(sides: Sequence[Side]) -> DigitSet:
    """By which digits these recipes are compared."""
    return seed_runs.digits_to_compare_by([side.recipe for side in sides])


def _spread_words(side: Side, digits: DigitSet) -> str:
    values = seed_runs.accuracies(side.runs, digits)
    hundred = seed_runs.of_hundred(values)
    if len(values) == 1:
        return (
            f"The one run of **{side.letter}** reads {hundred} {digits} digits. One run does not "
            "tell how much of that is luck."
        )
    spread = (
        "the difference between these runs is luck"
        if min(values) < max(values)
        else "these seeds make no difference"
    )
    return (
        f"**{side.letter}:** only the seed differs, and the recipe reads **{hundred}** {digits} "
        f"digits: {spread}. "
        f"Lowest {min(values):.4f}, mean {fmean(values):.4f}, highest {max(values):.4f}."
    )


def _points(sides: Sequence[Side], digits: DigitSet) -> "Figure":
    return accuracy_points(
        [(side.letter, seed_runs.accuracies(side.runs, digits), side.seeds) for side in sides],
        digits,
    )


def _points_alt(sides: Sequence[Side], digits: DigitSet) -> str:
    return f"{digits.capitalize()} accuracies as points on a line. " + " ".join(
        f"{side.letter}: {', '.join(f'{value:.4f}' for value in values)}."
        for side in sides
        for values in [seed_runs.accuracies(side.runs, digits)]
    )
