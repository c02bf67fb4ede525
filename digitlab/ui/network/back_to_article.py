"""The way back to the article's recipe."""

import streamlit as st

from digitlab.specs.lesson import TRAINING
from digitlab.ui.session.state import Lab
from digitlab.wording.say import say


def back_to_article(lab: Lab) -> None:
    """A button that puts the article's network and recipe back."""
    free = not lab.lesson.locked.intersection(("network", "preparation", *TRAINING))
    st.button(
        say("Back to the article"),
        key="back_to_article",
        on_click=_put_back,
        args=(lab,),
        type="tertiary",
        icon=":material/undo:",
        disabled=lab.spec == lab.article,
        help=say("This puts the article's network and recipe back. The seed stays.")
        if free
        else say(
            "This puts the article's network and recipe back. The seed and all that this lesson "
            "fixes stay."
        ),
    )


def _put_back(lab: Lab) -> None:
    lab.choose(lab.article)
