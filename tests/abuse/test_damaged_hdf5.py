"""Damaged HDF5 files: a sentence, or arrays that stand in the file; the reader always ends."""

import subprocess
import sys
import time
from collections import Counter

import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.errors import UploadError
from digitlab.uploads.models.isolated import read_isolated
from tests.abuse.damage import NUMBER, network_file
from tests.browser.servers import ROOT
from tests.uploads.models.making import unpacked

_SECONDS = 60  # for all of them; two are usual


@pytest.fixture(scope="module")
def outcomes(dense_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What became of each, by its number; the missing number names what crashed or hung."""
    path = tmp_path_factory.mktemp("damage") / "network.keras"
    path.write_bytes(dense_file)
    command = [sys.executable, "-m", "tests.abuse.damage", str(path), "0", str(NUMBER)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS)
        output, end = done.stdout, f"ended ({done.returncode}) {done.stderr[-1000:]}"
    except subprocess.TimeoutExpired as slow:
        output, end = (slow.stdout or b"").decode(), "hung"
    lines = output.splitlines()
    if len(lines) < NUMBER:
        pytest.fail(f"The reader {end} at damage {len(lines)}.")
    return [line.partition(" ")[2] for line in lines]


def test_each_is_refused_or_read_as_it_stands_there(outcomes: list[str]) -> None:
    kinds = Counter(outcomes)
    assert set(kinds) == {"read", "refused"}, {
        seed: word for seed, word in enumerate(outcomes) if word not in ("read", "refused")
    }
    # Both happen often: the damage is neither harmless nor seen by the zip alone.
    assert kinds["refused"] > 100
    assert kinds["read"] > 20


@pytest.mark.parametrize("outcome", ["refused", "read"])
def test_the_readers_own_process_says_the_same_and_ends_in_time(
    outcomes: list[str], dense_file: bytes, outcome: str
) -> None:
    files = unpacked(dense_file)
    for seed in [seed for seed, word in enumerate(outcomes) if word == outcome][:2]:
        began = time.monotonic()
        content = network_file(files, seed)
        if outcome == "refused":
            with pytest.raises(UploadError):
                read_isolated(content)
        else:
            assert all(np.isfinite(array).all() for array in read_isolated(content).weights)
        assert time.monotonic() - began < limits.READING_SECONDS
