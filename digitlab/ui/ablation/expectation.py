"""What a learner expects of a change, before the result is shown."""

from collections.abc import Sequence

import streamlit as st

from digitlab.specs.ablations import Outcome
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.wording.results.ablation_outcomes import outcome_words
from digitlab.wording.say import say


def ask_expectation(lab: Lab, change: str, outcomes: Sequence[Outcome] = tuple(Outcome)) -> None:
    """Ask what comes of a change; the answer is kept in `lab.expected`.

    Args:
        lab: the session.
        change: tells it from other changes.
        outcomes: to choose from.
    """
    expected = lab.expected.get(change)
    key = control_key("ablation_expected", expected)
    st.radio(
        say("What do you expect of the changed network?"),
        outcomes,
        index=outcomes.index(expected) if expected else None,
        format_func=outcome_words,
        key=key,
        horizontal=True,
        on_change=_expect,
        args=(lab, change, key),
    )


def _expect(lab: Lab, change: str, key: str) -> None:
    if outcome := st.session_state[key]:
        lab.expected[change] = outcome


def show_expectation(expected: Outcome) -> None:
    """Say what is expected, as long as the result is not known."""
    st.markdown(say("You expect: **{outcome}**.", outcome=outcome_words(expected)))


def show_outcome(expected: Outcome | None, came: Outcome) -> None:
    """Say what came of it, beside what was expected, if anything was."""
    happens = outcome_words(came)
    if not expected:
        st.markdown(f":material/lightbulb: **{happens}**.")
        return
    thought = outcome_words(expected)
    if came == expected:
        words = say(
            "You expected: *{expected}*. That is what happens: **{outcome}**.",
            expected=thought,
            outcome=happens,
        )
        st.markdown(f":material/check: {words}")
    else:
        words = say(
            "You expected: *{expected}*. What happens: **{outcome}**.",
            expected=thought,
            outcome=happens,
        )
        st.markdown(f":material/lightbulb: {words}")
