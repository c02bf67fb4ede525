"""The live part of a page: a training as it goes, and what starts and stops it."""

from collections.abc import Callable

import streamlit as st

from digitlab import limits
from digitlab.compute.errors import Problem
from digitlab.compute.fair_queue import LimitError
from digitlab.figures.training import curves
from digitlab.records.history import keras_log
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.specs import RunSpec
from digitlab.ui.session import address
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.reasons import problem_words

_REFRESH_SECONDS = 0.5
"""Fast enough to follow a training."""

_WAITING_REFRESH_SECONDS = 2.0
"""For a place in the queue; so thirty who wait cost no more than a few who train."""

_LOG_LINES, _LOG_HEIGHT = 4, 180  # two epochs; the height stays while it fills

_ENDS = "It ends after this epoch at the latest…"

_ORDINALS = ("next", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def start(lab: Lab, job: Job) -> bool:
    """Queue a training; on a limit, say so on the page and return False.

    One at a time in a session: a second click on Train that was quicker than the page does nothing.
    """
    if lab.training:
        return True
    try:
        lab.start(queue().submit(job))
    except LimitError as error:
        st.warning(str(error))
        return False
    return True


def train(lab: Lab, spec: RunSpec) -> bool:
    """Queue a run from its beginning."""
    return start(lab, Job(spec, lab.owner, origin=lab.origin))


def train_article(lab: Lab) -> bool:
    """Queue the article's network and recipe, with this session's seed and what its lesson holds."""
    return train(lab, lab.article)


def follow(lab: Lab, draw: Callable[[Job], None] | None = None) -> None:
    """Show how the session's training goes on, until it ends; then the page runs once more.

    Args:
        lab: the session.
        draw: shows more of the job, live, and still when it has ended.
    """
    job = lab.job
    if job is not None:
        far = not is_near(job)
        every = _WAITING_REFRESH_SECONDS if far else _REFRESH_SECONDS
        st.fragment(_panel, run_every=every if job.active else None)(lab, job.active, far, draw)


def is_near(job: Job) -> bool:
    """Whether a training runs, or is the next one: its page then looks often."""
    return job.state is JobState.RUNNING or queue().place(job) <= 1


def _panel(lab: Lab, was_active: bool, far: bool, draw: Callable[[Job], None] | None) -> None:
    address.refresh(lab)
    job = lab.job
    assert job is not None, "follow looked"
    if was_active:
        job.seen()
        if (far and is_near(job)) or not job.active:
            st.rerun()  # to look more often; to let the buttons and the sidebar follow the end
        st.progress(job.share_done, text=_progress_text(job))
    if draw:
        draw(job)


def draw_history(job: Job) -> None:
    """The curves so far and the lines that Keras prints."""
    training = job.spec.training
    figure = curves(job.history, training.epochs, training.metric)
    show.chart(figure, key="curves", alt=_curves_alt(job))
    lines = keras_log(job.history, job.progress if job.active else None, training.epochs)
    if job.active:
        lines = lines[-_LOG_LINES:]
    st.caption("What Keras prints")
    st.code("\n".join(lines) or " ", language=None, wrap_lines=True, height=_LOG_HEIGHT)


def _progress_text(job: Job) -> str:
    if queue().find(job.id) is None and job.active:
        return f"{_elsewhere(job)} {_epochs(job)}"
    if job.state is JobState.QUEUED:
        if not queue().ready:
            return waking_up()
        text = queue_words(job)
        if job.restarts:
            return f"Its worker stopped, and it goes on by itself. {text}"
        if not job.start:
            return text
        if queue().place(job):
            return f"{_epochs(job)}; now others have a turn. {text}"
        return f"{_epochs(job)}; it goes on at once"
    silence = queue().silence
    if silence > limits.SILENCE_SHOWN_SECONDS:
        return (
            f"Its worker has given no sign of life for {silence:.0f} s. If it stays silent, the lab starts "
            "another one, and the training goes on by itself."
        )
    progress, remaining = job.progress, job.remaining  # once: they can go at any moment
    if len(job.history) == job.spec.training.epochs:
        return f"Reads the 10,000 test digits… {job.elapsed:.1f} s"
    if progress is None:
        return "The worker gets the network ready…"
    if job.asked:
        return _ENDS
    left = f", about {remaining:.0f} s left" if remaining is not None else ""
    return (
        f"Epoch {progress.epoch + 1} of {job.spec.training.epochs}, batch {progress.batch} "
        f"of {progress.batches}: {job.elapsed:.1f} s{left}"
    )


def _elsewhere(job: Job) -> str:
    """What is known of a training that another process of the lab runs."""
    if job.asked:
        return _ENDS
    asked = repository().asked(job.id)
    if asked is None:
        return "It is trained in another process of the lab."
    if not asked.late:
        return f"The process that trains it is asked to {asked.how}: it looks every few seconds…"
    return (
        f"The process that trains it was asked to {asked.how}, but does not answer. Wait "
        f"{limits.LOST_AFTER_SECONDS} seconds: if it has stopped, you can continue here. If not, "
        f"press {asked.how.capitalize()} again, or tell whoever runs this lab."
    )


def queue_words(job: Job) -> str:
    """Where a training that waits stands, and for about how long."""
    ahead, wait = queue().place(job), queue().expected_wait(job)
    place = _ORDINALS[ahead] if ahead < len(_ORDINALS) else f"number {ahead + 1}"
    return f"{place.capitalize()} in the queue, about {max(1, wait):.0f} s"


def waking_up() -> str:
    """What is said while no training worker is there."""
    if queue().failing:
        return problem_words(Problem.NO_START)
    return "The lab is waking up: its workers start, about 10 s."


def _epochs(job: Job) -> str:
    return f"Done: {len(job.history)} of {job.spec.training.epochs} epochs"


def _curves_alt(job: Job) -> str:
    if not job.history:
        return "Loss and accuracy per epoch: empty until the first epoch is done."
    metric = job.spec.training.metric
    first, last = job.history[0].logs, job.history[-1].logs
    return (
        f"Curves over {len(job.history)} of {job.spec.training.epochs} epochs: loss from "
        f"{first['loss']:.4f} to {last['loss']:.4f}, {metric} from {first[metric]:.4f} to "
        f"{last[metric]:.4f}."
    )
