"""What is taken home gives the lab's numbers, in a Python of its own that knows no lab."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab.analysis.evaluation import confusion_matrix
from digitlab.data.mnist import MNIST_PATH, Dataset
from digitlab.export.length import Length
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.script import script
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord, Interruption, Progress, Record, Refusal
from digitlab.specs import (
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.specs.training import SPARSE

from .alone import jupyter_in_turn, matrix, python, python_in_turn

RUNS = {
    "article": RunSpec(training=TrainSpec(epochs=2, seed=1)),
    "ReLU, Adam, validation": RunSpec(
        PRESETS["ReLU 128"].network,
        TrainSpec(optimizer="adam", learning_rate=0.001, validation_share=0.2, seed=2, epochs=2),
    ),
    "deep, RMSprop, mean squared error": RunSpec(
        NetworkSpec((HiddenLayer(20, "tanh"), HiddenLayer(15, "linear"))),
        TrainSpec("mean_squared_error", "rmsprop", 0.003, "top_k_categorical_accuracy", 64, 2),
    ),
    "CNN, momentum": RunSpec(
        PRESETS["Small CNN"].network,
        TrainSpec(optimizer="momentum", validation_share=0.1, batch_size=128, epochs=2, seed=3),
    ),
    "broken: unscaled, sparse, noisy, without a digit": RunSpec(
        PRESETS["Small CNN"].network,
        TrainSpec(SPARSE, "adam", 0.001, batch_size=50, epochs=2, seed=6),
        PrepSpec(scale=False, one_hot=False, dropped_digit=8, label_noise=0.2),
    ),
    "broken: few digits, shuffled, from zero": RunSpec(
        training=TrainSpec(learning_rate=10.0, validation_share=0.1, seed=7, zero_start=True),
        preparation=PrepSpec(data_share=0.3, shuffle_labels=True),
    ),
    "no biases": RunSpec(
        NetworkSpec((HiddenLayer(24, "relu"),), use_bias=False), TrainSpec(epochs=2, seed=2)
    ),
    "diverged": RunSpec(
        NetworkSpec((HiddenLayer(30, "relu"),)), TrainSpec(learning_rate=10.0, epochs=3)
    ),
}

# What is run in one process: two at a time keep two cores busy. In each, the first program is the
# one that sets TensorFlow's threads, so that the others need not; each begins with a CNN, whose
# last digits depend on them.
FIRST, SECOND = (name for name, run in RUNS.items() if run.network.convolutions)
OTHERS = [name for name in (*RUNS, "stopped", "continued") if name not in (FIRST, SECOND)]
SCRIPTS = ((FIRST, *OTHERS[:4]), (SECOND, *OTHERS[4:]))
NOTEBOOKS = (FIRST, "ReLU, Adam, validation", "continued")
WITH_EVERYTHING = {
    "script": (FIRST, SECOND, "no biases", "diverged"),
    "notebook": ("ReLU, Adam, validation",),
}
"""Those that look inside at their end too. The others are the lesson: half the time of a script,
and what is inside a network of each kind has tests of its own (tests/export/snippets)."""


def length_of(kind: str, name: str) -> Length:
    return Length.EVERYTHING if name in WITH_EVERYTHING[kind] else Length.LESSON


def write_script(trained: TrainedNetwork, folder: Path, length: Length = Length.EVERYTHING) -> Path:
    program = folder / "train.py"
    selection = SampleSelection(index=20)
    lesson = Lesson.of(trained.spec, selection, trained, length=length)
    program.write_text(script(lesson), encoding="utf-8")
    return program


def write_notebook(trained: TrainedNetwork, folder: Path, length: Length) -> Path:
    """The notebook with its last cell moved to the top, as it says for the last digits."""
    cells = folder / "lesson.ipynb"
    lesson = Lesson.of(trained.spec, None, trained, length=length)
    document = nbformat.reads(notebook(lesson), as_version=4)
    document.cells.insert(0, document.cells.pop())
    assert "THREADS" in document.cells[0].source
    nbformat.write(document, cells)
    return cells


def train(*arguments: Any) -> TrainedNetwork | Checkpoint | Refusal | None:
    """The engine's; imported here, since one of the tests needs workers and no Keras."""
    from digitlab.engine import fit

    return fit.train(*arguments)


