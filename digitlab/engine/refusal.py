"""Keras's error for labels that its loss or metric doesn't take. Imports Keras: for workers."""

import keras
import tensorflow as tf

from digitlab.data.mnist import Dataset
from digitlab.engine.build import build_model, make_optimizer
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.training import Refusal
from digitlab.specs import RunSpec


def refusal(spec: RunSpec, data: Dataset) -> Refusal | None:
    """Why plain `fit` does not train this run, or None if it does.

    It is plain `fit` that is asked. Its words depend on the sizes of the batches, so there is one
    batch of each size that the training would have.
    """
    size = spec.training.batch_size
    images, labels = training_digits(
        data.x_train, data.y_train, spec.preparation, spec.training.seed
    )
    samples = spec.training.digits_to_learn_from(len(labels))
    count = samples if samples < size else size + samples % size
    x = network_input(images[:count], spec.network, spec.preparation.preprocessing)
    y = one_hot(labels[:count]) if spec.preparation.one_hot else labels[:count]
    model = build_model(spec.network)
    model.compile(
        loss=spec.training.loss,
        optimizer=make_optimizer(spec.training),
        metrics=[spec.training.metric],
    )
    try:
        model.fit(x, y, batch_size=size, verbose=0, callbacks=[_OneBatch()])
    except (ValueError, TypeError, tf.errors.OpError) as error:
        return Refusal(type(error).__name__, _message(error))
    return None


class _OneBatch(keras.callbacks.Callback):  # type: ignore[misc]
    """Ends the training after its first batch."""

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        self.model.stop_training = True


def _message(error: Exception) -> str:
    """The line of the message itself: TensorFlow puts a list of source files around it."""
    lines = [line for line in str(error).splitlines() if line.strip() and not line[0].isspace()]
    return lines[-1]
