"""Another visitor, who only looks and draws while somebody attacks the server: their waits.

It runs in a process of its own: what the attack costs the attackers must not slow its clock.
"""

import asyncio
import contextlib
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlencode

import numpy as np

from benchmarks.classroom import drawing
from benchmarks.visitor import VisitError, Visitor
from digitlab.specs import ARTICLE, LessonSpec, RunSpec
from digitlab.specs.link import to_link

PATIENCE_SECONDS = 120  # whoever waits longer is written down with this time

TRAINED = r"reads? (\d+) of 100 (?:training|validation) digits"

_TRAINING_SECONDS = 600  # before the clock runs: a busy machine takes minutes for TensorFlow alone
_PAGES = ("Data", "Evaluate")  # of the pages one without the workers, one with charts
_PAUSE_SECONDS = 0.2  # between two clicks
_ANSWER = r"It reads the digit .*"


@dataclass
class Waits:
    """What the bystander waited for.

    Attributes:
        pages: milliseconds from a click to the complete page.
        drawings: milliseconds from a stroke to its answer on the page.
        problems: what did not come at all.
    """

    pages: list[float] = field(default_factory=list)
    drawings: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def p95(self, which: str) -> float:
        """The 95th percentile of `pages` or `drawings`, in milliseconds; NaN without any."""
        return float(np.percentile(getattr(self, which) or [np.nan], 95))


async def train(address: str, spec: RunSpec = ARTICLE) -> str:
    """Train this on the Train page, as a visitor who then goes.

    Returns:
        What stands in the address bar then: `run=…`.
    """
    query = urlencode(to_link(LessonSpec(spec)))
    async with Visitor(address, _TRAINING_SECONDS, query) as visitor:
        await visitor.open("Train")
        await visitor.press("Train")
        await visitor.read(TRAINED)
        return visitor.query


async def draw(visitor: Visitor, number: int = 0) -> None:
    """Draw a seven on Draw, and wait until the network has said what it reads.

    Args:
        visitor: has opened the page.
        number: of the seven; the lab remembers what a network said to the latest.
    """
    await visitor.give("drawable_canvas", drawing(number))
    await visitor.until(lambda: visitor.page.match(_ANSWER), "an answer to the drawing")


@contextlib.contextmanager
def bystander(address: str, query: str) -> Iterator[Waits]:
    """A visitor with the network of this address looks and draws until the block ends.

    Yields:
        The waits; they are there when the block has ended.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_stand_by, args=(address, query, there), daemon=True)
    process.start()
    here.recv()  # it has seen all its pages once, and an answer to a first drawing
    waits = Waits()
    try:
        yield waits
        here.send("enough")
        if here.poll(2 * PATIENCE_SECONDS):  # it ends what it waits for
            seen: Waits = here.recv()
            waits.pages, waits.drawings, waits.problems = seen.pages, seen.drawings, seen.problems
        else:
            waits.problems.append("The bystander never came back.")
    finally:
        process.kill()


def _stand_by(address: str, query: str, there: Connection) -> None:
    """In the process: look and draw again and again, until there is a word."""
    asyncio.run(_look_and_draw(address, query, Waits(), there))


async def _look_and_draw(address: str, query: str, waits: Waits, there: Connection) -> None:
    first = True
    while first or not there.poll():
        try:
            async with Visitor(address, PATIENCE_SECONDS, query) as visitor:
                await visitor.open("Evaluate")
                await visitor.take_exam()
                await visitor.open("Draw")
                await draw(visitor)
                if first:
                    await _look_once(visitor, Waits())  # what a process does once for good is done
                    there.send("here")
                    first = False
                while not there.poll():
                    await _look_once(visitor, waits, len(waits.drawings) + 1)
        except (VisitError, OSError, EOFError) as error:
            if first:
                raise
            waits.problems.append(str(error) or repr(error))
    there.send(waits)


async def _look_once(visitor: Visitor, waits: Waits, number: int = 1) -> None:
    """Each page, then a drawing: the seven with this number."""
    for page in (*_PAGES, "Draw"):
        await asyncio.sleep(_PAUSE_SECONDS)
        with _timed(waits.pages):
            await visitor.open(page)
    await asyncio.sleep(_PAUSE_SECONDS)
    with _timed(waits.drawings):
        await draw(visitor, number)


@contextlib.contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    """Note the time, also of what failed."""
    began = time.perf_counter()
    try:
        yield
    finally:
        times.append(1000 * (time.perf_counter() - began))
