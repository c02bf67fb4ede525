"""Break it on purpose, on Prepare and Train: choose, expect, train both, see; and mend."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.specs import (
    ARTICLE,
    PRESETS,
    HiddenLayer,
    LessonSpec,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    TrainSpec,
)
from digitlab.specs.ablations import ABLATIONS, Outcome, without_ablations
from digitlab.specs.training import SPARSE
from digitlab.ui.session.state import Lab
from digitlab.wording.ablations import title_of
from tests.conftest import finished, wait_until
from tests.pages.test_pages import ROOT
from tests.reading import chart, code, control, text

SHORT = RunSpec(training=TrainSpec(epochs=1, seed=5))
BY_FIELD = {ablation.field: ablation for ablation in ABLATIONS}
BY_TITLE = {title_of(ablation): ablation.field for ablation in ABLATIONS}
PREPARE, NETWORK, TRAIN = "2_Prepare", "3_Network", "4_Train"


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
    control(test.pills, "What do you break?").set_value(BY_TITLE[title])
    again(test)


def press(test: AppTest, label: str) -> None:
    control(test.button, label).click()
    again(test)


def expect(test: AppTest, what: Outcome) -> None:
    control(test.radio, "What do you expect").set_value(what)
    again(test)


@pytest.mark.parametrize("page", [PREPARE, TRAIN])
def test_what_is_chosen_is_broken_and_mended(page: str) -> None:
    test = opened(page)
    assert "Broken on purpose" not in text(test)
    choose(test, "Put noise into the labels")
    assert lab_of(test).spec == ablated(label_noise=0.2)
    control(test.select_slider, "Share that is replaced").set_value(0.6)
    again(test)
    assert "Broken on purpose: 60\N{NO-BREAK SPACE}% label noise." in text(test)
    choose(test, "Start with all weights at zero")  # one at a time
    assert lab_of(test).spec.preparation == PrepSpec()
    assert lab_of(test).spec.training.zero_start
    press(test, "Mend it")
    assert lab_of(test).spec == SHORT
    assert "Broken on purpose:" not in text(test)


def test_back_to_the_article_mends_and_a_preset_does_not() -> None:
    test = opened(TRAIN, ablated(scale=False))
    press(test, "Back to the article")
    assert lab_of(test).spec == ARTICLE.with_seed(5)
    test = opened(NETWORK, ablated(scale=False))
    assert "Broken on purpose: no scaling." in text(test)
    control(test.pills, "Network").set_value("ReLU 128")
    again(test)
    spec = lab_of(test).spec
    assert (spec.network, spec.preparation.scale) == (PRESETS["ReLU 128"].network, False)


def test_prepare_shows_what_is_left_out(mnist: Dataset) -> None:
    test = opened(PREPARE, ablated(scale=False, one_hot=False, data_share=0.01, dropped_digit=5))
    shown = code(test)
    assert "/= 255" not in shown
    assert "to_categorical" not in shown
    assert "few = int(0.01 * len(x_train))" in shown
    left = (mnist.y_train[:600] != 5).sum()
    assert test.code[-1].value == f"({left}, 784) (10000, 784)\n({left},) (10000,)\n7\n0"
    title = chart(test, "histogram_after")["layout"]["title"]["text"]
    assert title == "After: values from 0 to 255"
    assert [metric.label for metric in test.metric] == ["Before: y_train[8]", "After: y_train[8]"]
    assert "decimals up to 255, and its label stayed 1." in text(test)


def test_both_are_trained_and_the_network_stays(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    test = opened(PREPARE, trained.spec, job=finished(trained))
    choose(test, "Shuffle the labels")
    assert "You have trained the whole one already." in [caption.value for caption in test.caption]
    assert control(test.button, "Train the broken one").disabled  # first the expectation
    expect(test, Outcome.NOTHING)
    press(test, "Train the broken one")
    (job,) = lab_of(test).job_groups["break"].jobs
    assert job.spec == ablated(trained.spec, shuffle_labels=True)
    wait_until(lambda: not job.active, "the training to end")
    again(test)
    right = 100 * trained.test_accuracy
    assert (
        "You expected: *It learns next to nothing*. So it is: **It learns next to nothing**. "
        f"The whole one reads {right:.1f} and the broken one reads "
        f"{100 * job.result.test_accuracy:.1f} of"
    ) in text(test)
    curves = chart(test, "prepare_break_loss")["data"]
    assert [curve["name"] for curve in curves] == ["A", "B"]
    assert curves[0]["y"] == [trained.history[0].logs["loss"]]
    table = test.dataframe[-1].value
    assert list(table["B: loss"]) == [job.history[0].logs["loss"], job.result.test_loss]
    assert lab_of(test).trained is trained
    choose(test, "Leave out the scaling")  # another experiment asks anew
    assert control(test.radio, "What do you expect").value is None


def test_keras_refuses_and_the_sparse_loss_mends_it(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    run = ablated(trained.spec, one_hot=False)
    test = opened(TRAIN, run, earlier=finished(trained))
    press(test, "Train")
    job = lab_of(test).job
    wait_until(lambda: not job.active, "the refusal")
    again(test)
    words = job.refusal
    assert job.state is JobState.FAILED
    assert words.startswith("ValueError: Arguments `target` and `output` must have the same rank")
    assert words in [code.value for code in test.code]
    expect(test, Outcome.REFUSED)  # both are known: it is shown at once
    assert "So it is: **Keras refuses to train it**" in text(test)
    said = "\n".join(caption.value for caption in test.caption)
    assert "Both are on the page Runs" in said
    assert "About as well" not in said  # nothing was trained, and no other seed would be
    assert "seed" not in said
    press(test, "Take the loss Sparse cross-entropy")
    assert lab_of(test).spec == replace(run, training=replace(run.training, loss=SPARSE))
    assert without_ablations(lab_of(test).spec) == trained.spec


def test_a_failure_of_the_labs_own_is_not_called_kerass() -> None:
    job = Job(SHORT, "me")
    job.give_up(JobState.FAILED, Reason(ReasonCode.FAILED, {"error": "OSError"}))
    test = opened(TRAIN, job=job)
    sentence = "The training failed (OSError). Change a control and try again."
    assert [error.value for error in test.error] == [sentence]
    assert job.refusal == ""


def test_bad_luck_and_bad_labels_get_different_advice(trained: TrainedNetwork) -> None:
    for run, advice in (
        (SHORT, "give it more epochs"),
        (ablated(shuffle_labels=True), "It was broken on purpose (shuffled labels)"),
    ):
        test = opened(TRAIN, run, job=finished(replace(trained, spec=run, test_accuracy=0.1)))
        assert advice in test.warning[0].value


def test_a_lesson_locks_what_is_broken() -> None:
    lesson = LessonSpec(ablated(scale=False), fixed=frozenset({"preparation", "learning_rate"}))
    test = opened(TRAIN, ablated(scale=False), lesson=lesson, arrived=True)
    pills = control(test.pills, "What do you break?")
    assert pills.disabled
    assert "Mend it" not in [button.label for button in test.button]
    assert title_of(BY_FIELD["learning_rate"]) not in pills.options
    assert control(test.button, "Train both").disabled  # the pupil can still expect and train
    hidden = replace(lesson, fixed=frozenset(), hidden=frozenset({"preparation"}))
    test = opened(TRAIN, ablated(scale=False), lesson=hidden, arrived=True)
    assert "Break it on purpose" not in [header.value for header in test.header]
    assert "Broken on purpose" not in text(test)


def test_what_the_lab_can_not_train_is_said_and_not_waited_for(queue: TrainingQueue) -> None:
    layers = (HiddenLayer(512), HiddenLayer(512), HiddenLayer(512), HiddenLayer(512))
    large = RunSpec(NetworkSpec(layers, convolutions=(32,)), TrainSpec(epochs=1))
    test = opened(TRAIN, replace(large, preparation=PrepSpec(scale=False)))
    expect(test, Outcome.WORSE)
    press(test, "Train both")
    assert "the lab trains up to" in test.warning[0].value
    assert not lab_of(test).job_groups


def test_a_lesson_without_one_hot_trains_with_the_loss_that_fits() -> None:
    locked = LessonSpec(ablated(one_hot=False), fixed=frozenset({"preparation"}))
    article = Lab(lesson=locked).article
    assert not article.preparation.one_hot
    assert article.labels_fit


def test_what_has_ended_is_kept_and_not_held_by_the_session(queue: TrainingQueue) -> None:
    test = opened(TRAIN, ablated(data_share=0.01))
    expect(test, Outcome.NOTHING)
    press(test, "Train both")
    jobs = lab_of(test).job_groups["break"].jobs
    wait_until(lambda: not any(job.active for job in jobs), "both to be trained")
    again(test)
    assert not lab_of(test).job_groups
    assert "You expected" in text(test)
