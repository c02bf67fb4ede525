"""Python imports this at its start: `keras.datasets.mnist` then reads a file instead of the network.

What is taken home runs as it is, with the digits of the file that `DIGITLAB_TEST_MNIST` names.
"""

import importlib.abc
import importlib.machinery
import os
import sys

import numpy as np


class Offline(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name == "keras.src.datasets.mnist":
            return importlib.machinery.ModuleSpec(name, self)
        return None

    def exec_module(self, module):
        module.load_data = load_data


def load_data():
    with np.load(os.environ["DIGITLAB_TEST_MNIST"], allow_pickle=False) as digits:
        return (
            (digits["x_train"], digits["y_train"]),
            (digits["x_test"], digits["y_test"]),
        )


sys.meta_path.insert(0, Offline())
