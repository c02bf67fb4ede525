"""Links between the pages."""

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from digitlab.ui.session import address, views
from digitlab.ui.session.state import lab
from digitlab.ui.shell.path import Step


def link(step: Step, label: str, icon: str | None = None, view: str = "") -> None:
    """A link to a page, or its label alone when this page runs without the others.

    The address of the run goes along, and the view that was last chosen there.

    Args:
        step: the page.
        label: the words of the link.
        icon: in front of them.
        view: to open; else the one that the session has chosen there.
    """
    view = view or views.in_address(step.name, list(step.views))
    try:
        st.page_link(
            step.file, label=label, icon=icon, query_params=address.parameters(lab(), view)
        )
    except StreamlitPageNotFoundError:  # `streamlit run pages/1_Data.py`, or AppTest
        st.markdown(f"{icon or ''} {label}")
