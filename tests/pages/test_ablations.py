"""Ablations: choose, expect, train both, see; and the line about them on the lesson's pages."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import ModelWeights, Network, TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.specs import ARTICLE, PRESETS, LessonSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.specs import ablations as specs
from digitlab.specs.ablations import ABLATIONS, BASELINE, LONGER_STEPS, SLOW, Outcome
from digitlab.specs.training import SPARSE
from digitlab.ui.ablation import weights as weights_view
from digitlab.ui.session.state import Lab
from digitlab.wording.settings.ablations import title_of
from tests.conftest import finished, wait_until
from tests.pages.test_pages import ROOT
from tests.reading import chart, code, control, open_view, text

SHORT = RunSpec(training=TrainSpec(epochs=1, seed=5))
ONE_EPOCH = replace(BASELINE, training=replace(BASELINE.training, epochs=1))
BY_TITLE = {title_of(ablation): ablation for ablation in (*ABLATIONS, *LONGER_STEPS)}
PREPARE, NETWORK, TRAIN, ABLATIONS_PAGE = "2_Prepare", "3_Network", "4_Train", "14_Ablations"


@pytest.fixture
def one_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """The baseline trains for one epoch, so that a test takes a second."""
    shorter = tuple(replace(ablation, baseline=ONE_EPOCH) for ablation in ABLATIONS)
    monkeypatch.setattr(specs, "ABLATIONS", shorter)
    monkeypatch.setattr(specs, "BASELINE", ONE_EPOCH)
    monkeypatch.setattr(weights_view, "BASELINE", ONE_EPOCH)


def opened(page: str, spec: RunSpec = SHORT, **lab: Any) -> AppTest:
    test = AppTest.from_file(str(ROOT / f"pages/{page}.py"), default_timeout=60)
    test.session_state["digitlab"] = Lab(spec=spec, **lab)
    return again(test)


def again(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def lab_of(test: AppTest) -> Lab:
    return test.session_state["digitlab"]


def ablated(spec: RunSpec = SHORT, **preparation: Any) -> RunSpec:
    return replace(spec, preparation=PrepSpec(**preparation))


def choose(test: AppTest, title: str) -> None:
    test.session_state["ablation_training"] = BY_TITLE[title].name
    again(test)


def press(test: AppTest, label: str) -> None:
    control(test.button, label).click()
    again(test)


def expect(test: AppTest, what: Outcome) -> None:
    control(test.radio, "What do you expect").set_value(what)
    again(test)


def train(test: AppTest, label: str) -> list[Job]:
    """Press the button, and wait for what it trains."""
    press(test, label)
    jobs = lab_of(test).job_groups["ablations"].jobs
    wait_until(lambda: not any(job.active for job in jobs), "the trainings to end")
    again(test)
    return jobs


def read(network: Network | None, pixels: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The answers of a network with one hidden layer of ReLU units, by NumPy alone."""
    assert network is not None
    hidden, hidden_bias, output, output_bias = network.weights
    most = 255 if network.preprocessing == PrepSpec().preprocessing else 1
    inputs = pixels.reshape(len(pixels), -1).astype(np.float32) / most
    return (np.maximum(inputs @ hidden + hidden_bias, 0) @ output + output_bias).argmax(axis=1)


def of_hundred(answers: NDArray[np.intp], data: Dataset) -> str:
    return f"{100 * np.mean(answers == data.y_train[-5000:]):.1f}"


