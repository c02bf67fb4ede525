"""How a training ended, in words about this learner's own numbers."""

from typing import Final

import streamlit as st

from digitlab import limits
from digitlab.analysis.advice import Advice, advice
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import GUESSING, DigitSet, Score, choosing_score
from digitlab.records.training import Interruption
from digitlab.records.training_view import TrainingView
from digitlab.specs import OPTIMIZERS, RunSpec
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.state import lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.train.refusal import show_refusal
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal, significant
from digitlab.wording.problems.reasons import reason_words
from digitlab.wording.say import Message, say, say_count, say_message, to_say
from digitlab.wording.settings.ablations import ablation_words
from digitlab.wording.settings.descriptions import setting_name
from digitlab.wording.shares import hundredths

ANSWERS_LOST: Final[Message] = to_say(
    "The lab no longer keeps this network's answers to the test digits. Train it once more: the "
    "same seed gives the same numbers."
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
        st.info(reason_words(job.reason) or say_message(ANSWERS_LOST))
    elif job.result is not None and not job.active:
        _show_network(job, job.result)


def _show_network(job: TrainingView, result: TrainedNetwork) -> None:
    score = choosing_score(result.history)
    sentences = [_end_words(job.state, result), read_words(score)]
    if score is None or score.accuracy > GUESSING:
        st.success(" ".join(sentences).strip(), icon=":material/check_circle:")
    else:
        guess = say("A network that only guesses reads about 10 of 100.")
        advised = [*sentences, guess, _advice(job.spec, result)]
        st.warning(" ".join(advised).strip(), icon=":material/warning:")
    with st.container(horizontal=True):
        link(path.step("Draw"), say("**Draw a digit yourself**"), ":material/draw:")
        if is_taken(lab()):
            link(path.step("Evaluate"), say("See its mistakes"), ":material/grid_on:")
        else:
            words = say("Ready? Go to the exam")
            link(path.step("Evaluate"), words, ":material/school:")


def _end_words(state: JobState, result: TrainedNetwork) -> str:
    """Why it ended before its last epoch; "" if it did not."""
    done = len(result.history)
    if result.interruption is Interruption.TOO_LONG:
        return say_count(
            "The training took longer than {minutes} minutes. So the lab ended it after {count} "
            "full epoch. The network keeps what it has learned.",
            "The training took longer than {minutes} minutes. So the lab ended it after {count} "
            "full epochs. The network keeps what it has learned.",
            done,
            minutes=limits.MAX_TRAINING_SECONDS // 60,
        )
    if state is JobState.STOPPED:
        return say_count(
            "The training was stopped after {count} full epoch. The network keeps what it has "
            "learned.",
            "The training was stopped after {count} full epochs. The network keeps what it has "
            "learned.",
            done,
        )
    if state is JobState.PAUSED:
        return say_count(
            "The training was paused after {count} full epoch. The network keeps what it has "
            "learned.",
            "The training was paused after {count} full epochs. The network keeps what it has "
            "learned.",
            done,
        )
    return ""


def read_words(score: Score | None) -> str:
    """How many digits the network reads, and which ones they are."""
    if score is None:
        return say(
            "**Your network is trained.** You chose another metric than the accuracy. So the lab "
            "does not know how many digits it reads."
        )
    right = hundredths(score.accuracy)
    if score.digits is DigitSet.VALIDATION:
        return say(
            "**Your network reads {right} of 100 validation digits.** The lab kept these digits "
            "aside: the network has not learned from them.",
            right=right,
        )
    return say(
        "**In its last epoch your network read {right} of 100 training digits.** This is an "
        "average over the epoch. The network has learned from these digits.",
        right=right,
    )


def _advice(spec: RunSpec, result: TrainedNetwork) -> str:
    if words := ablation_words(spec):
        return say(
            "You changed this on purpose: {changes}. Take the change back, train again and "
            "compare.",
            changes=with_commas(words),
        )
    training, history = spec.training, result.history
    rate = training.rate_at(len(history) - 1)
    first, last = (decimal(history[place].logs["loss"], 3) for place in (0, -1))
    what = advice(training, history)
    if what is Advice.MORE_EPOCHS:
        return say(
            "The loss went from {first} to {last}. Train for more epochs.", first=first, last=last
        )
    smaller = what is Advice.SMALLER_RATE
    return say_message(
        _OTHER_RATE[what],
        first=first,
        last=last,
        other=significant(rate / 10 if smaller else 10 * rate),
        rate=significant(rate),
        optimizer=setting_name(training.optimizer),
        usual=significant(OPTIMIZERS[training.optimizer]),
    )


_OTHER_RATE: Final[dict[Advice, Message]] = {
    Advice.SMALLER_RATE: to_say(
        "The loss went from {first} to {last}: the steps were too large. Try a learning rate of "
        "{other} instead of {rate}. The usual rate of {optimizer} is {usual}."
    ),
    Advice.LARGER_RATE: to_say(
        "The loss went from {first} to {last}: the steps were too small. Try a learning rate of "
        "{other} instead of {rate}. The usual rate of {optimizer} is {usual}."
    ),
}


def _show_diverged(job: TrainingView, earlier: bool) -> None:
    epoch = max(1, len(job.history))
    rate = job.spec.training.rate_at(epoch - 1)
    sentences = [
        say(
            "In epoch {epoch} the loss was no longer a number (NaN). So the network can't read "
            "digits now. Often the cause is that the steps are too long. Try a learning rate that "
            "is ten times smaller: {smaller} instead of {rate}.",
            epoch=epoch,
            smaller=significant(rate / 10),
            rate=significant(rate),
        )
    ]
    if earlier:
        sentences.append(say("You still have the network that you trained before."))
    st.warning(" ".join(sentences), icon=":material/warning:")
