"""Parts of Choose: a search begins, goes on, and shows what it has found."""

from collections.abc import Iterable, Sequence

import streamlit as st

from digitlab.analysis.search import Tried, saved, tried, winner
from digitlab.compute.search import Search, validation_score
from digitlab.figures.search import Point, search_line, search_map
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.runs.kept import KeptCheckpoint
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
from digitlab.specs.search import SearchSpec
from digitlab.ui.session.begin_training import begin_group
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.ui.widgets.progress import follow_group
from digitlab.wording.numerals import decimal, per_cent, whole
from digitlab.wording.results.search import (
    hyperparameter_words,
    scores_words,
    setting_words,
    value_words,
)
from digitlab.wording.say import say

_NAME = "search"


def search_under_way(lab: Lab) -> Search | None:
    """The search that goes on for this browser, in whichever of its tabs it was begun."""
    group = lab.job_groups.get(_NAME)
    return group if isinstance(group, Search) and group.active else None


def scores_of(lab: Lab, runs: Iterable[Run]) -> dict[RunSpec, float]:
    """What is known of this visitor's runs, kept or under way: shares of validation digits."""
    scores = {
        run.spec: score
        for run in runs
        if (score := validation_score(run.state, run.history)) is not None
    }
    group = lab.job_groups.get(_NAME)
    return scores | (group.scores if isinstance(group, Search) else {})


def seen_words(lab: Lab) -> str:
    """What the latest search has shown, in a line; "" before it has a winner."""
    plan = lab.shared.search
    if plan is None or search_under_way(lab) is not None:
        return ""
    best = winner(plan, scores_of(lab, repository().owned(lab.owner)))
    if best is None:
        return ""
    return say(
        "The setting with the best validation accuracy is {setting}: {mean}.",
        setting=setting_words(plan, best.setting),
        mean=decimal(best.mean, 4),
    )


def offer_search(lab: Lab, plan: SearchSpec, scores: dict[RunSpec, float]) -> None:
    """Say what the search costs, and the button that begins it."""
    epochs, every = saved(plan)
    runs, all_epochs = whole(plan.size), whole(epochs)
    if plan.halving:
        sentences = [
            say(
                "Runs: {runs}. Epochs in all: {epochs} instead of {every}.",
                runs=runs,
                epochs=all_epochs,
                every=whole(every),
            )
        ]
    else:
        sentences = [say("Runs: {runs}. Epochs in all: {epochs}.", runs=runs, epochs=all_epochs)]
    if best := winner(plan, scores):  # a phone has the chart below, out of view
        setting = setting_words(plan, best.setting)
        sentences.append(say("All of them are trained. The winner: {setting}.", setting=setting))
    st.caption(" ".join(sentences))
    st.button(
        say("Train and compare"),
        type="primary",
        icon=":material/play_arrow:",
        key="choose_start",
        disabled=search_under_way(lab) is not None,
        on_click=_start,
        args=(lab, plan),
    )


def _start(lab: Lab, plan: SearchSpec) -> None:
    if search_under_way(lab):  # a second click that was quicker than the page
        return
    group = Search(
        plan=plan,
        owner=lab.owner,
        origin=lab.origin,
        known=scores_of(lab, repository().owned(lab.owner)),
        start_of=_start_of,
    )
    lab.shared.search = plan
    begin_group(lab, _NAME, group)


def _start_of(job: Job) -> Checkpoint | None:
    start = job.checkpoint
    if isinstance(start, KeptCheckpoint):
        start = start.with_arrays
    return start if start and start.model else None


def follow_search(lab: Lab, group: Search) -> None:
    """Show how it goes on, until it ends; then the page runs anew."""
    follow_group(
        group,
        "choose_stop",
        words=lambda: say("{share} of the training is done", share=per_cent(group.share_done)),
        draw=lambda: show_found(group.plan, group.scores),
    )


def show_found(plan: SearchSpec, scores: dict[RunSpec, float]) -> None:
    """The settings that have been trained, as a chart."""
    settings = tried(plan, scores)
    best = winner(plan, scores)
    points = [
        Point(
            tuple(value_words(value) for value in each.setting),
            each.scores,
            each.mean,
            each.epochs,
            each.given_up,
            wins=best is not None and each.setting == best.setting,
        )
        for each in settings
    ]
    names = [[value_words(value) for value in values] for _, values in plan.grid]
    axes = [hyperparameter_words(name) for name, _ in plan.grid]
    if len(axes) == 1:
        figure = search_line(points, axes[0], names[0])
    else:
        figure = search_map(points, (axes[0], axes[1]), (names[0], names[1]))
    show.chart(figure, key="choose_result", alt=_alt(plan, settings))


def _alt(plan: SearchSpec, settings: Sequence[Tried]) -> str:
    """What the chart shows, for those who can't see it."""
    sentences = [say("The share of validation digits that each setting reads correctly.")]
    for each in settings:
        setting, scores = setting_words(plan, each.setting), scores_words(each.scores)
        if each.given_up:
            said = say("{setting}: {scores} (stopped early).", setting=setting, scores=scores)
        else:
            said = say("{setting}: {scores}.", setting=setting, scores=scores)
        sentences.append(said)
    return " ".join(sentences if settings else [*sentences, say("Nothing is trained yet.")])


def show_numbers(plan: SearchSpec, scores: dict[RunSpec, float]) -> None:
    """The same as a table, folded; nothing before the first one is trained."""
    if settings := tried(plan, scores):
        with fold(say("The numbers of the settings")):
            show.table(
                {
                    say("Setting"): [setting_words(plan, each.setting) for each in settings],
                    say("Mean"): [each.mean for each in settings],
                    say("Each seed"): [scores_words(each.scores) for each in settings],
                    say("Epochs"): [each.epochs for each in settings],
                }
            )