def test_both_are_trained_and_read_the_same_unseen_digits(
    queue: TrainingQueue, mnist: Dataset, one_epoch: None
) -> None:
    test = opened(ABLATIONS_PAGE)
    assert control(test.button, "Train both").disabled  # first the expectation
    expect(test, Outcome.WORSE)
    baseline, changed = train(test, "Train both")
    assert (baseline.spec, changed.spec.preparation) == (
        ONE_EPOCH.with_seed(5),
        PrepSpec(scale=False),
    )
    unseen = mnist.x_train[-5000:]
    before, after = (read(job.result, unseen) for job in (baseline, changed))
    sentence = (
        f"Of 100 unseen digits the baseline reads {of_hundred(before, mnist)}, and the changed "
        f"network reads {of_hundred(after, mnist)}."
    )
    assert sentence in text(test)
    assert (
        "You expected: *It reads fewer digits*. What happens: **It learns almost nothing**."
        in text(test)
    )
    names = [curve["name"] for curve in chart(test, "ablation_loss")["data"]]
    assert names == ["A", "A, validation", "B", "B, validation"]
    assert list(test.dataframe[-1].value["B: loss"]) == [changed.history[0].logs["loss"]]
    assert lab_of(test).job is None  # it is an experiment
    assert not lab_of(test).job_groups  # what has ended is kept, and not held by the session
    choose(test, "Leave out one digit")
    assert control(test.radio, "What do you expect").value is None  # it asks anew
    expect(test, Outcome.WORSE)
    (without,) = train(test, "Train the changed network")
    eights = mnist.y_train[-5000:] == 8
    read_eights = [np.sum(read(job.result, unseen)[eights] == 8) for job in (baseline, without)]
    assert read_eights[1] == 0
    assert (
        f"There are {eights.sum()} unseen pictures of the digit 8. The baseline "
        f"reads {read_eights[0]}, and the changed network reads 0."
    ) in text(test)
    assert "That is what happens: **It reads fewer digits**" in text(test)


def test_keras_refuses_labels_that_are_not_one_hot(queue: TrainingQueue, one_epoch: None) -> None:
    test = opened(ABLATIONS_PAGE)
    choose(test, "Leave out one-hot")
    expect(test, Outcome.REFUSED)
    _, changed = train(test, "Train both")
    assert changed.refusal in [element.value for element in test.code]
    assert "That is what happens: **Keras refuses to train it**" in text(test)
    assert "**sparse** cross-entropy" in text(test)


def test_trained_weights_are_changed_and_the_baseline_stays(
    queue: TrainingQueue, mnist: Dataset, one_epoch: None
) -> None:
    test = opened(ABLATIONS_PAGE)
    test.session_state["view_Ablations"] = "weights"
    again(test)
    (baseline,) = train(test, "Train the baseline")
    expect(test, Outcome.WORSE)
    hidden, hidden_bias, output, output_bias = (array.copy() for array in baseline.result.weights)
    output[np.random.default_rng(5).permutation(128)[:64]] = 0
    unseen = mnist.x_train[-5000:]
    cut = ModelWeights(ONE_EPOCH.network, (hidden, hidden_bias, output, output_bias))
    before, after = read(baseline.result, unseen), read(cut, unseen)
    assert f"the changed network reads {of_hundred(after, mnist)}." in text(test)
    assert f"Of its 5,000 answers, {np.sum(before != after)} changed." in text(test)
    shares = chart(test, "weight_change_accuracy")["data"][0]["y"]
    assert shares[0] == np.mean(before == mnist.y_train[-5000:])
    assert shares[4] == np.mean(after == mnist.y_train[-5000:])
    control(test.select_slider, "Units that are cut").set_value(1)
    again(test)
    assert "What do you expect" not in text(test)
    assert f"reads {100 * shares[1]:.1f}." in text(test)


def test_a_longer_step_is_compared_with_the_articles_recipe() -> None:
    test = opened(ABLATIONS_PAGE)
    test.session_state["view_Ablations"] = "steps"
    again(test)
    assert "SGD(learning_rate=0.1)" in code(test)
    press(test, "Use these settings on Train")
    longer = replace(SLOW.training, learning_rate=0.1, seed=5)
    assert lab_of(test).spec == replace(SLOW, training=longer)


@pytest.mark.parametrize("page", [PREPARE, NETWORK, TRAIN])
def test_what_is_changed_is_named_and_taken_back(page: str) -> None:
    test = opened(page, ablated(label_noise=0.6))
    assert "Changed on purpose: 60\N{NO-BREAK SPACE}% label noise." in text(test)
    press(test, "Take it back")
    assert lab_of(test).spec == SHORT
    assert "Changed on purpose" not in text(test)


