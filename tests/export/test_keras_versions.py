"""`network.keras` opens in the Keras of other courses: the oldest and the newest that read it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab.architecture import keras_file
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.preprocess.arrays import network_input
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS, PrepSpec, RunSpec, TrainSpec
from digitlab.uploads.models.isolated import read_isolated

OLDEST = "3.10.0"

ASK = """
import json, sys
import keras, numpy as np
model = keras.saving.load_model("network.keras")
print(json.dumps([keras.__version__, np.asarray(model(np.load("images.npy"))).tolist()]))
"""


@pytest.fixture(scope="module", params=["ReLU 128", "Small CNN"])
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, small: Dataset
) -> Path:
    """With a network as it is taken home, some pictures and its answers to them."""
    folder = tmp_path_factory.mktemp("network")
    spec = RunSpec(
        PRESETS[request.param].network,
        TrainSpec(optimizer="adam", epochs=1),
        PrepSpec(data_share=0.1),
    )
    trained = train(spec, small, lambda record: None, lambda: None)
    assert isinstance(trained, TrainedNetwork)
    assert trained.probabilities is not None
    (folder / "network.keras").write_bytes(keras_file.portable(trained.model))
    np.save(folder / "images.npy", network_input(small.x_test[:5], spec.network))
    np.save(folder / "answers.npy", trained.probabilities[:5])
    return folder


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the oldest Keras alone."""
    target = tmp_path_factory.mktemp("keras")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target)]
    subprocess.run([*pip, f"keras=={OLDEST}"], check=True)
    return target


def test_the_oldest_reads_it(folder: Path, oldest: Path) -> None:
    check(folder, {"PYTHONPATH": str(oldest)}, OLDEST)


def test_the_labs_own_reads_it(folder: Path) -> None:
    check(folder, {}, None)


def check(
    folder: Path,
    environment: dict[str, Any],
    version: str | None,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    used, answers = json.loads(done.stdout.splitlines()[-1])
    assert version in (None, used)
    np.testing.assert_allclose(answers, np.load(folder / "answers.npy"), atol=1e-6)


def test_the_lab_takes_it_back(folder: Path) -> None:
    uploaded = read_isolated((folder / "network.keras").read_bytes())
    weights = keras_file.weights((folder / "network.keras").read_bytes())
    for ours, theirs in zip(uploaded.weights, weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)
