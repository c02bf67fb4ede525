"""What is taken home in other versions of Keras: an old one, and the lab's own, the newest.

`network.keras` opens there, and the notebook runs as it is, near the lab's numbers.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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
import json, pathlib, sys
import keras, numpy as np
answers = {}
for name in sys.argv[1:]:
    model = keras.saving.load_model(pathlib.Path(name, "network.keras"))
    answers[name] = np.asarray(model(np.load(pathlib.Path(name, "images.npy")))).tolist()
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


def test_the_oldest_reads_them(folder: Path, oldest: Path) -> None:
    check(folder, {"PYTHONPATH": str(oldest)}, OLDEST)


def test_the_labs_own_reads_them(folder: Path) -> None:
    check(folder, {}, None)


def check(
    folder: Path,
    environment: dict[str, Any],
    version: str | None,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, *NETWORKS],  # one Python for all: most of it is the import
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    used, answers = json.loads(done.stdout.splitlines()[-1])
    assert version in (None, used)
    for name in NETWORKS:
        np.testing.assert_allclose(answers[name], np.load(folder / name / "answers.npy"), atol=1e-6)


def test_the_notebook_runs_in_the_oldest_near_the_labs_numbers(
    oldest: Path, small: Dataset, tmp_path: Path
) -> None:
    """As it is downloaded: nothing installed, no cell moved. The newest: `test_repeats.py`."""
    trained = train(RunSpec(training=TrainSpec(seed=3)), small, lambda record: None, lambda: None)
    assert isinstance(trained, TrainedNetwork)
    document = nbformat.reads(notebook(Lesson.of(trained.spec, None, trained)), as_version=4)
    document.cells.append(new_code_cell("print(keras.__version__)"))
    nbformat.write(document, tmp_path / "lesson.ipynb")
    digits = tmp_path / "mnist.npz"
    np.savez(digits, **{name: getattr(small, name) for name in PREPARED})
    printed = jupyter(tmp_path / "lesson.ipynb", digits, oldest)
    assert printed.splitlines()[-1] == OLDEST
    counts = matrix(printed)
    assert counts.sum() == len(small.y_test)
    accuracy = np.trace(counts) / counts.sum()
    assert accuracy == pytest.approx(trained.test_accuracy, abs=TOLERANCE)
    said = history(printed)["accuracy"]
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
