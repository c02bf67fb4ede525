"""The Keras code below a view of Look inside."""

import streamlit as st

from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.widgets import show
from digitlab.wording.say import say


def one_hot(lab: Lab) -> bool:
    """Whether the network learned from one-hot labels."""
    return bool(lab.uploaded) or lab.trained is None or lab.trained.spec.preparation.one_hot


def show_code(lab: Lab, code: str, key: str = "", folded: bool = False) -> None:
    """The Keras code of a view; `key` and `folded` as in `show.code`."""
    show.code(code, key, folded=folded)
    if lab.inside_own == lab.selection.test_index:
        st.caption(
            say(
                "The code looks at test digit {index}. The page {page} shows how to read "
                "`digit.png`, your drawing. Use it instead of the test digit.",
                index=lab.selection.test_index,
                page=path.step("Draw").title,
            )
        )
