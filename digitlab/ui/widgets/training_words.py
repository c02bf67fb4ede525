"""What is said of a training while it waits and while it goes on."""

from typing import Final

from digitlab import limits
from digitlab.compute.errors import Problem
from digitlab.records.job_state import JobState
from digitlab.records.training import Interruption
from digitlab.records.training_view import TrainingView
from digitlab.ui.session.services import queue, repository
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import Message, say, say_message, to_say

_ENDS: Final[Message] = to_say("The training ends soon, at the latest after this epoch…")

_ASKED: Final[dict[Interruption, Message]] = {
    Interruption.PAUSE: to_say(
        "You asked the training to pause. Its process looks for this every few seconds…"
    ),
    Interruption.STOP: to_say(
        "You asked the training to stop. Its process looks for this every few seconds…"
    ),
}
_NO_ANSWER: Final[dict[Interruption, Message]] = {
    Interruption.PAUSE: to_say(
        "You asked the training to pause, but its process does not answer. Wait {seconds} seconds. "
        "If the process has stopped, you can continue here. If not, press Pause again, or "
        "tell the person who runs this lab."
    ),
    Interruption.STOP: to_say(
        "You asked the training to stop, but its process does not answer. Wait {seconds} seconds. "
        "If the process has stopped, you can continue here. If not, press Stop again, or "
        "tell the person who runs this lab."
    ),
}
"""By what the learner asks of a training in another process of the lab."""


def training_words(job: TrainingView) -> str:
    """How far a training is, or where it stands in the queue; and for how long probably."""
    if queue().find(job.id) is None and job.active:
        return f"{_elsewhere(job)} {_epochs(job)}"
    if job.state is JobState.QUEUED:
        if not queue().ready:
            return waking_up()
        text = queue_words(job)
        if job.restarts:
            again = say("The program that trains stopped. The training goes on by itself.")
            return f"{again} {text}"
        if not job.begun:
            return text
        if queue().position(job):
            return f"{_epochs(job)} {say('Now others have a turn.')} {text}"
        return f"{_epochs(job)} {say('It goes on now.')}"
    silence = queue().silence
    if silence > limits.SILENCE_SHOWN_SECONDS:
        return say(
            "The program that trains has not answered for {seconds} s. If it still does not "
            "answer, the lab starts it again. Then the training goes on by itself.",
            seconds=decimal(silence, 0),
        )
    job = job.frozen()  # its values can go at any moment
    progress, remaining = job.progress, job.remaining
    elapsed = decimal(job.elapsed, 1)
    if len(job.history) == job.spec.training.epochs:
        return say(
            "The lab keeps its answers to the test digits for the exam… {seconds} s",
            seconds=elapsed,
        )
    if progress is None:
        return say("The lab prepares the network…")
    if job.requested:
        return say_message(_ENDS)
    done = say(
        "Epoch {epoch} of {epochs}, batch {batch} of {batches}: {seconds} s",
        epoch=progress.epoch + 1,
        epochs=job.spec.training.epochs,
        batch=progress.batch,
        batches=progress.batches,
        seconds=elapsed,
    )
    if remaining is None:
        return done
    return say("{done}, about {seconds} s left", done=done, seconds=decimal(remaining, 0))


def _elsewhere(job: TrainingView) -> str:
    """What is known of a training that another process of the lab runs."""
    if job.requested:
        return say_message(_ENDS)
    request = repository().requested(job.id)
    if request is None:
        return say("It trains in another process of the lab.")
    if not request.late:
        return say_message(_ASKED[request.interruption])
    return say_message(_NO_ANSWER[request.interruption], seconds=limits.LOST_AFTER_SECONDS)


def queue_words(job: TrainingView) -> str:
    """Where a training that waits stands, and for about how long."""
    ahead, wait = queue().position(job), queue().expected_wait(job)
    seconds = decimal(max(1, wait), 0)
    if not ahead:
        return say("Next in the queue: about {seconds} s", seconds=seconds)
    return say(
        "Number {place} in the queue: about {seconds} s", place=whole(ahead + 1), seconds=seconds
    )


def waking_up() -> str:
    """What is said while no training worker is there."""
    if queue().failing:
        return problem_words(Problem.NO_START)
    return say("The lab is waking up. It is ready in about 10 s.")


def _epochs(job: TrainingView) -> str:
    return say(
        "Epochs done: {done} of {asked}.",
        done=len(job.history),
        asked=job.spec.training.epochs,
    )
