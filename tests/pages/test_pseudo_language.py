"""In the pseudo-language no words stand outside brackets, on the pages that are converted."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.analysis import seed_runs
from digitlab.compute.service import TrainingQueue
from digitlab.records.exam import exam_key
from digitlab.records.job import Job, new_id
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord, Interruption
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.ui.shell import path
from digitlab.wording.pseudo import NAME
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import ROOT
from tests.shown_words import shown, unsaid

CONVERTED = (
    *("Start", "Guided hour", "For teachers"),
    *("Data", "Prepare", "Network", "Learn", "Train", "Evaluate", "Predict", "Draw"),
    *("Look inside", "Replay", "Luck", "Choose", "Robustness", "Ablations"),
    *("Then and now", "What next", "Runs"),
)
"""Pages all of whose words are said through the catalogue. It grows until it has all of them."""

VIEWS = [
    (step, view) for name in CONVERTED for step in [path.step(name)] for view in step.views or [""]
]


def untranslated(
    step: path.Step, view: str, lab: Lab | None, selected: Collection[int] = ()
) -> list[str]:
    """The texts of a view that hold words which nobody could translate.

    Args:
        step: the page.
        view: of it, "" if it has none.
        lab: the session, None for a new one.
        selected: rows of the first table that are ticked.
    """
    page = AppTest.from_file(str(ROOT / step.file), default_timeout=30)
    page.query_params["lang"] = NAME
    if lab is not None:
        page.session_state["digitlab"] = lab
    if view:
        page.session_state[key_of(step.name)] = view
    page.run()
    if selected:
        key = page.dataframe[0].key
        assert key is not None
        page.session_state[key] = {"selection": {"rows": [*selected], "columns": [], "cells": []}}
        page.run()
    assert not page.exception
    return [f"{kind}: {text}" for kind, text in shown(page) if unsaid(text)]


@pytest.mark.parametrize(("step", "view"), VIEWS, ids=[f"{s.name}-{v}" for s, v in VIEWS])
def test_a_view_says_nothing_outside_the_catalogue(
    queue: TrainingQueue, trained: TrainedNetwork, step: path.Step, view: str
) -> None:
    assert untranslated(step, view, None) == []
    assert untranslated(step, view, Lab(job=finished(trained))) == []
    assert untranslated(step, view, examined(Lab(job=finished(trained)))) == []


KEPT = {
    "finished": (ARTICLE, None),
    "another metric": (
        RunSpec(training=TrainSpec(metric="top_k_categorical_accuracy", loss="mean_squared_error")),
        None,
    ),
    "validated": (PRESETS["ReLU 128"], None),
    "stopped": (
        replace(ARTICLE, training=replace(ARTICLE.training, rate_changes=((1, 0.1),), epochs=7)),
        Interruption.STOP,
    ),
    "out of time": (ARTICLE, Interruption.TOO_LONG),
    "paused": (RunSpec(NetworkSpec((), convolutions=(4, 8))), Interruption.PAUSE),
    "ablated": (
        RunSpec(
            NetworkSpec((HiddenLayer(9, "relu"), HiddenLayer(8, "tanh")), use_bias=False),
            TrainSpec(zero_start=True, validation_share=0.2),
            PrepSpec(False, False, 0.1, 3, 0.2, True),
        ),
        None,
    ),
}
"""Runs by what is said of them: their settings, and what ended them."""


@pytest.fixture
def kept(queue: TrainingQueue, trained: TrainedNetwork) -> Lab:
    """A visitor with all of these, the newest first, and with one that failed."""
    lab = Lab(owner=new_id())
    for spec, interruption in KEPT.values():
        logs = {"loss": 1.0, spec.training.metric: 0.5}
        if spec.training.validation_share:
            logs |= {"val_loss": 1.1, f"val_{spec.training.metric}": 0.4}
        history = tuple(EpochRecord(epoch, 600, 0.5, logs) for epoch in range(5))
        job = Job(spec, lab.owner)
        job.finish(replace(trained, spec=spec, history=history, interruption=interruption))
        services.repository().save(job)
    services.repository().save(
        Job(ARTICLE, lab.owner, state=JobState.FAILED, reason=Reason(ReasonCode.WORKER_DIED))
    )
    assert services.repository().flush(10)
    return lab


def test_one_run_says_nothing_outside_the_catalogue(kept: Lab) -> None:
    for row, _ in enumerate(["failed", *KEPT]):
        assert untranslated(path.step("Runs"), "", kept, [row]) == [], row


def test_a_run_in_use_and_another_s_say_nothing_outside_the_catalogue(
    kept: Lab, trained: TrainedNetwork
) -> None:
    for job in (finished(trained), Job(ARTICLE, kept.owner, state=JobState.RUNNING)):
        kept.start(job)  # the first one is another visitor's
        assert untranslated(path.step("Runs"), "", kept, [0]) == [], job.state


def test_runs_compared_say_nothing_outside_the_catalogue(kept: Lab) -> None:
    runs = services.repository().owned(kept.owner)
    assert untranslated(path.step("Runs"), "", kept, range(len(runs))) == []
    kept.shared.exams = {exam_key(run.spec, run.history) for run in runs}
    oldest = len(KEPT)
    for row in range(oldest):
        assert untranslated(path.step("Runs"), "", kept, [row, oldest]) == [], row


def test_two_recipes_say_nothing_outside_the_catalogue(kept: Lab, trained: TrainedNetwork) -> None:
    fast = replace(ARTICLE, training=replace(ARTICLE.training, learning_rate=0.1))
    for seed in range(10):
        spec = (ARTICLE, fast)[seed % 2].with_seed(seed // 2)
        job = Job(spec, kept.owner)
        job.finish(replace(trained, spec=spec, test_accuracy=0.5 + 0.03 * seed))
        services.repository().save(job)
    assert services.repository().flush(10)
    kept.spec = ARTICLE
    for rival, (spec, _) in {"fast": (fast, None), **KEPT}.items():
        kept.rival = seed_runs.recipe_of(spec)
        assert untranslated(path.step("Luck"), "rivals", kept) == [], rival


def test_words_outside_the_catalogue_are_found() -> None:
    assert unsaid("⟦It reads ⟧an eight⟦. øø⟧") == ["an", "eight"]
    assert unsaid("⟦It reads ⟧8⟦ with ⟧⟦much ⟧⟦. øø⟧ `fit` $\\sigma$ :gray[⟦a⟧] **Keras**") == []
