"""What a piece of code needs before it: imports, and names that earlier pieces made."""

import builtins
import dis
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType
from typing import Final

IMPORTS: Final = {
    "itertools": "import itertools",
    "os": "import os",
    "keras": "import keras",
    "plt": "import matplotlib.pyplot as plt",
    "np": "import numpy as np",
    "tf": "import tensorflow as tf",
    "PCA": "from sklearn.decomposition import PCA",
    "ConfusionMatrixDisplay": "from sklearn.metrics import ConfusionMatrixDisplay",
}
"""The line that brings each name, in the order in which they stand."""

PREPARED: Final = ("x_train", "y_train", "x_test", "y_test")

ORIGINS: Final = {
    **dict.fromkeys(PREPARED, "Prepare"),
    "model": "Train",
    "true_labels": "Evaluate",
    "predictions": "Evaluate",
}
"""The page whose code makes a name that others take."""


@lru_cache(maxsize=512)
def taken(code: str) -> tuple[str, ...]:
    r"""The names that a piece uses before it makes them itself, imports too, in their order.

    As Python compiles the piece: what it loads by name and has not stored by then.

    >>> taken("x_test /= 255\ndigit = x_test[0]\nprint(digit, np.pi)")
    ('x_test', 'np')
    """
    stored, needed = set(dir(builtins)), []
    for operation, name in _accesses(compile(code, "snippet", "exec")):
        if operation.startswith("STORE"):
            stored.add(name)
        elif name not in stored and name not in needed:
            needed.append(name)
    return tuple(needed)


def imports(code: str) -> str:
    """The imports that a piece needs, a line each; empty if it needs none."""
    needed = taken(code)
    return "".join(f"{line}\n" for name, line in IMPORTS.items() if name in needed)


def with_imports(code: str) -> str:
    """The piece below the imports that it needs."""
    lines = imports(code)
    gap = "\n\n" if code.startswith("def ") else "\n"
    return f"{lines}{gap}{code}" if lines else code


def origins(code: str) -> dict[str, tuple[str, ...]]:
    """Whose code has to run before: the names that a piece takes, by the page that makes them.

    Who prepares the digits takes them as Data loads them.
    """
    pages: dict[str, tuple[str, ...]] = {}
    prepares = "x_train = x_train" in code
    for name, usual in ORIGINS.items():
        if name in taken(code):
            page = "Data" if prepares and name in PREPARED else usual
            pages[page] = (*pages.get(page, ()), name)
    return pages


def _accesses(code: CodeType) -> Iterator[tuple[str, str]]:
    """Each load and store of a name that is no local one, functions' where they are defined."""
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL", "STORE_NAME"):
            yield instruction.opname, instruction.argval
        elif isinstance(instruction.argval, CodeType):
            yield from _accesses(instruction.argval)
