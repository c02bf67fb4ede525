"""The article's code, cell by cell, beside what Keras 3 says to it."""

from importlib.metadata import version

import streamlit as st

from digitlab.export.article_cells import CELLS, ArticleCell

RUNS, WARNS, STOPS = "Runs as it is", "Runs, with a warning", "Stops with an error"


def show_cells() -> str:
    """All cells in a table, and a chosen one in full; what was seen, in a sentence."""
    keras_version = version("keras")  # its metadata: the web process never imports it
    changed = [cell for cell in CELLS if cell.says]
    stopped = sum(cell.stops for cell in changed)
    st.markdown(
        f"The article was written for Keras 2. This lab has Keras {keras_version}. The table says "
        "what happens when you run the article's code today. Choose a step to see its code."
    )
    table, code = st.columns([3, 5], gap="medium")
    with table:
        st.table(
            {
                "Step of the article": [cell.idea for cell in CELLS],
                f"With Keras {keras_version}": [_verdict(cell) for cell in CELLS],
            },
            border="horizontal",
            alt="Each step of the article, and what happens when its code is run today",
        )
    with code:
        _show_cell(CELLS[_choose(CELLS.index(changed[0]))])
    return (
        f"{len(CELLS) - len(changed)} of the article's {len(CELLS)} steps run today as they are, "
        f"once their quotation marks are straight; {stopped} stop with an error and "
        f"{len(changed) - stopped} gives a warning."
    )


def _choose(first: int) -> int:
    """The number of a cell; at the beginning this one."""
    chosen: int = st.selectbox(
        "Step of the article",
        range(len(CELLS)),
        index=first,
        format_func=lambda number: CELLS[number].idea,
        key="article_cell",
        persist_state="session",
    )
    return chosen


def _verdict(cell: ArticleCell) -> str:
    if not cell.says:
        return RUNS
    return STOPS if cell.stops else WARNS


def _show_cell(cell: ArticleCell) -> None:
    st.markdown("**Then**, in the article:")
    st.code(cell.then, wrap_lines=True)
    if not cell.says:
        st.markdown("**Now:** the same. It runs as it is.")
        return
    st.markdown("Python answers today:")
    st.code(cell.says, language=None, wrap_lines=True)
    st.markdown("**Now:**")
    st.code(cell.now, wrap_lines=True)
    st.markdown(cell.reason)
