"""Several runs over each other, and what two of them do not share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from digitlab.analysis.comparison import find
from digitlab.analysis.differences import differences, settings_apart
from digitlab.figures.runs import LOSS_MOST, MAX_LINES, SIGNS, Line, leaves_the_chart, overlaid
from digitlab.figures.training import chart_title
from digitlab.runs.record import Run
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.language import spoken
from digitlab.wording.lists import with_and
from digitlab.wording.numerals import decimal
from digitlab.wording.results.run_comparison import exam_words, gap_words, verdict_words
from digitlab.wording.results.run_differences import difference_table
from digitlab.wording.say import say, say_count
from digitlab.wording.settings.choices import plain

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LETTERS = "ABCDEFGHIJ"[:MAX_LINES]
QUANTITIES = ("loss", "accuracy")

_DRAWN = "runs_drawn"


def show_curves(runs: Sequence[Run], called: Mapping[str, str], key: str = "runs") -> None:
    """Their curves, loss beside accuracy, and which letter is which run.

    Args:
        runs: the oldest first, at most `MAX_LINES`.
        called: their titles by id.
        key: where they are shown.
    """
    lines = [
        Line(letter, called[run.id], run.history, _length(run))
        for letter, run in zip(LETTERS, runs, strict=False)
    ]
    st.markdown(
        "  \n".join(
            f':color[{sign} **{line.letter}**]{{foreground="{color}"}} {plain(line.title)}'
            for line, (color, _, sign) in zip(lines, SIGNS, strict=False)
        )
    )
    for column, name in zip(st.columns(2), QUANTITIES, strict=True):
        with column:
            show.chart(_drawn(key, name, lines), key=f"{key}_{name}", alt=_alt(lines, name))
    for remark in _remarks(runs, lines):
        st.caption(remark)


def show_differences(first: Run, second: Run, exam: bool) -> None:
    """The settings that A, the first, and B do not share, and what follows.

    Args:
        first: A.
        second: B.
        exam: whether the exam of both was taken.
    """
    st.header(say("What differs"), anchor=False)
    st.markdown(gap_words(first, second))
    st.markdown(verdict_words(first, second))
    if exam:
        st.caption(exam_words(first, second))
    if differing := differences(first, second):
        values = {each.setting: (each.first, each.second) for each in differing}
        st.table(difference_table(values, LETTERS[:2]))
    if find(first, second).recipes_differ:
        link(
            path.step("Luck"),
            say("Is it luck? Compare recipes with several seeds"),
            ":material/casino:",
            view="rivals",
        )


def show_settings(runs: Sequence[Run]) -> None:
    """The settings that not all of several runs share, run by run."""
    if settings := settings_apart(runs):
        st.markdown(f"**{say('What differs')}**")
        st.table(difference_table(settings, LETTERS[: len(runs)]))


def _drawn(key: str, name: str, lines: Sequence[Line]) -> "Figure":
    """Made anew once an epoch: a figure takes 20 ms, and a page with a training asks often."""
    drawn: dict[str, tuple[Sequence[Line], Figure]] = st.session_state.setdefault(_DRAWN, {})
    chart = f"{key}_{name}_{spoken()}"
    if chart not in drawn or drawn[chart][0] != lines:
        drawn[chart] = (lines, overlaid(lines, name))
    return drawn[chart][1]


def _length(run: Run) -> int:
    """How far its curve goes; while it is trained the axis waits for all of it."""
    return max(1, run.spec.training.epochs if run.state.active else len(run.history))


def _remarks(runs: Sequence[Run], lines: Sequence[Line]) -> list[str]:
    """What must be known to read the curves."""
    remarks = []
    if any("val_loss" in record.logs for line in lines for record in line.history):
        remarks.append(say("Solid line: the training digits. Dashed line: the validation digits."))
    if len({run.spec.training.loss for run in runs}) > 1:
        remarks.append(
            say("These runs have different losses. So you can't compare their loss curves.")
        )
    if leaves_the_chart(lines):
        remarks.append(say("A loss above {most} is outside the chart.", most=decimal(LOSS_MOST, 0)))
    without = [
        line.letter for line in lines if line.history and "accuracy" not in line.history[0].logs
    ]
    if without:
        remarks.append(
            say_count(
                "{letters} counted another metric, so it has no accuracy for each epoch.",
                "{letters} counted another metric, so they have no accuracy for each epoch.",
                len(without),
                letters=with_and(without),
            )
        )
    return remarks


def _alt(lines: Sequence[Line], name: str) -> str:
    heading = say("{quantity} over the epochs.", quantity=chart_title(name))
    return " ".join([heading, *(_said(line, name) for line in lines)])


def _said(line: Line, name: str) -> str:
    values = [record.logs[name] for record in line.history if name in record.logs]
    if not values:
        return say("{letter}, {title}: nothing yet.", letter=line.letter, title=line.title)
    return say_count(
        "{letter}, {title}: {last} after {count} epoch.",
        "{letter}, {title}: from {first} to {last} in {count} epochs.",
        len(values),
        letter=line.letter,
        title=line.title,
        first=decimal(values[0], 4),
        last=decimal(values[-1], 4),
    )
