"""Trainings that take the store's room, the others' turns, or hang."""

import asyncio
import secrets
import signal
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from benchmarks.abuse.bystander import PATIENCE_SECONDS, TRAINED
from benchmarks.abuse.situation import Extent
from benchmarks.server import Server
from benchmarks.slices import SLOWEST
from benchmarks.visitor import Visitor
from digitlab import limits
from digitlab.specs import ARTICLE, LessonSpec, RunSpec
from digitlab.specs.link import to_link, to_query

_PUPILS, _RUNS_EACH = 28, 10
_LONG_SECONDS = 900  # for what takes long: a visitor of these is patient


async def large_runs(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """One visitor trains the largest network 20 times on Luck; 280 runs of a school are kept."""
    kept = extent.of(_PUPILS * _RUNS_EACH)
    await asyncio.to_thread(_fill, server.database, kept)
    async with Visitor(server.address, _LONG_SECONDS, queries[0]) as visitor:
        await visitor.open("Luck")
        size = max(count for count in limits.SEED_COUNTS if count <= max(5, extent.of(20)))
        train = f"Train the {size - 1} missing runs"  # the link's is one
        if size != limits.SEED_COUNTS[0]:
            await visitor.choose("How many seeds?", str(size))
            await visitor.until(lambda: visitor.can_press(train) or None, train)
        await visitor.press(train)
        await visitor.read(f"{size} of {size} runs")
    await asyncio.sleep(extent.of(5))  # what waits to be written
    with sqlite3.connect(server.database) as database:
        (pupils,) = database.execute(
            "SELECT count(*) FROM runs WHERE owner LIKE 'pupil%'"
        ).fetchone()
        everything, size = database.execute("SELECT count(*), sum(size) FROM runs").fetchone()
    return f"{pupils} of {kept} runs of others are left; {everything} in all, {size / 1e6:.0f} MB"


def _fill(database: Path, runs: int) -> None:
    """A school's runs, so many: copies of the smallest that is there, each its pupil's."""
    with sqlite3.connect(database, timeout=30) as connection:
        (original,) = connection.execute("SELECT id FROM runs ORDER BY size LIMIT 1").fetchone()
        for number in range(runs):
            copy = f"{secrets.token_hex(8)}{number:04}"
            for table, key in (("runs", "id"), ("models", "run_id"), ("predictions", "run_id")):
                _copy(connection, table, key, original, copy)
            connection.execute(
                "UPDATE runs SET owner = ?, number = ?, used = ? WHERE id = ?",
                (f"pupil {number % _PUPILS}", number - 1000, number - 1000, copy),
            )


def _copy(connection: sqlite3.Connection, table: str, key: str, old: str, new: str) -> None:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join("?" if name == key else name for name in names)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} WHERE {key} = ?",
        (new, old),
    )


async def slow_epochs(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """One visitor trains the network with the slowest epochs; four newcomers press Train."""
    waits = []
    slow = to_query(to_link(LessonSpec(SLOWEST)))
    async with Visitor(server.address, PATIENCE_SECONDS, slow) as visitor:
        await visitor.open("Train")
        await visitor.press("Train")
        await visitor.read("Epoch 1")
        for seed in range(extent.of(4)):
            waits.append(await seconds_to_a_network(server, ARTICLE.with_seed(seed)))
        await visitor.press("Stop")
    return f"newcomers had their network after {', '.join(f'{wait:.0f}' for wait in waits)} s"


async def hung_worker(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """The training worker hangs (SIGSTOP) while a newcomer trains."""
    worker = server.processes()["train"]
    worker.send_signal(signal.SIGSTOP)
    try:
        took = await seconds_to_a_network(server, ARTICLE)
    finally:
        if worker.is_running() and worker.status() == psutil.STATUS_STOPPED:
            worker.kill()
    return f"the training goes on with another worker, and is over after {took:.0f} s"


async def seconds_to_a_network(server: Server, recipe: RunSpec) -> float:
    """From a newcomer's Train to their network."""
    query = to_query(to_link(LessonSpec(recipe)))
    async with Visitor(server.address, _LONG_SECONDS, query) as visitor:
        await visitor.open("Train")
        started = time.perf_counter()
        await visitor.press("Train")
        await visitor.read(TRAINED)
        return time.perf_counter() - started
