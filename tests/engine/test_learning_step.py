"""One step of learning: by hand, by Keras's own tape, and as the training makes it."""

import io
from contextlib import redirect_stdout
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.analysis.chain_rule import gradient_by_hand, output_errors, stepped, unit_error
from digitlab.architecture.layers import Dense
from digitlab.architecture.stack import stack_of
from digitlab.data.mnist import Dataset
from digitlab.engine.backpropagation import Backpropagation
from digitlab.engine.build import build_model, make_optimizer
from digitlab.engine.learning_step import LearningStep
from digitlab.export import snippets
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.records.learning import OptimizerSteps, WeightChoice
from digitlab.records.networks import ModelWeights
from digitlab.specs import (
    OPTIMIZERS,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    TrainSpec,
)
from digitlab.specs.training import SPARSE

OWN = NetworkSpec((HiddenLayer(12, "tanh"), HiddenLayer(7, "sigmoid")))
MSE = "mean_squared_error"
RUNS = {name: replace(run, training=replace(run.training, seed=7)) for name, run in PRESETS.items()}
RUNS |= {
    f"own network, {optimizer}, {loss}": RunSpec(
        OWN,
        TrainSpec(loss, optimizer, OPTIMIZERS[optimizer], batch_size=64, seed=11),
        PrepSpec(one_hot=loss != SPARSE),
    )
    for optimizer, loss in [
        ("sgd", MSE),
        ("momentum", SPARSE),
        ("rmsprop", "categorical_crossentropy"),
        ("adam", MSE),
    ]
}
RUNS["own network without biases or scaling"] = RunSpec(
    NetworkSpec((HiddenLayer(9, "relu"),), use_bias=False),
    TrainSpec(seed=3),
    PrepSpec(scale=False),
)
DIGIT = 42


@pytest.fixture(params=list(RUNS.values()), ids=list(RUNS))
def run(request: pytest.FixtureRequest) -> RunSpec:
    spec: RunSpec = request.param
    return spec


def untrained(run: RunSpec) -> ModelWeights:
    return ModelWeights(run.network, (), run.preparation.preprocessing)


def started(run: RunSpec) -> keras.Sequential:
    """The model as plain Keras begins."""
    keras.utils.set_random_seed(run.training.seed)
    return build_model(run.network)


