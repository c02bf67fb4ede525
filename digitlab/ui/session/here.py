"""The address at which this visitor's browser has the lab."""

from urllib.parse import urlsplit

import streamlit as st


def here() -> str:
    """Of this page, without what is behind the question mark."""
    url = st.context.url or ""
    return url if urlsplit(url).path else f"{url}/"


def root() -> str:
    """Of the front page, seen from another page of the lab; it ends with a slash."""
    return f"{here().partition('?')[0].rpartition('/')[0]}/"
