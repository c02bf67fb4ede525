"""The view of Luck that shows how each run learned: loss and accuracy over the epochs."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.figures.seeds import Curves, bands
from digitlab.ui.luck import train_seeds
from digitlab.ui.luck.comparison import Comparison
from digitlab.ui.luck.drawn import drawn
from digitlab.ui.luck.recipes import Side
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import counted

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

QUANTITIES = ("loss", "accuracy")


def show_curves(compared: Comparison) -> None:
    """The curves of all runs, live, and the numbers of their bands."""
    st.markdown(
        "Every run starts from other random numbers, so every run has a curve of its own. The "
        "**band** reaches from the lowest to the highest run."
    )
    train_seeds.followed(
        compared.current,
        lambda jobs: _show_bands(compared.with_jobs(compared.sides, jobs)),
    )
    _show_numbers(compared.sides)


def _show_bands(sides: Sequence[Side]) -> None:
    if not any(side.runs or side.growing for side in sides):
        st.info("There is no run yet. Train a recipe in the first view, *One recipe*.")
        return
    for column, name in zip(st.columns(2), QUANTITIES, strict=True):
        with column:
            show.chart(
                drawn(name, sides, partial(_bands, sides, name)),
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
    st.markdown("\n".join(f"- **{side.letter}**: {side.words}" for side in sides))


def _show_numbers(sides: Sequence[Side]) -> None:
    """The table behind the curves: each epoch's band."""
    rows = [(side, name, _band(side, name)) for name in QUANTITIES for side in sides]
    if not any(band for _, _, band in rows):
        return
    with st.expander("The numbers behind it"):
        for side, name, band in rows:
            if band:
                st.caption(f"{side.letter}, {name} on the training pictures, epoch by epoch")
                show.table(
                    {
                        "Epoch": list(range(1, len(band.mean) + 1)),
                        "Lowest": band.lowest,
                        "Mean": band.mean,
                        "Highest": band.highest,
                    },
                )


def _band(side: Side, name: str) -> seed_runs.Band | None:
    return seed_runs.band([run.history for run in side.runs], name)


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
