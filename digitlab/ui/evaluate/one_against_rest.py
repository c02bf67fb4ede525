"""One digit against the rest: the 2 × 2 table, and accuracy, recall, precision and F1."""

from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.evaluation import OneAgainstRest, one_against_rest, scores_per_digit
from digitlab.specs import CLASSES
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import Message, say, say_message, to_say


def show_every_digit(labels: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> None:
    """Recall, precision and F1 of every digit in a table.

    Args:
        labels: of the test digits.
        probabilities: ten for each of them.
    """
    st.markdown(
        say(
            "Each row compares one digit with the other nine. Which digit does your network miss "
            "most often? It has the lowest **recall**. Which of its answers can you trust least? "
            "It has the lowest **precision**."
        )
    )
    share = st.column_config.NumberColumn(format="%.3f")
    count = st.column_config.NumberColumn(format="localized")
    scores = scores_per_digit(labels, probabilities)
    heads = {name: say_message(head) for name, head in _HEADS.items()}
    show.table(
        {heads[name]: values for name, values in scores.items()},
        column_config={
            heads["Test images"]: count,
            **{heads[name]: share for name in ("Recall", "Precision", "F1")},
        },
    )


def show_one_against_rest(labels: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> None:
    """A choice of digit, its 2 x 2 table, the four scores worked out, and a story."""
    digit = st.segmented_control(
        say("Digit"),
        range(CLASSES),
        default=0,
        required=True,
        key="positive",
        format_func=str,
        persist_state="session",
    )
    counts = one_against_rest(labels, probabilities, digit)
    table, scores = st.columns(2, gap="large")
    with table:
        st.markdown(_table(digit, counts))
        st.markdown(_four_kinds(digit, counts))
    with scores:
        st.markdown(_formulas(counts))
        st.caption(
            say(
                "**Recall**: of all pictures of the digit {digit}, the share that the network "
                "finds. **Precision**: of all pictures that it calls {digit}, the share that "
                "really is {digit}. **F1** is one number for both. It is high only if both are "
                "high.",
                digit=digit,
            )
        )
    with fold(say("Why two accuracies?")):
        st.markdown(_two_accuracies(digit, counts, labels, probabilities))
    with fold(say("Why so many numbers?")):
        st.markdown(_why_so_many(digit, counts))


def _why_so_many(digit: int, counts: OneAgainstRest) -> str:
    """What recall tells that accuracy hides."""
    return say(
        "Imagine a network that looks for poisonous mushrooms. *Positive* means poisonous. A "
        "false positive (FP) costs one good mushroom. A false negative (FN) can cost a life. So "
        "the important score is the **recall**, also called **sensitivity**: how many of all "
        "poisonous mushrooms does the network find?\n\nYour network finds {count} of the {real} "
        "pictures of the digit {digit}. The accuracy alone does not show how many it misses. "
        "Think of a network that never says {digit}. It is right for {others} of {all} "
        "pictures, but it finds none of these digits.",
        count=whole(counts.true_positives),
        real=whole(counts.true_positives + counts.false_negatives),
        digit=digit,
        others=whole(counts.false_positives + counts.true_negatives),
        all=whole(counts.total),
    )


def _table(digit: int, counts: OneAgainstRest) -> str:
    head = (say("Label"), say("read as {digit}", digit=digit), say("read as another digit"))
    real, other = say("really {digit}", digit=digit), say("really another digit")
    true_positives = say("TP {count}", count=whole(counts.true_positives))
    false_negatives = say("FN {count}", count=whole(counts.false_negatives))
    false_positives = say("FP {count}", count=whole(counts.false_positives))
    true_negatives = say("TN {count}", count=whole(counts.true_negatives))
    rows = (
        head,
        ("---", "---", "---"),
        (f"**{real}**", true_positives, false_negatives),
        (f"**{other}**", false_positives, true_negatives),
    )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _four_kinds(digit: int, c: OneAgainstRest) -> str:
    """The four kinds of answers, each with its count."""
    return say(
        "Call the digit {digit} **positive** and every other digit **negative**. Then there are "
        "four kinds of answers:\n\n"
        "- **True positive (TP)**: the digit is {digit}, and the network says {digit}. Count: "
        "{tp}.\n"
        "- **False negative (FN)**: the digit is {digit}, but the network says another digit. "
        "Count: {fn}.\n"
        "- **False positive (FP)**: the digit is another one, but the network says {digit}. Count: "
        "{fp}.\n"
        "- **True negative (TN)**: the digit is another one, and the network does not say {digit}. "
        "Count: {tn}.",
        digit=digit,
        tp=whole(c.true_positives),
        fn=whole(c.false_negatives),
        fp=whole(c.false_positives),
        tn=whole(c.true_negatives),
    )


def _two_accuracies(
    digit: int,
    counts: OneAgainstRest,
    labels: NDArray[np.uint8],
    probabilities: NDArray[np.float32],
) -> str:
    """Why the accuracy of one against the rest is not that of all ten."""
    right = int((probabilities.argmax(axis=1) == labels).sum())
    among_others = counts.true_positives + counts.true_negatives - right
    return say(
        "Here the question is only *{digit} or not?* The accuracy is {two_way}. On *The matrix* "
        "the question is *which of ten digits?* The accuracy is {ten_way}.\n\nThere are {tn} true "
        "negatives. Among them are **{wrong}** digits that the network reads as a wrong digit, but "
        "not as {digit}. Here these answers count as right. On *The matrix* they count as wrong: "
        "{two_way} − {wrong} / {all} = {ten_way}.",
        digit=digit,
        two_way=decimal(counts.accuracy, 4),
        ten_way=decimal(right / counts.total, 4),
        tn=whole(counts.true_negatives),
        wrong=whole(among_others),
        all=whole(counts.total),
    )


def _formulas(c: OneAgainstRest) -> str:
    """The four scores with this network's numbers put in."""
    tp, fn, fp, tn = map(
        whole, (c.true_positives, c.false_negatives, c.false_positives, c.true_negatives)
    )
    twice = whole(2 * c.true_positives)
    lines = [
        say(
            "- **Accuracy** = (TP + TN) / all = ({tp} + {tn}) / {all} = **{score}**",
            tp=tp,
            tn=tn,
            all=whole(c.total),
            score=decimal(c.accuracy, 4),
        ),
        say(
            "- **Recall** = TP / (TP + FN) = {tp} / ({tp} + {fn}) = **{score}**",
            tp=tp,
            fn=fn,
            score=decimal(c.recall, 4),
        ),
        say(
            "- **Precision** = TP / (TP + FP) = {tp} / ({tp} + {fp}) = **{score}**",
            tp=tp,
            fp=fp,
            score=decimal(c.precision, 4),
        ),
        say(
            "- **F1** = 2 TP / (2 TP + FP + FN) = {twice} / ({twice} + {fp} + {fn}) = **{score}**",
            twice=twice,
            fp=fp,
            fn=fn,
            score=decimal(c.f1, 4),
        ),
    ]
    if c.true_positives + c.false_positives == 0:
        lines.append(say("- Your network never says this digit. So its precision counts as 0."))
    return "\n".join(lines)


_HEADS: Final[dict[str, Message]] = {
    "Digit": to_say("Digit"),
    "Test images": to_say("Test pictures"),
    "Recall": to_say("Recall"),
    "Precision": to_say("Precision"),
    "F1": to_say("F1"),
}
"""Of the columns of `scores_per_digit`."""
