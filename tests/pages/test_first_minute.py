"""The first minute: the front page's button, the canvas beside the training, the article's way."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.job import Job
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import DigitSet, Score
from digitlab.records.training import EpochRecord
from digitlab.specs import ARTICLE, FIRST, LessonSpec, NetworkSpec
from digitlab.ui.session.state import Lab
from digitlab.ui.train.outcome import read_words
from tests import reading
from tests.conftest import finished
from tests.pages.test_pages import open_page, words

DRAW = "pages/7_Draw.py"
BUILD = "Build the article's network"
HISTORY = tuple(
    EpochRecord(epoch, 422, 0.3, {"loss": 0.2, "accuracy": 0.984, "val_accuracy": 0.973})
    for epoch in range(5)
)


def labels(test: AppTest) -> list[str]:
    return [button.label for button in test.button]


def pictures(test: AppTest) -> list[Any]:
    """Alternative texts of the plain pictures."""
    return [picture["alt"] for row in reading.rows_of_pictures(test) for picture in row]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """What pages ask a queue that never trains."""
    jobs: list[Job] = []
    queue = SimpleNamespace(
        submit=lambda job: jobs.append(job) or job,
        find=lambda job_id: next((job for job in jobs if job.id == job_id), None),
        touch=lambda job_id: None,
        ready=True,
        position=lambda job: 0,
        expected_wait=lambda job: 2.0,
    )
    for module in (
        "ui.session.begin_training",
        "ui.widgets.progress",
        "ui.widgets.training_words",
        "ui.shell.frame",
        "ui.session.address",
    ):
        monkeypatch.setattr(f"digitlab.{module}.queue", lambda: queue)
    return jobs


@pytest.fixture
def first(trained: TrainedNetwork) -> TrainedNetwork:
    """The network of the front page's button."""
    return replace(trained, spec=FIRST.with_seed(12), history=HISTORY)


def test_the_button_trains_a_network_that_reads_well(asked: list[Job]) -> None:
    lab = Lab(spec=ARTICLE.with_seed(12))
    reading.press(open_page("app.py", lab), "Train a network now")
    assert [job.spec for job in asked] == [FIRST.with_seed(12)]
    assert lab.spec == FIRST.with_seed(12), "the controls say what is trained"


@pytest.mark.parametrize("locked", ["network", "optimizer", "epochs", "preparation"])
def test_in_a_lesson_the_button_trains_the_lessons_recipe(locked: str) -> None:
    taught = replace(ARTICLE.with_seed(3), network=NetworkSpec(hidden=()))
    lab = Lab(spec=taught, lesson=LessonSpec(taught, fixed=frozenset({locked})))
    assert lab.first == lab.article
    assert lab.lesson.lock(lab.first) == lab.first


@pytest.mark.parametrize("locked", [frozenset[str](), frozenset({"seed"}), frozenset({"sample"})])
def test_a_lesson_that_leaves_the_recipe_free_does_not_change_the_button(
    locked: frozenset[str],
) -> None:
    lab = Lab(spec=ARTICLE.with_seed(3), lesson=LessonSpec(ARTICLE.with_seed(3), hidden=locked))
    assert lab.first == FIRST.with_seed(3)


def test_while_it_learns_draw_has_its_canvas_and_the_live_curves(asked: list[Job]) -> None:
    job = Job(FIRST, "me", history=HISTORY[:2])
    asked.append(job)
    test = reading.checked(open_page(DRAW, Lab(job=job)))
    assert "Your network is learning. You can already draw" in words(test)
    assert {"Undo", "Redo", "Clear"} <= set(labels(test)), "the canvas"
    assert pictures(test) == [
        "Two charts with curves. Epochs done: 2 of 5. Training loss: from 0.2000 to 0.2000. "
        "Accuracy: from 0.9840 to 0.9840."
    ]
    assert not test.get("plotly_chart"), "its code would come too late"
    assert "Train the article's network here" not in labels(test)


def test_then_it_says_what_it_reads(queue: TrainingQueue, first: TrainedNetwork) -> None:
    said = words(open_page(DRAW, Lab(job=finished(first))))
    assert "Your network reads 97 of 100 validation digits" in said
    assert "Draw one large digit in the middle" in said


def test_what_misses_some_digits_never_reads_all() -> None:
    assert "reads over 99 of 100 validation" in read_words(Score(DigitSet.VALIDATION, 0.9962))
    assert "reads 100 of 100 validation" in read_words(Score(DigitSet.VALIDATION, 1.0))


def test_after_a_drawing_the_way_leads_to_the_articles_network(
    queue: TrainingQueue, first: TrainedNetwork
) -> None:
    lab = Lab(job=finished(first), spec=first.spec)
    assert BUILD not in labels(open_page(DRAW, lab)), "nothing is drawn yet"
    lab.seen.add("Draw")
    test = open_page(DRAW, lab)
    assert "In its last epoch yours read 98 of 100 training digits" in words(test)
    assert "The article's network reads about 72" in words(test)
    test.button(key="to_article").click().run()
    assert lab.spec == ARTICLE.with_seed(12)
    assert lab.trained is not None
    assert lab.trained.spec == first.spec, "the network stays until another one is trained"


def test_no_other_network_and_no_lesson_has_that_way(
    queue: TrainingQueue, first: TrainedNetwork, trained: TrainedNetwork
) -> None:
    other = Lab(job=finished(trained), seen={"Draw"})
    assert BUILD not in labels(open_page(DRAW, other))
    lesson = LessonSpec(first.spec, fixed=frozenset({"network"}))
    taught = Lab(job=finished(first), lesson=lesson, seen={"Draw"}, arrived=True)
    assert BUILD not in labels(open_page(DRAW, taught))
