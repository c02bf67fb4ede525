"""Why a training ended early or can't begin, and why there is no answer."""

from digitlab import limits
from digitlab.compute.errors import Limit, LimitError, Problem
from digitlab.records.reason import Reason, ReasonCode

_PROBLEMS = {
    Problem.NO_WORKERS: (
        "The workers can't be reached. Try again in a minute, or tell whoever runs this lab."
    ),
    Problem.NO_START: (
        "The lab can't start its workers now. It tries again by itself. Come back in a minute, or "
        "tell whoever runs this lab: the server's log says why."
    ),
    Problem.NO_UPLOADS_WORKER: (
        "This lab has no worker for networks from files now. Train a network here, or tell whoever "
        "runs this lab."
    ),
    Problem.UPLOADS_WORKER_DIED: (
        "The worker stopped while it had your question on the network from your file. Nothing else "
        "was lost. Ask once more. If it stops again, the lab can't work this out for your network."
    ),
    Problem.NO_WEIGHTS: (
        "The weights of this network are no longer kept. Train it once more: same seed, same "
        "network. If it came from a file, bring the file again."
    ),
    Problem.BUSY: "Many questions are waiting for the workers now. Try again in a few seconds.",
    Problem.TOO_MANY: (
        "Your other questions are still waiting. Look at one page first, then at the next."
    ),
    Problem.SLOW: (
        "The worker did not answer in time. It is busy, or it hangs. Try again in a minute."
    ),
    Problem.STARTING: "The worker for this is still starting. Try again in half a minute.",
    Problem.FAILED: (
        "The worker could not work this out. Try another digit, or tell whoever runs this lab."
    ),
    Problem.TASK_FAILED: ("It could not be worked out. Try again, or tell whoever runs this lab."),
    Problem.TOO_MANY_TASKS: (
        "Many long calculations are under way in this lab now. Try again in a minute: the one "
        "before yours may be over then."
    ),
    Problem.RESULT_LET_GO: (
        "What was worked out here is no longer in the lab's memory: other visitors needed the "
        "room. Press the button to work it out again."
    ),
}

_REASONS = {
    ReasonCode.REFUSED: "Keras says: {words}",
    ReasonCode.FAILED: "The training failed ({error}). Change a control and try again.",
    ReasonCode.NO_WORKERS: _PROBLEMS[Problem.NO_WORKERS],
    ReasonCode.NO_START: _PROBLEMS[Problem.NO_START],
    ReasonCode.WORKER_DIED: (
        "The worker that trained this network stopped twice. Press Continue to try once more."
    ),
    ReasonCode.SERVER_STOPPED: (
        "The server stopped while this network was training. Continue: the numbers will be those "
        "of a training that never stopped."
    ),
    ReasonCode.NOTHING_LEARNED: (
        "It was stopped within its first epoch: there is nothing to keep yet."
    ),
    ReasonCode.NOT_BEGUN: "It left the queue before its turn came.",
    ReasonCode.OTHER: "{words}",
}

_LIMITS = {
    Limit.PARAMETERS: (
        "This network has {:,} parameters; the lab trains up to {most:,}. Take fewer units."
    ),
    Limit.UNDER_WAY: "This training is under way already.",
    Limit.OWNER: "{} trainings of yours are still under way. Stop one first, or wait.",
    Limit.CROWDED: (
        "Many visitors train at this moment, and {} of yours are still under way. Wait until one "
        "of them has ended."
    ),
    Limit.ORIGIN: (
        "{} trainings from your school or home are waiting already. Try again in a minute."
    ),
    Limit.JOBS: "{} trainings are waiting already. Try again in a minute.",
}


def reason_words(reason: Reason | None) -> str:
    """Why a training ended early, and what to do; "" if nothing is to be said of it.

    >>> reason_words(Reason(ReasonCode.NOT_BEGUN))
    'It left the queue before its turn came.'
    """
    return _REASONS[reason.code].format(**reason.values) if reason else ""


def problem_words(problem: Problem) -> str:
    """Why there is no answer, and what to do."""
    return _PROBLEMS[problem]


def limit_words(error: LimitError) -> str:
    """Why a training can't be queued, and what to do."""
    return _LIMITS[error.limit].format(error.number, most=limits.MAX_PARAMETERS)
