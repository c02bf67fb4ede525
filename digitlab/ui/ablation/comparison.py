"""The baseline and the ablated run: what is expected, how both train, and what came of it."""

import streamlit as st

from digitlab.analysis.ablation import ALIKE, is_over, outcome, refusal, same_curves
from digitlab.compute.job_group import JobGroup
from digitlab.records.history import history_columns
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
from digitlab.specs.ablations import Outcome, ablations_in, without_ablations
from digitlab.ui.runs.curves import LETTERS, show_curves
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.state import Lab
from digitlab.ui.train.refusal import show_refusal
from digitlab.ui.widgets import show
from digitlab.ui.widgets.progress import follow_group
from digitlab.wording.ablations import ablation_words, outcome_words, words_of
from digitlab.wording.descriptions import accuracy
from digitlab.wording.numerals import per_cent
from digitlab.wording.reasons import limit_words

_NAME = "break"


def show_comparison(lab: Lab, page: str) -> None:
    """Ask what is expected of `lab.spec`, which is ablated; train; show what came of it."""
    pair = without_ablations(lab.spec), lab.spec
    known = _known(lab, pair)
    current = lab.job_groups.get(_NAME)
    under_way = current is not None and current.active
    expected = lab.expected.get(lab.spec.to_json())
    if current and under_way and set(current.specs) <= set(pair) and expected:
        _show_expected(expected)
        _follow(lab, page, current, pair, known)
    elif expected and len(known) == len(pair):
        _show_result(lab, page, expected, known[pair[0]], known[pair[1]])
    else:
        missing = [run for run in pair if run not in known]
        _ask(lab, page, expected, missing, under_way)


def _known(lab: Lab, pair: tuple[RunSpec, RunSpec]) -> dict[RunSpec, Run]:
    """Of these two, the newest run of this visitor that shows what comes of it."""
    series = lab.job_groups.get(_NAME)
    jobs = [*(series.jobs if series else ()), *filter(None, (lab.earlier, lab.job))]
    runs = [*map(Run.of, jobs), *repository().owned(lab.owner)]
    return {run.spec: run for run in reversed(runs) if run.spec in pair and is_over(run)}


def _ask(
    lab: Lab, page: str, expected: Outcome | None, missing: list[RunSpec], under_way: bool
) -> None:
    key = control_key(f"{page}_expected", expected)
    st.radio(
        "What do you expect of the broken one?",
        list(Outcome),
        index=list(Outcome).index(expected) if expected else None,
        format_func=outcome_words,
        key=key,
        on_change=_expect,
        args=(lab, key),
    )
    label = "Train both"
    if len(missing) == 1:
        lacks_baseline = missing[0] != lab.spec
        label = f"Train the {'whole' if lacks_baseline else 'broken'} one"
        st.caption(f"You have trained the {'broken' if lacks_baseline else 'whole'} one already.")
    st.button(
        label,
        key=f"{page}_train_both",
        type="primary",
        icon=":material/play_arrow:",
        disabled=not expected or under_way,
        help=None if expected else "First say what you expect.",
        on_click=_start,
        args=(lab, tuple(missing)),
    )
    if under_way:
        st.caption("Your last experiment is still being trained. Then it is this one's turn.")


def _expect(lab: Lab, key: str) -> None:
    if st.session_state[key]:
        lab.expected[lab.spec.to_json()] = st.session_state[key]


def _start(lab: Lab, missing: tuple[RunSpec, ...]) -> None:
    before = lab.job_groups.get(_NAME)
    if not missing or (before and before.active):  # a second click that was quicker than the page
        return
    started = JobGroup(missing, lab.owner, origin=lab.origin)
    started.advance(queue().submit)
    if started.jobs:
        lab.job_groups[_NAME] = started
    else:
        lab.notice = limit_words(started.problem) if started.problem else ""


def _follow(
    lab: Lab,
    page: str,
    current: JobGroup,
    pair: tuple[RunSpec, RunSpec],
    known: dict[RunSpec, Run],
) -> None:
    """The curves as they grow, until both have ended; then the page runs once more."""

    def draw() -> None:
        runs = known | {job.spec: Run.of(job) for job in current.jobs}
        shown = [runs[run] for run in pair if run in runs]
        show_curves(shown, _titles(shown, lab.spec), key=f"{page}_break")

    follow_group(
        current,
        f"{page}_stop_both",
        words=lambda: f"{per_cent(current.share_done)} of the training is done",
        draw=draw,
    )


def _titles(runs: list[Run], ablated: RunSpec) -> dict[str, str]:
    """What each is called, by its id."""
    words = ", ".join(ablation_words(ablated))
    return {run.id: f"Broken: {words}" if run.spec == ablated else "Whole" for run in runs}


def _show_expected(expected: Outcome) -> None:
    st.markdown(f"You expect: **{outcome_words(expected)}**.")


def _show_result(lab: Lab, page: str, expected: Outcome, baseline: Run, ablated: Run) -> None:
    came = outcome(baseline, ablated)
    sign = ":material/check:" if came == expected else ":material/lightbulb:"
    right = "So it is" if came == expected else "In fact"
    st.markdown(
        f"{sign} You expected: *{outcome_words(expected)}*. {right}: **{outcome_words(came)}**. "
        f"{_scores(baseline, ablated)}"
    )
    if words := refusal(ablated):
        show_refusal(lab, lab.spec, words, f"{page}_break")
    else:
        runs = [baseline, ablated]
        show_curves(runs, _titles(runs, lab.spec), key=f"{page}_break")
        _table(runs)
    for ablation in ablations_in(lab.spec):
        st.markdown(f"**Why?** {words_of(ablation).why}")
    kept = "Both are on the page Runs; your network is still the one it was."
    # What was not trained is as refused with any seed.
    st.caption(
        kept
        if words
        else f"“About as well” means within {100 * ALIKE:g} of 100 test digits. Both runs began "
        f"with seed {baseline.spec.training.seed}; with another one it may come out differently: "
        f"Luck shows how far that goes. {kept}"
    )


def _scores(baseline: Run, ablated: Run) -> str:
    words = [
        f"the {name} one reads {100 * score:.1f}"
        for name, run in (("whole", baseline), ("broken", ablated))
        if (score := accuracy(run)) is not None
    ]
    if not words:
        return ""
    if same_curves(baseline, ablated):
        return "Both learned the same, to the last digit: one curve lies on the other."
    sentence = " and ".join(words)
    return f"{sentence[0].upper()}{sentence[1:]} of 100 test digits."


def _table(runs: list[Run]) -> None:
    """The numbers of the curves, and of the test."""
    longest = max(len(run.history) for run in runs)
    table: dict[str, list[object]] = {
        "Epoch": [*(str(epoch + 1) for epoch in range(longest)), "Test digits"]
    }
    for letter, run in zip(LETTERS, runs, strict=False):
        columns = history_columns(run.history)
        del columns["epoch"]
        for name, values in columns.items():
            test = {"loss": run.test_loss, run.spec.training.metric: run.test_metric}.get(name)
            rest: list[object] = [None] * (longest - len(values))
            table[f"{letter}: {name}"] = [*values, *rest, test]
    with st.expander("The numbers behind it"):
        show.table(table)
