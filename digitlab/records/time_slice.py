"""What a worker is given of a training: one stretch of it."""

from dataclasses import dataclass, field

from digitlab import limits
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.training import Interruption
from digitlab.specs import RunSpec


@dataclass(frozen=True, eq=False)
class TimeSlice:
    """One stretch of the training of a job.

    Attributes:
        spec: what is trained.
        job: id of the job.
        number: of the time slice.
        start: where it goes on, None at the beginning.
        requested: the interruption that the learner requested while the job waited, if any.
        topic: of the events that carry the records.
        seconds: after which the others have their time slices.
        whole_epochs: whether it may end after a full epoch only.
    """

    spec: RunSpec
    job: str
    number: int
    start: Checkpoint | None
    requested: Interruption | None
    topic: str
    seconds: float = field(default_factory=lambda: limits.TIME_SLICE_SECONDS)
    whole_epochs: bool = False

    @property
    def key(self) -> str:
        """The key under which Dask knows the task."""
        return f"{key_prefix(self.job)}{self.number}-{self.topic}"


def key_prefix(job_id: str) -> str:
    """How the keys of all time slices of a job begin."""
    return f"train-{job_id}-"
