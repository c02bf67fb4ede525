"""Keras without the libraries that it would load for what the lab does not use of it.

Keras and TensorFlow try to import matplotlib (pictures of images), pandas (tables as input) and
scikit-learn (wrappers for its classifiers), and go on without the ones that are not installed. The
three take half of the time to import Keras and an eighth of a worker's memory:
`python -m benchmarks.worker_start`.
"""

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OPTIONAL = ("matplotlib", "pandas", "sklearn")


def import_keras() -> None:
    """Import Keras for this process, with its garbage collection at rest.

    The collector would look at the million objects of TensorFlow again and again while they are
    made, and each time a model is thrown away later: nothing of it is ever garbage.
    """
    resting = not gc.isenabled()
    gc.disable()
    try:
        with _absent(OPTIONAL):
            importlib.import_module("keras")
        gc.freeze()
    finally:
        if not resting:
            gc.enable()


@contextmanager
def _absent(packages: tuple[str, ...]) -> Iterator[None]:
    """Python answers an import of these as if they were not installed; one already here stays."""
    hidden = [name for name in packages if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # documented: the import system
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
