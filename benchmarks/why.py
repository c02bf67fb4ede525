"""How long the pages that answer "why" take, from a choice to the finished page, in the server.

Run from the project's folder: `python -m benchmarks.why`. Each page runs under Streamlit's AppTest
with real workers; a browser's own drawing comes on top. Each time another digit, cell or epoch is
chosen, so that nothing is remembered. It takes about five minutes on two cores; of some pages
alone, as with `--pages Learn`, a minute.
"""

import os
import tempfile

os.environ["DIGITLAB_DATABASE_URL"] = f"sqlite:///{tempfile.mkdtemp()}/runs.sqlite"

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from benchmarks import command_line
from benchmarks.prediction import print_memory, wait_for
from digitlab.compute.background import BackgroundTask
from digitlab.records.exam import exam_key
from digitlab.records.job import Job
from digitlab.specs import ARTICLE, PRESETS, PrepSpec
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.ui.shell import path

ROOT = Path(__file__).parents[1]
_PATIENCE = 120  # s for one page
_EPOCHS = 12  # more than there are rounds: each shows another one
_NETWORKS = {"article": ARTICLE, "Small CNN": PRESETS["Small CNN"]}

Change = Callable[[Lab, int], None]
Row = tuple[str, str, dict[str, str], Change]


def select_samples(lab: Lab, number: int) -> None:
    """Another test digit."""
    lab.select_samples(replace(lab.selection, test_index=100 + 37 * number))


def begin_again(lab: Lab, number: int) -> None:
    """Another training digit, and another seed: a batch and a network that were not seen yet."""
    lab.select_samples(replace(lab.selection, index=100 + 37 * number))
    lab.choose(lab.spec.with_seed(100 + number))


def choose_cell(lab: Lab, number: int) -> None:
    """Another cell of the confusion matrix."""
    lab.cell = (number % 10, (3 * number + 1) % 10)


def leave(lab: Lab, number: int) -> None:
    """The page once more, as after a click elsewhere on it."""


def rows_of(page: str, change: Change, views: Sequence[str] = ()) -> list[Row]:
    """A row for each of the page's views, or for those named."""
    step = path.step(page)
    file = Path(step.file).stem
    return [
        (f"{page}: {step.views[view]}", file, {key_of(page): view}, change)
        for view in views or step.views
    ]


ROWS: tuple[Row, ...] = (
    *rows_of("Learn", begin_again, ("weight", "rate", "batch", "optimizers")),
    ("Evaluate: a cell", "5_Evaluate", {}, choose_cell),
    *rows_of("Look inside", select_samples),
    *rows_of("Robustness", leave),
    *rows_of("Luck", leave),
    *rows_of("Prepare", leave),
    ("Train", "4_Train", {}, leave),
    *rows_of("Ablations", leave),
    *rows_of("Network", leave),
)

STUDIES = (
    ("t-SNE", "8_Look_inside", {key_of("Look inside"): "map", "inside_kind": "tsne"}, "Make"),
    ("31 strengths of change", "11_Robustness", {key_of("Robustness"): "strength"}, "Change"),
)
"""What takes longer than a page waits: a name, the page and its view, and the button."""

_REPLAY = "9_Replay"
_PAGES = {
    step.name: stem
    for step in path.ALL
    if (stem := Path(step.file).stem) in {_REPLAY, *(row[1] for row in (*ROWS, *STUDIES))}
}


def opened(page: str, job: Job, choices: dict[str, str]) -> AppTest:
    """A page of a session that has trained this network, after its first run."""
    test = AppTest.from_file(str(ROOT / f"pages/{page}.py"), default_timeout=_PATIENCE)
    lab = Lab(owner=job.owner, job=job, spec=job.spec)
    lab.shared.exams = {exam_key(job.spec, job.history)}  # the charts come after the exam
    test.session_state["digitlab"] = lab
    for key, value in choices.items():
        test.session_state[key] = value
    return timed(test)[0]


def timed(test: AppTest) -> tuple[AppTest, float]:
    """The page after one more run, and its milliseconds."""
    started = time.perf_counter()
    test.run()
    took = 1000 * (time.perf_counter() - started)
    assert not test.exception
    assert not test.error
    return test, took


def replayed(job: Job, rounds: int) -> Iterator[float]:
    """Milliseconds of each step of Replay to an epoch that was not looked at yet."""
    test = opened(_REPLAY, job, {key_of("Replay"): "test"})
    for _ in range(rounds):
        press(test, "Next")
        yield timed(test)[1]


def press(test: AppTest, label: str) -> None:
    """Press the first button whose label begins so; the page answers at its next run."""
    next(button for button in test.button if button.label.startswith(label)).click()


def studied(test: AppTest, label: str) -> float:
    """Seconds that a study takes."""
    started = time.perf_counter()
    press(test, label)
    test.run()
    (background_task,) = test.session_state["digitlab"].background_tasks.values()
    assert isinstance(background_task, BackgroundTask)
    background_task.wait(_PATIENCE)
    assert background_task.result is not None, background_task.problem
    return time.perf_counter() - started


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, then the memory of each process."""
    options = command_line.parser(__doc__)
    options.add_argument("--rounds", type=int, default=9)
    options.add_argument("--networks", nargs="+", choices=_NETWORKS, default=list(_NETWORKS))
    options.add_argument("--share", type=float, default=1.0, help="of the training digits")
    options.add_argument("--pages", nargs="+", choices=_PAGES, default=list(_PAGES))
    smoke = {
        "rounds": 1,
        "networks": ["article"],
        "share": 0.02,
        "pages": ["Evaluate", "Look inside", "Robustness", "Luck", "Replay"],
    }
    given = command_line.parse(options, argv, smoke)
    rounds, pages = given.rounds, {_PAGES[name] for name in given.pages}
    try:
        jobs = {}
        for name in given.networks:
            run = _NETWORKS[name]
            longer = replace(
                run,
                training=replace(run.training, epochs=_EPOCHS, seed=7),
                preparation=PrepSpec(data_share=given.share),
            )
            jobs[name] = wait_for(services.queue(), services.queue().submit(Job(longer, name)))
            assert jobs[name].result is not None, jobs[name].reason
        print(f"{'milliseconds, median and largest':36}" + "".join(f"{name:>20}" for name in jobs))
        for name, page, choices, change in ROWS:
            if page in pages:
                print_row(
                    name, [list(times(page, job, choices, change, rounds)) for job in jobs.values()]
                )
        if _REPLAY in pages:
            print_row(
                "Replay: another epoch", [list(replayed(job, rounds)) for job in jobs.values()]
            )
        print(f"\n{'seconds':36}" + "".join(f"{name:>20}" for name in jobs))
        for name, page, choices, label in STUDIES:
            if page in pages:
                seconds = [studied(opened(page, job, choices), label) for job in jobs.values()]
                print(f"{name:36}" + "".join(f"{took:20.1f}" for took in seconds))
        print_memory(services.queue())
    finally:
        services.queue().close()
        services.repository().close()
    return 0


def times(
    page: str, job: Job, choices: dict[str, str], change: Change, rounds: int
) -> Iterator[float]:
    """Milliseconds of each round."""
    test = opened(page, job, choices)
    for number in range(rounds):
        change(test.session_state["digitlab"], number)
        yield timed(test)[1]


def print_row(name: str, columns: list[list[float]]) -> None:
    """One line of the table."""
    cells = (f"{np.median(column):.0f} ({max(column):.0f})" for column in columns)
    print(f"{name:36}" + "".join(f"{cell:>20}" for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