def arrays(run: RunSpec, data: Dataset, chosen: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Inputs and labels for Keras."""
    x = network_input(data.x_train[chosen], run.network, run.preparation.preprocessing)
    labels = data.y_train[chosen]
    return x, one_hot(labels) if run.preparation.one_hot else labels


def test_every_number_is_that_of_keras_s_own_tape(run: RunSpec, small: Dataset) -> None:
    model, (x, y) = started(run), arrays(run, small, [DIGIT])
    with tf.GradientTape() as tape:
        probabilities = model(x)
        loss = keras.losses.get(run.training.loss)(y, probabilities)[0]
    gradients = tape.gradient(loss, model.trainable_variables)
    stack, step = stack_of(run.network), LearningStep(untrained(run), run, small)
    rate = 0.1
    for layer, kind in enumerate(stack.layers):
        if isinstance(kind, Dense):
            step_taken = step.digit(DIGIT, WeightChoice(layer), rate)
            chain, kernel = step_taken.chain, stack.kernel_number(layer)
            at = (chain.place.source, chain.place.unit)
            assert chain.gradient == gradients[kernel].numpy()[at]
            assert chain.weight == model.weights[kernel].numpy()[at]
            assert np.abs(gradients[kernel]).max() == abs(chain.gradient) > 0
            assert step_taken.largest == chain.place
            assert gradient_by_hand(chain) == pytest.approx(float(chain.gradient), rel=2e-5)
            assert unit_error(chain) == pytest.approx(float(chain.error), rel=2e-5)
    np.testing.assert_array_equal(step_taken.before.probabilities, probabilities[0])
    assert step_taken.before.loss == float(loss)
    by_hand = output_errors(step_taken.before.probabilities, step_taken.label, run.training.loss)
    np.testing.assert_allclose(step_taken.errors, by_hand, rtol=1e-4, atol=1e-7)
    assert [layer.parameters for layer in step_taken.layers] == [
        layer.count_params() for layer in model.layers if layer.count_params()
    ]
    assert max(abs(layer.gradient) for layer in step_taken.layers) == max(
        np.abs(gradient).max() for gradient in gradients
    )
    keras.optimizers.SGD(rate).apply(gradients, model.trainable_variables)
    np.testing.assert_array_equal(step_taken.after.probabilities, model(x)[0])
    kernel = stack.kernel_number(chain.place.layer)
    assert model.weights[kernel].numpy()[at] == stepped(chain.weight, chain.gradient, rate)
    along = step.losses_along(DIGIT, (0.01, rate))
    assert along[[0, 2]].tolist() == [step_taken.before.loss, step_taken.after.loss]


def test_the_first_step_is_that_of_the_training(run: RunSpec, small: Dataset) -> None:
    """Against plain Keras, which is told to make one step of `fit`."""
    model, training = started(run), run.training
    model.compile(loss=training.loss, optimizer=make_optimizer(training))
    before = [array.copy() for array in model.get_weights()]
    x, y = arrays(run, small, slice(None))
    model.fit(
        x,
        y,
        batch_size=training.batch_size,
        validation_split=training.validation_share,
        epochs=1,
        steps_per_epoch=1,
        verbose=0,
    )
    step = LearningStep(untrained(run), run, small)
    network = Backpropagation(untrained(run), run, small)
    gradients = network.backward(network.first_batch).gradients
    after = map(np.asarray, network.optimized(gradients, training))
    for first, expected, by_hand in zip(before, model.get_weights(), after, strict=True):
        change = np.abs(expected - first).max()
        assert change > 0
        # TensorFlow fuses operations of a compiled step: a weight may differ in its last bit.
        np.testing.assert_allclose(by_hand, expected, rtol=3e-7, atol=1e-5 * change)
    batch = step.batch(WeightChoice())
    assert len(batch.digits) == training.batch_size
    assert batch.gradient == pytest.approx(float(batch.gradients.mean()), rel=1e-4, abs=1e-9)
    alone = step.digit(int(batch.digits[3]), _choice(batch.place), 1.0)
    assert batch.gradients[3] == pytest.approx(float(alone.chain.gradient), rel=1e-4, abs=1e-9)
    assert batch.loss_after < batch.loss


def _choice(place: Any) -> WeightChoice:
    return WeightChoice(place.layer, place.source, place.unit)


def test_optimizers_make_what_their_rules_say(small: Dataset) -> None:
    run = RUNS["own network, rmsprop, categorical_crossentropy"]
    optimizers = LearningStep(untrained(run), run, small).optimizers()
    larger, smaller = np.abs(optimizers.gradients)
    assert larger > smaller > 0
    sgd, momentum, rmsprop, adam = optimizers.steps
    gradients = optimizers.gradients.astype(float)
    signs, usual = np.sign(gradients), gradients**2
    rules: list[tuple[OptimizerSteps, Any, Any]] = [
        (sgd, gradients, gradients),
        (momentum, gradients, 1.9 * gradients),
        (adam, signs, signs),
        (
            rmsprop,
            gradients / np.sqrt(0.1 * usual + 1e-7),
            gradients / np.sqrt(0.19 * usual + 1e-7),
        ),
    ]
    for steps, first, second in rules:
        expected = -steps.learning_rate * np.stack([first, second])
        np.testing.assert_allclose(steps.changes, expected, rtol=2e-3, atol=1e-7)
        assert steps.loss_after < optimizers.loss


@pytest.mark.parametrize("name", ["The article's network", "Small CNN"])
def test_the_code_shown_gives_the_numbers(name: str, small: Dataset) -> None:
    run = RUNS[name]
    stack = stack_of(run.network)
    layer = stack.kernel_layer_indices[-1]
    kernel = stack.kernel_number(layer)
    step = LearningStep(untrained(run), run, small)
    for choice in (WeightChoice(), WeightChoice(layer, 2, 5)):
        step_taken = step.digit(DIGIT, choice, run.training.learning_rate)
        place = step_taken.chain.place
        at = None if place == step_taken.largest else (place.source, place.unit)
        code = snippets.define(run) + snippets.learning_step(run, DIGIT, kernel, at)
        x, y = arrays(run, small, slice(None))
        names = {"keras": keras, "tf": tf, "np": np, "x_train": x, "y_train": y}
        output = io.StringIO()
        with redirect_stdout(output):
            exec(compile(code, "snippet", "exec"), names)
        told = [float(word) for word in output.getvalue().replace("]", " ").split()[-5:]]
        chain, rate = step_taken.chain, run.training.learning_rate
        assert told == pytest.approx(
            [
                step_taken.before.loss,
                float(chain.weight),
                float(chain.gradient),
                float(stepped(chain.weight, chain.gradient, rate)),
                step_taken.after.loss,
            ],
            rel=1e-6,
        )
        left: Any = names["model"]
        for before, after in zip(started(run).get_weights(), left.get_weights(), strict=True):
            np.testing.assert_array_equal(before, after)  # the training begins at its start


def test_a_start_at_zero_and_a_trained_network_step_too(small: Dataset) -> None:
    run = RunSpec(training=TrainSpec(zero_start=True, seed=5))
    zero = LearningStep(untrained(run), run, small).digit(DIGIT, WeightChoice(0), 0.1)
    np.testing.assert_allclose(zero.before.probabilities, 0.1)
    assert zero.chain.gradient == gradient_by_hand(zero.chain) == 0  # nothing comes back to it
    weights = tuple(started(RUNS["Small CNN"]).get_weights())
    trained = ModelWeights(PRESETS["Small CNN"].network, weights)
    step = LearningStep(trained, PRESETS["Small CNN"], small).digit(DIGIT, WeightChoice(), 0.1)
    fresh = LearningStep(untrained(RUNS["Small CNN"]), RUNS["Small CNN"], small)
    assert step.after.loss == fresh.digit(DIGIT, WeightChoice(), 0.1).after.loss


def test_a_digit_that_the_run_does_not_have_is_its_last(small: Dataset) -> None:
    run = RunSpec(preparation=PrepSpec(data_share=0.01))
    step = LearningStep(untrained(run), run, small).digit(59_999, WeightChoice(0, 9999, 9999), 0.1)
    assert step.label == small.y_train[19]
    assert (step.chain.place.source, step.chain.place.unit) == (783, 9)
