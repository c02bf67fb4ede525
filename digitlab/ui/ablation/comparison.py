"""The baseline and the changed network: both are trained, and read the same digits."""

from typing import Any

import streamlit as st

from digitlab.analysis.ablation import Reading, outcome, refusal
from digitlab.compute.job_group import JobGroup
from digitlab.data.mnist import Dataset
from digitlab.records.history import history_columns
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
from digitlab.specs.ablations import Ablation, Outcome
from digitlab.ui.ablation.expectation import ask_expectation, show_expectation, show_outcome
from digitlab.ui.ablation.trainings import (
    can_have_network,
    follow,
    known_runs,
    network_of,
    read_unseen,
    train_button,
    under_way,
)
from digitlab.ui.runs.curves import LETTERS, show_curves
from digitlab.ui.session.hour import saw
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.results.ablation_outcomes import outcome_words, why
from digitlab.wording.results.readings import digit_words, frequent_words, score_words
from digitlab.wording.say import say
from digitlab.wording.settings.ablations import title_of, words_of

Pair = tuple[RunSpec, RunSpec]


def compare(lab: Lab, data: Dataset, ablation: Ablation, value: Any) -> str:
    """Ask what is expected of an ablation, train both, and show what came of it.

    Args:
        lab: the session.
        data: the digits.
        ablation: that is tried.
        value: its amount.

    Returns:
        What was seen, in a line; empty before the result.
    """
    baseline = ablation.baseline.with_seed(lab.spec.training.seed)
    pair = baseline, ablation.applied_to(baseline, value)
    change = pair[1].to_json()
    titles = say("Baseline"), say("Changed: {change}", change=words_of(ablation).short(value))
    expected, known, group = lab.expected.get(change), known_runs(lab, pair), under_way(lab)
    if expected and group and set(group.specs) <= set(pair):
        show_expectation(expected)
        _follow(group, pair, titles, known)
    elif expected and len(known) == len(pair):
        return _show_result(lab, data, ablation, expected, [known[spec] for spec in pair], titles)
    else:
        ask_expectation(lab, change)
        missing = [spec for spec in pair if spec not in known]
        labels = {baseline: say("Train the baseline"), pair[1]: say("Train the changed network")}
        if missing:
            label = say("Train both") if len(missing) == len(pair) else labels[missing[0]]
            train_button(lab, label, missing, expected is not None)
    return ""


def _follow(
    group: JobGroup, pair: Pair, titles: tuple[str, str], known: dict[RunSpec, Run]
) -> None:
    """The curves as they grow."""

    def draw() -> None:
        runs = known | {job.spec: Run.of(job) for job in group.jobs}
        shown = [
            (runs[spec], title) for spec, title in zip(pair, titles, strict=True) if spec in runs
        ]
        show_curves([run for run, _ in shown], {run.id: title for run, title in shown}, "ablation")

    follow(group, draw)


def _show_result(
    lab: Lab,
    data: Dataset,
    ablation: Ablation,
    expected: Outcome,
    runs: list[Run],
    titles: tuple[str, str],
) -> str:
    readings = []
    for run in runs:
        network = network_of(lab, run) if can_have_network(run) else None
        if network is None and can_have_network(run):
            st.warning(say("The weights of a network are lost. Train it again."))
            train_button(lab, say("Train it again"), [run.spec], expected=True)
            return ""
        readings.append(read_unseen(data, network) if network else None)
        if network and readings[-1] is None:
            return ""  # no worker answers, and the page says so
    came = _came(readings, refusal(runs[1]))
    show_outcome(expected, came)
    saw(lab, "own_question", change=ablation.name, expected=expected, came=came)
    seen = _explain(ablation, came, readings, runs[1])
    if words := refusal(runs[1]):
        st.error(say("Keras does not train this network. It says:"))
        st.code(words, language=None, wrap_lines=True)
    else:
        called = {run.id: title for run, title in zip(runs, titles, strict=True)}
        show_curves(runs, called, key="ablation")
        _table(runs)
    return seen


def _came(readings: list[Reading | None], refused: str) -> Outcome:
    if refused:
        return Outcome.REFUSED
    baseline, changed = readings
    return outcome(baseline.accuracy if baseline else 0.0, changed.accuracy if changed else 0.0)


def _explain(
    ablation: Ablation, came: Outcome, readings: list[Reading | None], changed_run: Run
) -> str:
    """What both read, and why: the sentences follow from the two results."""
    baseline, changed = readings
    sentences = []
    if baseline and changed:
        sentences.append(score_words(baseline.accuracy, changed.accuracy))
        if ablation.field == "dropped_digit":
            digit = ablation.value_in(changed_run.spec)
            (before, count), (after, _) = baseline.of_digit(digit), changed.of_digit(digit)
            sentences.append(digit_words(digit, count, before, after))
        if came is Outcome.NOTHING:
            sentences.append(frequent_words(*changed.most_frequent, len(changed.answers)))
    elif not refusal(changed_run):
        sentences.append(
            say(
                "The loss of the changed network became too large for the computer, so nobody can "
                "use its weights."
            )
        )
    reason = say("**Why?** {reason}", reason=why(ablation, came))
    st.markdown("\n\n".join([*filter(None, [" ".join(sentences)]), reason]))
    return say(
        "{change}: {result}",
        change=title_of(ablation),
        result=sentences[0] if sentences else outcome_words(came),
    )


def _table(runs: list[Run]) -> None:
    """The numbers of the curves."""
    longest = max(len(run.history) for run in runs)
    table: dict[str, list[object]] = {say("Epoch"): [str(epoch + 1) for epoch in range(longest)]}
    for letter, run in zip(LETTERS, runs, strict=False):
        columns = history_columns(run.history)
        del columns["epoch"]
        for name, values in columns.items():
            table[f"{letter}: {name}"] = [*values, *[None] * (longest - len(values))]
    with fold(say("All numbers of these curves")):
        show.table(table)
