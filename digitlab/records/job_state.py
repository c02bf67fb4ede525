"""Where a training is in its life."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job is in its life: it waits or runs, or it has ended in one of the other ways."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    PAUSED = "paused"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def active(self) -> bool:
        """Whether it still waits or runs."""
        return self in (JobState.QUEUED, JobState.RUNNING)

    @property
    def resumable(self) -> bool:
        """Whether it has ended only for now."""
        return self in (JobState.PAUSED, JobState.INTERRUPTED)

    @property
    def has_usable_model(self) -> bool:
        """Whether it may have given a network that learned something."""
        return self in (JobState.FINISHED, JobState.PAUSED, JobState.STOPPED)
