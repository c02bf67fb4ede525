"""Parts of Luck: what the runs of a recipe read, in charts, words and tables."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.figures.seeds import Curves, accuracy_points, bands
from digitlab.records.job import Job
from digitlab.records.score import DigitSet
from digitlab.ui.luck.recipes import Side
from digitlab.ui.luck.verdict import digits_words, verdict_words
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import counted

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

QUANTITIES = ("loss", "accuracy")
_DRAWN = "luck_drawn"


def show_luck(sides: Sequence[Side], size: int, jobs: Iterable[Job] = ()) -> None:
    """Charts and words about all that has been trained of these recipes.

    Args:
        sides: A, and B if there is one.
        size: with how many seeds they are compared.
        jobs: trainings under way.
    """
    jobs = list(jobs)
    sides = [side.with_jobs(jobs) for side in sides]
    digits = _digits(sides)
    ran = [side for side in sides if side.runs]
    if ran:
        words, points = st.columns([2, 3], gap="large", vertical_alignment="center")
        with words:
            st.markdown("\n\n".join(_spread_words(side, digits) for side in ran))
            st.caption(digits_words(sides))
        with points:
            show.chart(
                _drawn("points", ran, partial(_points, ran, digits)),
                key="luck_points",
                alt=_points_alt(ran, digits),
            )
        if len(sides) > 1:
            first, second = sides
            st.markdown(verdict_words(first, second, size))
    if ran or any(side.growing for side in sides):
        for column, name in zip(st.columns(2), QUANTITIES, strict=True):
            with column:
                show.chart(
                    _drawn(name, sides, partial(_bands, sides, name)),
                    key=f"luck_{name}",
                    alt=_bands_alt(sides, name),
                )
        st.caption(
            "Thin lines: each run. Thick line: their mean. Shaded: from lowest to highest."
            + (" A is solid, B dashed." if len(sides) > 1 else "")
            + "".join(
                f" {side.letter} counts another metric: it has no accuracy for each epoch."
                for side in sides
                if side.recipe.training.metric != "accuracy"
            )
        )


def show_numbers(sides: Sequence[Side]) -> None:
    """The table behind the charts: each run, then each epoch's band."""
    digits = _digits(sides)
    rows = [(side.letter, run) for side in sides for run in side.runs]
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
        for name in QUANTITIES:
            for side in sides:
                if band := _band(side, name):
                    st.caption(f"{side.letter}, {name} on the training pictures, epoch by epoch")
                    show.table(
                        {
                            "Epoch": list(range(1, len(band.mean) + 1)),
                            "Lowest": band.lowest,
                            "Mean": band.mean,
                            "Highest": band.highest,
                        },
                    )


def _digits(sides: Sequence[Side]) -> DigitSet:
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


def _band(side: Side, name: str) -> seed_runs.Band | None:
    return seed_runs.band([run.history for run in side.runs], name)


def _points(sides: Sequence[Side], digits: DigitSet) -> "Figure":
    return accuracy_points(
        [(side.letter, seed_runs.accuracies(side.runs, digits), side.seeds) for side in sides],
        digits,
    )


def _bands(sides: Sequence[Side], name: str) -> "Figure":
    return bands([_curves(side, name) for side in sides], name)


def _curves(side: Side, name: str) -> Curves:
    band = _band(side, name)
    histories = [*(run.history for run in side.runs), *side.growing]
    return Curves(
        side.letter,
        [[record.logs[name] for record in history if name in record.logs] for history in histories],
        band.lowest.tolist() if band else [],
        band.mean.tolist() if band else [],
        band.highest.tolist() if band else [],
        side.recipe.training.epochs,
    )


def _drawn(kind: str, sides: Sequence[Side], make: Callable[[], "Figure"]) -> "Figure":
    """Made anew once an epoch: a figure takes 20 ms, and a page with trainings asks each second."""
    drawn: dict[str, tuple[object, Figure]] = st.session_state.setdefault(_DRAWN, {})
    state: list[object] = [
        (side.letter, side.recipe, [run.id for run in side.runs], [*map(len, side.growing)])
        for side in sides
    ]
    state.append(_digits(sides))
    if kind not in drawn or drawn[kind][0] != state:
        drawn[kind] = (state, make())
    return drawn[kind][1]


def _points_alt(sides: Sequence[Side], digits: DigitSet) -> str:
    return f"{digits.capitalize()} accuracies as points on a line. " + " ".join(
        f"{side.letter}: {', '.join(f'{value:.4f}' for value in values)}."
        for side in sides
        for values in [seed_runs.accuracies(side.runs, digits)]
    )


def _bands_alt(sides: Sequence[Side], name: str) -> str:
    return f"{name.capitalize()} over the epochs. " + " ".join(_said(side, name) for side in sides)


def _said(side: Side, name: str) -> str:
    if not (band := _band(side, name)):
        return f"{side.letter}: nothing yet."
    return (
        f"{side.letter}, {counted(len(side.runs), 'run')}: the mean goes from {band.mean[0]:.4f} "
        f"to {band.mean[-1]:.4f}; at the end they lie between {band.lowest[-1]:.4f} and "
        f"{band.highest[-1]:.4f}."
    )
