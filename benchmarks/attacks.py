"""What one visitor, or many, can do to the others: each a situation for `benchmarks.abuse`.

A situation is added to `SITUATIONS`: its name, what is done, what was measured before it was
closed, and an async function that does it. The function takes the server and the query of a network
that was trained before the measuring began, and returns what else is worth a column.
"""

import asyncio
import base64
import contextlib
import io
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import psutil
from PIL import Image

from benchmarks.bystander import PATIENCE_SECONDS
from benchmarks.server import Server
from benchmarks.visitor import VisitError, Visitor
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, RunSpec, TrainSpec

Attack = Callable[[Server, str], Awaitable[str]]

_CANVAS = "drawable_canvas"
_UPLOADER = "A PNG or JPEG of one digit"
_EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\n%%EndComments\nshowpage\n%%EOF\n"
_LOOK_SECONDS = 0.01  # between two looks at the children


@dataclass(frozen=True)
class Situation:
    """One row of the table.

    Attributes:
        name: for the command line.
        what: one visitor does.
        before: what was measured at 7b4dcff, in words.
        attack: does it, and returns a remark.
        run: the network that the attackers have; trained before the measuring begins.
    """

    name: str
    what: str
    before: str
    attack: Attack
    run: RunSpec = field(default=ARTICLE)


def forged(content: bytes) -> dict[str, object]:
    """A canvas value that says it is a PNG, with these bytes."""
    data = "data:image/png;base64," + base64.b64encode(content).decode()
    return {"drawing": {"raw": {"objects": []}, "data": data}, "backgroundFit": None}


def saved(image: Image.Image) -> bytes:
    """The picture as a PNG file."""
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


async def give_canvas(server: Server, query: str, content: bytes, times: int) -> str:
    """Send a forged value so often, each from a new session, and wait until its page is complete."""
    failed = 0
    for _ in range(times):
        async with Visitor(server.address, PATIENCE_SECONDS, query) as visitor:
            await visitor.open("Draw")
            await visitor.give(_CANVAS, forged(content))
            try:
                await visitor.until(lambda: True, "any answer")
            except VisitError:
                failed += 1
    return f"{failed} of {times} page runs failed"


async def huge_canvas(server: Server, query: str) -> str:
    """A PNG of 64 KB that unpacks to 177 million pixels."""
    content = saved(Image.new("1", (13_300, 13_300)))
    return await give_canvas(server, query, content, 5)


async def canvas_program(server: Server, query: str) -> str:
    """PostScript, which Pillow would give to Ghostscript."""
    with children_watched(server, "gs") as seen:
        remark = await give_canvas(server, query, _EPS, 20)
    return f"Ghostscript started {len(seen)} times, {remark}"


@contextlib.contextmanager
def children_watched(server: Server, name: str) -> Iterator[set[int]]:
    """The process ids of all children of the web process with this name, as they are seen."""
    seen: set[int] = set()
    over = threading.Event()

    def look() -> None:
        web = psutil.Process(server.process.pid)
        while not over.wait(_LOOK_SECONDS):
            with contextlib.suppress(psutil.Error):
                seen.update(one.pid for one in web.children(recursive=True) if one.name() == name)

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield seen
    finally:
        over.set()
        watch.join()


async def deep_uploads(server: Server, query: str) -> str:
    """Eight sessions upload a PNG of 60 KB with 25 million pixels of 16 bits, three times each."""
    content = saved(Image.new("I;16", (5_000, 5_000)))

    async def upload(number: int) -> None:
        async with Visitor(server.address, PATIENCE_SECONDS, query) as visitor:
            await visitor.open("Draw")
            for turn in range(3):
                await visitor.upload(_UPLOADER, f"{number}-{turn}.png", content)
                await visitor.until(lambda: True, "any answer")

    return await all_of(upload(number) for number in range(8))


async def replay_steps(server: Server, query: str) -> str:
    """Thirty sessions go through the epochs of a CNN, each six steps."""

    async def step() -> None:
        async with Visitor(server.address, PATIENCE_SECONDS, query) as visitor:
            await visitor.open("Replay")
            for _ in range(6):
                await visitor.press("Next")
                await visitor.until(lambda: True, "the next epoch")

    return await all_of(step() for _ in range(30))


async def reloads(server: Server, query: str) -> str:
    """One browser reloads the address of a large run 128 times."""
    for _ in range(128):
        async with Visitor(server.address, PATIENCE_SECONDS, query) as visitor:
            await visitor.open("Evaluate")
    return "128 reloads"


async def many_sessions(server: Server, query: str) -> str:
    """Three hundred sessions come within ten seconds, open the front page and stay."""
    everybody = asyncio.Barrier(300)

    async def come(delay: float) -> None:
        await asyncio.sleep(delay)
        try:
            async with Visitor(server.address, PATIENCE_SECONDS) as visitor:
                await visitor.open("app")
                await everybody.wait()
        except BaseException:
            await everybody.abort()
            raise

    return await all_of(come(number / 30) for number in range(300))


async def all_of(visits: Iterator[Awaitable[None]]) -> str:
    """All visits at once; how many of them came to their end, and the first other end."""
    ends = await asyncio.gather(*visits, return_exceptions=True)
    problems = [end for end in ends if end is not None]
    first = f": {problems[0] or repr(problems[0])}" if problems else ""
    return f"{len(ends) - len(problems)} of {len(ends)} got their pages{first}"


_LARGE = RunSpec(
    NetworkSpec(tuple(HiddenLayer(512, "relu") for _ in range(4))),
    TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=1000, epochs=1),
)

SITUATIONS = (
    Situation(
        "canvas-size",
        "sends a forged canvas value of 13,300 x 13,300 pixels",
        "535 -> 3,426 MB, pages 659 ms",
        huge_canvas,
    ),
    Situation(
        "canvas-program",
        "sends PostScript as a canvas value",
        "Ghostscript runs a stranger's program",
        canvas_program,
    ),
    Situation(
        "reloads",
        "reloads `?run=` of a large run 128 times",
        "318 -> 2,857 MB for 15 minutes",
        reloads,
        _LARGE,
    ),
    Situation(
        "deep-uploads",
        "uploads a 25-megapixel PNG of 16 bits in 8 sessions",
        "890 -> 3,158 MB, pages 1,248 ms",
        deep_uploads,
    ),
    Situation(
        "replay-steps",
        "steps through Replay of a CNN in 30 sessions",
        "a drawing takes 30 s",
        replay_steps,
        PRESETS["Small CNN"],
    ),
    Situation(
        "sessions",
        "opens 300 sessions",
        "held",
        many_sessions,
    ),
)
"""In the order of the table."""
