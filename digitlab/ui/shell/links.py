"""Links between the pages."""

from typing import NoReturn

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from digitlab.ui.session import address, views
from digitlab.ui.session.state import lab
from digitlab.ui.shell.path import Step


def link(step: Step, label: str, icon: str | None = None, view: str = "") -> None:
    """A link to a page, or its label alone when this page runs without the others.

    The address of the run goes along, and the view that was last chosen there. To another view of
    the page that is open it is a button: after a link to the same page the browser keeps the old
    address, and the next run would follow that back.

    Args:
        step: the page.
        label: the words of the link.
        icon: in front of them.
        view: to open; else the one that the session has chosen there.
    """
    if view and views.written()[0] == step.name:
        st.button(
            label,
            key=f"open_{step.name}_{view}",
            icon=icon,
            type="tertiary",
            on_click=views.choose,
            args=(step.name, view),
        )
        return
    try:
        st.page_link(step.file, label=label, icon=icon, query_params=_parameters(step, view))
    except StreamlitPageNotFoundError:  # `streamlit run pages/1_Data.py`, or AppTest
        st.markdown(f"{icon or ''} {label}")


def open_step(step: Step, view: str = "") -> NoReturn:
    """Leave this page for another one, with all that a link to it carries along; ends the run.

    Args:
        step: the page.
        view: as in `link`.
    """
    st.switch_page(step.file, query_params=_parameters(step, view))


def _parameters(step: Step, view: str) -> dict[str, str]:
    return address.parameters(lab(), view or views.in_address(step.name, step.views))
