"""Several trainings that belong together: the same recipe with several seeds, or a pair."""

from collections.abc import Callable
from dataclasses import dataclass, field

from digitlab.compute.fair_queue import LimitError, NoRoomError
from digitlab.records.job import Job
from digitlab.specs import RunSpec


@dataclass(eq=False)
class JobGroup:
    """Runs that are trained one after the other, as the queue has room for them.

    Attributes:
        runs: what is to be trained.
        owner: who asked.
        origin: the place they come from, as in `Job`.
        jobs: those that were queued, in the order of `runs`.
        stopped: whether the rest is left out.
        problem: why the next one can't be queued, a sentence for the learner. That there is no
            room yet is no problem: it waits here.
    """

    runs: tuple[RunSpec, ...]
    owner: str
    jobs: list[Job] = field(default_factory=list)
    stopped: bool = False
    problem: str = ""
    origin: str = ""

    def advance(self, submit: Callable[[Job], Job]) -> None:
        """Queue what there is room for, and note that somebody watches. Call it now and then."""
        self.problem = ""
        while len(self.jobs) < len(self.runs) and not self.stopped:
            try:
                run = self.runs[len(self.jobs)]
                self.jobs.append(submit(Job(run, self.owner, origin=self.origin)))
            except NoRoomError:
                break
            except LimitError as error:
                self.problem = str(error)
                break
        for job in self.jobs:
            job.seen()

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
        return 0 if self.stopped else len(self.runs) - len(self.jobs)

    @property
    def left(self) -> int:
        """How many still train, wait, or are to be queued."""
        return self.waiting + len(self.active_jobs)

    @property
    def share_done(self) -> float:
        """How much of all the training is done, 0 to 1."""
        done = sum(job.share_done if job.active else 1.0 for job in self.jobs)
        return done / max(1, len(self.runs))