def test_back_to_the_article_takes_it_back_and_a_preset_does_not() -> None:
    test = opened(TRAIN, ablated(scale=False))
    press(test, "Back to the article")
    assert lab_of(test).spec == ARTICLE.with_seed(5)
    test = opened(NETWORK, ablated(scale=False))
    control(test.pills, "Network").set_value("ReLU 128")
    again(test)
    spec = lab_of(test).spec
    assert (spec.network, spec.preparation.scale) == (PRESETS["ReLU 128"].network, False)


def test_prepare_shows_what_is_left_out(mnist: Dataset) -> None:
    test = opened(PREPARE, ablated(scale=False, one_hot=False, data_share=0.01, dropped_digit=5))
    shown = code(test)
    assert "few = int(0.01 * len(x_train))" in shown
    shown += code(open_view(test, "scale"))
    assert "/= 255" not in shown
    title = chart(test, "histogram_after")["layout"]["title"]["text"]
    assert title == "After: values from 0 to 255"
    assert "are 0 to 255. They did not change." in text(test)
    shown += code(open_view(test, "one_hot"))
    assert "to_categorical" not in shown
    assert [metric.label for metric in test.metric] == [
        "Before: `y_train[8]`",
        "After: `y_train[8]`",
    ]
    open_view(test, "arrays")
    left = (mnist.y_train[:600] != 5).sum()
    assert test.code[-1].value == f"({left}, 784) (10000, 784)\n({left},) (10000,)\n7\n0"
    assert "decimal numbers from 0 to 255. Its label is still 1." in text(test)


def test_the_sparse_loss_mends_a_refusal_on_train(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    run = ablated(trained.spec, one_hot=False)
    test = opened(TRAIN, run, earlier=finished(trained))
    press(test, "Train")
    job = lab_of(test).job
    wait_until(lambda: not job.active, "the refusal")
    again(test)
    assert job.state is JobState.FAILED
    assert job.refusal.startswith(
        "ValueError: Arguments `target` and `output` must have the same rank"
    )
    assert job.refusal in [element.value for element in test.code]
    press(test, "Take the loss Sparse cross-entropy")
    assert lab_of(test).spec == replace(run, training=replace(run.training, loss=SPARSE))


def test_a_failure_of_the_labs_own_is_not_called_kerass() -> None:
    job = Job(SHORT, "me")
    job.give_up(JobState.FAILED, Reason(ReasonCode.FAILED, {"error": "OSError"}))
    test = opened(TRAIN, job=job)
    sentence = "The training failed (OSError). Change a control and try again."
    assert [error.value for error in test.error] == [sentence]
    assert job.refusal == ""


def test_bad_luck_and_bad_labels_get_different_advice(trained: TrainedNetwork) -> None:
    for run, advice in (
        (SHORT, "Train for more epochs"),
        (ablated(shuffle_labels=True), "You changed this on purpose: shuffled labels."),
    ):
        (record,) = trained.history
        history = (replace(record, logs={**record.logs, "accuracy": 0.1}),)
        test = opened(TRAIN, run, job=finished(replace(trained, spec=run, history=history)))
        assert advice in test.warning[0].value


def test_a_lesson_locks_what_is_changed() -> None:
    lesson = LessonSpec(ablated(scale=False), fixed=frozenset({"preparation"}))
    test = opened(TRAIN, ablated(scale=False), lesson=lesson, arrived=True)
    assert "Changed on purpose: no scaling." in text(test)
    assert "Take it back" not in [button.label for button in test.button]
    test = opened(ABLATIONS_PAGE, ablated(scale=False), lesson=lesson, arrived=True)
    choose(test, "Shuffle the labels")  # an experiment changes nothing of the lesson
    assert "Use these settings on Train" not in [button.label for button in test.button]
    hidden = replace(lesson, fixed=frozenset(), hidden=frozenset({"preparation"}))
    test = opened(TRAIN, ablated(scale=False), lesson=hidden, arrived=True)
    assert "Changed on purpose" not in text(test)


def test_a_lesson_without_one_hot_trains_with_the_loss_that_fits() -> None:
    locked = LessonSpec(ablated(one_hot=False), fixed=frozenset({"preparation"}))
    article = Lab(lesson=locked).article
    assert not article.preparation.one_hot
    assert article.labels_fit
