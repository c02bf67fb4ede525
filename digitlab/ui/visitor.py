"""Who is there: the same visitor after a reload, without a login."""

import hashlib
import secrets

import streamlit as st

_COOKIE = "_streamlit_xsrf"
"""Streamlit gives each browser a random token until it is closed, against forged requests:
`2|mask|token, masked|time`, in hexadecimal. The mask differs from reload to reload."""


def visitor() -> str:
    """A name for this browser that tells nobody its token; a random one where it has no cookie.

    It decides who may rename or delete a run and whose list a run is in. Seeing a run, and stopping
    its training, takes its id only: that is how a phone gets at what was begun on a laptop.
    """
    try:
        _, mask, masked, _ = st.context.cookies[_COOKIE].split("|")
        pad = bytes.fromhex(mask)
        token = bytes(byte ^ pad[i % len(pad)] for i, byte in enumerate(bytes.fromhex(masked)))
    except (KeyError, ValueError, ZeroDivisionError):  # no cookie, or not of that form
        token = secrets.token_bytes(16)
    return hashlib.sha256(b"digitlab" + token).hexdigest()[:32]
