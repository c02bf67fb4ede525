"""One training against plain Keras, with the same seed and data; in one go and in pieces."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture import keras_file
from digitlab.architecture.summary import total_parameters
from digitlab.data.mnist import Dataset
from digitlab.engine.batches import REPORTS_PER_EPOCH
from digitlab.engine.build import build_model
from digitlab.engine.compiled import compiled_network
from digitlab.engine.fit import train, warm_up
from digitlab.engine.inference import probabilities
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord, Interruption, Progress, Refusal
from digitlab.specs import (
    ARTICLE,
    OPTIMIZERS,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    RunSpec,
    TrainSpec,
)


def run(
    spec: RunSpec,
    data: Dataset,
    interruption: Callable[..., Any] = lambda records: None,
    start: Checkpoint | None = None,
) -> tuple[Any, list[Any]]:
    records: list[Any] = []
    result = train(spec, data, records.append, lambda: interruption(records), start)
    return result, records


def after_epoch(epoch: int, interruption: Interruption) -> Any:
    """Ask for this interruption at every question from the end of this epoch on."""

    def asked(records: Any) -> Interruption | None:
        last = records[-1]
        done = last.epoch >= epoch if isinstance(last, EpochRecord) else last.epoch > epoch
        return interruption if done else None

    return asked


def in_batch(
    epoch: int,
    batch: int,
    interruption: Interruption,
) -> Any:
    """Ask for this interruption once, when this batch is done."""

    def asked(records: Any) -> Interruption | None:
        here = isinstance(records[-1], Progress)
        here = here and (records[-1].epoch, records[-1].batch) == (epoch, batch)
        return interruption if here else None

    return asked


def assert_same(trained: TrainedNetwork | Refusal | Checkpoint | None, expected: Any) -> None:
    """The same History, weights and optimizer's variables, bit for bit."""
    assert [r.logs for r in trained.history] == [r.logs for r in expected.history]
    assert [r.epoch for r in trained.history] == list(range(len(trained.history)))
    for read in (keras_file.weights, keras_file.optimizer_state):
        for mine, theirs in zip(read(trained.model), read(expected.model), strict=True):
            np.testing.assert_array_equal(mine, theirs)
    if isinstance(trained, TrainedNetwork):
        np.testing.assert_array_equal(trained.probabilities, expected.probabilities)
        assert trained.test_loss == expected.test_loss
        assert trained.test_metric == expected.test_metric


# Plain Keras, written by hand.

