"""Without a connection: the digits come from the lab, as a file beside the program."""

import ast
import re
from pathlib import Path

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
    lines = re.findall(r"^# ((?:digits|x_\w+, y_\w+) = .*)$", text, re.MULTILINE)
    assert len(lines) == 3
    ast.parse("\n".join(lines))
    (tmp_path / "mnist.npz").write_bytes(MNIST_PATH.read_bytes())
    monkeypatch.chdir(tmp_path)
    names = {"np": np}
    exec("\n".join(lines), names)
    for name in ("x_train", "y_train", "x_test", "y_test"):
        np.testing.assert_array_equal(names[name], getattr(mnist, name))
