"""Replay: a run seen again epoch by epoch, under AppTest with a real worker."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.analysis.evaluation import confusion_matrix
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.checkpoint import EpochWeights
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.wording.problems.reasons import problem_words
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import open_page, words
from tests.reading import chart, checked, code, control, text

PAGE = "pages/9_Replay.py"
DIGIT, TEST, CURVES, WEIGHTS = path.step("Replay").views


def turn_to(page: AppTest, view: str) -> AppTest:
    """The page after its view was chosen."""
    return checked(page.segmented_control(key="view_Replay").set_value(view).run())


@pytest.fixture
def lab(trained: TrainedNetwork) -> Lab:
    return examined(Lab(job=finished(trained)))


@pytest.fixture
def page(queue: TrainingQueue, lab: Lab) -> AppTest:
    """All test digits, after the exam."""
    return turn_to(open_page(PAGE, lab), TEST)


@pytest.fixture(scope="module")
def untrained(trained: TrainedNetwork, mnist: Dataset) -> np.ndarray:
    """What the network answered to the test digits before it learned."""
    from digitlab.engine.inference import probabilities

    return probabilities(trained.at(trained.epochs[0]), mnist.x_test)


@pytest.fixture
def thinned(trained: TrainedNetwork) -> TrainedNetwork:
    """A training of five epochs, of which not all are kept."""
    arrays = trained.epochs[0].arrays
    return replace(
        trained,
        history=trained.history * 5,
        replay=tuple(EpochWeights(epoch, arrays) for epoch in (0, 2, 4)),
    )


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def shown_matrix(page: AppTest) -> list[list[int]]:
    rows = chart(page, "replay_matrix")["data"][0]["text"]
    return [[int(count.replace(",", "")) for count in row] for row in rows]


def test_it_begins_before_the_network_learned(
    page: AppTest, untrained: np.ndarray, mnist: Dataset
) -> None:
    assert shown_matrix(page) == confusion_matrix(mnist.y_test, untrained).tolist()
    right = np.mean(untrained.argmax(axis=1) == mnist.y_test)
    assert f"read {100 * right:.0f} of 100 test digits **before it learned**" in text(page)
    assert "Back" in [button.label for button in page.button if button.disabled]


def test_the_next_epoch_brings_everything_along(
    page: AppTest, lab: Lab, trained: TrainedNetwork, untrained: np.ndarray, mnist: Dataset
) -> None:
    press(page, "Next")
    assert not page.exception
    matrix = confusion_matrix(mnist.y_test, trained.probabilities)
    assert shown_matrix(page) == matrix.tolist()
    gain = np.trace(matrix) - np.sum(untrained.argmax(axis=1) == mnist.y_test)
    assert f"{gain:,} more of the 10,000 than before it learned" in text(page)
    for view, key in ((CURVES, "replay_curves"), (DIGIT, "replay_course")):
        turn_to(page, view)
        assert chart(page, key)["layout"]["shapes"][0]["x0"] == 1
        assert 'load_model("epoch_01.keras")' in code(page)
        assert control(page.select_slider, "Epoch").value == 1
        assert "Next" in [button.label for button in page.button if button.disabled]
    turn_to(page, TEST)
    control(page.select_slider, "Epoch").set_value(0).run()
    assert "**before it learned**" in text(page)
    press(page, "Next")
    other_page = open_page(PAGE, lab)
    assert control(other_page.select_slider, "Epoch").value == 1  # the session remembers


def test_the_course_of_one_digit_is_what_the_network_said(
    page: AppTest, trained: TrainedNetwork, untrained: np.ndarray, mnist: Dataset
) -> None:
    turn_to(page, DIGIT)
    control(page.number_input, "Test digit").set_value(42).run()
    table = next(dataframe.value for dataframe in page.dataframe if "9" in dataframe.value.columns)
    assert table["Epoch"].tolist() == [0, 1]
    said = table[[str(digit) for digit in range(10)]].to_numpy()
    np.testing.assert_allclose(said[0], untrained[42], atol=1e-6)
    np.testing.assert_allclose(said[1], trained.probabilities[42], atol=1e-6)
    assert f"this {mnist.y_test[42]}" in text(page) or "still wrong" in text(page)


def test_the_weights_are_those_of_the_epoch(page: AppTest, trained: TrainedNetwork) -> None:
    turn_to(page, WEIGHTS)
    for epoch in (0, 1):
        table = next(
            dataframe.value
            for dataframe in page.dataframe
            if "Largest weight" in dataframe.value.columns
        )
        kernel = trained.epochs[epoch].arrays[0]
        np.testing.assert_array_equal(table["Largest weight"], kernel.max(axis=0))
        assert table["Unit"].tolist() == [f"unit {unit}" for unit in range(10)]
        press(page, "Next") if epoch == 0 else None


def test_the_curves_mark_the_test_accuracy_of_each_epoch_looked_at(
    queue: TrainingQueue, thinned: TrainedNetwork
) -> None:
    lab = examined(Lab(job=finished(thinned)))
    page = turn_to(open_page(PAGE, lab), CURVES)
    assert "test accuracy" in str(chart(page, "replay_curves"))
    assert lab.replay is not None
    assert list(lab.replay.accuracies) == [0, 5]  # the first moment, and the last
    press(page, "Next")
    assert list(lab.replay.accuracies) == [0, 5, 2]
    turn_to(page, DIGIT)
    press(page, "Next")
    assert control(page.select_slider, "Epoch").value == 4
    assert list(lab.replay.accuracies) == [0, 5, 2]


def test_each_moment_is_asked_for_once(
    page: AppTest, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, "Next")
    asked = []
    monkeypatch.setattr(
        "digitlab.ui.replay.training_replay.queue", lambda: asked.append(1) or queue
    )
    press(page, "Back")
    press(page, "Next")
    assert asked == []
    turn_to(page, DIGIT)
    control(page.number_input, "Test digit").set_value(42).run()
    assert asked == [1]


def test_thinned_epochs_are_named(queue: TrainingQueue, thinned: TrainedNetwork) -> None:
    page = open_page(PAGE, Lab(job=finished(thinned)))
    assert not page.exception
    assert "kept those of the epochs 0, 2, 4 and 5." in words(page)
    assert control(page.select_slider, "Epoch").options == ["0: start", "2", "4", "5"]


def test_without_kept_epochs_it_says_what_to_do(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    page = open_page(PAGE, Lab(job=finished(replace(trained, replay=()))))
    assert not page.exception
    assert "Train it once more: the same seed gives the same numbers." in words(page)
    assert not page.get("plotly_chart")


def test_a_network_from_a_file_has_no_story(
    queue: TrainingQueue, lab: Lab, trained: TrainedNetwork
) -> None:
    from digitlab.architecture.stack import LayerStack
    from digitlab.uploads.models.parsed import UploadedModel

    lab.uploaded = UploadedModel(
        "x.keras",
        LayerStack.of(trained.architecture),
        trained.weights,
        trained.probabilities,
        trained.test_accuracy,
        trained.test_loss,
    )
    page = open_page(PAGE, lab)
    assert not page.exception
    assert "holds only the last weights" in words(page)


def test_without_an_answer_the_slider_stays_and_the_page_says_why(
    queue: TrainingQueue, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*arguments: Any) -> None:
        raise EngineError(Problem.BUSY)

    monkeypatch.setattr(queue.asking, "predict_test", busy)
    page = open_page(PAGE, lab)
    page.segmented_control(key="view_Replay").set_value(TEST).run()
    assert not page.exception
    assert "What you have seen:** You can see your network at" in text(page)
    assert [error.value for error in page.error] == [problem_words(Problem.BUSY)]
    assert "Next" in [button.label for button in page.button if not button.disabled]


def test_before_the_exam_it_shows_a_digit_the_curves_and_the_weights(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    page = open_page(PAGE, Lab(job=finished(trained)))
    press(page, "Next")
    assert not page.exception
    assert chart(page, "replay_course")
    turn_to(page, TEST)
    assert not page.get("plotly_chart")
    assert "You see it here after the **exam**." in words(page)
    turn_to(page, CURVES)
    assert "test accuracy" not in str(chart(page, "replay_curves"))
    assert "What you have seen:** The training loss" in text(page)
    turn_to(page, WEIGHTS)
    assert "Smallest weight" in page.dataframe[0].value
    assert "What you have seen:** You can see your network at" in text(page)
