"""What the tests of several pages share."""

from typing import Any

import pytest


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each download button gives, by the file's name: the content, or what makes it.

    None where the button can't be pressed.
    """
    files: dict[str, Any] = {}

    def note(
        label: str, data: Any, file: str, mime: str, *, disabled: bool = False, **_: Any
    ) -> None:
        files[file] = None if disabled else data

    monkeypatch.setattr("streamlit.download_button", note)
    return files
