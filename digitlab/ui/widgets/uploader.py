"""A place for a file, known to the server: it takes files from sessions only that show one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digitlab.ui.server.upload_ledger import LEDGER

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


def uploader(
    label: str,
    *,
    key: str,
    megabytes: int,
    explanation: str,
    on_change: Callable[[], None] | None = None,
) -> "UploadedFile | None":
    """The file that was chosen; None while there is none.

    Args:
        label: above it.
        key: of the widget.
        megabytes: the largest file that the browser sends.
        explanation: its help.
        on_change: called when a file was chosen or taken away, not when the page is left.
    """
    # No `type=`: the component would refuse a wrong file without a word.
    file = st.file_uploader(
        label, key=key, max_upload_size=megabytes, help=explanation, on_change=on_change
    )
    if context := get_script_run_ctx():
        LEDGER.expect(context.session_id, key, file.file_id if file else None)
    return file
