"""The list of Runs: what is in it, and which rows are ticked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from math import ceil

import streamlit as st

from digitlab import limits
from digitlab.runs.record import Run, newest_first
from digitlab.runs.scores import accuracy, training_accuracy, validation_accuracy
from digitlab.ui.session.exam import is_taken_of
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.wording.numerals import day
from digitlab.wording.say import say, say_count
from digitlab.wording.settings.choices import in_a_cell, recipe
from digitlab.wording.settings.descriptions import state_words
from digitlab.wording.settings.network_names import network_words

_ROW, _ROWS = 35, 6.5  # pixels; more is scrolled, header included: the curves stay in view
_LETTER, _CELL_PADDING, _WIDEST_NAME = 8, 20, 440  # pixels, of a run's name


def listed(lab: Lab) -> list[Run]:
    """The visitor's runs, newest first, and those that the session works with, whosever they are.

    What the session has goes before what is kept: it is newer, and there if nothing is kept.
    """
    runs = {run.id: run for run in repository().owned(lab.owner)}
    for job in filter(None, (lab.earlier, lab.job)):
        kept = runs.get(job.id) or repository().find(job.id)
        if kept is None:
            runs[job.id] = Run.of(job)
        elif kept.state.active or job.active:
            runs[job.id] = replace(Run.of(job, kept.name), number=kept.number, size=kept.size)
        else:
            runs[job.id] = kept
    return newest_first(runs.values())


def show_room(lab: Lab, runs: Sequence[Run]) -> None:
    """How much of the room that a visitor has is taken, and what had to go."""
    megabytes = ceil(sum(run.size for run in runs if run.owner == lab.owner) / 10**6)
    st.caption(
        say(
            "Your runs take {megabytes} of {most}\N{NO-BREAK SPACE}MB. The lab keeps at most "
            "{runs} of your runs. When there is no more space, the lab deletes your oldest run.",
            runs=limits.MAX_RUNS_PER_OWNER,
            megabytes=megabytes,
            most=limits.MAX_MEGABYTES_PER_OWNER,
        )
    )
    if gone := repository().removals(lab.owner):
        st.info(
            say_count(
                "The lab has deleted one of your runs to make space, on {day}. Take home the runs "
                "that you want to keep.",
                "The lab has deleted {count} of your runs to make space, the last one on {day}. "
                "Take home the runs that you want to keep.",
                gone.count,
                day=day(gone.latest),
            ),
            icon=":material/inventory_2:",
        )


def choose_rows(lab: Lab, runs: Sequence[Run], called: Mapping[str, str]) -> list[Run]:
    """Show the runs as a table; those that are ticked, newest first."""
    # Ticks belong to positions: another list begins without any.
    ids = sha256("".join(run.id for run in runs).encode()).hexdigest()[:8]
    number = st.column_config.NumberColumn
    event = st.dataframe(
        _columns(lab, runs, called),
        key=f"runs_{ids}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        height=int(_ROW * _ROWS) if len(runs) + 1 > _ROWS else "auto",
        placeholder="–",
        alt=say("Your runs with their settings and results, the newest first."),
        column_config={
            say("Run"): st.column_config.TextColumn(width=_name_width(called.values())),
            say("Validation accuracy"): number(
                format="%.4f",
                help=say(
                    "The share of the validation digits that it reads. Choose by this number."
                ),
            ),
            say("Training accuracy"): number(
                format="%.4f",
                help=say(
                    "The share of the training digits that it read: an average over the last epoch."
                ),
            ),
            say("Test accuracy"): number(
                format="%.4f",
                help=say(
                    "The share of the test digits that it reads. You see it here after the exam on "
                    "Evaluate."
                ),
            ),
            say("Seed"): number(format="%d", width=50),
            say("Seconds"): number(format="%.1f", help=say("How long the training took.")),
            say("When"): st.column_config.DatetimeColumn(format="distance"),
        },
    )
    ticked = event.selection.rows  # as the browser says: a forged one names rows that are not there
    return [run for row, run in enumerate(runs) if row in ticked]


def _name_width(names: Iterable[str]) -> int:
    """Pixels that show the longest name whole: two names often differ at their ends only."""
    return min(_WIDEST_NAME, _LETTER * max(map(len, names), default=0) + _CELL_PADDING)


def _columns(lab: Lab, runs: Sequence[Run], called: Mapping[str, str]) -> dict[str, list[object]]:
    return {
        say("Run"): [in_a_cell(called[run.id]) for run in runs],
        say("Validation accuracy"): [validation_accuracy(run) for run in runs],
        say("Training accuracy"): [training_accuracy(run) for run in runs],
        say("Test accuracy"): [accuracy(run) if is_taken_of(lab, run) else None for run in runs],
        say("Recipe"): [_recipe(run) for run in runs],
        say("Seed"): [run.spec.training.seed for run in runs],
        say("State"): [_state(lab, run) for run in runs],
        say("When"): [run.created for run in runs],
        say("Seconds"): [run.seconds or None for run in runs],
        say("Network"): [network_words(run.spec.network) for run in runs],
    }


def _recipe(run: Run) -> str:
    """With the epochs that it got, if it ended before the last."""
    asked, done = run.spec.training.epochs, len(run.history)
    return recipe(run.spec, None if done == asked or run.state.active else done)


def _state(lab: Lab, run: Run) -> str:
    words = state_words(run)
    if is_current(lab, run):
        words = say("in use, {state}", state=words)
    if run.owner != lab.owner:
        words = say("{state}, opened by its address", state=words)
    return words


def is_current(lab: Lab, run: Run) -> bool:
    """Whether the session's network is this run's."""
    return lab.uploaded is None and lab.source is not None and lab.source.id == run.id
