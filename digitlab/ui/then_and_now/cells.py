"""The article's code, cell by cell, beside what Keras 3 says to it."""

from importlib.metadata import version

import streamlit as st

from digitlab.export.article_cells import CELLS, ArticleCell

_SHORT = 45  # characters of a line that is whole in half the page on a laptop

RUNS, WARNS, STOPS = "Runs as it is", "Runs, with a warning", "Stops with an error"


def show_cells() -> str:
    """All cells in a table, and those that need a change in full; what was seen, in a sentence."""
    keras_version = version("keras")  # its metadata: the web process never imports it
    changed = [cell for cell in CELLS if cell.says]
    stopped = sum(cell.stops for cell in changed)
    st.markdown(
        f"The article was written for Keras 2. This lab has Keras {keras_version}. Here is what "
        "happens when you run the article's code today, step by step."
    )
    st.table(
        {
            "Step of the article": [cell.idea for cell in CELLS],
            f"With Keras {keras_version}": [_verdict(cell) for cell in CELLS],
        },
        border="horizontal",
        alt="Each step of the article, and what happens when its code is run today",
    )
    for cell in changed:
        # One at a time: the page stays short enough to be read.
        with st.expander(f"**{cell.idea}**: {_verdict(cell).lower()}", expanded=cell is changed[0]):
            _show_cell(cell)
    return (
        f"{len(CELLS) - len(changed)} of the article's {len(CELLS)} steps run today as they are, "
        f"once their quotation marks are straight; {stopped} stop with an error and "
        f"{len(changed) - stopped} gives a warning."
    )


def _verdict(cell: ArticleCell) -> str:
    if not cell.says:
        return RUNS
    return STOPS if cell.stops else WARNS


def _show_cell(cell: ArticleCell) -> None:
    lines = f"{cell.then}\n{cell.now}".splitlines()
    short = max(map(len, lines)) <= _SHORT
    then, now = st.columns(2, gap="medium") if short else (st.container(), st.container())
    with then:
        st.markdown("**Then**, in the article:")
        st.code(cell.then)
        st.markdown("Python answers today:")
        st.code(cell.says, language=None, wrap_lines=True)
    with now:
        st.markdown("**Now:**")
        st.code(cell.now)
    st.markdown(cell.reason)
