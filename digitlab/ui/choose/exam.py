"""The view of Choose that opens the test set: the winner, its exam, and the two numbers."""

import math
from collections.abc import Iterable

import streamlit as st

from digitlab.analysis.search import Tried, winner
from digitlab.runs.record import Run
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.specs.search import SearchSpec
from digitlab.specs.selection import SET_SIZES
from digitlab.ui.choose.search import follow_search, scores_of, search_under_way
from digitlab.ui.runs.actions import take
from digitlab.ui.session.exam import exams, is_taken_of, take_exam
from digitlab.ui.session.hour import saw
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.wording.descriptions import counted
from digitlab.wording.exam import exams_words
from digitlab.wording.search import setting_words

_EASIER = ", and these are a little easier than the test digits"
"""Of the last 6,000 a test says it: the share of the presets."""


def show_winner(plan: SearchSpec, best: Tried) -> None:
    """Say which setting wins by validation digits."""
    setting = setting_words(plan, best.setting)
    mean = "mean of " if len(plan.seeds) > 1 else ""
    st.markdown(
        f"**The winner by validation digits: {setting}.** Its {mean}validation accuracy is "
        f"**{best.mean:.4f}**."
    )


def take_winners_exam(lab: Lab) -> None:
    """The exam of the winner's network, once."""
    if (group := search_under_way(lab)) is not None:
        follow_search(lab, group)
        return
    plan, runs = lab.shared.search, repository().owned(lab.owner)
    best = plan and winner(plan, scores_of(lab, runs))
    if plan is None or not best:
        st.info("There is no winner yet. First compare settings: the winner comes here.")
        link(path.step("Choose"), "Compare settings", ":material/tune:", view="search")
        return
    show_winner(plan, best)
    _show_exam(lab, plan, best, runs)


def _show_exam(lab: Lab, plan: SearchSpec, best: Tried, runs: Iterable[Run]) -> None:
    spec = plan.run(best.setting, plan.seeds[0])
    run = next((run for run in runs if run.spec == spec), None)
    if run is None or not run.has_predictions:
        st.caption("Its network is no longer kept. Train it once more to take the exam.")
        return
    if not is_taken_of(lab, run):
        st.markdown(
            "You compared the settings by validation digits. The test digits played no part in "
            "this choice, so they can say how well the winner reads new digits. Open them "
            "**once**, for the winner only."
        )
        st.button(
            "Take the exam with the winner",
            icon=":material/school:",
            key="choose_exam",
            disabled=lab.training is not None,
            help="A network is being trained: wait for it." if lab.training else None,
            on_click=_take_exam,
            args=(lab, run.id),
        )
        return
    _show_scores(lab, plan, best, run)
    link(path.step("Evaluate"), "See its mistakes", ":material/grid_on:")


def _take_exam(lab: Lab, run_id: str) -> None:
    take(lab, run_id)
    if lab.source is not None and lab.source.id == run_id:
        take_exam(lab)


def _show_scores(lab: Lab, plan: SearchSpec, best: Tried, run: Run) -> None:
    assert run.test_accuracy is not None
    validation, test = best.scores[0], run.test_accuracy
    with st.container(horizontal=True, gap="large"):
        st.metric("Validation accuracy", f"{validation:.4f}", width="content")
        st.metric("Test accuracy: the exam", f"{test:.4f}", width="content")
    saw(lab, "exam", validation=validation, test=test)
    points = 100 * (test - validation)
    share = run.spec.training.validation_share
    kept = round(SET_SIZES["train"] * share)
    tested = SET_SIZES["test"]
    chance = 100 * math.sqrt(validation * (1 - validation) * (1 / tested + 1 / kept))
    seed = f" (with seed {plan.seeds[0]})" if len(plan.seeds) > 1 else ""
    if abs(points) < 0.005:
        what = "Both are the same."
    else:
        more = "higher" if points > 0 else "lower"
        what = f"The exam is {abs(points):.2f} percentage points {more}{seed}."
    st.markdown(
        f"{what} Three things make such a difference. **Other digits**: the validation digits are "
        f"the last of the training digits{_EASIER if share == VALIDATION_SHARE else ''}. "
        f"**Chance**: with {kept:,} and {tested:,} digits it makes about {chance:.2f} points. "
        f"**Choosing**: the best of {counted(len(plan.settings), 'setting')} was probably also "
        "lucky with the validation digits. "
        "**The number to tell others is that of the exam.**"
    )
    link(
        path.step("Choose"),
        "How much the choice itself can make",
        ":material/query_stats:",
        view="bias",
    )
    st.caption(exams_words(len(exams(lab))))
