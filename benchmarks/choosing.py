"""A class that searches: thirty visitors let Choose compare settings, all at once, on one server.

Run from the project's folder: `python -m benchmarks.choosing`. Each visitor opens Choose as it
comes (five learning rates, one seed, the article's network), presses "Train and compare", waits for
the winner and takes the exam with it. When all of them have pressed, one more visitor presses Train
on Train: how long somebody waits who trains one network beside a class that trains five each. The
visitors share the machine with the server. It takes about ten minutes on two cores.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks import command_line
from benchmarks.classroom import print_processes, print_runs, share_query
from benchmarks.page import PageRun
from benchmarks.server import ProcessWatch, running_server
from benchmarks.visitor import VisitError, Visitor
from digitlab import limits
from digitlab.ui.shell import path
from digitlab.ui.shell.page_views import WHAT

_PATIENCE_SECONDS = 1800  # a visitor who waits longer for anything has no result


@dataclass
class Visit:
    """What one visitor saw.

    Attributes:
        winner: the setting, in the page's words.
        seconds: from the press of the button until the result.
        problem: what went wrong; empty if nothing did.
    """

    winner: str = ""
    seconds: float = float("nan")
    problem: str = ""
    runs: list[PageRun] = field(default_factory=list)


async def search(address: str, delay: float, query: str, all_pressed: asyncio.Barrier) -> Visit:
    """One learner, who comes and presses `delay` seconds after the first one."""
    visit, visitor = Visit(), Visitor(address, _PATIENCE_SECONDS, query)
    try:
        await asyncio.sleep(delay)
        async with visitor:
            try:
                await visitor.open("Choose")
                pressed = time.perf_counter()
                await visitor.press("Train and compare")
            finally:
                await all_pressed.wait()
            visit.winner = (await visitor.read(r"winner by validation digits: (.+?)\.\*\*"))[1]
            visit.seconds = time.perf_counter() - pressed
            await visitor.choose(WHAT, path.step("Choose").views["exam"])
            await visitor.until(
                lambda: visitor.can_press("Take the exam with the winner") or None, "its exam"
            )
            await visitor.press("Take the exam with the winner")
            await visitor.read(r"Tell others the result of the exam")
    except (VisitError, OSError, EOFError) as error:
        visit.problem = str(error) or repr(error)
    visit.runs = visitor.stopwatch.runs
    return visit


async def train_one(address: str, query: str, all_pressed: asyncio.Barrier) -> Visit:
    """Somebody who trains one network when everybody's search has begun."""
    visit, visitor = Visit(), Visitor(address, _PATIENCE_SECONDS, query)
    try:
        async with visitor:
            try:
                await visitor.open("Train")
            finally:
                await all_pressed.wait()
            pressed = time.perf_counter()
            await visitor.press("Train")
            await visitor.read(r"your network read \d+ of 100 training digits")
            visit.seconds = time.perf_counter() - pressed
    except (VisitError, OSError, EOFError) as error:
        visit.problem = str(error) or repr(error)
    return visit


async def hold_class(
    address: str, learners: int, spread: float, share: float = 1.0
) -> tuple[list[Visit], Visit]:
    """So many searches that begin evenly over `spread` seconds, and one training beside them."""
    all_pressed, query = asyncio.Barrier(learners + 1), share_query(share)
    delays = np.linspace(0, spread, learners)
    searches = [search(address, delay, query, all_pressed) for delay in delays]
    *visits, other = await asyncio.gather(*searches, train_one(address, query, all_pressed))
    return visits, other


def print_visits(visits: Sequence[Visit], other: Visit) -> None:
    """How many have a winner, which ones, and how long they and the other visitor waited."""
    right = [visit for visit in visits if not visit.problem]
    print(f"{'own winner':38}{len(right):4} of {len(visits)}")
    print(f"{'runs of each in the queue, at most':38}{limits.JOBS_PER_OWNER:4}")
    print(f"{'runs of one search, at most':38}{limits.MAX_SEARCH_RUNS:4}")
    seconds = [visit.seconds for visit in right] or [float("nan")]
    for name, share in (("first", 0), ("middle", 50), ("last", 100)):
        print(f"{f'press until the winner, {name}':38}{np.percentile(seconds, share):6.1f} s")
    print(f"{'one training beside the class':38}{other.seconds:6.1f} s")
    for number, visit in enumerate([*visits, other]):
        if visit.problem:
            print(f"  visitor {number}: {visit.problem}")


def main(argv: Sequence[str] | None = None) -> int:
    """Hold the class and print the tables; 1 if a visitor had no result."""
    options = command_line.parser(__doc__)
    options.add_argument("--learners", type=int, default=30)
    options.add_argument("--spread", type=float, default=10, help="s between first and last press")
    options.add_argument("--share", type=float, default=1.0, help="of the training digits")
    given = command_line.parse(options, argv, {"learners": 1, "spread": 0.0, "share": 0.02})
    with running_server() as server:
        server.wait_until_healthy()
        began = time.process_time()
        with ProcessWatch(server) as watch:
            visits, other = asyncio.run(
                hold_class(server.address, given.learners, given.spread, given.share)
            )
        own = time.process_time() - began
        errors = server.errors()
    print_visits(visits, other)
    print_runs([run for visit in visits for run in visit.runs])
    print_processes(watch, own)
    if errors:
        print("", "The server's log:", *errors[:10], sep="\n")
    return int(bool(errors) or any(visit.problem for visit in [*visits, other]))


if __name__ == "__main__":
    sys.exit(main())
