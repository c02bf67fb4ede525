"""How a training ended, in words about this learner's own numbers."""

import streamlit as st

from digitlab import limits
from digitlab.analysis.advice import Advice, advice
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import DigitSet, Score, choosing_score
from digitlab.records.training import Interruption
from digitlab.records.training_view import TrainingView
from digitlab.specs import OPTIMIZERS, RunSpec
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.state import lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.train.refusal import show_refusal
from digitlab.wording.ablations import ablation_words
from digitlab.wording.descriptions import GUESSING, NAMES, counted
from digitlab.wording.reasons import reason_words

ANSWERS_LOST = (
    "What this network answered to the test digits is no longer kept. Train it once more: same "
    "seed, same numbers."
)

_TOO_LONG = (
    f"It took longer than {limits.MAX_TRAINING_SECONDS // 60} minutes, the most that this lab "
    "gives one training."
)


def show_outcome(job: TrainingView, earlier: bool = False) -> None:
    """Say how the job ended and what to do next; nothing while it goes on.

    Args:
        job: the latest training.
        earlier: whether there is a network from before.
    """
    if job.refusal:
        show_refusal(lab(), job.spec, job.refusal, "outcome")
    elif job.state is JobState.FAILED:
        st.error(reason_words(job.reason))
    elif job.state is JobState.DIVERGED:
        _show_diverged(job, earlier)
    elif job.state is JobState.INTERRUPTED:
        st.warning(reason_words(job.reason), icon=":material/warning:")
    elif job.result is None and not job.active:
        st.info(reason_words(job.reason) or ANSWERS_LOST)
    elif job.result is not None and not job.active:
        _show_network(job, job.result)


def _show_network(job: TrainingView, result: TrainedNetwork) -> None:
    score = choosing_score(result.history)
    sentence = read_words(score)
    if job.state in (JobState.STOPPED, JobState.PAUSED):
        sentence = f"{job.state.capitalize()} {_after(result)}; what it learned stays. {sentence}"
    if result.interruption is Interruption.TOO_LONG:
        sentence = f"{_TOO_LONG} {sentence}"
    if score is None or score.accuracy > GUESSING:
        st.success(sentence, icon=":material/check_circle:")
    else:
        st.warning(
            f"{sentence} Guessing would get 10. {_advice(job.spec, result)}",
            icon=":material/warning:",
        )
    with st.container(horizontal=True):
        link(path.step("Draw"), "**Draw one yourself**", ":material/draw:")
        if is_taken(lab()):
            link(path.step("Evaluate"), "See its mistakes", ":material/grid_on:")
        else:
            link(path.step("Evaluate"), "When you have chosen: the exam", ":material/school:")


def read_words(score: Score | None) -> str:
    """How many digits the network reads, and which ones they are."""
    if score is None:
        return "**Your network is trained.** It counted no accuracy: its metric is another one."
    right = round(100 * score.accuracy)
    if score.digits is DigitSet.VALIDATION:
        return (
            f"**Your network reads {right} of 100 validation digits.** The lab kept them aside: it "
            "has not learned from them."
        )
    return (
        f"**In its last epoch your network read {right} of 100 training digits.** That is an "
        "average over the epoch, of digits that it learned from."
    )


def _advice(spec: RunSpec, result: TrainedNetwork) -> str:
    if words := ablation_words(spec):
        return f"It was changed on purpose ({', '.join(words)}): take that back and compare."
    training, history = spec.training, result.history
    rate = training.rate_at(len(history) - 1)
    loss = f"Its loss went from {history[0].logs['loss']:.3f} to {history[-1].logs['loss']:.3f}"
    usual = f"{NAMES[training.optimizer]} usually has {OPTIMIZERS[training.optimizer]:g}"
    what = advice(training, history)
    if what is Advice.MORE_EPOCHS:
        return f"{loss}: give it more epochs."
    size, other = ("large", rate / 10) if what is Advice.SMALLER_RATE else ("small", 10 * rate)
    return (
        f"{loss}: the steps were too {size}. Try a learning rate of {other:g} instead of "
        f"{rate:g}; {usual}."
    )


def _after(result: TrainedNetwork) -> str:
    return f"after {counted(len(result.history), 'full epoch')}"


def _show_diverged(job: TrainingView, earlier: bool) -> None:
    epoch = max(1, len(job.history))
    rate = job.spec.training.rate_at(epoch - 1)
    st.warning(
        f"The loss is no longer a number (NaN): in epoch {epoch} the steps grew until the weights "
        "were too large for the computer, and the network lost all that it knew. "
        f"Try a learning rate ten times smaller: {rate / 10:g} instead of {rate:g}."
        + (" The network you trained before is still there." if earlier else ""),
        icon=":material/warning:",
    )
