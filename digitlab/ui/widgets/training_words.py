"""What is said of a training while it waits and while it goes on."""

from digitlab import limits
from digitlab.compute.errors import Problem
from digitlab.records.job_state import JobState
from digitlab.records.training_view import TrainingView
from digitlab.ui.session.services import queue, repository
from digitlab.wording.reasons import problem_words

_ENDS = "It ends after this epoch at the latest…"

_ORDINALS = ("next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def training_words(job: TrainingView) -> str:
    """How far a training is, or where it stands in the queue; and for how long probably."""
    if queue().find(job.id) is None and job.active:
        return f"{_elsewhere(job)} {_epochs(job)}"
    if job.state is JobState.QUEUED:
        if not queue().ready:
            return waking_up()
        text = queue_words(job)
        if job.restarts:
            return f"Its worker stopped, and it goes on by itself. {text}"
        if not job.begun:
            return text
        if queue().position(job):
            return f"{_epochs(job)}; now others have a turn. {text}"
        return f"{_epochs(job)}; it goes on at once"
    silence = queue().silence
    if silence > limits.SILENCE_SHOWN_SECONDS:
        return (
            f"Its worker has given no sign of life for {silence:.0f} s. If it stays silent, the "
            "lab starts another one, and the training goes on by itself."
        )
    job = job.frozen()  # its values can go at any moment
    progress, remaining = job.progress, job.remaining
    if len(job.history) == job.spec.training.epochs:
        return f"Keeps its answers to the test digits for the exam… {job.elapsed:.1f} s"
    if progress is None:
        return "The worker gets the network ready…"
    if job.requested:
        return _ENDS
    left = f", about {remaining:.0f} s left" if remaining is not None else ""
    return (
        f"Epoch {progress.epoch + 1} of {job.spec.training.epochs}, batch {progress.batch} "
        f"of {progress.batches}: {job.elapsed:.1f} s{left}"
    )


def _elsewhere(job: TrainingView) -> str:
    """What is known of a training that another process of the lab runs."""
    if job.requested:
        return _ENDS
    request = repository().requested(job.id)
    if request is None:
        return "It is trained in another process of the lab."
    what = request.interruption
    if not request.late:
        return f"The process that trains it is asked to {what}: it looks every few seconds…"
    return (
        f"The process that trains it was asked to {what}, but does not answer. Wait "
        f"{limits.LOST_AFTER_SECONDS} seconds: if it has stopped, you can continue here. If not, "
        f"press {what.capitalize()} again, or tell whoever runs this lab."
    )


def queue_words(job: TrainingView) -> str:
    """Where a training that waits stands, and for about how long."""
    ahead, wait = queue().position(job), queue().expected_wait(job)
    place = _ORDINALS[ahead] if ahead < len(_ORDINALS) else f"number {ahead + 1}"
    return f"{place.capitalize()} in the queue, about {max(1, wait):.0f} s"


def waking_up() -> str:
    """What is said while no training worker is there."""
    if queue().failing:
        return problem_words(Problem.NO_START)
    return "The lab is waking up: its workers start, about 10 s."


def _epochs(job: TrainingView) -> str:
    return f"Done: {len(job.history)} of {job.spec.training.epochs} epochs"
