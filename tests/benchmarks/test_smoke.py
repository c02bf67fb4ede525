"""Each benchmark runs, as a user starts it, and prints the numbers that it promises."""

import math
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import command_line, smoke
from tests.conftest import missing
from tests.nginx import nginx

ROOT = Path(__file__).parents[2]

# What begins each line that its table promises.
ROWS: dict[str, tuple[str, ...]] = {
    "ablations": (
        "| Leave out the scaling",
        "| Start with all weights at zero",
        "| No scaling where the steps are already long",
        "| Cut hidden units: 64",
        "| Add noise to the weights: 1 ",
    ),
    "abuse": (
        "| sends a forged canvas value",
        "| sends 25 files of 39 MB",
        "| is a class that steps through Replay",
        "| trains the largest network",
    ),
    "article_band": ("test accuracy", "training accuracy"),
    "choosing": (
        "own winner",
        "press until the winner, last",
        "one training beside the class",
        "p95 of all",
        "peak of the sum",
    ),
    "classroom": (
        "own right result",
        "first press until the last is trained",
        "first press until the last has done all",
        "whole pages",
        "live parts",
        "p95 of all",
        "web ",
        "train ",
        "predict ",
        "visitors",
        "peak of the sum",
    ),
    "drawing": (
        "10 drawings",
        "The article's network",
        "ReLU 128",
        "Two hidden layers",
        "Small CNN",
    ),
    "pictures": ("drawn",),
    "prediction": (
        "article, nobody trains",
        "CNN, nobody trains",
        "article, another trains the CNN",
        "CNN, another trains the CNN",
        "this process",
    ),
    "selection_bias": ("3 networks", "| 1 | 100", "| 1 | 1000"),
    "slices": ("       ",),  # one moment: promised and waited
    "soak": (
        "        3",  # after the third training
        "worker, after the last over after the 10th",
        "temporary files left behind",
        "jobs left behind",
    ),
    "startup": (
        "start: first page's heading",
        "start: first page complete",
        "cold: press to: the network is trained",
        "warm: press to: the training moves",
        "by a link: press to: its chart is there",
    ),
    "threads": ("Small CNN",),
    "traffic": ("without a proxy", "documented nginx", "ratio"),
    "training": (
        "The article's network ",
        "Small CNN",
        "The article's network, scikit-learn",
        "The article's network, NumPy loop",
    ),
    "worker_start": ("train",),
    "words": ("| source", "| messages", "| README.md", "| CONTRIBUTING.md"),
    "why": (
        "Evaluate: a cell",
        "Look inside: A map of digits",
        "Robustness: Change the digits",
        "Luck: One recipe",
        "Replay: another epoch",
        "t-SNE",
        "31 strengths of change",
    ),
}
BROWSER = {"startup", "traffic"}


def seconds(names: Sequence[str]) -> int:
    """What smoke runs may take: each takes 10 to 50 s, on a busy machine several times as long."""
    return 180 + 100 * len(names)


TOGETHER = (
    ("ablations", "article_band", "drawing", "pictures", "selection_bias", "training"),
    ("startup", "classroom", "choosing", "abuse", "traffic"),
)
"""In one process: the first import Keras, the others need a server (`benchmarks.smoke`).

`startup` comes before the others: it measures how their server starts.
"""
ALONE = tuple((name,) for name in ROWS if not any(name in group for group in TOGETHER))


def test_each_benchmark_has_a_smoke_run() -> None:
    scripts = (ROOT / "benchmarks").glob("*.py")
    with_a_main = {path.stem for path in scripts if "__main__" in path.read_text()} - {"smoke"}
    packages = {path.parent.name for path in (ROOT / "benchmarks").glob("*/__main__.py")}
    assert with_a_main | packages == set(ROWS)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(names, marks=pytest.mark.timeout(seconds(names) + 20))
        for names in (*TOGETHER, *ALONE)
    ],
    ids=" ".join,
)
def test_smoke_runs_print_the_promised_numbers(names: tuple[str, ...]) -> None:
    if BROWSER.intersection(names) and not (
        shutil.which("chromium") or shutil.which("chromium-browser")
    ):
        missing("Chromium is not installed (Debian: chromium).")
    if "traffic" in names:
        nginx()
    code, printed, said = ended("benchmarks.smoke", *names)
    assert code == 0, printed + said
    tables = dict(part.split("\n", 1) for part in printed.split(smoke.HEADING)[1:])
    for name in names:
        for row in ROWS[name]:
            lines = [line for line in tables[name].splitlines() if line.startswith(row)]
            assert lines, f"no line “{row}” in\n{tables[name]}"
            for line in lines:
                numbers = numbers_in(line.removeprefix(row))
                assert numbers, line
                assert all(math.isfinite(number) for number in numbers), line


def ended(module: str, *options: str) -> tuple[int, str, str]:
    """The code of a run that has ended, what it printed, and what else it said.

    One that takes too long is asked to end, so that it ends its server; a kill would leave that.
    """
    command = [sys.executable, "-m", module, *options]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as run:
        try:
            printed, said = run.communicate(timeout=seconds(options))
        except subprocess.TimeoutExpired:
            run.terminate()
            raise
    return run.returncode, printed, said


def numbers_in(line: str) -> list[float]:
    """The numbers of a line of a table, also those that are none: nan and inf."""
    texts = re.findall(r"(?<![\w.])(?:nan|inf|\d[\d,]*(?:\.\d+)?)\b", line)
    return [float(text.replace(",", "")) for text in texts]


def test_numbers_that_are_none_are_seen() -> None:
    assert not all(math.isfinite(number) for number in numbers_in("web      0 -> 1,024  nan (0)"))


def test_a_smoke_run_changes_defaults_only_and_what_is_given_counts() -> None:
    options = command_line.parser("A benchmark.")
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--seed", type=int, default=3)
    given = command_line.parse(options, ["--smoke", "--seed", "5"], {"rounds": 1, "seed": 0})
    assert (given.rounds, given.seed) == (1, 5)


def test_a_run_without_smoke_is_the_whole_one() -> None:
    options = command_line.parser("A benchmark.")
    options.add_argument("--rounds", type=int, default=9)
    assert command_line.parse(options, [], {"rounds": 1}).rounds == 9


def test_a_smoke_run_of_an_option_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match="round"):
        command_line.parse(command_line.parser(""), ["--smoke"], {"round": 1})


@pytest.mark.parametrize(
    ("name", "what"), [("drawing", "A file of pen strokes"), ("pictures", "A folder of pictures")]
)
def test_a_run_without_its_data_says_what_is_missing(name: str, what: str) -> None:
    code, _, said = ended(f"benchmarks.{name}")
    assert code == 2
    assert f"{what} is missing" in said
