"""One training: what Keras's `fit` does, told what to report and when to end.

Imports Keras: for workers, never for the web process.
"""

import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.architecture import keras_file
from digitlab.data.mnist import Dataset
from digitlab.engine.compiled import CompiledNetwork, compiled_network
from digitlab.engine.epoch import Epoch
from digitlab.engine.refusal import refusal
from digitlab.engine.reporter import Reporter
from digitlab.preprocess.arrays import network_input
from digitlab.records.checkpoint import Checkpoint, EpochWeights, PartialEpoch
from digitlab.records.networks import THREADS, TrainedNetwork
from digitlab.records.replay import with_epoch
from digitlab.records.training import Interruption, Record, Refusal
from digitlab.specs import (
    ARTICLE,
    FIRST,
    IMAGE_SHAPE,
    TENSORFLOW_THREADS,
    NetworkSpec,
    Preprocessing,
    RunSpec,
)

_IMAGES_AT_ONCE = 1000
"""A CNN's feature maps for all 10,000 test images would take 250 MB."""


def train(
    spec: RunSpec,
    data: Dataset,
    report: Callable[[Record], None],
    interruption: Callable[[], Interruption | None],
    start: Checkpoint | None = None,
) -> TrainedNetwork | Checkpoint | Refusal | None:
    """Fit and evaluate exactly what `spec` says, from its beginning or from `start` on.

    The same run gives the same History and weights, bit for bit, on the same versions and number
    of TensorFlow threads, at once or in time slices; nothing else in this process may draw random
    numbers meanwhile. Stopped in mid-epoch, it goes back to the last full epoch, so that every
    result can be repeated and continued. A time slice ends between any two batches.

    `report` and `interruption` are those of `Reporter`.

    Returns:
        The trained network; a checkpoint after PREEMPTED; a refusal if Keras takes no such labels;
        None if it ended otherwise before the first epoch was finished.
    """
    if not spec.labels_fit and (refused := refusal(spec, data)):
        return refused
    started = time.perf_counter() - (start.seconds if start else 0)
    network = compiled_network(spec)
    if start and start.history:  # all that a fresh network has is in there
        arrays = (*keras_file.weights(start.model), *keras_file.optimizer_state(start.model))
        network.restore(arrays)
    else:
        network.reset(spec.training.seed, spec.training.zero_start)
    earlier = start or Checkpoint((), b"", 0.0)
    reporter = Reporter(report, interruption, spec.training.epochs, earlier.history)
    replay, partial = _fit(network, spec, data, reporter, earlier)
    history = tuple(reporter.history)
    if reporter.interruption is Interruption.PREEMPTED:
        model = _saved(network.model) if history else b""
        return Checkpoint(history, model, time.perf_counter() - started, replay, partial)
    if not history:
        return None
    predicted = earlier.probabilities if len(history) == len(earlier.history) else None
    probabilities = _predict_test(network.model, spec, data, reporter, predicted)
    if len(probabilities) < len(data.x_test):
        model, seconds = _saved(network.model), time.perf_counter() - started
        return Checkpoint(history, model, seconds, replay, probabilities=probabilities)
    test_loss, test_metric = network.evaluate(data.y_test, probabilities)
    return TrainedNetwork(
        spec=spec,
        history=history,
        model=_saved(network.model),
        probabilities=probabilities,
        test_accuracy=float(np.mean(probabilities.argmax(axis=1) == data.y_test)),
        test_loss=test_loss,
        test_metric=test_metric,
        seconds=time.perf_counter() - started,
        interruption=reporter.interruption,
        # The loss is that before the last step, which can be the one step too far.
        diverged=reporter.diverged or not np.isfinite(probabilities).all(),
        versions=_versions(),
        replay=tuple(weights for weights in replay if weights.epoch < len(history)),
    )


def _fit(
    network: CompiledNetwork, spec: RunSpec, data: Dataset, reporter: Reporter, start: Checkpoint
) -> tuple[tuple[EpochWeights, ...], PartialEpoch | None]:
    """The epochs that `reporter.history` lacks, or fewer if it says so.

    Returns:
        Their weights, and the epoch that was preempted. The network is as after the last full one.
    """
    training, replay, partial = spec.training, start.replay, start.partial
    epoch = Epoch(network, spec, data)
    if len(reporter.history) not in [weights.epoch for weights in replay]:
        replay = with_epoch(replay, len(reporter.history), network.model.get_weights())
    first = len(reporter.history) if reporter.goes_on else training.epochs
    for number in range(first, training.epochs):
        last_full_epoch = network.state()
        partial = epoch.train(reporter, partial)
        if partial:
            network.restore(last_full_epoch)
            break
        replay = with_epoch(replay, number + 1, network.model.get_weights())
        if not reporter.goes_on:
            break
    return replay, partial


def _predict_test(
    model: keras.Sequential,
    spec: RunSpec,
    data: Dataset,
    reporter: Reporter,
    predicted: NDArray[np.float32] | None,
) -> NDArray[np.float32]:
    """Probabilities for the test images; for fewer if `reporter` says so.

    `predicted` are those for the first images, from an earlier time slice.
    """
    parts = [] if predicted is None else [predicted]
    for first in range(sum(map(len, parts)), len(data.x_test), _IMAGES_AT_ONCE):
        images = data.x_test[first : first + _IMAGES_AT_ONCE]
        parts.append(predict(model, spec.network, images, spec.preparation.preprocessing))
        if not reporter.on_prediction():
            break
    return np.concatenate(parts)


def warm_up() -> None:
    """Compile what most visitors train first, so that none of them waits for it."""
    images, labels = np.zeros((200, *IMAGE_SHAPE), np.uint8), np.zeros(200, np.uint8)
    for spec in (FIRST, ARTICLE):
        train(spec, Dataset(images, labels, images, labels), lambda record: None, lambda: None)


def predict(
    model: keras.Sequential,
    network: NetworkSpec,
    images: NDArray[np.uint8],
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE,
) -> NDArray[np.float32]:
    """The model's probabilities for uint8 images: `(n, 28, 28) -> (n, 10)`.

    Calls the model itself: `model.predict` is slow on few images and leaks when repeated.
    """
    parts = [
        network_input(images[first : first + _IMAGES_AT_ONCE], network, preprocessing)
        for first in range(0, len(images), _IMAGES_AT_ONCE)
    ]
    return np.concatenate([np.asarray(model(part, training=False)) for part in parts])


def _saved(model: keras.Sequential) -> bytes:
    """The `.keras` file of a model, with the optimizer's state."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.keras"
        model.save(path)
        return path.read_bytes()


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        THREADS: str(TENSORFLOW_THREADS),
    }
