"""Robustness: spoiled digits, reject option, calibration, scribbles, with a real worker."""

import io
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.analysis import confidence
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.compute.tasks import distorted_accuracy
from digitlab.data.mnist import Dataset
from digitlab.export.lesson import Lesson
from digitlab.export.script import script
from digitlab.preprocess import drawing_to_digit
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.preprocess.scribbles import SCRIBBLES, picture, received
from digitlab.records.networks import ModelWeights, TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.uploads.models.isolated import read_isolated
from digitlab.uploads.models.parsed import evaluate_model
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.shares import hundredths
from tests.conftest import finished, wait_until
from tests.export.pieces import missing
from tests.pages.exam import examined
from tests.pages.test_draw import canvas_state
from tests.pages.test_pages import ROOT, words
from tests.reading import captions, control
from tests.uploads.models.making import saved


@pytest.fixture
def lab(trained: TrainedNetwork) -> Lab:
    return examined(Lab(job=finished(trained)))


def asked_here(
    network: ModelWeights,
    task: Any,
    *arguments: Any,
) -> Any:
    return task(network, *arguments)


def open_view(lab: Lab, name: str = "spoil", **state: object) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/11_Robustness.py"), default_timeout=60)
    test.session_state["digitlab"] = lab
    test.session_state["view_Robustness"] = name
    for key, value in state.items():
        test.session_state[key] = value
    test.run()
    assert not test.exception
    return test


def test_ten_digits_are_spoiled_and_read(
    lab: Lab, queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset
) -> None:
    test = open_view(lab)
    control(test.radio, "What happens").set_value("turn").run()
    control(test.slider, "Turn, degrees").set_value(75).run()
    assert not test.exception
    places = [int(np.flatnonzero(mnist.y_test == digit)[0]) for digit in range(10)]
    answers = queue.predict(trained, DISTORTIONS["turn"].apply(mnist.x_test[places], 75))
    expected = [
        f"{'✓' if answer.argmax() == digit else '✗'} read as {answer.argmax()} "
        f"({100 * answer.max():.0f}\N{NO-BREAK SPACE}%)"
        for digit, answer in enumerate(answers)
    ]
    assert captions(test) == expected
    right = sum(caption.startswith("✓") for caption in expected)
    before = int((trained.probabilities[places].argmax(axis=1) == np.arange(10)).sum())
    assert (
        f"It reads **{before}** of these ten digits as they are, and **{right}** after this "
        "change: turn by 75°." in words(test)
    )
    assert (
        f"Your network reads {right} of ten test digits after this change: turn by 75°."
        in words(test)
    )


def test_survey_reads_what_keras_reads(lab: Lab, trained: TrainedNetwork, mnist: Dataset) -> None:
    import keras

    test = open_view(lab, "strength")
    next(b for b in test.button if b.label == "Change them all").click().run()
    (background_task,) = lab.background_tasks.values()
    wait_until(lambda: not background_task.active, "the study")
    survey = background_task.result
    assert survey is not None
    assert {kind: len(shares) for kind, shares in survey.items()} == {
        kind: len(distortion.strengths) for kind, distortion in DISTORTIONS.items()
    }
    count = limits.SPOILED_DIGITS
    plain = np.mean(trained.probabilities[:count].argmax(axis=1) == mnist.y_test[:count])
    for kind, distortion in DISTORTIONS.items():
        assert survey[kind][distortion.strengths.index(0)] == plain
    model = keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(10, "sigmoid"), keras.layers.Dense(10, "softmax")]
    )
    model.set_weights(list(trained.weights))
    moved = np.roll(mnist.x_test[:count], 4, axis=2)
    moved[:, :, :4] = 0
    read = np.asarray(model(moved.reshape(-1, 784) / np.float32(255))).argmax(axis=1)
    assert survey["shift"][4] == np.mean(read == mnist.y_test[:count])

    test.run()
    assert f"It reads **{100 * plain:.0f}** of 100 digits as they are." in words(test)
    assert f"- shift by 3 pixels: {100 * survey['shift'][3]:.0f} of 100" in words(test)
    assert "first dense layer has its own weight for each pixel" in words(test)
    rows = test.dataframe[0].value.itertuples(index=False, name=None)
    assert [(strength, share) for _, strength, share in rows] == [
        (strength, share)
        for kind, shares in survey.items()
        for strength, share in zip(DISTORTIONS[kind].strengths, shares, strict=True)
    ]
    assert "Change them all" not in [button.label for button in test.button]
    # Another network, another study.
    lab.job = finished(replace(trained, probabilities=trained.probabilities[::-1].copy()))
    test.run()
    assert "Change them all" in [button.label for button in test.button]


