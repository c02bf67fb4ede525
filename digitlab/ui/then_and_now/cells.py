"""The article's code, cell by cell, beside what Keras 3 says to it."""

from importlib.metadata import version
from typing import Final

import streamlit as st

from digitlab.export.article_cells import CELLS, ArticleCell
from digitlab.wording.say import Message, say, say_message, to_say

RUNS: Final = to_say("Runs as it is")
WARNS: Final = to_say("Runs, with a warning")
STOPS: Final = to_say("Stops with an error")


def show_cells() -> str:
    """All cells in a table, and a chosen one in full; what was seen, in a sentence."""
    keras_version = version("keras")  # its metadata: the web process never imports it
    changed = [cell for cell in CELLS if cell.says]
    stopped = sum(cell.stops for cell in changed)
    st.markdown(
        say(
            "The article was written for Keras 2. This lab has Keras {version}. The table says "
            "what happens when you run this code today. Choose a step to see its code. The printed "
            "quotation marks of the article stand only in the step *{step}*. Everywhere else the "
            "lab shows straight ones.",
            version=keras_version,
            step=say_message(changed[0].idea),
        )
    )
    table, code = st.columns([3, 5], gap="medium")
    with table:
        st.table(
            {
                say("Step of the article"): [say_message(cell.idea) for cell in CELLS],
                say("With Keras {version}", version=keras_version): [
                    say_message(_verdict(cell)) for cell in CELLS
                ],
            },
            border="horizontal",
            alt=say("Each step of the article, and what happens when you run its code today"),
        )
    with code:
        _show_cell(CELLS[_choose(CELLS.index(changed[0]))])
    return say(
        "{fine} of the article's {all} steps run today as the lab shows them. Steps that stop with "
        "an error: {stopped}. Steps with a warning: {warned}.",
        fine=len(CELLS) - len(changed),
        all=len(CELLS),
        stopped=stopped,
        warned=len(changed) - stopped,
    )


def _choose(first: int) -> int:
    """The number of a cell; at the beginning this one."""
    chosen: int = st.selectbox(
        say("Step of the article"),
        range(len(CELLS)),
        index=first,
        format_func=lambda number: say_message(CELLS[number].idea),
        key="article_cell",
        persist_state="session",
    )
    return chosen


def _verdict(cell: ArticleCell) -> Message:
    if not cell.says:
        return RUNS
    return STOPS if cell.stops else WARNS


def _show_cell(cell: ArticleCell) -> None:
    st.markdown(say("**Then**, in the article:"))
    st.code(cell.then, wrap_lines=True)
    if not cell.says:
        st.markdown(say("**Now:** the same code. It runs as it is."))
        return
    st.markdown(say("Today Python answers:"))
    st.code(cell.says, language=None, wrap_lines=True)
    st.markdown(say("**Now:**"))
    st.code(cell.now, wrap_lines=True)
    st.markdown(say_message(cell.reason))
