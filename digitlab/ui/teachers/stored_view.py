"""What pupils see, what the lab stores about them, and for how long."""

import streamlit as st

from digitlab.ui.widgets.layout import side_by_side
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import say
from digitlab.wording.teaching.stored import in_memory, in_store, nowhere, seen

_HALF = 320  # pixels


def show_stored() -> None:
    """Four short lists, with the limits of this server."""
    runs = page_title("Runs")
    minutes = st.get_option("server.disconnectedSessionTTL") // 60
    left, right = side_by_side(_HALF, _HALF)
    with left:
        st.header(say("What pupils see"), anchor=False)
        st.markdown(_list(seen()))
        st.header(say("Names, cookies and addresses"), anchor=False)
        st.markdown(_list(nowhere(runs)))
    with right:
        st.header(say("What the lab stores in its database"), anchor=False)
        st.markdown(
            say(
                "Each entry belongs to a browser, not to a person. The lab makes a random number "
                "for the browser. Most browsers forget it when they close."
            )
        )
        st.markdown(_list(in_store(runs)))
        st.header(say("What the lab holds in its memory for a time"), anchor=False)
        st.markdown(_list(in_memory(minutes)))


def _list(sentences: list[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)
