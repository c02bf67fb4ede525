"""What waits to be written, and what could be written again. The writer's lock guards it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from digitlab import limits
from digitlab.records.job import Job
from digitlab.records.training_view import TrainingView
from digitlab.runs.record import Run, Snapshot

Note = Callable[[], None]

logger = logging.getLogger(__name__)


@dataclass
class Remembered:
    """What is known of a training that is kept, as long as anybody holds it.

    Attributes:
        name: that its run was given.
        refused: whether there was no room for its arrays.
        store_full: if so, whether it was the store that had none, not the owner's budget.
    """

    name: str = ""
    refused: bool = False
    store_full: bool = False


class Outbox:
    """Snapshots first, then short notes, then heartbeats.

    Attributes:
        snapshots: by run, the next to be written first.
        notes: by what they are about; a later one takes the place of an earlier.
        heartbeats: runs under way.
    """

    def __init__(self) -> None:
        self.snapshots: dict[str, Snapshot] = {}
        self.notes: dict[tuple[str, str], Note] = {}
        self.heartbeats: set[str] = set()
        self._trainings: WeakKeyDictionary[TrainingView, Remembered] = WeakKeyDictionary()
        self._again: dict[str, TrainingView] = {}

    def __bool__(self) -> bool:
        return bool(self.snapshots or self._again or self.notes or self.heartbeats)

    def __len__(self) -> int:
        return len(self.snapshots) + len(self._again)

    def add(self, job: Job) -> None:
        """Take a snapshot of a job that is to be kept."""
        self._put(job.next_revision())
        self._trainings.setdefault(job, Remembered())
        self._forget_surplus()

    def remember(self, training: TrainingView, name: str) -> None:
        """What is kept already; if the store is lost, it can be kept again."""
        self._trainings[training] = Remembered(name)

    def about(self, run_id: str) -> list[Remembered]:
        """What is known of the trainings of a run."""
        return [known for it, known in list(self._trainings.items()) if it.id == run_id]

    def written(self, run: Run) -> list[Job]:
        """The jobs that this run, as it is written, was a snapshot of."""
        return [
            job
            for job in list(self._trainings)
            if isinstance(job, Job) and job.id == run.id and job.revision == run.revision
        ]

    def write_again(self) -> None:
        """All that is remembered, as the store was lost."""
        for training in list(self._trainings):
            other = self._again.get(training.id)
            if other is None or other.revision < training.revision:
                self._again[training.id] = training

    def write_refused(self, owner: str) -> None:
        """What an owner had no room for, as something of theirs was deleted."""
        for training, known in list(self._trainings.items()):
            if known.refused and training.owner == owner:
                self._again[training.id] = training

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
        for training in [training for training in self._trainings if training.id == run_id]:
            del self._trainings[training]

    def waiting(self) -> Iterator[tuple[str, str]]:
        """Ids and owners of the runs that wait."""
        runs: list[Run | TrainingView] = [waiting.run for waiting in self.snapshots.values()]
        for run in (*runs, *self._again.values()):
            yield run.id, run.owner

    def _put(self, training: TrainingView) -> None:
        earlier = self.snapshots.get(training.id)
        self.snapshots[training.id] = Snapshot.of(training).after(earlier)

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
