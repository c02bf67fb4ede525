"""Which view of each page is chosen: the session keeps it, and the address names it."""

from collections.abc import Collection

import streamlit as st

from digitlab.specs.link import VIEW
from digitlab.ui.session.state import Lab
from digitlab.wording.say import say

_WRITTEN = "view_in_address"  # beside the controls' own values: both end with the session


def key_of(page: str) -> str:
    """Of the control that chooses the view of the page with this name."""
    return f"view_{page}"


def chosen(page: str, views: Collection[str]) -> str:
    """The name of the page's chosen view: at the beginning the first, empty if it has none."""
    view: str = st.session_state.get(key_of(page), "")
    return view if view in views else next(iter(views), "")


def choose(page: str, view: str) -> None:
    """Open a view as a press of the page's control does; for the beginning of a page run."""
    st.session_state[key_of(page)] = view


def in_address(page: str, views: Collection[str]) -> str:
    """The view as an address of the page names it: the first one has no name there.

    Args:
        page: its name.
        views: the names of all its views, in their order.
    """
    view = chosen(page, views)
    return "" if view == next(iter(views), "") else view


def as_parameter(view: str) -> dict[str, str]:
    """The address's parameter for a view as `in_address` gives it; none for the first one."""
    return {VIEW: view} if view else {}


def written() -> tuple[str, str]:
    """The page that is open, and its view as this session wrote it into the address."""
    page_and_view: tuple[str, str] = st.session_state.get(_WRITTEN, ("", ""))
    return page_and_view


def note_written(page: str, view: str) -> None:
    """Remember what stands in the address now."""
    st.session_state[_WRITTEN] = page, view


def follow_address(lab: Lab, page: str, views: Collection[str]) -> None:
    """Choose the view that the address names, if it came from elsewhere: by a link, by Back.

    After a click on the control the address still has what this session wrote there: the click
    counts. Says on the page when there is no such view.

    Args:
        lab: of this session.
        page: its name.
        views: the names of all its views, in their order.
    """
    named = st.query_params.get(VIEW, "")
    latest_page, latest_view = written()
    if page == latest_page:
        clicked = in_address(page, views) != latest_view
        if clicked or named == latest_view:
            return
    elif not named:
        return
    if named and named not in views:
        unknown = say(
            "This page does not have the view that the address names. You see the first view."
        )
        lab.notice = "\n\n".join(filter(None, (lab.notice, unknown)))
    elif views:
        choose(page, named or next(iter(views)))
