"""Why the workers can't answer, as codes: the pages make the sentences."""

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
