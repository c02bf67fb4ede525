"""What waits to be written, and what could be written once more. the repository's lock guards it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from digitlab import limits
from digitlab.records.job import Job
from digitlab.runs.record import Run, Snapshot

Note = Callable[[], None]

logger = logging.getLogger(__name__)


@dataclass
class Remembered:
    """What is known of a job that is kept, as long as anybody holds it.

    Attributes:
        name: that its run was given.
        refused: whether there was no room for its arrays.
    """

    name: str = ""
    refused: bool = False


class Outbox:
    """Snapshots first, then short notes, then signs of life.

    Attributes:
        snapshots: by run, the next to be written first.
        notes: by what they are about; a later one takes the place of an earlier.
        beats: runs under way.
    """

    def __init__(self) -> None:
        self.snapshots: dict[str, Snapshot] = {}
        self.notes: dict[tuple[str, str], Note] = {}
        self.beats: set[str] = set()
        self._jobs: WeakKeyDictionary[Job, Remembered] = WeakKeyDictionary()
        self._again: dict[str, Job] = {}

    def __bool__(self) -> bool:
        return bool(self.snapshots or self._again or self.notes or self.beats)

    def __len__(self) -> int:
        return len(self.snapshots) + len(self._again)

    def add(self, job: Job) -> None:
        """Take a snapshot of a job that is to be kept."""
        job.revision += 1  # with the snapshot, in one step
        self._put(job)
        self._jobs.setdefault(job, Remembered())
        self._forget_surplus()

    def remember(self, job: Job, name: str) -> None:
        """A job that is kept already; if the store is lost, it can be kept again."""
        self._jobs[job] = Remembered(name)

    def about(self, run_id: str) -> list[Remembered]:
        """What is known of the jobs of a run."""
        return [known for job, known in list(self._jobs.items()) if job.id == run_id]

    def written(self, run: Run) -> list[Job]:
        """The jobs that this run, as it is written, was a snapshot of."""
        return [
            job for job in list(self._jobs) if job.id == run.id and job.revision == run.revision
        ]

    def write_again(self) -> None:
        """All that is remembered, as the store was lost."""
        for job in list(self._jobs):
            other = self._again.get(job.id)
            if other is None or other.revision < job.revision:
                self._again[job.id] = job

    def write_refused(self, owner: str) -> None:
        """What an owner had no room for, as something of theirs was deleted."""
        for job, known in list(self._jobs.items()):
            if known.refused and job.owner == owner:
                self._again[job.id] = job

    def next(self) -> Snapshot | None:
        """The snapshot to be written now; it stays until it is `done`."""
        if not self.snapshots and self._again:
            self._put(self._again.pop(next(iter(self._again))))
        return next(iter(self.snapshots.values()), None)

    def done(self, snapshot: Snapshot) -> None:
        """This one is written, or never will be; a newer one of its run stays."""
        if self.snapshots.get(snapshot.run.id) is snapshot:
            del self.snapshots[snapshot.run.id]

    def postpone(self, run_id: str) -> None:
        """Behind the others: it may be this one that fails."""
        if run_id in self.snapshots:
            self.snapshots[run_id] = self.snapshots.pop(run_id)

    def drop(self, run_id: str) -> None:
        """The run was deleted: what waits would bring it back."""
        self.snapshots.pop(run_id, None)
        self._again.pop(run_id, None)
        for job in [job for job in self._jobs if job.id == run_id]:
            del self._jobs[job]

    def waiting(self) -> Iterator[tuple[str, str]]:
        """Ids and owners of the runs that wait."""
        runs: list[Run | Job] = [one.run for one in self.snapshots.values()]
        for one in (*runs, *self._again.values()):
            yield one.id, one.owner

    def _put(self, job: Job) -> None:
        self.snapshots[job.id] = Snapshot.of(job).after(self.snapshots.get(job.id))

    def _forget_surplus(self) -> None:
        """Bound the memory that it takes: of what was taken first, the arrays go first."""
        size = sum(snapshot.size for snapshot in self.snapshots.values())
        for run_id, snapshot in list(self.snapshots.items())[:-1]:
            if size <= limits.MAX_UNWRITTEN_MEGABYTES * 10**6:
                break
            if snapshot.size:
                size -= snapshot.size
                self.snapshots[run_id] = snapshot.without_arrays()
                logger.error("The network of run %s could not be kept: too many wait.", run_id)
        while len(self.snapshots) > limits.MAX_UNWRITTEN_RUNS:
            run_id = next(iter(self.snapshots))
            del self.snapshots[run_id]
            logger.error("Run %s could not be kept: too many wait to be written.", run_id)
