"""What visitors send: forged drawings, pictures that grow when they are unpacked, networks."""

import base64
import contextlib
import io
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from PIL import Image

from benchmarks.abuse.bystander import PATIENCE_SECONDS
from benchmarks.abuse.situation import Extent, all_of
from benchmarks.server import Server
from benchmarks.visitor import VisitError, Visitor

_CANVAS = "drawable_canvas"
_PICTURES, _NETWORKS = "A photo or picture of a digit", "A .keras or .h5 file"
_EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\n%%EndComments\nshowpage\n%%EOF\n"
_LOOK_SECONDS = 0.01  # between two looks at the children

_THIN = """
import sys, keras
keras.utils.set_random_seed(7)
keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Conv2D(8, 1, strides=2),
    keras.layers.Flatten(),
    keras.layers.Dense(10, activation="softmax"),
]).save(sys.argv[1])
"""


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
    """Send a forged value so often, from a new session each time; wait for the complete page."""
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


@cache
def huge_drawing() -> bytes:
    """A PNG of 64 KB that unpacks to 177 million pixels."""
    return saved(Image.new("1", (13_300, 13_300)))


async def huge_canvas(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """`huge_drawing` on the canvas, five times."""
    return await give_canvas(server, queries[0], huge_drawing(), extent.of(5))


async def canvas_program(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """PostScript, which Pillow would give to Ghostscript."""
    with children_watched(server, "gs") as seen:
        remark = await give_canvas(server, queries[0], _EPS, extent.of(20))
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
                children = web.children(recursive=True)
                seen.update(child.pid for child in children if child.name() == name)

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield seen
    finally:
        over.set()
        watch.join()


@cache
def deep_picture() -> bytes:
    """A PNG of 60 KB with 25 million pixels of 16 bits."""
    return saved(Image.new("I;16", (5_000, 5_000)))


async def deep_uploads(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Eight sessions upload `deep_picture`, three times each."""

    async def upload(number: int) -> None:
        async with Visitor(server.address, PATIENCE_SECONDS, queries[0]) as visitor:
            await visitor.open("Draw")
            for turn in range(extent.of(3)):
                await visitor.upload(_PICTURES, f"{number}-{turn}.png", deep_picture())
                await visitor.until(lambda: True, "any answer")

    return await all_of(upload(number) for number in range(extent.of(8)))


async def thin_network(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Three sessions ask four times for a gradient that breaks oneDNN's memory."""
    sessions, digits = extent.of(3), extent.of(4)
    answered = 0

    async def ask(number: int) -> None:
        nonlocal answered
        async with Visitor(server.address, PATIENCE_SECONDS) as visitor:
            await visitor.open("Runs")
            await visitor.upload(_NETWORKS, f"{number}.keras", thin_file())
            await visitor.read(r"reads [0-9.]+\s% of 1,000 training digits")
            await visitor.open("Look inside")
            await visitor.choose("What do you want to see?", "Which pixels matter")
            await visitor.until(lambda: visitor.offers("Which answer?") or None, "the answers")
            for digit in range(digits):
                await visitor.choose("Which answer?", str(digit))
                await visitor.read(f"Saliency.* {digit}|could not|crash")
                answered += visitor.page.match(f"Saliency.* {digit}") is not None

    remark = await all_of(ask(number) for number in range(sessions))
    return f"{remark}, {answered} of {sessions * digits} questions answered"


@cache
def thin_file() -> bytes:
    """The network as plain Keras saves it; that takes both cores for seconds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "thin.keras"
        subprocess.run([sys.executable, "-c", _THIN, path], check=True, capture_output=True)
        return path.read_bytes()
