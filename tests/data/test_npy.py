"""Arrays from numpy's own files, and one thread at a time in numpy's reader."""

import io
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab.data.npy import read_npy, read_npz

NUMBERS = np.arange(6, dtype=np.float32).reshape(2, 3)


def file_of(
    save: Callable[..., Any],
    *arrays: NDArray[Any],
    **named: NDArray[Any],
) -> bytes:
    file = io.BytesIO()
    save(file, *arrays, **named)
    return file.getvalue()


def test_arrays_come_back_as_they_were() -> None:
    assert (read_npy(file_of(np.save, NUMBERS)) == NUMBERS).all()
    archive = file_of(np.savez, a=NUMBERS, b=NUMBERS + 1)
    assert [(name, array.tolist()) for name, array in read_npz(archive).items()] == [
        ("a", NUMBERS.tolist()),
        ("b", (NUMBERS + 1).tolist()),
    ]
    assert list(read_npz(archive, ["b"])) == ["b"]


def test_pickled_objects_and_damaged_files_are_refused() -> None:
    with pytest.raises(ValueError, match="pickle"):
        read_npy(file_of(np.save, np.array([{}])))
    with pytest.raises(ValueError, match="pickle"):
        read_npz(file_of(np.savez, a=np.array([{}])))
    with pytest.raises(zipfile.BadZipFile):
        read_npz(file_of(np.savez, a=NUMBERS)[:-30])
    with pytest.raises(KeyError):
        read_npz(file_of(np.savez, a=NUMBERS), ["c"])


def test_two_threads_are_never_in_numpy_s_reader_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """CPython 3.11's `ast`, which numpy asks about the head, mixes up two threads (gh-106905)."""
    both, load, met = threading.Barrier(2), np.load, []

    def slow_load(*arguments: Any, **options: Any) -> Any:
        try:
            both.wait(0.3)
            met.append(True)
        except threading.BrokenBarrierError:
            pass  # nobody else came in
        return load(*arguments, **options)

    monkeypatch.setattr(np, "load", slow_load)
    npy, npz = file_of(np.save, NUMBERS), file_of(np.savez, a=NUMBERS)
    with ThreadPoolExecutor(2) as threads:
        array, archive = threads.submit(read_npy, npy), threads.submit(read_npz, npz)
        assert (array.result() == archive.result()["a"]).all()
    assert not met