LAYERS = {
    "The article's network": lambda: [
        keras.Input((784,)),
        keras.layers.Dense(10, activation="sigmoid"),
    ],
    "ReLU 128": lambda: [keras.Input((784,)), keras.layers.Dense(128, activation="relu")],
    "Two hidden layers": lambda: [
        keras.Input((784,)),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
    ],
    "Small CNN": lambda: [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(8, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
    ],
}

OPTIMIZER = {
    "sgd": keras.optimizers.SGD,
    "momentum": lambda rate: keras.optimizers.SGD(rate, momentum=0.9),
    "rmsprop": keras.optimizers.RMSprop,
    "adam": keras.optimizers.Adam,
}


def digits(
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    shape: tuple[int, int, int],
) -> tuple[Any, Any]:
    x = images.reshape(-1, *shape).astype("float32") / 255
    return x, keras.utils.to_categorical(labels, 10)


def plain_keras(
    name: str,
    training: TrainSpec,
    data: Dataset,
    callbacks: Sequence[Any] = (),
) -> tuple[Any, Any]:
    keras.utils.set_random_seed(training.seed)
    model = keras.Sequential([*LAYERS[name](), keras.layers.Dense(10, activation="softmax")])
    model.compile(
        loss=training.loss,
        optimizer=OPTIMIZER[training.optimizer](training.learning_rate),
        metrics=[training.metric],
    )
    history = model.fit(
        *digits(data.x_train, data.y_train, model.input_shape[1:]),
        batch_size=training.batch_size,
        epochs=training.epochs,
        validation_split=training.validation_share,
        callbacks=list(callbacks),
        verbose=0,
    )
    return model, history.history


def assert_equals_plain_keras(
    trained: Any,
    model: Any,
    history: Any,
) -> None:
    assert {
        name: [record.logs[name] for record in trained.history] for name in trained.history[0].logs
    } == history
    for mine, theirs in zip(trained.weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    state = keras_file.optimizer_state(trained.model)
    for mine, theirs in zip(state, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.fixture(scope="module", params=PRESETS)
def preset(request: pytest.FixtureRequest, small: Dataset) -> tuple[str, TrainedNetwork]:
    """The name of a preset, and its network; compiled once for all that is asked of it."""
    name = request.param
    training = replace(PRESETS[name].training, epochs=3, seed=11)
    trained, _ = run(RunSpec(PRESETS[name].network, training), small)
    assert isinstance(trained, TrainedNetwork)
    return name, trained


def test_presets_equal_plain_keras_bit_for_bit(
    preset: tuple[str, TrainedNetwork], small: Dataset
) -> None:
    name, trained = preset
    model, history = plain_keras(name, trained.spec.training, small)
    assert_equals_plain_keras(trained, model, history)
    x_test, y_test = digits(small.x_test, small.y_test, model.input_shape[1:])
    loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
    predictions = model.predict(x_test, verbose=0)
    assert trained.probabilities is not None
    assert trained.test_metric == accuracy
    assert trained.test_loss == pytest.approx(loss, rel=1e-6)
    np.testing.assert_allclose(trained.probabilities, predictions, atol=1e-6)
    assert trained.test_accuracy == np.mean(predictions.argmax(axis=1) == small.y_test)
    assert trained.versions["keras"] == keras.__version__


def test_kept_weights_give_the_same_answers_later(
    preset: tuple[str, TrainedNetwork], small: Dataset
) -> None:
    _, trained = preset
    assert trained.probabilities is not None
    predicted = probabilities(trained, small.x_test)
    np.testing.assert_allclose(predicted, trained.probabilities, atol=1e-6)
    assert sum(array.size for array in trained.weights) == total_parameters(trained.spec.network)
    rebuilt = build_model(trained.spec.network)
    assert rebuilt.count_params() == total_parameters(trained.spec.network)


# The other kind of each optimizer, with validation or without, is compared with plain Keras by the
# presets and in `test_partial_epochs.py`.
@pytest.mark.parametrize(
    ("optimizer", "share", "size"),
    [("sgd", 0.3, 50), ("momentum", 0.0, 128), ("rmsprop", 0.0, 50), ("adam", 0.3, 128)],
)
def test_recipes_equal_plain_keras_bit_for_bit(
    small: Dataset, optimizer: str, share: float, size: int
) -> None:
    training = TrainSpec(
        optimizer=optimizer, validation_share=share, batch_size=size, epochs=2, seed=2**31 - 1
    )
    trained, _ = run(RunSpec(training=training), small)
    assert_equals_plain_keras(trained, *plain_keras("The article's network", training, small))
    assert ("val_loss" in trained.history[0].logs) == (share > 0)


def test_another_loss_and_metric_equal_plain_keras_bit_for_bit(small: Dataset) -> None:
    training = TrainSpec("mean_squared_error", metric="top_k_categorical_accuracy", epochs=2)
    trained, _ = run(RunSpec(training=training), small)
    assert_equals_plain_keras(trained, *plain_keras("The article's network", training, small))


def test_changed_rates_are_those_of_the_learning_rate_scheduler(small: Dataset) -> None:
    rates = [0.01, 0.01, 0.3, 0.05, 0.05]
    training = TrainSpec(
        optimizer="momentum", epochs=5, validation_share=0.2, rate_changes=((2, 0.3), (3, 0.05))
    )
    trained, _ = run(RunSpec(training=training), small)
    schedule = keras.callbacks.LearningRateScheduler(lambda epoch, _: rates[epoch])
    model, history = plain_keras("The article's network", training, small, [schedule])
    del history["learning_rate"]  # the scheduler's own entry
    assert_equals_plain_keras(trained, model, history)


def test_another_seed_is_another_run(small: Dataset) -> None:
    losses = {run(ARTICLE.with_seed(seed), small)[0].history[0].logs["loss"] for seed in (1, 2)}
    assert len(losses) == 2


# Reports.


def test_reports_come_in_order_and_cover_every_batch(
    small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 1e9)  # however busy this machine is
    trained, records = run(RunSpec(training=TrainSpec(epochs=2)), small)
    epochs = [record for record in records if isinstance(record, EpochRecord)]
    assert tuple(epochs) == trained.history
    assert [record.epoch for record in epochs] == [0, 1]
    first = [r.batch for r in records if isinstance(r, Progress) and r.epoch == 0]
    assert first == sorted(first)
    assert first[-1] == epochs[0].batches == 21  # 2,010 pictures in batches of 100
    assert REPORTS_PER_EPOCH <= len(first) <= REPORTS_PER_EPOCH + 2
    assert trained.interruption is None
    assert not trained.diverged


def test_last_report_of_an_epoch_has_its_logs(small: Dataset) -> None:
    _, records = run(RunSpec(training=TrainSpec(epochs=1)), small)
    assert records[-2].logs == records[-1].logs
    assert records[0].logs != records[1].logs


def test_what_was_warmed_up_is_not_traced_again(small: Dataset) -> None:
    warm_up()
    for size in (16, 128):  # neither divides 2,010
        run(RunSpec(training=TrainSpec(epochs=1, batch_size=size)), small)
    assert compiled_network(ARTICLE)._train.experimental_get_tracing_count() == 1


# In pieces.


def test_paused_is_evaluated_and_goes_on_as_in_one_go(small: Dataset) -> None:
    training = TrainSpec(optimizer="adam", epochs=5, seed=3, rate_changes=((2, 0.1), (4, 0.01)))
    spec = RunSpec(training=training)
    uninterrupted, _ = run(spec, small)
    paused, records = run(spec, small, after_epoch(1, Interruption.PAUSE))
    assert paused.interruption is Interruption.PAUSE
    assert isinstance(records[-1], EpochRecord)
    first_two, _ = run(replace(spec, training=replace(training, epochs=2)), small)
    assert_same(paused, first_two)
    rest, records = run(spec, small, start=paused.checkpoint)
    assert [r.epoch for r in records if isinstance(r, EpochRecord)] == [2, 3, 4]
    assert records[0].epoch == 2
    assert rest.seconds > paused.seconds
    assert_same(rest, uninterrupted)


def test_pause_waits_for_the_end_of_the_epoch(small: Dataset) -> None:
    result, records = run(ARTICLE, small, lambda records: Interruption.PAUSE)
    assert len(result.history) == 1
    assert isinstance(records[-1], EpochRecord)
    withdrawn, _ = run(ARTICLE, small, in_batch(1, 10, Interruption.PAUSE))
    assert withdrawn.interruption is None


@pytest.mark.parametrize("requested", [Interruption.STOP, Interruption.TOO_LONG])
def test_stop_in_mid_epoch_goes_back_to_the_last_full_epoch(
    small: Dataset, requested: Interruption
) -> None:
    spec = RunSpec(training=TrainSpec(optimizer="rmsprop", epochs=4, seed=4))
    uninterrupted, _ = run(spec, small)
    stopped, records = run(spec, small, in_batch(2, 10, requested))
    assert stopped.interruption is requested
    assert (records[-1].epoch, records[-1].batch) == (2, 10)
    first_two, _ = run(replace(spec, training=replace(spec.training, epochs=2)), small)
    assert_same(stopped, first_two)
    rest, _ = run(spec, small, start=stopped.checkpoint)
    assert_same(rest, uninterrupted)


def test_stop_in_the_first_epoch_leaves_nothing(small: Dataset) -> None:
    assert run(ARTICLE, small, in_batch(0, 10, Interruption.STOP))[0] is None


def test_stop_in_the_first_epoch_of_a_continuation_leaves_its_start(small: Dataset) -> None:
    paused, _ = run(ARTICLE, small, after_epoch(1, Interruption.PAUSE))
    stopped, _ = run(ARTICLE, small, in_batch(2, 10, Interruption.STOP), paused.checkpoint)
    assert stopped.interruption is Interruption.STOP
    assert_same(stopped, paused)


@pytest.mark.parametrize("requested", Interruption)
def test_a_finished_last_epoch_counts_as_finished(small: Dataset, requested: Interruption) -> None:
    spec = RunSpec(training=TrainSpec(epochs=2))
    last = in_batch(1, 21, requested)
    end = after_epoch(1, requested)
    trained, _ = run(spec, small, lambda records: last(records) or end(records))
    assert trained.interruption is None
    assert len(trained.history) == 2


def test_a_complete_start_is_only_evaluated(small: Dataset) -> None:
    uninterrupted, _ = run(ARTICLE, small)
    again, records = run(ARTICLE, small, start=uninterrupted.checkpoint)
    assert records == []
    assert again.history == uninterrupted.history
    assert_same(again, uninterrupted)


def test_plain_keras_goes_on_from_the_file_as_the_lab_does(small: Dataset, tmp_path: Path) -> None:
    training = TrainSpec(optimizer="adam", learning_rate=0.001, epochs=4, seed=6)
    spec = RunSpec(PRESETS["Small CNN"].network, training)
    uninterrupted, _ = run(spec, small)
    paused, _ = run(spec, small, after_epoch(1, Interruption.PAUSE))
    path = tmp_path / "network.keras"
    path.write_bytes(paused.model)
    model = keras.saving.load_model(path)
    assert type(model) is keras.Sequential
    x_test, y_test = digits(small.x_test, small.y_test, (28, 28, 1))
    np.testing.assert_allclose(model.predict(x_test, verbose=0), paused.probabilities, atol=1e-6)
    assert model.evaluate(x_test, y_test, verbose=0) == pytest.approx(
        [paused.test_loss, paused.test_metric], rel=1e-6
    )
    keras.utils.set_random_seed(training.seed)
    history = model.fit(
        *digits(small.x_train, small.y_train, (28, 28, 1)),
        batch_size=training.batch_size,
        initial_epoch=2,
        epochs=4,
        verbose=0,
    ).history
    assert history["loss"] == [record.logs["loss"] for record in uninterrupted.history[2:]]
    for mine, theirs in zip(uninterrupted.weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(mine, theirs)


# Divergence.


def test_divergence_ends_the_run(small: Dataset) -> None:
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    trained, _ = run(RunSpec(network, TrainSpec(learning_rate=1.0, epochs=4)), small)
    assert trained.diverged
    assert trained.interruption is None
    assert np.isnan(trained.history[-1].logs["loss"])
    assert np.isnan(trained.weights[0]).any()
    assert len(trained.history) < 4


def test_divergence_in_the_very_last_step_is_seen(mnist: Dataset) -> None:
    """The last loss is that before the last step: only the predictions tell."""
    few = Dataset(
        mnist.x_train[:3000], mnist.y_train[:3000], mnist.x_test[:100], mnist.y_test[:100]
    )
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    training = TrainSpec(learning_rate=10.0, batch_size=1000, epochs=1)
    trained, _ = run(RunSpec(network, training), few)
    assert np.isfinite(trained.history[-1].logs["loss"])
    assert np.isnan(trained.probabilities).any()
    assert trained.diverged


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_weights_of_pixels_without_ink_never_change(mnist: Dataset, optimizer: str) -> None:
    """What Look inside says of the dots near the edges."""
    few = Dataset(mnist.x_train[:500], mnist.y_train[:500], mnist.x_test[:9], mnist.y_test[:9])
    spec = RunSpec(training=TrainSpec(optimizer=optimizer, epochs=1, learning_rate=0.01))
    network, _ = run(spec, few)
    keras.utils.set_random_seed(spec.training.seed)
    before = build_model(spec.network).layers[0].get_weights()[0]
    after = network.weights[0]
    unused = (few.x_train == 0).all(axis=0).reshape(-1)
    np.testing.assert_array_equal(after[unused], before[unused])
    assert (after[~unused] != before[~unused]).any(axis=1).mean() > 0.99
