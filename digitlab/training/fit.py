"""One training, with plain Keras: told what to report and when to stop.

Imports Keras: for workers, never for the web process.
"""

import math
import platform
import time
from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.data import Dataset
from digitlab.models import build_model, make_optimizer
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.specs import NetworkSpec, RunSpec
from digitlab.training.callbacks import Reporter
from digitlab.training.records import Record, TrainedNetwork

REPORTS_PER_EPOCH = 10
"""Batches between two reports run inside TensorFlow (`steps_per_execution`): the numbers
are those of plain `fit` to the last bit, and Python is out of the inner loop."""

_IMAGES_AT_ONCE = 1000
"""A CNN's feature maps for all 10,000 test images would take 250 MB."""


def train(
    run: RunSpec,
    data: Dataset,
    report: Callable[[Record], None],
    should_stop: Callable[[], str],
) -> TrainedNetwork:
    """Build, compile, fit and evaluate exactly what `run` says.

    `report` and `should_stop` are those of `Reporter`.

    The same run gives the same History, bit for bit, on the same versions and number of
    TensorFlow threads, because nothing else in this process draws random numbers meanwhile.
    """
    started = time.perf_counter()
    training = run.training
    keras.utils.set_random_seed(training.seed)
    model = build_model(run.network)
    model.compile(
        loss=training.loss,
        optimizer=make_optimizer(training),
        metrics=[training.metric],
        steps_per_execution=steps_per_execution(run, len(data.x_train)),
    )
    reporter = Reporter(report, should_stop)
    model.fit(
        network_input(data.x_train, run.network),
        one_hot(data.y_train),
        batch_size=training.batch_size,
        epochs=training.epochs,
        validation_split=training.validation_share,
        callbacks=[reporter],
        verbose=0,
    )
    test_loss, test_metric = model.evaluate(
        network_input(data.x_test, run.network), one_hot(data.y_test), verbose=0
    )
    answers = predict(model, run.network, data.x_test)
    return TrainedNetwork(
        spec=run,
        history=tuple(reporter.history),
        weights=tuple(model.get_weights()),
        probabilities=answers,
        test_accuracy=float(np.mean(answers.argmax(axis=1) == data.y_test)),
        test_loss=test_loss,
        test_metric=test_metric,
        seconds=time.perf_counter() - started,
        stopped=reporter.stopped,
        # The loss is that before the last step, which can be the one step too far.
        diverged=reporter.diverged or not np.isfinite(answers).all(),
        versions=_versions(),
    )


def steps_per_execution(run: RunSpec, samples: int) -> int:
    """How many batches run in TensorFlow between two reports."""
    batches = math.ceil(samples * (1 - run.training.validation_share) / run.training.batch_size)
    return max(1, batches // REPORTS_PER_EPOCH)


def predict(
    model: keras.Sequential, network: NetworkSpec, images: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """The model's probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`.

    Calls the model itself: `model.predict` is slow on few images and leaks when repeated.
    """
    parts = [
        np.asarray(model(network_input(images[i : i + _IMAGES_AT_ONCE], network), training=False))
        for i in range(0, len(images), _IMAGES_AT_ONCE)
    ]
    return np.concatenate(parts)


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
    }
