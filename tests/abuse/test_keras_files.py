"""Hostile `.keras` files: a sentence, or the network's own numbers; and no program ever runs."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from digitlab.architecture.errors import UploadError
from digitlab.uploads.models.archive import read_network
from digitlab.wording.problems.uploads import network_refusal
from tests.abuse import hostile_configs, hostile_weights, hostile_zips
from tests.uploads.sentences import said_beyond_the_border

_LONGEST = 400  # characters of a sentence on the page
_WORDS = "Dense 12 relu, Dense 10 softmax"


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What a program in one of the files would make."""
    path = tmp_path / "it ran"
    monkeypatch.setenv(hostile_configs.CANARY, str(path))
    modules = set(sys.modules)
    yield path
    assert not path.exists()
    assert "stranger" not in {name.split(".")[0] for name in set(sys.modules) - modules}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A file of the server's that would do for the kernel, and an HDF5 file beside it."""
    path = tmp_path / "secret"
    path.write_bytes(np.full(hostile_weights.SHAPE, 0.5, "f4").tobytes())
    with h5py.File(f"{path}.h5", "w") as file:
        file["kernel"] = np.full(hostile_weights.SHAPE, 0.5, "f4")
    return path


def test_the_canary_would_notice(canary: Path) -> None:
    exec(hostile_configs._PROGRAM)
    assert canary.exists()
    canary.unlink()


def verdict(content: bytes, model: Any) -> str:
    """What becomes of a file: "refused" or "read", or what else happened."""
    try:
        network = read_network(content)
    except UploadError as error:
        sentence = network_refusal(error)
        if said_beyond_the_border(error) != sentence:
            return "another sentence beyond the border"
        well_said = sentence.endswith(".") and sentence.isprintable() and len(sentence) < _LONGEST
        return "refused" if well_said else sentence
    except BaseException as error:
        return repr(error)
    same = all(map(np.array_equal, network.weights, model.get_weights()))
    return "read" if same and network.architecture.words == _WORDS else "read as another network"


def verdicts(files: Iterator[tuple[str, bytes]], model: Any) -> dict[str, str]:
    return {name: verdict(content, model) for name, content in files}


def all_are(word: str, said: dict[str, str], number: int) -> bool:
    """Whether there are so many files, and the same became of all."""
    assert said == dict.fromkeys(said, word)
    return len(said) >= number


def test_tricks_with_the_zip(dense_file: bytes, dense_model: Any, canary: Path) -> None:
    assert all_are("refused", verdicts(hostile_zips.refused(dense_file), dense_model), 30)
    assert all_are("read", verdicts(hostile_zips.read(dense_file), dense_model), 7)


def test_tricks_with_the_config(dense_file: bytes, dense_model: Any, canary: Path) -> None:
    assert all_are("refused", verdicts(hostile_configs.refused(dense_file), dense_model), 70)
    assert all_are("read", verdicts(hostile_configs.read(dense_file), dense_model), 16)


def test_tricks_with_the_weights(
    dense_file: bytes, dense_model: Any, canary: Path, elsewhere: Path
) -> None:
    before = sorted(os.listdir(elsewhere.parent))
    files = hostile_weights.refused(dense_file, elsewhere)
    assert all_are("refused", verdicts(files, dense_model), 38)
    assert all_are("read", verdicts(hostile_weights.read(dense_file), dense_model), 5)
    assert sorted(os.listdir(elsewhere.parent)) == before
