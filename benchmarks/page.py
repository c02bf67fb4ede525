"""What a visitor's browser knows of a page: its elements, and how long each run of it took."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element

_WHOLE_PAGE = ""
_TEXT = {
    "markdown": "body",
    "heading": "body",
    "alert": "body",
    "code": "code_text",
    "progress": "text",
}


@dataclass(frozen=True)
class PageRun:
    """One answer of the server.

    Attributes:
        milliseconds: from the visitor's request until the page is complete again.
        live: whether only a live part of the page ran.
    """

    milliseconds: float
    live: bool


class Stopwatch:
    """Times page runs: from the request to the end of the run that answers it.

    A request that is repeated before its run begins counts once, from the first time. A run that
    asks for another one (`st.rerun`) ends with that one.
    """

    def __init__(self) -> None:
        self.runs: list[PageRun] = []
        self._asked: dict[str, float] = {}  # by fragment, since when
        self._running: float | None = None
        self._live = False

    def sent(self, fragment: str) -> None:
        """A request goes to the server."""
        self._asked.setdefault(fragment, time.perf_counter())

    def started(self, fragments: Sequence[str]) -> None:
        """The server runs these fragments; none means the whole page."""
        since = [self._asked.pop(key, None) for key in fragments or [_WHOLE_PAGE]]
        if not fragments:
            self._asked.clear()  # the whole page answers them too, or has no such part any more
        self._running = min((at for at in [self._running, *since] if at is not None), default=None)
        self._live = bool(fragments)

    def finished(self, early: bool) -> None:
        """The run has ended; `early` if it asked for another one that follows at once."""
        if self._running is not None and not early:
            milliseconds = 1000 * (time.perf_counter() - self._running)
            self.runs.append(PageRun(milliseconds, self._live))
            self._running = None


@dataclass(frozen=True)
class _Node:
    element: Element | None  # None for a block
    fragment: str
    run: str


class Elements:
    """The page as the deltas build it: a node at each path, replaced or swept away run by run.

    Attributes:
        run: the server's name of the run that goes on, or went last.
    """

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, ...], _Node] = {}
        self.run = ""
        self._fragments: tuple[str, ...] = ()

    def start(self, run: str, fragments: Sequence[str]) -> None:
        """A run begins; none of the fragments means the whole page."""
        self.run, self._fragments = run, tuple(fragments)

    def apply(self, path: tuple[int, ...], delta: Delta) -> None:
        """Put what the delta brings at its path."""
        kind = delta.WhichOneof("type")
        if kind == "new_transient":  # a spinner: it takes no place
            return
        element = delta.new_element if kind == "new_element" else None
        before = self._nodes.get(path)
        if element and before and before.element is None:  # what was in the block goes with it
            for inner in [place for place in self._nodes if place[: len(path)] == path]:
                del self._nodes[inner]
        self._nodes[path] = _Node(element, delta.fragment_id, self.run)

    def sweep(self) -> None:
        """A run has ended: what it did not draw again is gone from its part of the page."""
        stale = [
            path
            for path, node in self._nodes.items()
            if node.run != self.run and (not self._fragments or node.fragment in self._fragments)
        ]
        for path in stale:
            del self._nodes[path]

    def of_kind(self, kind: str) -> Iterator[tuple[Any, str]]:
        """The elements of one kind, for example "button", and the fragment each is in."""
        for node in self._nodes.values():
            if node.element is not None and node.element.WhichOneof("type") == kind:
                yield getattr(node.element, kind), node.fragment

    def match(self, pattern: str) -> re.Match[str] | None:
        """The first text on the page in which the pattern is found."""
        for kind, text in _TEXT.items():
            for element, _ in self.of_kind(kind):
                if match := re.search(pattern, getattr(element, text)):
                    return match
        return None
