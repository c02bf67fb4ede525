"""The reject option: the network says "I don't know" when it is not sure enough."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.confidence import (
    SURE_ENOUGH,
    RejectOption,
    reject_option,
    reject_options,
    usual_threshold,
)
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import robustness
from digitlab.figures.robustness import accuracy_over_coverage
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import per_cent, short_per_cent, whole
from digitlab.wording.say import say, say_count

_SHARE = st.column_config.NumberColumn(format="%.3f")
_COUNT = st.column_config.NumberColumn(format="localized")


def choose_threshold(probabilities: NDArray[np.float32]) -> int:
    """How sure it must be to answer, in per cent; at first so that at least half is answered.

    Args:
        probabilities: to the test digits, shape (10000, 10). Some networks are never sure, others
            always.
    """
    usual = usual_threshold(probabilities)
    return st.slider(
        say("Answer only when it is this sure, %"),
        0,
        99,
        usual,
        key=f"robust_threshold_{usual}",
        persist_state="session",
    )


def show_reject_option(data: Dataset, probabilities: NDArray[np.float32]) -> str:
    """A threshold, and what comes of it for the test digits; returns what was seen."""
    st.markdown(
        say(
            "The largest of the ten probabilities tells how sure the network is. Set a "
            "**threshold**. When the network is less sure, it says *I don't know*, and a person "
            "has to look. The slider starts at {most}, or lower if your network would then answer "
            "fewer than half of the digits.",
            most=short_per_cent(SURE_ENOUGH / 100),
        )
    )
    controls, picture = st.columns([2, 3], gap="large")
    with controls:
        percent = choose_threshold(probabilities)
        chosen = reject_option(data.y_test, probabilities, percent / 100)
        _show_counts(chosen, reject_option(data.y_test, probabilities, 0))
    everywhere = reject_options(data.y_test, probabilities)
    with picture:
        show.chart(
            accuracy_over_coverage(everywhere, chosen), key="robust_coverage", alt=_told(chosen)
        )
    with fold(say("All numbers of this curve")):
        answered, coverage = say("Answered"), say("Share answered")
        right, accuracy = say("Right"), say("Share of right answers")
        show.table(
            {
                say("Threshold"): [per_cent(option.threshold) for option in everywhere],
                answered: [option.answered for option in everywhere],
                coverage: [option.coverage for option in everywhere],
                right: [option.right for option in everywhere],
                accuracy: [option.accuracy for option in everywhere],
            },
            column_config={answered: _COUNT, coverage: _SHARE, right: _COUNT, accuracy: _SHARE},
        )
    show.code(robustness.DOUBT)
    return _told(chosen)


def _show_counts(chosen: RejectOption, always: RejectOption) -> None:
    first, second = st.columns(2)
    first.metric(
        say("Coverage"),
        per_cent(chosen.coverage, 1),
        help=say("The share of all digits that your network answers."),
    )
    share = "–" if chosen.accuracy is None else per_cent(chosen.accuracy, 1)
    second.metric(say("Right answers"), share, help=say("The share of its answers that is right."))
    sentences = [
        say(
            "It answers **{answered}** of {total} test digits. **{right}** of these answers are "
            "right.",
            answered=whole(chosen.answered),
            total=whole(chosen.total),
            right=whole(chosen.right),
        )
    ]
    if chosen.unanswered:
        sentences += [
            say_count(
                "It says *I don't know* **{count} time**.",
                "It says *I don't know* **{count} times**.",
                chosen.unanswered,
            ),
            say(
                "It would have read {right} of these digits correctly.",
                right=whole(chosen.right_unsaid),
            ),
        ]
    else:
        sentences.append(say("It never says *I don't know*."))
    st.markdown(" ".join(sentences))
    st.markdown(
        say(
            "If it answers every digit, it makes {all} mistakes. With this threshold it makes "
            "{some}. Which is better? That depends on the cost of a mistake.",
            all=whole(always.answered - always.right),
            some=whole(chosen.answered - chosen.right),
        )
    )


def _told(chosen: RejectOption) -> str:
    percent = per_cent(chosen.threshold)
    if chosen.accuracy is None:
        return say(
            "Your network answers none of {total} test digits with a threshold of {threshold}.",
            total=whole(chosen.total),
            threshold=percent,
        )
    return say(
        "Your network answers {answered} of {total} test digits with a threshold of {threshold}. "
        "{right} of these answers are right ({share}).",
        answered=whole(chosen.answered),
        total=whole(chosen.total),
        threshold=percent,
        right=whole(chosen.right),
        share=per_cent(chosen.accuracy, 1),
    )
