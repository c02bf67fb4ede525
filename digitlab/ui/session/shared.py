"""What all sessions of one browser share: a reload begins a new session."""

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache

from digitlab import limits
from digitlab.hour import HourProgress
from digitlab.runs.short_link import ShortLink
from digitlab.specs.search import SearchSpec

if TYPE_CHECKING:
    from digitlab.compute.job_group import JobGroup


@dataclass(eq=False)
class Shared:
    """What goes on for a browser, whichever of its tabs shows it.

    Attributes:
        job_groups: trainings that belong together, by the name of what they are for.
        search: the latest search that was begun, or that the controls say and that is trained.
        hour: how far it is in the guided hour.
        exams: `exam_key`s of the networks for which it has opened the test set; None before they
            were read. See `session.exam`.
        codes: for the board, by where they lead: those that were made last.
    """

    job_groups: dict[str, "JobGroup"] = field(default_factory=dict)
    search: SearchSpec | None = None
    exams: set[str] | None = None
    hour: HourProgress = field(default_factory=HourProgress)
    codes: dict[ShortLink, str] = field(default_factory=dict)


class SharedByOwner:
    """Of each owner what their sessions share; those not asked for longest go. For many threads."""

    def __init__(self) -> None:
        self._shared: LRUCache[str, Shared] = LRUCache(limits.OWNERS_REMEMBERED)
        self._lock = Lock()

    def of(self, owner: str) -> Shared:
        """What this owner's sessions share."""
        with self._lock:
            return self._shared.setdefault(owner, Shared())


SHARED = SharedByOwner()
"""Of this web process; gone with it."""
