"""Run what is taken home in a Python of its own that knows no lab, and read what it prints."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from numpy.typing import NDArray

_ELSEWHERE = Path(__file__).parent / "elsewhere"
"""Another computer's: Keras's settings of another course, and digits instead of a connection."""


# Each program in its own folder; most of a program's time is the import of TensorFlow.
_IN_TURN = """
import contextlib, io, json, os, runpy, sys
printed = []
for program in sys.argv[1:]:
    os.chdir(os.path.dirname(program))
    with contextlib.redirect_stdout(io.StringIO()) as output:
        print("running", program, file=sys.stderr)  # the last one is the one that failed
        runpy.run_path(program, run_name="__main__")
    printed.append(output.getvalue())
print(json.dumps(printed))
"""


# Between notebooks in one kernel: no name of the one before, and the folder of the next.
_ANEW = """
%reset -f
import os
os.chdir({folder!r})
del os
"""


def python(program: Path, digits: Path) -> str:
    """What `python train.py` prints, in the program's own folder.

    Args:
        program: the file.
        digits: an `.npz` file, which stands for what Keras would download.
    """
    return _output([program.name], digits, program.parent)


def python_in_turn(programs: Sequence[Path], digits: Path) -> list[str]:
    """What each prints when one Python runs them all, one after the other."""
    printed: list[str] = json.loads(_output(["-c", _IN_TURN, *map(str, programs)], digits))
    return printed


def _output(arguments: list[str], digits: Path, folder: Path | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=_environment(digits),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def jupyter(notebook: Path, digits: Path, keras: Path | None = None) -> str:
    """What the cells of a notebook print, in the notebook's own folder.

    Args:
        notebook: the file.
        digits: as for `python`.
        keras: a folder with another Keras, on a computer where nobody has set anything for it.
    """
    document = nbformat.read(notebook, as_version=4)
    _execute(document, digits, notebook.parent, keras)
    return _printed(document.cells)


def jupyter_in_turn(notebooks: Sequence[Path], digits: Path) -> list[str]:
    """What each prints when one kernel runs them all, one after the other; each finds no name."""
    document, ends = new_notebook(), [0]
    for notebook in notebooks:
        document.cells.append(new_code_cell(_ANEW.format(folder=str(notebook.parent))))
        document.cells += nbformat.read(notebook, as_version=4).cells
        ends.append(len(document.cells))
    _execute(document, digits, notebooks[0].parent)
    return [_printed(document.cells[begin:end]) for begin, end in pairwise(ends)]


def _execute(document: NotebookNode, digits: Path, folder: Path, keras: Path | None = None) -> None:
    client = NotebookClient(
        document,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    environment = _environment(digits)
    if keras:
        environment["PYTHONPATH"] = os.pathsep.join((str(_ELSEWHERE), str(keras)))
        del environment["KERAS_BACKEND"], environment["KERAS_HOME"]
    client.execute(env=environment)


def _printed(cells: Iterable[NotebookNode]) -> str:
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return "".join(output.text for output in outputs if output.get("name") == "stdout")


def history(printed: str) -> dict[str, list[float]]:
    """The History that was printed: as text it has every bit."""
    (line,) = (line for line in printed.splitlines() if line.startswith("{'"))
    lists: dict[str, list[float]] = ast.literal_eval(line)
    return lists


def matrix(printed: str) -> NDArray[np.int64]:
    """The confusion matrix that was printed, shape (10, 10)."""
    before, _, _ = printed.partition("On the diagonal:")
    cells = before.rpartition("[[")[2].partition("]]")[0].replace("]", "").replace("[", "")
    return np.array(cells.split(), np.int64).reshape(10, 10)


def _environment(digits: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    return clean | {
        "PYTHONPATH": str(_ELSEWHERE),
        "DIGITLAB_TEST_MNIST": str(digits),
        # Another course's, on the same computer: what is taken home says its own settings.
        "KERAS_BACKEND": "jax",
        "KERAS_HOME": str(_ELSEWHERE),
        "MPLBACKEND": "agg",
        "PYTHONIOENCODING": "utf-8",
    }
