"""The MNIST digits, embedded in the package: no network is ever needed."""

import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitlab.data.npy import read_npz

MNIST_PATH = Path(__file__).with_name("mnist.npz")
MNIST_SHA256 = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"


class DataProblem(StrEnum):
    """What is wrong with the file of the digits."""

    UNREADABLE = "unreadable"
    DAMAGED = "damaged"


class DataError(Exception):
    """The embedded data set can't be used; `wording.problems.digits_file` makes the sentence.

    Args:
        problem: why.
        file: inside the project, so that nobody sees the server's folders.
    """

    def __init__(self, problem: DataProblem, file: str) -> None:
        super().__init__(problem, file)
        self.problem = problem
        self.file = file

    def __str__(self) -> str:
        """For the log."""
        return f"{self.file}: {self.problem}"


class Dataset:
    """MNIST as `keras.datasets.mnist.load_data()` gives it, read-only.

    Args:
        x_train: as the attribute, or a function that loads it: most pages never ask for it.
        y_train, x_test, y_test: as the attributes.

    Attributes:
        x_train: training images, uint8, shape (60000, 28, 28); 0 is paper, 255 is ink.
        y_train: their labels 0 to 9, uint8, shape (60000,).
        x_test: test images, uint8, shape (10000, 28, 28).
        y_test: their labels, uint8, shape (10000,).
    """

    def __init__(
        self,
        x_train: NDArray[np.uint8] | Callable[[], NDArray[np.uint8]],
        y_train: NDArray[np.uint8],
        x_test: NDArray[np.uint8],
        y_test: NDArray[np.uint8],
    ) -> None:
        self._x_train = x_train
        self.y_train, self.x_test, self.y_test = y_train, x_test, y_test

    @cached_property
    def x_train(self) -> NDArray[np.uint8]:
        """Training images, loaded when first asked for."""
        return self._x_train() if callable(self._x_train) else self._x_train


@cache
def load_mnist(path: Path = MNIST_PATH) -> Dataset:
    """Load the embedded MNIST, checked against its SHA-256, once in a process.

    Raises:
        DataError: if the file is missing, truncated or altered.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(DataProblem.UNREADABLE, _in_project(path)) from error
    if hashlib.sha256(content).hexdigest() != MNIST_SHA256:
        raise DataError(DataProblem.DAMAGED, _in_project(path))

    def load(name: str) -> NDArray[np.uint8]:
        array: NDArray[np.uint8] = read_npz(content, [name])[name]
        array.flags.writeable = False
        return array

    return Dataset(lambda: load("x_train"), load("y_train"), load("x_test"), load("y_test"))


def _in_project(path: Path) -> str:
    return f"digitlab/data/{path.name}"
