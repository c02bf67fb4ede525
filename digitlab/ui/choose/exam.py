"""The view of Choose that opens the test set: the winner, its exam, and the two numbers."""

import math
from collections.abc import Iterable

import streamlit as st

from digitlab.analysis.search import Tried, winner
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
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
from digitlab.ui.shell.links import link, open_step
from digitlab.wording.numerals import decimal, short_per_cent, whole
from digitlab.wording.results.exam import exams_words
from digitlab.wording.results.search import setting_words
from digitlab.wording.say import say


def show_winner(plan: SearchSpec, best: Tried) -> None:
    """Say which setting wins by validation digits."""
    setting = setting_words(plan, best.setting)
    mean = decimal(best.mean, 4)
    if len(plan.seeds) > 1:
        words = say(
            "**The winner by validation digits: {setting}.** The mean of its validation accuracies "
            "is **{mean}**.",
            setting=setting,
            mean=mean,
        )
    else:
        words = say(
            "**The winner by validation digits: {setting}.** Its validation accuracy is "
            "**{mean}**.",
            setting=setting,
            mean=mean,
        )
    st.markdown(words)


def take_winners_exam(lab: Lab) -> None:
    """The exam of the winner's network, once."""
    if (group := search_under_way(lab)) is not None:
        follow_search(lab, group)
        return
    plan, runs = lab.shared.search, repository().owned(lab.owner)
    best = plan and winner(plan, scores_of(lab, runs))
    if plan is None or not best:
        st.info(say("There is no winner yet. Compare settings first. The winner comes here."))
        link(path.step("Choose"), say("Compare settings"), ":material/tune:", view="search")
        return
    show_winner(plan, best)
    _show_exam(lab, plan, best, runs)


def _show_exam(lab: Lab, plan: SearchSpec, best: Tried, runs: Iterable[Run]) -> None:
    spec = plan.run(best.setting, plan.seeds[0])
    run = next((run for run in runs if run.spec == spec), None)
    if run is None or not run.has_predictions:
        _offer_to_train_again(lab, spec)
        return
    if not is_taken_of(lab, run):
        st.markdown(
            say(
                "You compared the settings by validation digits. You did not use the test digits "
                "for this choice. So they can tell how well the winner reads new digits. Open them "
                "**once**, for the winner only."
            )
        )
        st.button(
            say("Take the exam with the winner"),
            icon=":material/school:",
            key="choose_exam",
            disabled=lab.training is not None,
            help=say("A network is being trained. Wait until it is ready.")
            if lab.training
            else None,
            on_click=_take_exam,
            args=(lab, run.id),
        )
        return
    _show_scores(lab, plan, best, run)
    link(path.step("Evaluate"), say("See its mistakes"), ":material/grid_on:")


def _offer_to_train_again(lab: Lab, spec: RunSpec) -> None:
    """What to do where the winner's network is not kept."""
    st.markdown(
        say(
            "The lab has not kept the winner's network. Train it once more on the page Train: "
            "with the setting that won, seed {seed} and a validation share of {share}. Then "
            "take the exam here.",
            seed=spec.training.seed,
            share=short_per_cent(spec.training.validation_share),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            say("Go to Train with its settings"), icon=":material/tune:", key="choose_again"
        ):
            lab.choose(spec)
            open_step(path.step("Train"))
        st.caption(say("This sets the controls to the winner's settings."), width="stretch")


def _take_exam(lab: Lab, run_id: str) -> None:
    take(lab, run_id)
    if lab.source is not None and lab.source.id == run_id:
        take_exam(lab)


def _show_scores(lab: Lab, plan: SearchSpec, best: Tried, run: Run) -> None:
    assert run.test_accuracy is not None
    validation, test = best.scores[0], run.test_accuracy
    with st.container(horizontal=True, gap="large"):
        st.metric(say("Validation accuracy"), decimal(validation, 4), width="content")
        st.metric(say("Test accuracy: the exam"), decimal(test, 4), width="content")
    saw(lab, "exam", validation=validation, test=test)
    if len(plan.seeds) > 1:
        st.caption(say("Both numbers are of the network with seed {seed}.", seed=plan.seeds[0]))
    st.markdown(what_the_exam_tells(plan, run.spec.training.validation_share, validation, test))
    link(
        path.step("Choose"),
        say("How much the choice itself can change"),
        ":material/query_stats:",
        view="bias",
    )
    st.caption(exams_words(len(exams(lab))))


def what_the_exam_tells(plan: SearchSpec, share: float, validation: float, test: float) -> str:
    """How far the two numbers are apart, and what makes such a difference."""
    points = 100 * (test - validation)
    apart = decimal(abs(points), 2)
    report = say("**Tell others the result of the exam, not the other number.**")
    if abs(points) < 0.005:
        same = say(
            "Both numbers are the same. Often they are not: they come from different digits, and "
            "you chose the setting by one of them only."
        )
        return f"{same} {report}"
    if points > 0:
        difference = say("The exam is {points} percentage points higher.", points=apart)
    else:
        difference = say("The exam is {points} percentage points lower.", points=apart)
    kept, tested = round(SET_SIZES["train"] * share), SET_SIZES["test"]
    chance = 100 * math.sqrt(validation * (1 - validation) * (1 / tested + 1 / kept))
    last_digits = say(
        "**Other digits**: the exam has other digits than the validation. The digits of one of the "
        "two can be harder to read."
    )
    easier = say(
        "**Other digits**: the validation digits are the last of the training digits. They are a "
        "little easier than the test digits."
    )
    by_chance = say(
        "**Chance**: with {kept} and {tested} digits, chance alone makes a difference of about "
        "{points} percentage points.",
        kept=whole(kept),
        tested=whole(tested),
        points=decimal(chance, 2),
    )
    if points > 0:  # easier digits and a lucky choice would make it lower
        two = say("Two things can make the exam higher.")
        return " ".join([difference, two, last_digits, by_chance, report])
    return " ".join(
        [
            difference,
            say("Three things can make the exam lower."),
            # Of the last 6,000 a test says it: the share of the presets.
            easier if share == VALIDATION_SHARE else last_digits,
            by_chance,
            say(
                "**The choice**: the best of {count} settings was probably also lucky with the "
                "validation digits.",
                count=len(plan.settings),
            ),
            report,
        ]
    )
