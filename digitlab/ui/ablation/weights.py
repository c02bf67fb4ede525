"""Changes of a trained network's weights: nothing is trained again, so they are seen at once."""

from collections.abc import Sequence

import streamlit as st

from digitlab.analysis.ablation import Reading, outcome
from digitlab.analysis.weight_changes import changed
from digitlab.data.mnist import Dataset
from digitlab.figures.ablations import accuracy_over_amount
from digitlab.records.networks import TrainedNetwork
from digitlab.specs.ablations import BASELINE
from digitlab.specs.weight_changes import AMOUNTS, WeightChange, WeightChangeKind
from digitlab.ui.ablation.expectation import ask_expectation, show_outcome
from digitlab.ui.ablation.trainings import (
    follow,
    known_runs,
    network_of,
    read_unseen,
    train_button,
    under_way,
)
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal, significant
from digitlab.wording.results.readings import changed_words, score_words
from digitlab.wording.say import say, say_message
from digitlab.wording.settings.weight_changes import OUTCOMES, WORDS


def choose_change() -> WeightChange:
    """Choose what is done to the weights, and how much of it."""
    left, right = st.columns(2, gap="large")
    kind = left.pills(
        say("What do you do to the trained network?"),
        list(WeightChangeKind),
        default=WeightChangeKind.CUT,
        required=True,
        format_func=lambda kind: say_message(WORDS[kind].title),
        wrap=True,
        key="weight_change",
        persist_state="session",
    )
    amounts = AMOUNTS[kind]
    amount = right.select_slider(
        say_message(WORDS[kind].amount),
        amounts,
        amounts[len(amounts) // 2 - 1],
        key=f"weight_change_{kind}",
        format_func=significant,
        persist_state="session",
    )
    st.markdown(say_message(WORDS[kind].does))
    return WeightChange(kind, amount)


def change_weights(lab: Lab, data: Dataset, change: WeightChange) -> str:
    """Ask what is expected of a change, and show what it does to the baseline's network.

    Returns:
        What was seen, in a line; empty before the result.
    """
    baseline = BASELINE.with_seed(lab.spec.training.seed)
    if group := under_way(lab):
        follow(group, lambda: None)
        return ""
    run = known_runs(lab, [baseline]).get(baseline)
    network = network_of(lab, run) if run else None
    if network is None:
        st.info(say("This needs the trained baseline. The training takes a few seconds."))
        train_button(lab, say("Train the baseline"), [baseline], expected=True)
        return ""
    if not any(_name(change.kind, amount) in lab.expected for amount in AMOUNTS[change.kind]):
        ask_expectation(lab, _name(change.kind, change.amount), OUTCOMES)
        return ""
    unchanged = read_unseen(data, network)
    amounts = AMOUNTS[change.kind]
    readings = unchanged and _readings(data, network, change, amounts, baseline.training.seed)
    if not (unchanged and readings):  # no worker answers, and the page says so
        return ""
    reading = readings[amounts.index(change.amount)]
    came = outcome(unchanged.accuracy, reading.accuracy)
    sentence = score_words(unchanged.accuracy, reading.accuracy)
    words, curve = st.columns([2, 3], gap="large", vertical_alignment="center")
    with words:
        show_outcome(lab.expected.get(_name(change.kind, change.amount)), came)
        answers = changed_words(unchanged.changed(reading), len(reading.answers))
        st.markdown(f"{sentence} {answers}")
        st.markdown(say("**Why?** {reason}", reason=say_message(WORDS[change.kind].why)))
    with curve:
        _chart(change, [each.accuracy for each in readings], unchanged.accuracy)
    return say(
        "{change} ({amount}): {result}",
        change=say_message(WORDS[change.kind].title),
        amount=significant(change.amount),
        result=sentence,
    )


def _name(kind: WeightChangeKind, amount: float) -> str:
    """What is expected of a change stands under this name; the chart then shows all amounts."""
    return f"{kind}-{amount:g}"


def _readings(
    data: Dataset,
    network: TrainedNetwork,
    change: WeightChange,
    amounts: Sequence[float],
    seed: int,
) -> list[Reading]:
    """What is read at each amount; none if no worker answers."""
    readings = []
    for amount in amounts:
        reading = read_unseen(data, changed(network, WeightChange(change.kind, amount), seed))
        if reading is None:
            return []
        readings.append(reading)
    return readings


def _chart(change: WeightChange, accuracies: Sequence[float], unchanged: float) -> None:
    amounts, what = AMOUNTS[change.kind], say_message(WORDS[change.kind].amount)
    shares = [
        say("{amount}: {share}", amount=significant(amount), share=decimal(accuracy, 3))
        for amount, accuracy in zip((0, *amounts), (unchanged, *accuracies), strict=True)
    ]
    show.chart(
        accuracy_over_amount(amounts, accuracies, change.amount, unchanged, what),
        key="weight_change_accuracy",
        alt=say(
            "A line shows the share of the unseen digits that the network reads correctly. Across: "
            "{amount}. {shares}.",
            amount=what,
            shares=with_commas(shares),
        ),
    )
