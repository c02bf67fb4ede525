"""One training against plain Keras, with the same seed and data."""

import keras
import numpy as np
import pytest

from digitlab.data import Dataset
from digitlab.layers import total_parameters
from digitlab.models import build_model
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, RunSpec, TrainSpec
from digitlab.training.fit import REPORTS_PER_EPOCH, train
from digitlab.training.inference import probabilities
from digitlab.training.records import EpochRecord, Progress


def run(spec, data, stop_when=lambda records: False):
    records = []
    trained = train(spec, data, records.append, lambda: "asked" if stop_when(records) else "")
    return trained, records


def plain_keras_article(data, epochs, seed):
    """The article's recipe, written by hand."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(10, activation="sigmoid"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    x = data.x_train.reshape(-1, 784).astype("float32") / 255
    y = keras.utils.to_categorical(data.y_train, 10)
    history = model.fit(x, y, batch_size=100, epochs=epochs, verbose=0)
    x_test = data.x_test.reshape(-1, 784).astype("float32") / 255
    y_test = keras.utils.to_categorical(data.y_test, 10)
    return (
        history.history,
        model.evaluate(x_test, y_test, verbose=0),
        model.predict(x_test, verbose=0),
    )


def test_article_equals_plain_keras_bit_for_bit(small):
    trained, _ = run(RunSpec(training=TrainSpec(epochs=3, seed=11)), small)
    history, (loss, accuracy), predictions = plain_keras_article(small, epochs=3, seed=11)
    assert [record.logs["loss"] for record in trained.history] == history["loss"]
    assert [record.logs["accuracy"] for record in trained.history] == history["accuracy"]
    assert trained.test_metric == accuracy
    assert trained.test_loss == pytest.approx(loss, rel=1e-6)
    np.testing.assert_allclose(trained.probabilities, predictions, atol=1e-6)
    assert trained.test_accuracy == np.mean(predictions.argmax(axis=1) == small.y_test)
    assert trained.versions["keras"] == keras.__version__


def test_another_seed_is_another_run(small):
    losses = {run(ARTICLE.with_seed(seed), small)[0].history[0].logs["loss"] for seed in (1, 2)}
    assert len(losses) == 2


def test_reports_come_in_order_and_cover_every_batch(small):
    trained, records = run(RunSpec(training=TrainSpec(epochs=2)), small)
    epochs = [record for record in records if isinstance(record, EpochRecord)]
    assert tuple(epochs) == trained.history
    assert [record.epoch for record in epochs] == [0, 1]
    first = [r.batch for r in records if isinstance(r, Progress) and r.epoch == 0]
    assert first == sorted(first)
    assert first[-1] == epochs[0].batches == 21  # 2,010 pictures in batches of 100
    assert REPORTS_PER_EPOCH <= len(first) <= REPORTS_PER_EPOCH + 2
    assert not trained.stopped
    assert not trained.diverged


def test_validation_is_reported(small):
    trained, _ = run(RunSpec(training=TrainSpec(epochs=1, validation_share=0.2)), small)
    assert set(trained.history[0].logs) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert trained.history[0].batches == 17  # 1,608 pictures are left to learn from


def test_stop_in_mid_epoch_keeps_what_was_learned(small):
    def stop_when(records):
        last = records[-1]
        return isinstance(last, Progress) and (last.epoch, last.batch) == (1, 10)

    trained, records = run(RunSpec(training=TrainSpec(epochs=5, seed=4)), small, stop_when)
    assert trained.stopped == "asked"
    assert len(trained.history) == 1
    assert (records[-1].epoch, records[-1].batch) == (1, 10)
    one_epoch, _ = run(RunSpec(training=TrainSpec(epochs=1, seed=4)), small)
    assert trained.history[0].logs == one_epoch.history[0].logs
    assert np.any(trained.weights[0] != one_epoch.weights[0])  # and half an epoch more


def test_stop_between_epochs_has_whole_epochs(small):
    trained, _ = run(
        RunSpec(training=TrainSpec(epochs=5)),
        small,
        lambda records: isinstance(records[-1], EpochRecord),
    )
    assert trained.stopped
    assert len(trained.history) == 1


def test_stop_after_the_last_batch_changes_nothing(small):
    def stop_when(records):
        return records[-1].epoch == 1 and getattr(records[-1], "batch", 0) == 21

    trained, _ = run(RunSpec(training=TrainSpec(epochs=2)), small, stop_when)
    assert not trained.stopped
    assert len(trained.history) == 2


def test_divergence_ends_the_run(small):
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    trained, _ = run(RunSpec(network, TrainSpec(learning_rate=1.0, epochs=4)), small)
    assert trained.diverged
    assert not trained.stopped
    assert np.isnan(trained.history[-1].logs["loss"])
    assert len(trained.history) < 4


def test_divergence_in_the_very_last_step_is_seen(mnist):
    """The last loss is that before the last step: only the answers tell."""
    few = Dataset(
        mnist.x_train[:3000], mnist.y_train[:3000], mnist.x_test[:100], mnist.y_test[:100]
    )
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    training = TrainSpec(learning_rate=10.0, batch_size=1000, epochs=1)
    trained, _ = run(RunSpec(network, training), few)
    assert np.isfinite(trained.history[-1].logs["loss"])
    assert np.isnan(trained.probabilities).any()
    assert trained.diverged


@pytest.mark.parametrize("name", PRESETS)
def test_kept_weights_give_the_same_answers_later(small, name):
    spec = RunSpec(
        PRESETS[name].network, TrainSpec(epochs=1, optimizer="adam", learning_rate=0.001)
    )
    trained, _ = run(spec, small)
    answers = probabilities(spec.network, trained.weights, small.x_test)
    np.testing.assert_allclose(answers, trained.probabilities, atol=1e-6)
    assert sum(array.size for array in trained.weights) == total_parameters(spec.network)
    assert build_model(spec.network).count_params() == total_parameters(spec.network)
