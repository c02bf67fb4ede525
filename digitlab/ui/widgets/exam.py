"""The exam as other pages see it: what a network reads so far, and what comes after the exam."""

import streamlit as st

from digitlab import limits
from digitlab.records.score import DigitSet
from digitlab.ui.session.exam import is_taken, shown_score
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.wording.numerals import per_cent, whole
from digitlab.wording.results.exam import own_score_words, score_words
from digitlab.wording.say import say


def reads(lab: Lab) -> str:
    """What the current network reads, and of which digits, about "it"; "" if unknown."""
    score = shown_score(lab)
    if score is None:
        return ""
    if lab.uploaded and score.digits is DigitSet.TRAINING:  # how it was trained, the lab can't know
        return say(
            "It reads {share} of {count} training digits.",
            share=per_cent(score.accuracy, 1),
            count=whole(limits.GUESS_DIGITS),
        )
    return score_words(score)


def your_network_reads(lab: Lab) -> str:
    """The same about "your network", where no sentence before it names the network."""
    score = shown_score(lab)
    if score is None:
        return ""
    if lab.uploaded and score.digits is DigitSet.TRAINING:
        return say(
            "Your network reads {share} of {count} training digits.",
            share=per_cent(score.accuracy, 1),
            count=whole(limits.GUESS_DIGITS),
        )
    return own_score_words(score)


def after_exam(lab: Lab, what: str) -> bool:
    """Whether the exam was taken; if not, the page says that something comes after it.

    Args:
        lab: the session.
        what: a sentence that says what would tell the test score.
    """
    if is_taken(lab):
        return True
    st.info(
        f"{what} {say('You see it here after the **exam**.')}",
        icon=":material/school:",
    )
    link(path.step("Evaluate"), say("Go to the exam on Evaluate"), ":material/school:")
    return False
