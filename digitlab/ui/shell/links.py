"""Links between the pages."""

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from digitlab.ui.session import address
from digitlab.ui.session.state import lab
from digitlab.ui.shell.path import Step


def link(step: Step, label: str, icon: str | None = None) -> None:
    """A link to a page, or its label alone when this page runs without the others.

    The address of the run goes along.
    """
    try:
        st.page_link(step.file, label=label, icon=icon, query_params=address.parameters(lab()))
    except StreamlitPageNotFoundError:  # `streamlit run pages/1_Data.py`, or AppTest
        st.markdown(f"{icon or ''} {label}")
