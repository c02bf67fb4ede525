"""The lab as the README starts it, at the hands of a stranger who speaks its protocol."""

import asyncio
import contextlib
import resource
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLsRequest
from websockets.exceptions import ConnectionClosed

from benchmarks.abuse.floods import upload
from benchmarks.abuse.sockets import page, rerun, session_of
from benchmarks.web import xsrf_token
from digitlab import limits
from tests.browser.servers import LabServer
from tests.conftest import run_async, wait_until


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """A server that was started with 256 handles, as on macOS."""
    server = LabServer(tmp_path_factory.mktemp("server"))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    yield server
    with contextlib.suppress(psutil.NoSuchProcess):
        server.kill()


class Rest:
    """A web server whose workers have started, and have opened all connections that they need."""

    _SECONDS = 3  # longer than a worker takes between two of its connections

    def __init__(self, web: psutil.Process) -> None:
        self._web = web
        self._last: tuple[int, int] = (0, 0)
        self._since = time.monotonic()

    def reached(self) -> bool:
        """Whether both are there, and for some seconds no process and no handle came or went."""
        now = len(self._web.children()), self._web.num_fds()
        if now != self._last:
            self._last, self._since = now, time.monotonic()
        return now[0] == 2 and time.monotonic() - self._since > self._SECONDS


def test_open_pages_cost_one_handle_each_and_there_are_enough(server: LabServer) -> None:
    web = psutil.Process(server.process.pid)
    assert web.rlimit(psutil.RLIMIT_NOFILE)[0] > 256

    async def scenario() -> None:
        token = xsrf_token(server.address)
        async with contextlib.AsyncExitStack() as stack:
            pages = [await stack.enter_async_context(page(server.address, token)) for _ in range(3)]
            await pages[0].send(rerun("Data"))  # a deep link is the server's first request
            await session_of(pages[0])
            await asyncio.to_thread(wait_until, Rest(web).reached, "the workers to start")
            before = web.num_fds()
            for _ in range(40):
                await stack.enter_async_context(page(server.address, token))
            assert web.num_fds() - before <= 42

    run_async(scenario())


@pytest.mark.parametrize(("name", "status"), [("Data", 403), ("Runs", 204)])
def test_a_file_is_taken_only_from_a_page_with_a_place_for_it(
    server: LabServer, name: str, status: int
) -> None:
    async def scenario() -> int:
        token = xsrf_token(server.address)
        async with page(server.address, token) as socket:
            await socket.send(rerun(name))
            session = await session_of(socket)
            return await asyncio.to_thread(upload, server.address, session, token, 0.01)

    assert run_async(scenario()) == status


def test_a_flood_is_answered_at_a_steady_rate_while_others_are_served(server: LabServer) -> None:
    ask = BackMsg(file_urls_request=FileURLsRequest(request_id="1", file_names=["a"]))
    more = 5

    async def scenario() -> float:
        async with page(server.address) as socket:
            for _ in range(limits.MESSAGES_AT_ONCE + 1 + more):
                await socket.send(ask.SerializeToString())
            for _ in range(limits.MESSAGES_AT_ONCE + 1):
                await socket.recv()
            began = time.perf_counter()
            for _ in range(more):
                await socket.recv()
            took = time.perf_counter() - began
            health = await asyncio.to_thread(
                urllib.request.urlopen, f"{server.address}/_stcore/health"
            )
            with contextlib.closing(health):
                assert health.status == 200
            return took

    assert run_async(scenario()) > 0.8 * more / limits.MESSAGES_A_SECOND


@pytest.mark.parametrize("frame", ["hello", b"\xff\xff\xff"])
def test_what_is_no_message_ends_the_connection_and_leaves_the_log_as_it_is(
    server: LabServer, frame: bytes | str
) -> None:
    async def scenario() -> Any:
        async with page(server.address) as socket:
            await socket.send(frame)
            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
            return closed.value.rcvd.code

    assert run_async(scenario()) == 1008
    assert server.errors() == []
    assert "WARNING" not in server.log.read_text()


def test_a_stopped_server_ends_as_it_should_with_its_workers(server: LabServer) -> None:
    async def scenario() -> None:
        async with page(server.address) as socket:
            await socket.send(rerun("Data"))
            await session_of(socket)

    run_async(scenario())
    # After it the server's functions for the end have run: the workers are no longer there.
    workers = psutil.Process(server.process.pid).children(recursive=True)
    server.stop()
    assert server.process.returncode == 0
    assert psutil.wait_procs(workers, timeout=10)[1] == []
