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
class Asked:
    """What a page has asked of the process that trains a run.

    Attributes:
        how: stop or pause.
        since: when, by `time.monotonic()`.
    """

    how: Interruption
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
        self._asked: dict[str, Asked] = {}
        self._made: dict[tuple[str, str], float] = {}  # when, by what they were about

    def ask(self, run_id: str, how: Interruption) -> Named:
        """To stop or pause a run."""
        now = time.monotonic()
        self._asked = {
            run_id: one
            for run_id, one in self._asked.items()
            if now - one.since < _REMEMBERED_SECONDS
        } | {run_id: Asked(how, now)}
        return ("ask", run_id), partial(self._store.ask, run_id, how)

    def asked(self, run_id: str) -> Asked | None:
        """The last that was asked of a run."""
        return self._asked.get(run_id)

    def answered(self, run_id: str) -> None:
        """The run has ended; what is asked of it later is another matter."""
        self._asked.pop(run_id, None)

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
        if now - self._made.get(key, -seconds) < seconds:
            return None
        self._made = {
            other: made
            for other, made in self._made.items()
            if now - made < limits.OPENED_NOTED_SECONDS
        } | {key: now}
        return key, note
