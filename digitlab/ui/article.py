"""The way back to the article's recipe."""

import streamlit as st

from digitlab.specs import ARTICLE
from digitlab.ui.state import Lab


def back_to_article(lab: Lab) -> None:
    """A button that puts the article's network and recipe back."""
    st.button(
        "Back to the article",
        on_click=_put_back,
        args=(lab,),
        type="tertiary",
        icon=":material/undo:",
        disabled=lab.run.is_article,
        help="Puts the article's network and recipe back. The seed stays.",
    )


def _put_back(lab: Lab) -> None:
    lab.run = ARTICLE.with_seed(lab.run.training.seed)