@pytest.fixture(scope="module")
def networks(small: Dataset) -> dict[str, TrainedNetwork]:
    """Each run as the lab's engine trains it, two of them with interruptions."""
    networks = {"stopped": stopped(small), "continued": continued(small)}
    for name, run in RUNS.items():
        network = train(run, small, lambda record: None, lambda: None)
        assert isinstance(network, TrainedNetwork)
        networks[name] = network
    return networks


def stopped(small: Dataset) -> TrainedNetwork:
    """Asked for 9 epochs, with new learning rates in the third and the fifth; stopped after 3."""
    spec = RunSpec(training=TrainSpec(epochs=9, seed=4, rate_changes=((2, 0.3), (4, 0.1))))
    network = train(spec, small, *until(3, Interruption.STOP))
    assert isinstance(network, TrainedNetwork)
    return network


def continued(small: Dataset) -> TrainedNetwork:
    """Adam for 2 epochs, a turn for others, then 2 more with a smaller learning rate."""
    training = TrainSpec(optimizer="adam", epochs=4, seed=5, validation_share=0.2, batch_size=50)
    half = train(RunSpec(training=training), small, *until(2, Interruption.PREEMPTED))
    assert isinstance(half, Checkpoint)
    spec = RunSpec(training=training).continued(2, 2, 0.0003)
    network = train(spec, small, lambda record: None, lambda: None, half)
    assert isinstance(network, TrainedNetwork)
    return network


def until(
    epochs: int, how: Interruption
) -> tuple[Callable[[Progress | EpochRecord], None], Callable[[], Interruption | None]]:
    """What a training is handed to end after so many epochs: `report` and `interruption`."""
    done = []

    def report(record: Record) -> None:
        if isinstance(record, EpochRecord):
            done.append(record)

    return report, lambda: how if len(done) == epochs else None


@pytest.fixture(scope="module")
def printed(
    networks: dict[str, TrainedNetwork], small: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], str]:
    """What each script and notebook printed, by kind and name."""
    digits = tmp_path_factory.mktemp("digits") / "mnist.npz"
    names = ("x_train", "y_train", "x_test", "y_test")
    np.savez(digits, **{name: getattr(small, name) for name in names})

    def script_of(name: str) -> Path:
        return write_script(
            networks[name], tmp_path_factory.mktemp("alone"), length_of("script", name)
        )

    def notebook_of(name: str) -> Path:
        return write_notebook(
            networks[name], tmp_path_factory.mktemp("alone"), length_of("notebook", name)
        )

    with ThreadPoolExecutor(2) as pool:
        scripts = [
            pool.submit(python_in_turn, [*map(script_of, names)], digits) for names in SCRIPTS
        ]
        notebooks = pool.submit(jupyter_in_turn, [*map(notebook_of, NOTEBOOKS)], digits)
    scores = {
        ("script", name): text
        for names, texts in zip(SCRIPTS, scripts, strict=True)
        for name, text in zip(names, texts.result(), strict=True)
    }
    return scores | {
        ("notebook", name): text for name, text in zip(NOTEBOOKS, notebooks.result(), strict=True)
    }


@pytest.mark.parametrize(
    "job",
    [*(("script", name) for names in SCRIPTS for name in names)]
    + [("notebook", name) for name in NOTEBOOKS],
    ids=": ".join,
)
def test_it_prints_the_labs_history_and_matrix(
    job: tuple[str, str],
    printed: dict[tuple[str, str], str],
    networks: dict[str, TrainedNetwork],
    small: Dataset,
) -> None:
    check(printed[job], networks[job[1]], small.y_test)


def test_full_size_and_from_a_worker(
    trained: TrainedNetwork, mnist: Dataset, tmp_path: Path
) -> None:
    program = write_script(trained, tmp_path)
    check(python(program, MNIST_PATH), trained, mnist.y_test)
    assert (tmp_path / "network.keras").exists()


def check(printed: str, trained: TrainedNetwork, labels: NDArray[np.uint8]) -> None:
    """The History, to the last bit, and each cell of the confusion matrix."""
    names = trained.history[0].logs
    # As text: every bit of a float is in it, and NaN equals NaN.
    ours = {name: [record.logs[name] for record in trained.history] for name in sorted(names)}
    if trained.spec.training.rate_changes:  # float32, as the optimizer has them
        rates = [trained.spec.training.rate_at(epoch) for epoch in range(len(trained.history))]
        ours["learning_rate"] = [float(np.float32(rate)) for rate in rates]
    assert str(ours) in printed.splitlines()
    np.testing.assert_array_equal(matrix(printed), confusion_matrix(labels, trained.probabilities))
