"""The view of Luck that shows how each run learned: loss and accuracy over the epochs."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from digitlab.analysis import seed_runs
from digitlab.figures.seeds import Curves, bands
from digitlab.ui.luck import train_seeds
from digitlab.ui.luck.comparison import Comparison
from digitlab.ui.luck.drawn import drawn
from digitlab.ui.luck.recipes import Side
from digitlab.ui.shell import path
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal
from digitlab.wording.say import Message, say, say_count, say_message, to_say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

QUANTITIES = ("loss", "accuracy")

_TABLES: Final[dict[str, Message]] = {
    "loss": to_say("{letter}: the loss on the training digits, epoch by epoch"),
    "accuracy": to_say("{letter}: the accuracy on the training digits, epoch by epoch"),
}
_ALTS: Final[dict[str, Message]] = {
    "loss": to_say("The loss over the epochs."),
    "accuracy": to_say("The accuracy over the epochs."),
}


def show_curves(compared: Comparison) -> None:
    """The curves of all runs, live, and the numbers of their bands."""
    st.markdown(say("Every run starts from other random numbers, so every run has its own curve."))
    train_seeds.followed(
        compared.current,
        lambda jobs: _show_bands(compared.with_jobs(compared.sides, jobs)),
    )
    _show_numbers(compared.sides)


def _show_bands(sides: Sequence[Side]) -> None:
    if not any(side.runs or side.growing for side in sides):
        view = say_message(path.step("Luck").views["seeds"])
        st.info(say("There is no run yet. Train a recipe in the view *{view}*.", view=view))
        return
    for column, name in zip(st.columns(2), QUANTITIES, strict=True):
        with column:
            show.chart(
                drawn(name, sides, partial(_bands, sides, name)),
                key=f"luck_{name}",
                alt=_bands_alt(sides, name),
            )
    sentences = [_lines_words(sides)]
    if sum(bool(side.runs or side.growing) for side in sides) > 1:
        sentences.append(say("The lines of A are solid, and those of B are dashed."))
    sentences += [
        say(
            "{letter} counts another metric: it has no accuracy for each epoch.",
            letter=side.letter,
        )
        for side in sides
        if side.recipe.training.metric != "accuracy"
    ]
    st.caption(" ".join(sentences))
    st.markdown("\n".join(f"- **{side.letter}.** {side.words}" for side in sides))


def _lines_words(sides: Sequence[Side]) -> str:
    """What the lines are; of a mean and a band only where a recipe has several finished runs."""
    if max(len(side.runs) for side in sides) > 1:
        return say(
            "Each thin line is one run. The thick line is the mean of all runs. The **band** goes "
            "from the lowest run to the highest run."
        )
    if sum(len(side.runs) + len(side.growing) for side in sides) > 1:
        return say("Each line is one run.")
    return say(
        "The line is your only run. Train this recipe with more seeds, and you see how far the "
        "curves of its runs lie apart."
    )


def _show_numbers(sides: Sequence[Side]) -> None:
    """The table behind the curves: each epoch's band."""
    rows = [(side, name, _band(side, name)) for name in QUANTITIES for side in sides]
    if not any(band for _, _, band in rows):
        return
    with fold(say("The numbers of the curves")):
        for side, name, band in rows:
            if band:
                st.caption(say_message(_TABLES[name], letter=side.letter))
                epochs = {say("Epoch"): list(range(1, len(band.mean) + 1))}
                if len(side.runs) == 1:
                    show.table({**epochs, say("The only run"): band.mean})
                    continue
                show.table(
                    {
                        **epochs,
                        say("Lowest"): band.lowest,
                        say("Mean"): band.mean,
                        say("Highest"): band.highest,
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
    return " ".join([say_message(_ALTS[name]), *(_said(side, name) for side in sides)])


def _said(side: Side, name: str) -> str:
    if not (band := _band(side, name)):
        return say("{letter}: nothing yet.", letter=side.letter)
    return say_count(
        "{letter}, one run: it goes from {first} to {last}.",
        "{letter}, {count} runs: the mean goes from {first} to {last}. At the end the lowest run "
        "is at {lowest}, and the highest at {highest}.",
        len(side.runs),
        letter=side.letter,
        first=decimal(band.mean[0], 4),
        last=decimal(band.mean[-1], 4),
        lowest=decimal(band.lowest[-1], 4),
        highest=decimal(band.highest[-1], 4),
    )
