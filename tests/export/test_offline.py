"""Without a connection: the digits come from the lab, as a file beside the program."""

import ast
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab.data.mnist import MNIST_PATH, Dataset
from digitlab.export.lesson import Lesson
from digitlab.export.script import script
from digitlab.specs import ARTICLE, SampleSelection


def test_the_lines_that_load_the_file_give_the_same_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mnist: Dataset
) -> None:
    text = script(Lesson.of(ARTICLE, SampleSelection()))
    told = "Then remove the # and the\n# space after it in front of each of these lines:\n"
    below = text.partition(told)[2].splitlines()
    lines = [line.removeprefix("# ") for line in itertools.takewhile(bool, below)]
    assert len(lines) == 4
    code = "\n".join(lines)
    ast.parse(code)
    (tmp_path / "mnist.npz").write_bytes(MNIST_PATH.read_bytes())
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)
    for name in ("x_train", "y_train", "x_test", "y_test"):
        assert np.array_equal(names[name], getattr(mnist, name))
