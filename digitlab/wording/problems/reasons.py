"""Why a training ended early or can't begin, and why there is no answer."""

from typing import Final

from digitlab import limits
from digitlab.compute.errors import Limit, LimitError, Problem
from digitlab.records.reason import Reason, ReasonCode
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say_message, to_say

_PROBLEMS: Final[dict[Problem, Message]] = {
    Problem.NO_WORKERS: to_say(
        "The lab can't reach the programs that train and answer. Try again in a minute, or tell "
        "the person who runs this lab."
    ),
    Problem.NO_START: to_say(
        "The lab can't start the programs that train and answer now. It tries again by itself. "
        "Come back in a minute, or tell the person who runs this lab: the server's log says why."
    ),
    Problem.NO_UPLOADS_WORKER: to_say(
        "This lab has no program that runs networks from files now. Train a network here, or tell "
        "the person who runs this lab."
    ),
    Problem.UPLOADS_WORKER_DIED: to_say(
        "The program that runs networks from files stopped at your question. Nothing else is "
        "lost. Ask once more. If it stops again, the lab can't work this out for "
        "your network."
    ),
    Problem.NO_WEIGHTS: to_say(
        "The lab no longer keeps the weights of this network. Train it once more: the same seed "
        "gives the same network. If it came from a file, upload the file again."
    ),
    Problem.BUSY: to_say(
        "Many questions from visitors are waiting now. Try again in a few seconds."
    ),
    Problem.TOO_MANY: to_say(
        "Your other questions are still waiting. Look at one page first, then at the next one."
    ),
    Problem.SLOW: to_say(
        "There was no answer in time. The program that answers is busy, or it has stopped. Try "
        "again in a minute."
    ),
    Problem.STARTING: to_say(
        "The program that answers this question is still starting. Try again in half a minute."
    ),
    Problem.FAILED: to_say(
        "The lab could not work this out. Try another digit, or tell the person who runs this lab."
    ),
    Problem.TASK_FAILED: to_say(
        "The lab could not work this out. Try again, or tell the person who runs this lab."
    ),
    Problem.TOO_MANY_TASKS: to_say(
        "Many long tasks are running in this lab now. Try again in a minute."
    ),
    Problem.RESULT_LET_GO: to_say(
        "The lab no longer keeps this result, because other visitors needed the memory. Press the "
        "button to work it out again."
    ),
}

_REASONS: Final[dict[ReasonCode, Message]] = {
    ReasonCode.REFUSED: to_say("Keras says: {words}"),
    ReasonCode.FAILED: to_say("The training failed ({error}). Change a control and try again."),
    ReasonCode.NO_WORKERS: _PROBLEMS[Problem.NO_WORKERS],
    ReasonCode.NO_START: _PROBLEMS[Problem.NO_START],
    ReasonCode.WORKER_DIED: to_say(
        "The program that trained this network stopped twice. Press Continue to try once more."
    ),
    ReasonCode.SERVER_STOPPED: to_say(
        "The server stopped while this network was training. Press Continue. You will get the "
        "same numbers as from a training that never stopped."
    ),
    ReasonCode.NOTHING_LEARNED: to_say(
        "The training was stopped in its first epoch. So there is no network to keep yet."
    ),
    ReasonCode.NOT_BEGUN: to_say("The training left the queue before its turn came."),
    ReasonCode.OTHER: Message("{words}"),
}

_LIMITS: Final[dict[Limit, Message]] = {
    Limit.PARAMETERS: to_say(
        "This network has {number} parameters. The lab trains networks with up to {most}. Choose "
        "fewer units."
    ),
    Limit.UNDER_WAY: to_say("This training is already waiting or running."),
    Limit.OWNER: to_say(
        "{number} of your trainings are still waiting or running. Stop one first, or wait."
    ),
    Limit.CROWDED: to_say(
        "Many visitors train now, and {number} of your trainings are still waiting or running. "
        "Wait until one of them has ended."
    ),
    Limit.ORIGIN: to_say(
        "{number} trainings from your school or home are already waiting. Try again in a minute."
    ),
    Limit.JOBS: to_say("{number} trainings are already waiting. Try again in a minute."),
}


def reason_words(reason: Reason | None) -> str:
    """Why a training ended early, and what to do; "" if nothing is to be said of it.

    >>> reason_words(Reason(ReasonCode.NOT_BEGUN))
    'The training left the queue before its turn came.'
    """
    return say_message(_REASONS[reason.code], **reason.values) if reason else ""


def problem_words(problem: Problem) -> str:
    """Why there is no answer, and what to do."""
    return say_message(_PROBLEMS[problem])


def limit_words(error: LimitError) -> str:
    """Why a training can't be queued, and what to do."""
    most = whole(limits.MAX_PARAMETERS)
    return say_message(_LIMITS[error.limit], number=whole(error.number), most=most)
