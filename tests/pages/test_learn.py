"""Learn: one step with this network's own numbers, under AppTest with a real worker."""

import re
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.analysis.chain_rule import StepSize, step_sizes
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.export.snippets import define
from digitlab.export.snippets.names import with_imports
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import (
    ARTICLE,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.ui.session.state import Lab
from tests.conftest import finished, wait_until
from tests.pages.test_pages import ROOT, words
from tests.reading import chart, checked, control, press

WEIGHT, RATE, BATCH, OPTIMIZERS, CODE = (
    *("weight", "rate", "batch"),
    *("optimizers", "keras"),
)
OWN = RunSpec(NetworkSpec((HiddenLayer(6, "tanh"), HiddenLayer(5, "relu"))), TrainSpec(seed=4))
RUNS = {
    "article": ARTICLE.with_seed(9),
    "CNN": PRESETS["Small CNN"],
    "own": replace(OWN, training=replace(OWN.training, loss="mean_squared_error")),
}


def opened(lab: Lab, view: str = WEIGHT) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/16_Learn.py"), default_timeout=60)
    test.session_state["digitlab"] = lab
    test.session_state["view_Learn"] = view
    return test.run()


def guess(test: AppTest, which: str) -> AppTest:
    asked = control(test.get("button_group"), "This weight is")
    return checked(asked.set_value(which).run())


@pytest.mark.parametrize("run", RUNS.values(), ids=list(RUNS))
def test_the_learner_says_first_and_then_sees_the_step(queue: TrainingQueue, run: RunSpec) -> None:
    test = checked(opened(Lab(spec=run, selection=SampleSelection(index=42))))
    before = chart(test, "learn_chain")["data"][0]
    assert before["text"][0][-1] == "?"
    assert "New weight" not in words(test)
    told = words(guess(test, "up"))
    new = chart(test, "learn_chain")["data"][0]["text"][0][-1]
    up = new.startswith("−")
    assert ("✓ **Right.**" in told) == up
    assert ("✗ **Not this time.**" in told) != up
    told_losses = re.search(r"The loss was ([\d.]+)\. Now it is \*\*([\d.]+)\*\*\.", told)
    assert told_losses is not None
    assert float(told_losses[2]) < float(told_losses[1])
    assert "One step with learning rate" in told


def test_the_code_tells_the_gradient_only_after_the_prediction(queue: TrainingQueue) -> None:
    test = checked(
        opened(Lab(spec=ARTICLE.with_seed(9), selection=SampleSelection(index=42)), CODE)
    )
    assert "First predict which way this weight will go." in words(test)
    assert "The gradient of one weight is" not in words(test)
    test.session_state["view_Learn"] = WEIGHT
    test = guess(checked(test.run()), "up")
    test.session_state["view_Learn"] = CODE
    said = words(checked(test.run()))
    assert "First predict which way" not in said
    assert "The gradient of one weight is" in said


def test_the_words_of_the_rate_are_about_the_digits_that_were_chosen(queue: TrainingQueue) -> None:
    test = checked(
        opened(Lab(spec=ARTICLE.with_seed(9), selection=SampleSelection(index=42)), RATE)
    )
    assert "the first 100 digits of your training" in words(test)
    chosen = control(test.get("button_group"), "Loss of which digits?").set_value("digit")
    said = words(checked(chosen.run()))
    assert "the loss of one digit: training digit 42" in said
    assert "digits of your training" not in said


def test_a_hidden_weight_has_a_slope_and_what_comes_back(queue: TrainingQueue) -> None:
    test = checked(opened(Lab(spec=OWN)))
    control(test.selectbox, "Layer").set_value(0).run()
    cells = chart(test, "learn_chain")["data"][0]
    assert len(cells["text"][0]) == 4
    assert "of the activation at unit" in str(cells["customdata"])
    assert len(chart(test, "learn_back")["data"][0]["x"]["bdata"]) > 0
    control(test.number_input, "Input").set_value(0)  # the corner, which is paper
    told = words(guess(test.run(), "stays"))
    assert "✓ **Right.** The gradient is 0" in told


def test_each_rate_is_called_after_what_it_does(queue: TrainingQueue) -> None:
    test = checked(opened(Lab(spec=ARTICLE.with_seed(9)), RATE))
    curve = chart(test, "learn_rates")
    told = curve["data"][0]["customdata"]
    losses = [float(re.findall(r"<b>([\d.]+)</b>", point)[0]) for point in told]
    (start,) = {float(re.findall(r"loss ([\d.]+) →", point)[0]) for point in told}
    sizes = step_sizes(curve["data"][0]["x"], losses, start)
    names = [point.partition("<")[0].replace(" ", "_") for point in told]
    assert names == [str(size) for size in sizes]
    # The article's first batch shows all three.
    assert {*sizes} == {*StepSize} - {StepSize.NO_HELP}
    control(test.select_slider, "Learning rate").set_value(30.0).run()
    assert "too far" in words(test)
    control(test.get("button_group"), "Loss of which digits?").set_value("digit").run()
    assert "forget the other digits" in words(checked(test))


def test_the_batch_leads_to_the_training(queue: TrainingQueue) -> None:
    run = RunSpec(training=TrainSpec(epochs=1, seed=3), preparation=PrepSpec(data_share=0.05))
    test = checked(opened(Lab(spec=run), BATCH))
    assert "An **epoch** is 30 such steps" in words(test)
    press(test, "Train")
    job = test.session_state["digitlab"].job
    wait_until(lambda: not job.active, "the training to end")
    checked(test.run())
    assert job.spec == run
    assert len(chart(test, "curves")["data"]) > 0


def test_all_optimizers_are_beside_each_other(queue: TrainingQueue) -> None:
    test = checked(opened(Lab(spec=ARTICLE), OPTIMIZERS))
    (table,) = [frame.value for frame in test.dataframe]
    assert [*table["Optimizer"]] == ["SGD", "SGD with momentum", "RMSprop", "Adam"]
    ratio = table["Larger: step 2"] / table["Larger: step 1"]
    np.testing.assert_allclose(ratio[:2], [1, 1.9], rtol=1e-3)


@pytest.mark.parametrize("view", [WEIGHT, RATE, BATCH, OPTIMIZERS, CODE])
def test_a_trained_network_steps_as_it_is_now(
    queue: TrainingQueue, trained: TrainedNetwork, view: str
) -> None:
    lab = Lab(job=finished(trained), spec=trained.spec)
    test = checked(opened(lab, view))
    assert "before its training" in words(test)
    if view == CODE:  # the network first, so none is taken from another page
        assert test.code[0].value == with_imports(define(trained.spec)).rstrip("\n")
        assert "`model` from **Train**" not in words(test)
    control(test.get("button_group"), "Your network").set_value("now")
    assert "after its training" in words(checked(test.run()))
    if view == CODE:
        assert "`model` from **Train**" in words(test)


def test_what_cannot_step_is_one_sentence(
    queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset
) -> None:
    large = NetworkSpec((HiddenLayer(512), HiddenLayer(512)) * 2, use_bias=True)
    large = replace(large, convolutions=(32,))
    assert "the lab does not train it" in words(opened(Lab(spec=RunSpec(large))))
    unfit = RunSpec(preparation=PrepSpec(one_hot=False))
    assert "labels do not fit your loss" in words(checked(opened(Lab(spec=unfit))))
    lab = Lab(job=finished(replace(trained, model=b"")), spec=trained.spec)
    test = opened(lab)
    control(test.get("button_group"), "Your network").set_value("now").run()
    assert not test.exception
    assert "no longer keeps" in test.error[0].value
    few = RunSpec(preparation=PrepSpec(data_share=0.01))
    last = checked(opened(Lab(spec=few, selection=SampleSelection(index=59_999))))
    assert f"Training digit 599 has the label {mnist.y_train[599]}" in words(last)
