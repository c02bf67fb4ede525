"""A job group: the same recipe with several seeds, or a pair of runs."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from digitlab.compute.errors import LimitError, QueueFullError
from digitlab.records.job import Job
from digitlab.specs import RunSpec


@dataclass(eq=False)
class JobGroup:
    """Trainings one after the other, as the queue takes them. All sessions of its owner share it.

    Attributes:
        specs: what is to be trained.
        owner: who asked.
        origin: the place they come from, as in `Job`.
        jobs: those that were queued, in the order of `specs`.
        stopped: whether the rest is left out.
        problem: why the next one can't be queued. That there is no room yet is no problem: it
            waits here.
    """

    specs: tuple[RunSpec, ...]
    owner: str
    jobs: list[Job] = field(default_factory=list)
    stopped: bool = False
    problem: LimitError | None = None
    origin: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def advance(self, submit: Callable[[Job], Job]) -> None:
        """Queue what there is room for, and note that somebody watches. Call it now and then."""
        with self._lock:  # two tabs must not queue the same one
            self.problem = None
            while len(self.jobs) < len(self.specs) and not self.stopped:
                try:
                    self.jobs.append(submit(self._job(self.specs[len(self.jobs)])))
                except QueueFullError:
                    break
                except LimitError as error:
                    self.problem = error
                    break
            for job in self.jobs:
                job.touch()

    def _job(self, spec: RunSpec) -> Job:
        """The next training."""
        return Job(spec, self.owner, origin=self.origin)

    def stop(self, end: Callable[[Job], None]) -> None:
        """Leave out the rest, and end those under way."""
        self.stopped = True
        for job in self.active_jobs:
            end(job)

    @property
    def active_jobs(self) -> list[Job]:
        """Those that train or wait in the queue."""
        return [job for job in self.jobs if job.active]

    @property
    def active(self) -> bool:
        """Whether something still trains, waits, or is to be queued."""
        return self.left > 0

    @property
    def waiting(self) -> int:
        """How many are not queued yet."""
        return 0 if self.stopped else len(self.specs) - len(self.jobs)

    @property
    def left(self) -> int:
        """How many still train, wait, or are to be queued."""
        return self.waiting + len(self.active_jobs)

    @property
    def share_done(self) -> float:
        """How much of all the training is done, 0 to 1."""
        done = sum(job.share_done if job.active else 1.0 for job in self.jobs)
        return done / max(1, len(self.specs))
