"""Three hundred sessions at once on a real server, which is then killed."""

import asyncio
import contextlib
import resource
import time
from collections.abc import Iterator

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.abuse.bystander import draw, train
from benchmarks.visitor import Visitor
from digitlab.specs import RunSpec, TrainSpec
from tests.browser.servers import LabServer
from tests.conftest import run_async, wait_until

_SESSIONS = 300
_AT_ONCE = 8  # that come in the same moment
_PATIENCE = 60

_NEWCOMER_SECONDS = 2
"""For the page of one more, where 0.06 s are usual; the machine may be busy with other tests."""

_KEPT = 128
"""Sessions without a browser that Streamlit keeps."""

_HANDLES = 5
"""A session's socket, and what Streamlit keeps for its event loop: four were measured."""


@pytest.fixture(scope="module")
def handles() -> Iterator[None]:
    """As many files as the system allows: the sockets of both sides, and the server's own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, handles: None) -> Iterator[LabServer]:
    server = LabServer(tmp_path_factory.mktemp("sessions"))
    server.start()
    try:
        yield server
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):  # one test kills it
            server.kill()


async def come(server: LabServer, page: str = "app") -> tuple[ClientConnection, list[ForwardMsg]]:
    """A new session with its first page: the connection, and what came over it."""
    socket = await connect(
        f"{server.address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        open_timeout=_PATIENCE,
        max_size=None,
    )
    wish = BackMsg(rerun_script=ClientState(page_name=page))
    messages: list[ForwardMsg] = []
    async with asyncio.timeout(_PATIENCE):
        await socket.send(wish.SerializeToString())
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            data = await socket.recv()
            assert isinstance(data, bytes)
            messages.append(ForwardMsg.FromString(data))
    return socket, messages


def is_whole(messages: list[ForwardMsg]) -> bool:
    """Whether the page came to its end, with its title and without a failure."""
    elements = [
        message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"
    ]
    kinds = [element.WhichOneof("type") for element in elements]
    end = messages[-1].script_finished
    return (
        end == ForwardMsg.FINISHED_SUCCESSFULLY and "heading" in kinds and "exception" not in kinds
    )


async def fill(server: LabServer, web: psutil.Process) -> int:
    """Let them all come, look at the newcomer, and let them go; the handles before they came."""
    for page in ("Data", "app"):  # the first of each page loads packages
        first, messages = await come(server, page)
        assert is_whole(messages)
        await first.close()
    before = web.num_fds()
    turns = asyncio.Semaphore(_AT_ONCE)

    async def visit() -> tuple[ClientConnection, bool]:
        async with turns:
            socket, messages = await come(server)
            return socket, is_whole(messages)

    visits = await asyncio.gather(*(visit() for _ in range(_SESSIONS)))
    assert all(whole for _, whole in visits)
    assert all(socket.close_code is None for socket, _ in visits)  # nobody was turned out
    taken = web.num_fds() - before
    assert _SESSIONS <= taken <= _HANDLES * _SESSIONS, taken
    began = time.monotonic()
    newcomer, messages = await come(server, "Data")
    assert time.monotonic() - began < _NEWCOMER_SECONDS
    assert is_whole(messages)
    for socket in (newcomer, *(socket for socket, _ in visits)):
        await socket.close()
    return before


def test_three_hundred_have_their_page_and_a_newcomer_too(lab: LabServer) -> None:
    web = psutil.Process(lab.process.pid)
    before = run_async(fill(lab, web))
    # Those that Streamlit keeps in case they come back have no socket, but some handles.
    wait_until(lambda: web.num_fds() <= before + _HANDLES * _KEPT, "the handles to be given back")
    assert lab.errors() == []


def test_a_worker_of_a_killed_server_ends_by_itself(lab: LabServer) -> None:
    """`kill -9` of the web process alone: nothing is left that holds memory and the processor."""
    run_async(use_both_workers(lab))
    workers = [lab.worker(kind) for kind in ("train", "predict")]
    lab.process.kill()
    lab.process.wait(timeout=30)
    left = psutil.wait_procs(workers, timeout=30)[1]
    for worker in left:
        worker.kill()
    assert left == []


async def use_both_workers(server: LabServer) -> None:
    """Train and draw: a page that still looks for its server would do so for a minute."""
    query = await train(server.address, RunSpec(training=TrainSpec(epochs=1)))
    async with Visitor(server.address, query=query) as visitor:
        await visitor.open("Draw")
        await draw(visitor)
