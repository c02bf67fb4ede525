"""Go on with a training that has ended: more epochs, perhaps with another learning rate."""

import streamlit as st

from digitlab import limits
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.training_view import TrainingView
from digitlab.runs import Run
from digitlab.runs.kept import KeptCheckpoint
from digitlab.ui.session.begin_training import submit
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden
from digitlab.ui.train.form import LEARNING_RATES
from digitlab.wording.numerals import significant
from digitlab.wording.say import say

_MORE = 5  # epochs, when nothing is left of what was asked for


def continue_training(lab: Lab, job: TrainingView) -> None:
    """Offer to go on where the job ended, with the numbers as if it had run through."""
    done = len(job.checkpoint.history) if job.checkpoint else 0
    nothing = not done and not job.resumable
    spent = job.checkpoint is not None and job.checkpoint.seconds >= limits.MAX_TRAINING_SECONDS
    full = done >= limits.MAX_EPOCHS
    if job.active or job.state is JobState.DIVERGED or nothing or spent or full:
        return
    left = job.spec.training.epochs - done if job.resumable else 0
    if left <= 0 and "epochs" in lab.lesson.locked:
        return  # it had the epochs that the lesson gives
    st.markdown(_heading(job, done))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        more = _more_epochs(lab, job, done, max(1, left) if job.resumable else _MORE)
        chosen = _learning_rate(lab, job, done)
        if st.button(
            say("Continue"),
            icon=":material/resume:",
            type="primary" if job.resumable else "secondary",
            help=say(
                "The training goes on with the same weights, the same optimizer and the same order "
                "of pictures. If you keep the learning rate, you get the same numbers as from a "
                "training that never stopped."
            ),
        ) and submit(lab, _next_job(lab, job, done, more, chosen)):
            st.rerun()


def _heading(job: TrainingView, done: int) -> str:
    """Where the training goes on, after so many epochs."""
    if not done:
        return say("**Start again from the beginning**")
    if done == len(job.history):
        return say("**Go on with epoch {epoch}**", epoch=done + 1)
    return say(
        "**Go on with epoch {epoch}**. The lab did not keep the later epochs.", epoch=done + 1
    )


def _more_epochs(lab: Lab, job: TrainingView, done: int, proposed: int) -> int:
    """How many more; under a lesson that locks the epochs, those that are left."""
    most = limits.MAX_EPOCHS - done
    proposed = min(proposed, most)
    if is_hidden(lab, "epochs"):
        return proposed
    return st.number_input(
        say("More epochs"),
        1,
        most,
        proposed,
        key=f"more_{job.id}_{done}",
        persist_state="session",
        width=120,
        disabled=is_fixed(lab, "epochs"),
        help=explained(lab, "epochs", _most_words(done)),
    )


def _most_words(done: int) -> str:
    return say(
        "Epochs done: {done}. A training has {most} epochs at most.",
        done=done,
        most=limits.MAX_EPOCHS,
    )


def _learning_rate(lab: Lab, job: TrainingView, done: int) -> float:
    """The learning rate from here on; under a lesson that locks it, the one there was."""
    rate = job.spec.training.rate_at(done)
    if is_hidden(lab, "learning_rate"):
        return rate
    rates = sorted({*LEARNING_RATES, rate})
    return st.selectbox(
        say("Learning rate from here on"),
        rates,
        rates.index(rate),
        key=f"rate_{job.id}_{done}",
        persist_state="session",
        format_func=significant,
        width=180,
        disabled=is_fixed(lab, "learning_rate"),
        help=explained(
            lab, "learning_rate", say("When the loss is low, smaller steps can make it lower.")
        ),
    )


def _next_job(lab: Lab, job: TrainingView, done: int, more: int, rate: float) -> Job:
    """The same run if it was only interrupted; else a new one, and the old one stays."""
    run = job.spec.continued(done, more, rate)
    start = job.checkpoint
    if isinstance(start, KeptCheckpoint):
        start = start.with_arrays  # the new run is kept with it, whatever becomes of the old one
    kept = repository().find(job.id)
    if job.resumable and job.owner == lab.owner and (start or not job.result) and _same(job, kept):
        revision = max(job.revision, kept.revision if kept else 0)  # it counts on
        return Job(
            run,
            lab.owner,
            job.id,
            start,
            job.parent,
            job.created,
            slice_number=job.slice_number,
            revision=revision,
            origin=lab.origin,
        )
    return Job(run, lab.owner, start=start, parent=job.id, origin=lab.origin)


def _same(job: TrainingView, kept: Run | None) -> bool:
    """Whether nobody has gone on with it meanwhile, in another tab or on another device."""
    return kept is None or (kept.state is job.state and len(kept.history) == len(job.history))
