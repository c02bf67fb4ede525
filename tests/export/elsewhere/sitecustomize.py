"""Python imports this at its start: `keras.datasets.mnist` then reads a file, not the network.

What is taken home runs as it is, with the digits of the file that `DIGITLAB_TEST_MNIST` names.
"""

import importlib.abc
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

Set = tuple[NDArray[np.uint8], NDArray[np.uint8]]


class Offline(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == "keras.src.datasets.mnist":
            return ModuleSpec(name, self)
        return None

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["load_data"] = load_data


def load_data() -> tuple[Set, Set]:
    with np.load(os.environ["DIGITLAB_TEST_MNIST"], allow_pickle=False) as digits:
        return (
            (digits["x_train"], digits["y_train"]),
            (digits["x_test"], digits["y_test"]),
        )


sys.meta_path.insert(0, Offline())
