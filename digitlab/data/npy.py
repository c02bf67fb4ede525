"""Arrays from numpy's own files, safe in any thread.

numpy reads the head of an array with `ast`, and CPython 3.11 counts the depth of `ast` once for
all threads (https://github.com/python/cpython/issues/106905): two pages that read at the same
moment can end with "SystemError: AST constructor recursion depth mismatch".
"""

import io
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_lock = threading.Lock()


def read_npy(content: bytes) -> NDArray[Any]:
    """The array of an `.npy` file; pickled objects are refused.

    Raises:
        ValueError, EOFError: if the file is damaged.
    """
    with _lock:
        array: NDArray[Any] = np.load(io.BytesIO(content), allow_pickle=False)
    return array


def read_npz(content: bytes, names: Sequence[str] | None = None) -> dict[str, NDArray[Any]]:
    """The arrays of an `.npz` file by name, or those of some names; pickled objects are refused.

    Raises:
        ValueError, EOFError, KeyError, zipfile.BadZipFile: if the file is damaged.
    """
    with _lock, np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return {name: archive[name] for name in (archive.files if names is None else names)}
