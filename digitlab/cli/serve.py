"""Serve the lab to browsers: Streamlit with the lab's pages and settings, from any folder."""

import argparse
import errno
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_ALL_ADDRESSES = "0.0.0.0"
_INTERRUPTED = 130  # as shells have it


class ServingError(ValueError):
    """Why the lab can't be served, in words for whoever started it."""


def serve(chosen: argparse.Namespace, further: Sequence[str]) -> int:
    """Serve until somebody ends it; the exit code is Streamlit's.

    Args:
        chosen: port, address, and whether to open a browser; what is None is as in config.toml.
        further: options that are Streamlit's own, such as `--server.baseUrlPath=digits`.

    Raises:
        ServingError: if it can't listen there, or Streamlit does not know an option.
    """
    _check_place(chosen.address, chosen.port)
    import click
    from streamlit.web.cli import main as streamlit

    options = {
        "port": chosen.port,
        "address": chosen.address,
        "headless": None if chosen.browser is None else str(not chosen.browser).lower(),
        # Before it opens a browser for the first time, Streamlit would ask for an e-mail address.
        "showEmailPrompt": "false",
    }
    given = [f"--server.{name}={value}" for name, value in options.items() if value is not None]
    try:
        # Streamlit takes the settings from the folder .streamlit beside this script.
        streamlit(["run", str(app()), *given, *further], "streamlit", standalone_mode=False)
    except click.ClickException as error:
        raise ServingError(
            f"{error.format_message()} To see Streamlit's options: streamlit run --help"
        ) from None
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    return 0


def app() -> Path:
    """The script that Streamlit runs: within an installed package, or beside it in a checkout."""
    packaged = _PACKAGE / "served" / "app.py"
    return packaged if packaged.exists() else _PACKAGE.parent / "app.py"


def _check_place(address: str | None, port: int | None) -> None:
    """Refuse what the server could not listen on, before it starts.

    Without a port there is always a place: Streamlit then looks for the next free one.
    """
    if address and address.startswith("unix://"):
        return
    place = address or _ALL_ADDRESSES
    with socket.socket(socket.AF_INET6 if ":" in place else socket.AF_INET) as probe:
        if sys.platform != "win32":  # there it would find a port free that is not
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place, port or 0))
        except OSError as error:
            raise ServingError(_refusal(error, place, port)) from None


def _refusal(error: OSError, address: str, port: int | None) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Another program uses port {port}. Choose another port with --port."
    if error.errno == errno.EACCES:
        return f"You may not use port {port} here. With --port choose a port from 1024 to 65535."
    return f"This computer has no address {address}. Leave out --address to use all its addresses."