def test_threshold_is_counted(lab: Lab, trained: TrainedNetwork, mnist: Dataset) -> None:
    test = open_view(lab, "doubt")
    slider = control(test.slider, "Answer only")
    assert slider.value == confidence.usual_threshold(trained.probabilities)
    slider.set_value(25).run()
    sure = trained.probabilities.max(axis=1) >= 0.25
    right = trained.probabilities.argmax(axis=1) == mnist.y_test
    said = (
        f"It answers **{sure.sum():,}** of 10,000 test digits. **{(sure & right).sum():,}** of "
        "these"
    )
    assert said in words(test)
    assert f"It says *I don't know* **{(~sure).sum():,} times**" in words(test)
    assert (
        f"answers {sure.sum():,} of 10,000 test digits with a threshold of 25\N{NO-BREAK SPACE}%"
        in words(test)
    )
    assert [metric.value for metric in test.metric] == [
        f"{100 * sure.mean():.1f}\N{NO-BREAK SPACE}%",
        f"{100 * right[sure].mean():.1f}\N{NO-BREAK SPACE}%",
    ]
    table = test.dataframe[0].value
    assert table["Answered"][25] == sure.sum()
    slider = control(test.slider, "Answer only")
    slider.set_value(99).run()
    assert not test.exception
    assert "answers none of 10,000" in words(test)


def test_calibration_says_how_far_it_is_off(
    lab: Lab, trained: TrainedNetwork, mnist: Dataset
) -> None:
    test = open_view(lab, "calibration")
    bins = confidence.reliability(mnist.y_test, trained.probabilities)
    assert f"Here it is **{100 * confidence.calibration_error(bins):.1f}** of 100" in words(test)
    assert "**underconfident**" in words(test)  # after one epoch it hardly dares
    control(test.select_slider, "How sure it is").set_value(1).run()
    assert f"It is 10–20\N{NO-BREAK SPACE}% sure for **{bins[1].count:,}** test digits" in words(
        test
    )
    right = bins[1].accuracy * bins[1].count
    assert (
        f"reads **{right:,.0f}** of these correctly: {100 * bins[1].accuracy:.0f} of 100"
        in words(test)
    )
    filled = [bin_.count for bin_ in bins if bin_.count]
    assert test.dataframe[0].value["Digits"].tolist() == filled


