"""A test does no more than its mark promises: what the source does not show is refused as it
happens.

Python tells an audit hook of each import and of each new process, before it comes to it. The hook
can't be taken away again, so there is one for all tests; between them it refuses nothing.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.needs import MARKS

_RANKS = list(MARKS)

_IMPORTS = {"keras": "keras", "tensorflow": "keras"}
_PROGRAMS = {
    "digitlab.compute.worker": "workers",
    "streamlit run": "workers",
    "initdb": "workers",
    "nginx": "workers",
    "chromium": "browser",
    "firefox": "browser",
}
"""What is in the command of a process, and the mark that may start it."""

_promised = _RANKS[-1]
_guarded = False


@contextmanager
def kept(mark: str) -> Iterator[None]:
    """Refuse what a test with this mark has no right to."""
    global _promised, _guarded
    if not _guarded:
        sys.addaudithook(_audit)
        _guarded = True
    before, _promised = _promised, mark
    try:
        yield
    finally:
        _promised = before


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "import":
        _refuse(_IMPORTS.get(str(arguments[0])), f"imports {arguments[0]}")
    elif event == "subprocess.Popen":
        command = " ".join(os.fsdecode(argument) for argument in arguments[1])  # type: ignore[attr-defined]
        _refuse("processes", f"starts {command}")
        for program, mark in _PROGRAMS.items():
            if program in command:
                _refuse(mark, f"starts {program}")


def _refuse(needed: str | None, what: str) -> None:
    if needed and _RANKS.index(needed) > _RANKS.index(_promised):
        raise RuntimeError(
            f"The test has the mark {_promised!r}, but it {what}. Import or name what does that "
            "in the test or its fixtures, or add it to _SIGNS in tests/needs.py."
        )
