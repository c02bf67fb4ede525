"""What each command does. Keras is imported when a network is trained or asked."""

import argparse
import contextlib
import errno
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.analysis import evaluation
from digitlab.data.mnist import load_mnist
from digitlab.engine import lean
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook as as_notebook
from digitlab.export.script import script as as_script
from digitlab.preprocess import DrawingError, drawing_to_digits, read_picture
from digitlab.records.history import history_csv, keras_log
from digitlab.records.networks import Network, TrainedNetwork
from digitlab.records.training import (
    EpochRecord,
    Interruption,
    Record,
    Refusal,
)
from digitlab.specs import LessonSpec, Preprocessing, RunSpec
from digitlab.uploads.models import input_guess
from digitlab.uploads.models.isolated import read_isolated
from digitlab.uploads.models.parsed import ParsedModel, evaluate_model
from digitlab.wording.problems.no_digit import in_picture
from digitlab.wording.settings.descriptions import pixels_words


def train(chosen: argparse.Namespace, lesson: LessonSpec) -> None:
    """Train, print what Keras prints, and keep what is asked for."""
    for path in filter(None, (chosen.save, chosen.history)):  # now, not after minutes
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    trained = _train(lesson.spec)
    _print_scores(trained)
    if chosen.save:
        chosen.save.write_bytes(trained.model)
    if chosen.history:
        chosen.history.write_text(history_csv(trained.history), encoding="utf-8")


def evaluate(chosen: argparse.Namespace, lesson: LessonSpec) -> None:
    """Print scores and confusion matrix of a network that was saved, or is trained first."""
    data = load_mnist()
    labels = data.y_test
    if chosen.model:
        network, tried = _uploaded(chosen.model)
        probabilities = _ask(network, data.x_test)
        evaluated = evaluate_model(network, chosen.model.name, probabilities, labels, tried)
        print(f"Test loss: {evaluated.test_loss}\nTest accuracy: {evaluated.test_accuracy}")
    else:
        trained = _train(lesson.spec)
        probabilities = trained.probabilities
        _print_scores(trained)
    matrix = evaluation.confusion_matrix(labels, probabilities)
    print(matrix)
    print("On the diagonal:", np.trace(matrix) / np.sum(matrix))


def predict(chosen: argparse.Namespace, lesson: LessonSpec) -> None:
    """Read one digit, or several in a row, in the way of the page Draw."""
    try:
        drawn = drawing_to_digits(read_picture(chosen.image.read_bytes())).digits
    except DrawingError as error:
        raise ValueError(in_picture(error.reason)) from None
    network: Network
    network = _uploaded(chosen.model)[0] if chosen.model else _train(lesson.spec)
    probabilities = _ask(network, np.stack([digit.digit for digit in drawn]))
    for ten in probabilities:
        print(np.round(ten, 2))
    print("".join(map(str, probabilities.argmax(axis=1))))


def script(chosen: argparse.Namespace, lesson: LessonSpec) -> None:
    """The run as a program."""
    _write(as_script(_taken_home(chosen, lesson)), chosen.output)


def notebook(chosen: argparse.Namespace, lesson: LessonSpec) -> None:
    """The run as a notebook."""
    _write(as_notebook(_taken_home(chosen, lesson)), chosen.output)


def _taken_home(chosen: argparse.Namespace, lesson: LessonSpec) -> Lesson:
    return Lesson.of(lesson.spec, lesson.selection, length=chosen.length)


def _train(spec: RunSpec) -> TrainedNetwork:
    """What a worker of the lab does, with Keras's lines as they come."""
    with _quiet():
        from digitlab.engine import fit
        from digitlab.engine.build import build_model, use_own_settings

    use_own_settings()
    build_model(spec.network).summary()

    def report(record: Record) -> None:
        if isinstance(record, EpochRecord):
            print("\n".join(keras_log([record], None, spec.training)), flush=True)

    def never() -> Interruption | None:
        return None

    trained = fit.train(spec, load_mnist(), report, never)
    if isinstance(trained, Refusal):
        raise ValueError(f"Keras can't train this run. Keras says: {trained}")
    assert isinstance(trained, TrainedNetwork), "nothing stops it"
    return trained


def _uploaded(path: Path) -> tuple[ParsedModel, Mapping[Preprocessing, float]]:
    """A network from a file, and the share of training digits read in each way tried."""
    network, data = read_isolated(_content(path)), load_mnist()
    tried = input_guess.shares(network, _ask, data.x_train, data.y_train)
    some = data.x_train[: limits.SETTLE_DIGITS]
    network = input_guess.settled(
        network, tried, lambda candidate: _ask(candidate, some), data.y_train
    )
    own = network.preprocessing
    print(
        f"The network takes {pixels_words(own)}. With them it reads {100 * tried[own]:.1f}% of "
        f"the first {limits.GUESS_DIGITS:,} training digits. The lab tried {len(tried)} of "
        f"{len(Preprocessing)} ways to make numbers of the pixels.",
        file=sys.stderr,
    )
    return network, tried


def _print_scores(trained: TrainedNetwork) -> None:
    print(f"Test loss: {trained.test_loss}")
    print(f"Test {trained.spec.training.metric}: {trained.test_metric}")


def _ask(network: Network, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    with _quiet():
        from digitlab.engine import inference
        from digitlab.engine.build import use_own_settings

    use_own_settings()
    return inference.probabilities(network, images)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """With Keras, but without what TensorFlow's C++ code says at its import, at any log level."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        lean.import_keras()
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _content(path: Path) -> bytes:
    """A file's content, no more of it than it takes to be refused."""
    with path.open("rb") as file:
        return file.read(limits.MAX_NETWORK_MEGABYTES * 1024 * 1024 + 1)


def _write(text: str, path: Path | None) -> None:
    if path:
        path.write_text(text, encoding="utf-8")
    else:
        print(text, end="" if text.endswith("\n") else "\n")
