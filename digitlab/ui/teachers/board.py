"""One code for the whole class: large, alone on the projector, with its QR picture."""

import base64
from html import escape

import streamlit as st

from digitlab import limits
from digitlab.teaching import code_address, qr_svg
from digitlab.teaching.lesson_links import typed_address
from digitlab.ui.session.here import root
from digitlab.wording.say import say
from digitlab.wording.teaching.links import qr_words
from digitlab.wording.teaching.short_links import code_label


def show_board(title: str, code: str) -> None:
    """Open a window over the page that holds nothing but what the class needs.

    Args:
        title: what the code opens.
        code: its letters.
    """
    st.dialog(title, width="large")(_show)(code)


def show_qr(code: str) -> None:
    """The QR picture alone, dark on light in both themes; its address below it."""
    if picture := _picture(code):
        st.html(picture)
    st.code(code_address(root(), code), language=None, wrap_lines=True)


def _show(code: str) -> None:
    address, field = escape(typed_address(root())), escape(code_label())
    st.html(
        f'<div class="digitlab-board"><div><p>{escape(say("Open this address:"))}</p>'
        f"<p><code>{address}</code></p>"
        f"<p>{escape(say('Type this code:'))} <small>({field})</small></p>"
        f'<p class="letters"><code>{escape(code)}</code></p></div>{_picture(code)}</div>'
    )


def _picture(code: str) -> str:
    """HTML; nothing for an address that is too long to be scanned."""
    address = code_address(root(), code)
    if len(address) > limits.MAX_QR_CHARACTERS:
        return ""
    source = base64.b64encode(qr_svg(address).encode()).decode()
    return (
        f'<img class="digitlab-qr" src="data:image/svg+xml;base64,{source}" '
        f'alt="{escape(qr_words(address))}">'
    )
