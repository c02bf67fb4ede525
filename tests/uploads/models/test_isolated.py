"""The process that reads: its limits, and what becomes of it when a file harms it."""

import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models import isolated
from digitlab.uploads.models.isolated import read_isolated
from digitlab.wording.problems.uploads import network_refusal
from tests.uploads.models.making import with_layer
from tests.uploads.sentences import network_sentence

ROOT = Path(__file__).parents[3]


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


def refusal(content: bytes, reader: tuple[Any, ...] = isolated.READER) -> str:
    with pytest.raises(UploadError) as raised:
        read_isolated(content, reader)
    return network_refusal(raised.value)


def test_the_network_comes_back_whole(dense_file: bytes, dense_model: Any) -> None:
    network = read_isolated(dense_file)
    assert network.architecture.words == "Dense 12 relu, Dense 10 softmax"
    for ours, theirs in zip(network.weights, dense_model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_refusals_come_back_as_they_are(dense_file: bytes) -> None:
    sentence = refusal(with_layer(dense_file, 1, activation={"class_name": "f"}))
    assert "its own activation" in sentence


def test_a_heavy_file_starts_no_process() -> None:
    heavy = bytes((limits.MAX_NETWORK_MEGABYTES << 20) + 1)
    assert refusal(heavy, ("/no/such/program",)) == network_sentence(UploadProblem.TOO_HEAVY)


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READING_SECONDS", 0.3)
    assert refusal(b"PK", program("while True: pass")) == (
        "The lab needed more than 0.3 s to read this file, so it stopped. Save the network "
        'again with model.save("network.keras"), and try again.'
    )


_DENSE = '["Dense", {"units": 10, "activation": "softmax", "use_bias": true}]'
_TEN_UNITS = (
    f'{{"input_shape": [784], "input_dtype": "float32", "layers": [{_DENSE}], "origin": {{}}}}'
)
"""An answer whose arrays are to follow."""


@pytest.mark.parametrize(
    "text",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('hello')",
        "pass",
        f"print('{_TEN_UNITS}')",
        f"""print('{_TEN_UNITS}' + chr(10) + 40_000 * "x", end="")""",
        """print('{"input_shape": [9], "layers": []}')""",
        """print('{"input_shape": [784], "layers": [["Lambda", {}]]}')""",
    ],
    ids=[
        "crash",
        "exit",
        "nonsense",
        "nothing",
        "no arrays",
        "too many numbers",
        "wrong shape",
        "unknown layer",
    ],
)
def test_a_reader_that_crashes_or_talks_nonsense_is_a_sentence(text: str) -> None:
    assert refusal(b"PK", program(text)).endswith(".")


@pytest.mark.parametrize("where", ["stdout", "stderr"])
def test_a_reader_that_writes_for_ever_fills_no_memory(where: str) -> None:
    """It was let go on, and 300 MB of it were kept."""
    text = f"import sys\nwhile True: sys.{where}.buffer.write(bytes(1 << 20))"
    tracemalloc.start()
    try:
        assert refusal(b"x", program(text)) == network_sentence(UploadProblem.DAMAGED)
        assert tracemalloc.get_traced_memory()[1] < 4 * isolated._MOST_BYTES
    finally:
        tracemalloc.stop()


def test_when_all_readers_are_busy_it_says_so(
    dense_file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "READING_SECONDS", 0.05)
    for _ in range(limits.READERS):
        isolated._turns.acquire()
    try:
        assert refusal(dense_file) == network_sentence(UploadProblem.BUSY)
    finally:
        isolated._turns.release(limits.READERS)


def test_a_failure_gives_the_turn_back(dense_file: bytes) -> None:
    for _ in range(limits.READERS + 1):
        assert refusal(b"PK", program("raise SystemExit(3)")) == network_sentence(
            UploadProblem.DAMAGED
        )
    with isolated._turns:
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits.")
def test_the_reader_can_neither_fill_the_memory_nor_write(tmp_path: Path) -> None:
    text = f"""
import sys
from digitlab.uploads.sandbox.confined import confine
confine({limits.READING_MEGABYTES}, {limits.READING_SECONDS})
try:
    bytearray({2 * limits.READING_MEGABYTES} << 20)
except MemoryError:
    print("no memory")
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with open({str(tmp_path / "written")!r}, "wb", buffering=0) as file:
        file.write(b"x")
except OSError:
    print("no writing")
"""
    done = subprocess.run(program(text), cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.split(b"\n")[:2] == [b"no memory", b"no writing"]
    assert (tmp_path / "written").read_bytes() == b""


def test_the_reader_has_no_secrets_no_plugins_and_no_large_library(
    dense_file: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIGITLAB_DATABASE_URL", "postgresql://me:secret@host/runs")
    text = """
import os, sys
from digitlab.uploads.models import child
heavy = {"keras", "tensorflow", "streamlit", "distributed", "sklearn", "scipy", "plotly"}
loaded = sorted(heavy & set(sys.modules))
secret, plugins = 'DIGITLAB_DATABASE_URL' in os.environ, os.environ['HDF5_PLUGIN_PRELOAD'] != '::'
raise SystemExit(f"{loaded} {secret} {plugins}")
"""
    seen = []
    monkeypatch.setattr(isolated.logger, "warning", lambda *words: seen.extend(words))
    refusal(dense_file, program(text))
    assert "[] False False" in seen[-1]
