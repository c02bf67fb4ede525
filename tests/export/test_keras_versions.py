"""What is taken home in other versions of Keras: an old one, and the lab's own, the newest.

`network.keras` opens there, and the notebook runs as it is, near the lab's numbers.
"""

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import keras
import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell

from digitlab.architecture import keras_file
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.snippets.names import PREPARED
from digitlab.preprocess.arrays import network_input
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS, PrepSpec, RunSpec, TrainSpec
from digitlab.uploads.models.isolated import read_isolated
from digitlab.wording.notebook_steps import TOLERANCE, steps_words

from .alone import history, jupyter, matrix

OLDEST = "3.10.0"

NETWORKS = ("ReLU 128", "Small CNN")

ASK = """
import json, pathlib
import keras, numpy as np
answers = {{}}
for name in {names}:
    folder = pathlib.Path({folder!r}, name)
    model = keras.saving.load_model(folder / "network.keras")
    answers[name] = np.asarray(model(np.load(folder / "images.npy"))).tolist()
print(json.dumps([keras.__version__, answers]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small: Dataset) -> Path:
    """For each network a folder with it as it is taken home, some pictures and its answers."""
    folder = tmp_path_factory.mktemp("networks")
    for name in NETWORKS:
        spec = RunSpec(
            PRESETS[name].network,
            TrainSpec(optimizer="adam", epochs=1),
            PrepSpec(data_share=0.1),
        )
        trained = train(spec, small, lambda record: None, lambda: None)
        assert isinstance(trained, TrainedNetwork)
        assert trained.probabilities is not None
        (folder / name).mkdir()
        (folder / name / "network.keras").write_bytes(keras_file.portable(trained.model))
        np.save(folder / name / "images.npy", network_input(small.x_test[:5], spec.network))
        np.save(folder / name / "answers.npy", trained.probabilities[:5])
    return folder


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the oldest Keras alone."""
    target = tmp_path_factory.mktemp("keras")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target)]
    subprocess.run([*pip, f"keras=={OLDEST}"], check=True)
    return target


@pytest.fixture(scope="module")
def trained(small: Dataset) -> TrainedNetwork:
    """The network whose notebook is taken home."""
    network = train(RunSpec(training=TrainSpec(seed=3)), small, lambda record: None, lambda: None)
    assert isinstance(network, TrainedNetwork)
    return network


@pytest.fixture(scope="module")
def printed_in_the_oldest(
    trained: TrainedNetwork,
    folder: Path,
    oldest: Path,
    small: Dataset,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """By the notebook as it is downloaded: nothing installed, no cell moved. Then, in one more
    cell, the other networks are opened: half of the time of a process is the import of Keras."""
    home = tmp_path_factory.mktemp("home")
    document = nbformat.reads(notebook(Lesson.of(trained.spec, None, trained)), as_version=4)
    document.cells.append(new_code_cell(ASK.format(names=NETWORKS, folder=str(folder))))
    nbformat.write(document, home / "lesson.ipynb")
    digits = home / "mnist.npz"
    np.savez(digits, **{name: getattr(small, name) for name in PREPARED})
    return jupyter(home / "lesson.ipynb", digits, oldest)


def test_the_oldest_reads_them(folder: Path, printed_in_the_oldest: str) -> None:
    check(folder, printed_in_the_oldest, OLDEST)


def test_the_labs_own_reads_them(folder: Path) -> None:
    output = io.StringIO()
    with redirect_stdout(output):
        exec(ASK.format(names=NETWORKS, folder=str(folder)), {})
    check(folder, output.getvalue(), keras.__version__)


def check(folder: Path, printed: str, version: str) -> None:
    used, answers = json.loads(printed.splitlines()[-1])
    assert used == version
    for name in NETWORKS:
        np.testing.assert_allclose(answers[name], np.load(folder / name / "answers.npy"), atol=1e-6)


def test_the_notebook_runs_in_the_oldest_near_the_labs_numbers(
    printed_in_the_oldest: str, trained: TrainedNetwork, small: Dataset
) -> None:
    """The newest: `test_repeats.py`."""
    counts = matrix(printed_in_the_oldest)
    assert counts.sum() == len(small.y_test)
    accuracy = np.trace(counts) / counts.sum()
    assert accuracy == pytest.approx(trained.test_accuracy, abs=TOLERANCE)
    said = history(printed_in_the_oldest)["accuracy"]
    ours = [record.logs["accuracy"] for record in trained.history]
    assert said == pytest.approx(ours, abs=TOLERANCE)


def test_the_learner_is_told_how_near_and_for_which_versions() -> None:
    words = steps_words()
    assert f"at most {TOLERANCE:g}" in words
    assert f"Keras {OLDEST.removesuffix('.0')}" in words


@pytest.mark.parametrize("name", NETWORKS)
def test_the_lab_takes_it_back(folder: Path, name: str) -> None:
    content = (folder / name / "network.keras").read_bytes()
    uploaded, weights = read_isolated(content), keras_file.weights(content)
    for ours, theirs in zip(uploaded.weights, weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
