"""What reaches the server before any page runs: files, open pages and messages without end.

Each function does one thing to a running server and says what came of it; for `benchmarks.abuse`.
"""

import asyncio
import contextlib
import os
import re
import time
import urllib.request
import uuid
from collections.abc import AsyncIterator
from urllib.error import HTTPError

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Origin, Subprotocol

from benchmarks.server import Server

_MEGABYTE = 1_000_000


def xsrf_token(address: str) -> str:
    """The token that Streamlit gives a browser with its first answers."""
    with contextlib.closing(urllib.request.urlopen(f"{address}/_stcore/health")) as answer:
        found = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers["Set-Cookie"])
    assert found is not None, "Streamlit gives no token any more."
    return found[1]


@contextlib.asynccontextmanager
async def page(address: str, token: str = "") -> AsyncIterator[ClientConnection]:
    """A page's websocket that nobody reads, so that the attacker costs little."""
    token = token or await asyncio.to_thread(xsrf_token, address)
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
        additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
        open_timeout=10,
        close_timeout=0.1,  # a server that is busy does not answer it
        max_size=None,
    ) as socket:
        yield socket


def rerun(name: str = "", query: str = "") -> bytes:
    """A message that asks for a run of a page."""
    state = ClientState(page_name=name, query_string=query)
    return BackMsg(rerun_script=state).SerializeToString()


async def session_of(socket: ClientConnection) -> str:
    """The session's id, from the first run of its page; waits for the end of that run."""
    session = ""
    async with asyncio.timeout(60):
        async for data in socket:
            assert isinstance(data, bytes)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                session = message.new_session.initialize.session_id
            elif kind == "script_finished":
                break
    return session


def upload(address: str, session: str, token: str, megabytes: float) -> int:
    """Send a file that no page has asked for; the status of the answer."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = head + os.urandom(1024) * int(megabytes * 1024) + b"\r\n--b--\r\n"
    request = urllib.request.Request(
        f"{address}/_stcore/upload_file/{session}/{uuid.uuid4()}",
        body,
        {
            "Content-Type": "multipart/form-data; boundary=b",
            "X-Xsrftoken": token,
            "Cookie": f"_streamlit_xsrf={token}",
        },
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except OSError:  # the server ended the connection while the file was sent
        return 0


async def files(server: Server, query: str, name: str = "", times: int = 25) -> str:
    """Send files of 39 MB into one session, from a page without a place for them.

    Args:
        server: the victim.
        query: of a network, for pages that want one.
        name: the page.
        times: so many files.
    """
    token = await asyncio.to_thread(xsrf_token, server.address)
    async with page(server.address, token) as socket:
        await socket.send(rerun(name, query))
        session = await session_of(socket)
        answers = [
            await asyncio.to_thread(upload, server.address, session, token, 39)
            for _ in range(times)
        ]
    taken = sum(200 <= answer < 300 for answer in answers)
    return f"{taken} of {times} files taken, last answer {answers[-1]}"


async def idle_pages(server: Server, query: str, pages: int = 250) -> str:
    """Open so many pages and leave them; a newcomer comes after them."""
    del query
    before = server.log.stat().st_size
    token = await asyncio.to_thread(xsrf_token, server.address)
    async with contextlib.AsyncExitStack() as stack:
        opened = 0
        with contextlib.suppress(OSError, TimeoutError, InvalidHandshake):  # no more are let in
            for _ in range(pages):
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
        await asyncio.sleep(20)
    log = (server.log.stat().st_size - before) / _MEGABYTE
    return f"{opened} pages opened with {handles} handles, newcomer {newcomer}, log {log:.1f} MB"


async def flood(server: Server, query: str, seconds: float = 15, pages: int = 1) -> str:
    """Ask for runs of a page as quickly as the server takes the messages."""
    end = time.perf_counter() + seconds

    async def send() -> int:
        sent = 0
        with contextlib.suppress(ConnectionClosed, TimeoutError):
            async with page(server.address) as socket:
                reading = asyncio.create_task(_drain(socket))
                message = rerun("Data", query)
                async with asyncio.timeout(seconds):
                    while time.perf_counter() < end:
                        await socket.send(message)
                        sent += 1
                reading.cancel()
        return sent

    sent = await asyncio.gather(*(send() for _ in range(pages)))
    return f"{sum(sent):,} messages sent in {seconds:.0f} s"


async def _drain(socket: ClientConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for _ in socket:
            pass
