"""Why the workers can't answer, and why the queue takes no more: codes. The pages say it."""

from enum import StrEnum, auto


class Problem(StrEnum):
    """Why there is no answer, or no result."""

    NO_WORKERS = auto()
    NO_START = auto()  # of the lab's own workers
    NO_UPLOADS_WORKER = auto()
    UPLOADS_WORKER_DIED = auto()
    NO_WEIGHTS = auto()
    BUSY = auto()
    TOO_MANY = auto()  # questions of one owner
    SLOW = auto()
    STARTING = auto()
    FAILED = auto()
    TASK_FAILED = auto()  # one in the background
    TOO_MANY_TASKS = auto()
    RESULT_LET_GO = auto()


class EngineError(RuntimeError):
    """The workers can't answer.

    Attributes:
        problem: why.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Limit(StrEnum):
    """Which limit of the queue a training is past; `LimitError.number` says how far."""

    PARAMETERS = auto()  # number: of this network's
    UNDER_WAY = auto()  # the same training; no number
    OWNER = auto()  # number: the trainings of this owner that are under way
    CROWDED = auto()  # as OWNER, while many share the queue
    ORIGIN = auto()  # number: the trainings from this place
    JOBS = auto()  # number: all trainings


class LimitError(ValueError):
    """A training is past one of the queue's limits.

    Attributes:
        limit: which.
        number: what was counted; `Limit` says of what.
    """

    def __init__(self, limit: Limit, number: int = 0) -> None:
        super().__init__(limit, number)
        self.limit = limit
        self.number = number


class QueueFullError(LimitError):
    """The queue takes no more of these now. It will, as others end."""
