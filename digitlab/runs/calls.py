"""Short notes to the store about runs of others; not more often than they are of use."""

import time
from dataclasses import dataclass
from functools import partial

from digitlab import limits
from digitlab.records.training import Interruption
from digitlab.runs.outbox import Note
from digitlab.runs.store import RunStore

_REMEMBERED_SECONDS = 3600  # at least as long as the longest pause between two notes

Named = tuple[tuple[str, str], Note]
"""A note, and what it is about."""


@dataclass(frozen=True)
class InterruptionRequest:
    """What a page has requested of the process that trains a run.

    Attributes:
        interruption: stop or pause.
        since: when, by `time.monotonic()`.
    """

    interruption: Interruption
    since: float

    @property
    def late(self) -> bool:
        """Whether there should have been an answer by now."""
        return time.monotonic() - self.since > limits.ANSWER_SECONDS


class Calls:
    """The notes of this process. They are made at once and written by the repository.

    Args:
        store: where they are left.
    """

    def __init__(self, store: RunStore) -> None:
        self._store = store
        self._requested: dict[str, InterruptionRequest] = {}
        self._noted: dict[tuple[str, str], float] = {}  # when, by what they were about

    def ask(self, run_id: str, interruption: Interruption) -> Named:
        """To stop or pause a run."""
        now = time.monotonic()
        self._requested = {
            run_id: request
            for run_id, request in self._requested.items()
            if now - request.since < _REMEMBERED_SECONDS
        } | {run_id: InterruptionRequest(interruption, now)}
        return ("ask", run_id), partial(self._store.ask, run_id, interruption)

    def requested(self, run_id: str) -> InterruptionRequest | None:
        """The last that was requested of a run."""
        return self._requested.get(run_id)

    def answered(self, run_id: str) -> None:
        """The run has ended; what is requested of it later is another matter."""
        self._requested.pop(run_id, None)

    def watch(self, run_id: str) -> Named | None:
        """That somebody watches a run; None if that was said just now."""
        note = partial(self._store.watch, run_id)
        return self._seldom(("watch", run_id), note, limits.WATCHED_SECONDS)

    def opened(self, run_id: str, by: str) -> Named | None:
        """That somebody has opened a run; None if that was said lately."""
        key = ("opened", f"{run_id} {by}")
        return self._seldom(
            key, partial(self._store.opened, run_id, by), limits.OPENED_NOTED_SECONDS
        )

    def _seldom(self, key: tuple[str, str], note: Note, seconds: float) -> Named | None:
        now = time.monotonic()
        if now - self._noted.get(key, -seconds) < seconds:
            return None
        self._noted = {
            other: noted
            for other, noted in self._noted.items()
            if now - noted < limits.OPENED_NOTED_SECONDS
        } | {key: now}
        return key, note