def test_scribbles_are_answered_or_doubted(
    lab: Lab, queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    test = open_view(lab, "scribble")
    control(test.slider, "Answer only").set_value(0).run()
    answers = queue.predict(trained, received())
    assert captions(test) == [
        f"{name}: read as {ten.argmax()} ({100 * ten.max():.0f}\N{NO-BREAK SPACE}%)"
        for name, ten in zip(SCRIBBLES, answers, strict=True)
    ]
    control(test.slider, "Answer only").set_value(99).run()
    assert all("I don't know" in caption for caption in captions(test))
    assert f"to **{len(SCRIBBLES)}** of the {len(SCRIBBLES)}" in words(test)
    assert any("anything but a digit" in info.value for info in test.info)


def test_a_drawing_of_ones_own_is_doubted_too_and_can_be_taken_home(
    lab: Lab, queue: TrainingQueue, trained: TrainedNetwork, offered: dict[str, bytes]
) -> None:
    drawn = picture(SCRIBBLES["letter X"])
    answers = queue.predict(trained, drawing_to_digit(drawn).digit[None])[0]
    test = open_view(lab, "scribble", scribble_0=canvas_state(drawn))
    with Image.open(io.BytesIO(offered["digit.png"])) as file:
        np.testing.assert_array_equal(file, drawing_to_digit(drawn).digit)
    best = f"**{answers.argmax()}**"
    control(test.slider, "Answer only").set_value(99).run()
    assert f"**I don't know.** Its best guess is {best}" in words(test)
    control(test.slider, "Answer only").set_value(0).run()
    assert f"It reads {best} with {100 * answers.max():.0f}\N{NO-BREAK SPACE}%" in words(test)
    assert lab.sketch.pixels is None  # Draw has its own canvas
    next(button for button in test.button if button.label == "Clear").click().run()
    assert lab.scribble.pixels is None


def test_a_network_from_a_file_is_spoiled_too(queue: TrainingQueue, mnist: Dataset) -> None:
    import keras

    keras.utils.set_random_seed(2)
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(2, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(10),
        ]
    )
    read = read_isolated(saved(model))
    shares = np.asarray(keras.ops.softmax(model(mnist.x_test[..., None] / np.float32(255))))
    lab = examined(Lab(uploaded=evaluate_model(read, "mine.keras", shares, mnist.y_test)))
    for view in ("spoil", "doubt", "calibration", "scribble"):
        test = open_view(lab, view)
        assert not test.error
        assert "What you have seen" in words(test)
    assert lab.uploaded is not None
    plain = ModelWeights.of(lab.uploaded)
    right = (shares.argmax(axis=1) == mnist.y_test)[: limits.SPOILED_DIGITS]
    stack = plain.architecture
    ask = partial(asked_here, plain)
    assert distorted_accuracy.share_right(ask, stack, "noise", 0) == right.mean()
    survey = {kind: (0.5,) * len(distortion.strengths) for kind, distortion in DISTORTIONS.items()}
    survey["shift"] = tuple(np.linspace(0.9, 0.1, len(survey["shift"])))
    name = f"robustness_{crc32(lab.uploaded.probabilities.tobytes())}"
    finished: Any = SimpleNamespace(active=False, result=survey, problem="")
    lab.background_tasks[name] = finished
    assert "Its convolutions look for the same small patterns" in words(open_view(lab, "strength"))
    survey["shift"] = (0.5,) * len(survey["shift"])
    assert "changes very little in what it reads" in words(open_view(lab, "strength"))


def test_missing_workers_are_said_in_a_sentence(
    lab: Lab, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: Path) -> None:
        raise EngineError(Problem.NO_WORKERS)

    monkeypatch.setattr(type(queue), "predict", unreachable)
    for view in ("spoil", "scribble"):
        test = open_view(lab, view)
        assert [error.value for error in test.error] == [problem_words(Problem.NO_WORKERS)]


@pytest.mark.parametrize(("share", "said"), [(0.714, "71"), (0.9996, "over 99"), (1.0, "100")])
def test_less_than_all_is_never_called_all(share: float, said: str) -> None:
    assert hundredths(share) == said


@pytest.mark.parametrize("view", ["doubt", "calibration", "scribble"])
def test_code_of_each_view_is_taken_home(lab: Lab, trained: TrainedNetwork, view: str) -> None:
    program = script(Lesson.of(trained.spec))
    (piece,) = [code.value for code in open_view(lab, view).code]
    assert missing(piece, program) == []


@pytest.mark.parametrize("view", ["strength", "doubt", "calibration"])
def test_before_the_exam_nothing_is_counted_over_the_test_set(
    queue: TrainingQueue, trained: TrainedNetwork, view: str
) -> None:
    test = open_view(Lab(job=finished(trained)), view)
    assert "You see it here after the **exam**." in words(test)
    assert not captions(test)
    assert not test.metric
    assert not test.dataframe
    assert not test.get("plotly_chart")
    assert "Change them all" not in [button.label for button in test.button]
