"""Trainings that take the store's room, the others' turns, or hang."""

import asyncio
import secrets
import signal
import sqlite3
import time
from pathlib import Path

import psutil

from benchmarks.abuse.bystander import PATIENCE_SECONDS, TRAINED
from benchmarks.server import Server
from benchmarks.slices import SLOWEST
from benchmarks.visitor import Visitor
from digitlab.specs import ARTICLE, LessonSpec, RunSpec
from digitlab.specs.link import to_link, to_query

_PUPILS, _RUNS_EACH = 28, 10
_LONG_SECONDS = 900  # for what takes long: a visitor of these is patient


async def large_runs(server: Server, query: str) -> str:
    """While 280 runs of a school are kept, one visitor trains the largest network 45 times on Luck."""
    await asyncio.to_thread(_fill, server.database)
    async with Visitor(server.address, _LONG_SECONDS, query) as visitor:
        await visitor.open("Luck")
        for button in ("Train the 4 that are missing", *(["Five more seeds"] * 8)):
            await visitor.press(button)
            await visitor.until(lambda: _free(visitor), "the end of the series")
    await asyncio.sleep(5)  # what waits to be written
    with sqlite3.connect(server.database) as database:
        (pupils,) = database.execute(
            "SELECT count(*) FROM runs WHERE owner LIKE 'pupil%'"
        ).fetchone()
        everything, size = database.execute("SELECT count(*), sum(size) FROM runs").fetchone()
    return (
        f"{pupils} of {_PUPILS * _RUNS_EACH} runs of others are left; "
        f"{everything} in all, {size / 1e6:.0f} MB"
    )


def _free(visitor: Visitor) -> bool | None:
    """Whether the button of the next series can be pressed."""
    buttons = visitor.page.of_kind("button")
    free = any(one.label == "Five more seeds" and not one.disabled for one, _ in buttons)
    return free or None


def _fill(database: Path) -> None:
    """A school's runs: copies of the smallest that is there, each its pupil's."""
    with sqlite3.connect(database, timeout=30) as connection:
        (original,) = connection.execute("SELECT id FROM runs ORDER BY size LIMIT 1").fetchone()
        for number in range(_PUPILS * _RUNS_EACH):
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


async def slow_epochs(server: Server, query: str) -> str:
    """One visitor trains the network with the slowest epochs; four newcomers press Train."""
    waits = []
    slow = to_query(to_link(LessonSpec(SLOWEST)))
    async with Visitor(server.address, PATIENCE_SECONDS, slow) as visitor:
        await visitor.open("Train")
        await visitor.press("Train")
        await visitor.read("Epoch 1")
        for seed in range(4):
            waits.append(await seconds_to_a_network(server, ARTICLE.with_seed(seed)))
        await visitor.press("Stop")
    return f"newcomers had their network after {', '.join(f'{wait:.0f}' for wait in waits)} s"


async def hung_worker(server: Server, query: str) -> str:
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
