"""Who is there: the same visitor after a reload, without a login."""

import hashlib
import ipaddress
import secrets

import streamlit as st

_COOKIE = "_streamlit_xsrf"
"""Streamlit gives each browser a random token until it is closed, against forged requests:
`2|mask|token, masked|time`, in hexadecimal. The mask differs from reload to reload."""

_SALT = secrets.token_bytes(16)
"""Of this process, and nowhere else: from a hash nobody can find out the address."""

_HOME_BITS = 64
"""Of an IPv6 address: what follows, a visitor can choose."""


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


def origin() -> str:
    """The place that this visitor comes from: a hash of the network address, "" without one.

    A school is one address, so it only tells crowds from each other. It is never kept. Behind a
    proxy it is what the proxy says, if the server trusts that proxy (docs/hosting.md).
    """
    return origin_of(st.context.ip_address)


def origin_of(address: str | None) -> str:
    """The hash of an address; all addresses of one home are one."""
    try:
        ip = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ipaddress.IPv6Address(
            int(ip) >> (128 - _HOME_BITS) << (128 - _HOME_BITS)
        )
    return hashlib.blake2b(ip.packed, key=_SALT, digest_size=16).hexdigest()
