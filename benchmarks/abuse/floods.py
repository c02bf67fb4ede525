"""What reaches the server before any page runs: files, open pages and messages without end."""

import asyncio
import contextlib
import os
import time
import urllib.request
import uuid
from collections.abc import Sequence
from urllib.error import HTTPError

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.abuse.situation import Extent
from benchmarks.abuse.sockets import drain, page, rerun, session_of
from benchmarks.server import Server
from benchmarks.web import put_file, xsrf_token

_MEGABYTE = 1_000_000


def upload(address: str, session: str, token: str, megabytes: float) -> int:
    """Send a file that no page has asked for; the answer's status, 0 if the server hangs up."""
    url = f"{address}/_stcore/upload_file/{session}/{uuid.uuid4()}"
    try:
        return put_file(url, "f", os.urandom(1024) * int(megabytes * 1024), token, 60)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


async def files(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Send 25 files of 39 MB into one session, from the front page, which has no place for them."""
    times = extent.of(25)
    token = await asyncio.to_thread(xsrf_token, server.address)
    async with page(server.address, token) as socket:
        await socket.send(rerun(query=queries[0]))
        session = await session_of(socket)
        answers = [
            await asyncio.to_thread(upload, server.address, session, token, 39)
            for _ in range(times)
        ]
    taken = sum(200 <= answer < 300 for answer in answers)
    return f"{taken} of {times} files taken, last answer {answers[-1]}"


async def idle_pages(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Open 250 pages and leave them; a newcomer comes after them."""
    before = server.log.stat().st_size
    token = await asyncio.to_thread(xsrf_token, server.address)
    async with contextlib.AsyncExitStack() as stack:
        opened = 0
        with contextlib.suppress(OSError, TimeoutError, InvalidHandshake):  # no more are let in
            for _ in range(extent.of(250)):
                socket = await stack.enter_async_context(page(server.address, token))
                await socket.send(rerun())
                opened += 1
        handles = server.processes()["web"].num_fds()
        began = time.perf_counter()
        try:
            urllib.request.urlopen(f"{server.address}/", timeout=10).close()
            newcomer = f"answered after {time.perf_counter() - began:.2f} s"
        except OSError as error:
            newcomer = f"not answered: {error}"
        await asyncio.sleep(extent.of(20))
    log = (server.log.stat().st_size - before) / _MEGABYTE
    return f"{opened} pages opened with {handles} handles, newcomer {newcomer}, log {log:.1f} MB"


async def flood(server: Server, queries: Sequence[str], extent: Extent) -> str:
    """Ask for runs of a page as quickly as the server takes the messages, for 15 seconds."""
    seconds = extent.of(15)
    end = time.perf_counter() + seconds

    sent = 0
    with contextlib.suppress(ConnectionClosed, TimeoutError):
        async with page(server.address) as socket:
            reading = asyncio.create_task(drain(socket))
            message = rerun("Data", queries[0])
            async with asyncio.timeout(seconds):
                while time.perf_counter() < end:
                    await socket.send(message)
                    sent += 1
            reading.cancel()
    return f"{sent:,} messages sent in {seconds} s"
