"""The layers around the server, each driven alone with a clock of its own."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from digitlab import limits
from digitlab.ui.server.connections import Connections
from digitlab.ui.server.file_handles import connections_for
from digitlab.ui.server.log_lines import LogLines
from digitlab.ui.server.messages import Messages
from digitlab.ui.server.script_loops import ScriptLoop
from digitlab.ui.server.upload_ledger import Ledger
from digitlab.ui.server.uploads import Uploads
from tests.conftest import run_async

RERUN = BackMsg(rerun_script=ClientState()).SerializeToString()


class Clock:
    """Time that passes only when it is waited for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def received(messages: list[dict[str, Any]], send_fails: bool = False) -> Any:
    """What reaches Streamlit of these messages, when, and what the browser is told."""
    clock, reached, told, left = Clock(), [], [], list(messages)

    async def app(
        scope: Any,
        receive: Any,
        send: Any,
    ) -> None:
        if send_fails:
            with pytest.raises(ConnectionResetError):
                await send({"type": "websocket.send", "bytes": b""})
        while (message := await receive())["type"] == "websocket.receive":
            reached.append((clock.now, message["bytes"]))
        await send({"type": "websocket.send", "bytes": ForwardMsg().SerializeToString()})

    async def receive() -> dict[str, Any]:
        if left:
            return {"type": "websocket.receive", **left.pop(0)}
        return {"type": "websocket.disconnect", "code": 1000}

    async def send(message: MutableMapping[str, Any]) -> None:
        if send_fails:
            raise ConnectionResetError
        told.append(message)

    run_async(Messages(app, clock, clock.sleep)({"type": "websocket"}, receive, send))
    return reached, told


def test_a_flood_waits_and_nothing_of_it_is_lost() -> None:
    size, beyond = limits.MESSAGES_AT_ONCE, 30
    reached, _ = received([{"bytes": RERUN}] * (size + beyond))
    times = [time for time, _ in reached]
    assert len(times) == size + beyond
    assert times[size - 1] == 0
    assert times[-1] == pytest.approx(beyond / limits.MESSAGES_A_SECOND)


@pytest.mark.parametrize(
    "message",
    [{"text": "hello"}, {"bytes": b"\xff\xff\xff"}, {"bytes": b""}, {"bytes": bytes(2_000_001)}],
)
def test_what_no_page_sends_ends_the_connection_without_a_word_in_the_log(
    message: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    reached, told = received([message, {"bytes": RERUN}])
    assert reached == []
    assert [message["type"] for message in told] == ["websocket.close"]
    assert told[0]["code"] == 1008
    assert caplog.records == []


@pytest.mark.parametrize("kind", ["clear_cache", "debug_shutdown_runtime", "set_run_on_save"])
def test_messages_for_whoever_writes_an_app_do_not_arrive(kind: str) -> None:
    reached, told = received(
        [{"bytes": BackMsg(**dict[str, Any]({kind: True})).SerializeToString()}]
    )
    assert reached == []
    assert [message["type"] for message in told] == ["websocket.send"]  # the page goes on


def stroke(page: str, refresh: bool = False) -> ClientState:
    """What a part of a page asks for, after a stroke on it or by itself."""
    wish = ClientState(page_script_hash=page, fragment_id="canvas", is_auto_rerun=refresh)
    wish.widget_states.widgets.add(id="drawing", json_value="3")
    return wish


@pytest.mark.parametrize("known", [True, False], ids=["by a link", "by its address"])
def test_a_stroke_that_comes_after_the_next_page_was_asked_for_is_seen_there(
    monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.setattr(limits, "CLICK_SEEN_SECONDS", 0)
    to_draw, to_data = ClientState(page_script_hash="Draw"), ClientState(page_script_hash="Data")
    arrival = [ClientState(), to_draw] if known else [ClientState()]
    asked = [
        *(*arrival, to_data, stroke("Draw"), stroke("Draw", refresh=True), stroke("Draw")),
        *(stroke("Data"), stroke("Draw"), to_draw, stroke("Draw"), to_data, to_draw),
    ]
    late = stroke("Data")
    late.ClearField("fragment_id")  # the whole page runs: the part is not on it
    expected = [
        *(*arrival, to_data, late, late),
        # The page Data has asked for something. So what comes of Draw now is of a page that was
        # opened since, by its own code.
        *(stroke("Data"), stroke("Draw"), to_draw, stroke("Draw"), to_data, to_draw),
    ]
    sent = [{"bytes": BackMsg(rerun_script=wish).SerializeToString()} for wish in asked]
    reached, _ = received(sent)
    assert [BackMsg.FromString(data).rerun_script for _, data in reached] == expected


def test_after_the_browser_has_gone_nothing_that_it_sent_is_run() -> None:
    assert received([{"bytes": RERUN}] * 3, send_fails=True)[0] == []


def opened(
    connections: Connections,
    address: str,
    scope_type: str = "websocket",
    accept: bytes = b"*/*",
) -> tuple[Any, list[Any]]:
    """A page that is opened: the task while it is open, and what it is answered."""
    answers = []

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message.get("status", message["type"]))

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    scope = {
        "type": scope_type,
        "client": (address, 1),
        "method": "GET",
        "headers": [(b"accept", accept)],
        "extensions": {"websocket.http.response": {}},
    }
    return asyncio.ensure_future(connections(scope, receive, send)), answers


async def stay_open(
    scope: Any,
    receive: Any,
    send: Any,
) -> None:
    await asyncio.Event().wait()


def test_beyond_the_bound_a_newcomer_is_told_so_and_later_comes_in() -> None:
    async def scenario() -> None:
        connections = Connections(stay_open, Clock(), most=2)
        pages = [opened(connections, "a")[0] for _ in range(2)]
        await asyncio.sleep(0)
        refused, answers = opened(connections, "b")
        await refused
        assert answers == ["websocket.close"]
        document, answers = opened(connections, "b", "http", b"text/html")
        await document
        assert answers[0] == 503
        pages[0].cancel()
        await asyncio.wait(pages[:1])
        newcomer, answers = opened(connections, "b")
        await asyncio.sleep(0)
        assert not newcomer.done()
        assert answers == []

    run_async(scenario())


def test_one_address_does_not_take_all_places_nor_all_time() -> None:
    async def scenario() -> None:
        clock = Clock()
        connections = Connections(stay_open, clock, most=10_000)
        pages = [opened(connections, "a")[0] for _ in range(limits.CONNECTIONS_AN_ADDRESS)]
        await asyncio.sleep(0)
        refused, answers = opened(connections, "a")
        await refused
        assert answers == ["websocket.close"]
        other, _ = opened(connections, "b")
        await asyncio.sleep(0)
        assert not other.done()
        for page in pages:
            page.cancel()
        await asyncio.wait(pages)
        again, answers = opened(connections, "a")  # all places are free, but it came too often
        await again
        assert answers == ["websocket.close"]
        clock.now += 60
        later, _ = opened(connections, "a")
        await asyncio.sleep(0)
        assert not later.done()

    run_async(scenario())


class Uploading:
    """A server that holds files as Streamlit does, and whoever sends it some."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.ledger = Ledger(self.clock)
        self.store = MemoryUploadedFileManager("/_stcore/upload_file")
        path = "/_stcore/upload_file/{session}/{file}"
        inner = Starlette(routes=[Route(path, self._take, methods=["PUT"])])
        self._uploads = Uploads(inner, self.ledger, self.store)

    async def _take(self, request: Request) -> Response:
        session, file = request.path_params["session"], request.path_params["file"]
        data = await request.body()
        self.store.add_file(session, UploadedFileRec(file, "name", "type", data))
        return Response(status_code=204)

    def put(self, session: str, file: str, megabytes: int = 1) -> tuple[Any, Any]:
        """Send a file; the status and the words of the answer."""
        answer, left = [], megabytes

        async def receive() -> dict[str, object]:
            nonlocal left
            left -= 1
            return {"type": "http.request", "body": bytes(1_000_000), "more_body": left > 0}

        async def send(message: MutableMapping[str, Any]) -> None:
            answer.append(message)

        path = f"/_stcore/upload_file/{session}/{file}"
        headers = [(b"content-length", str(megabytes * 1_000_000).encode())]
        scope = {"type": "http", "method": "PUT", "path": path, "headers": headers}
        run_async(self._uploads(scope, receive, send))
        return answer[0]["status"], answer[1].get("body", b"").decode()

    def held(self) -> set[str]:
        return {id for files in self.store.file_storage.values() for id in files}


@pytest.fixture
def uploading() -> Uploading:
    return Uploading()


def test_a_session_that_shows_no_place_for_a_file_can_send_none(uploading: Uploading) -> None:
    assert uploading.put("stranger", "1") == (403, "No page of yours asks for a file.")
    assert uploading.held() == set()


def test_a_file_that_no_page_takes_is_let_go_and_one_that_a_page_took_stays(
    uploading: Uploading,
) -> None:
    uploading.ledger.expect("visitor", "upload", None)
    assert uploading.put("visitor", "taken")[0] == 204
    assert uploading.put("visitor", "left")[0] == 204
    uploading.ledger.expect("visitor", "upload", "taken")
    uploading.clock.now += limits.UNCLAIMED_SECONDS
    uploading.put("visitor", "next")
    assert uploading.held() == {"taken", "next"}


def test_one_session_holds_so_much_and_its_oldest_goes(uploading: Uploading) -> None:
    uploading.ledger.expect("visitor", "upload", None)
    for number in range(3):
        uploading.clock.now += 1
        assert uploading.put("visitor", str(number), 25)[0] == 204
    assert uploading.held() == {"1", "2"}


def test_one_session_sends_so_many_files_a_minute(uploading: Uploading) -> None:
    uploading.ledger.expect("visitor", "upload", None)
    statuses = [uploading.put("visitor", str(n))[0] for n in range(20)]
    assert statuses == [204] * limits.UPLOADS_A_MINUTE + [429] * (20 - limits.UPLOADS_A_MINUTE)
    uploading.clock.now += 60
    assert uploading.put("visitor", "later")[0] == 204


def test_when_the_server_holds_its_most_the_largest_goes_and_a_photo_comes_in(
    uploading: Uploading,
) -> None:
    for number in range(6):
        uploading.ledger.expect(f"stranger {number}", "upload", str(number))
        assert uploading.put(f"stranger {number}", str(number), 33)[0] == 204
    uploading.ledger.expect("pupil", "upload", None)
    assert uploading.put("pupil", "photo", 5)[0] == 204
    assert "photo" in uploading.held()
    assert len(uploading.held()) == 6
    uploading.ledger.expect("seventh", "upload", None)
    status, words = uploading.put("seventh", "huge", 39)
    assert status == 503
    assert "choose a smaller file" in words
    assert "huge" not in uploading.held()


def test_lines_of_one_kind_are_written_a_few_times_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    lines = LogLines(clock)
    caplog.handler.addFilter(lines)
    try:
        logger = logging.getLogger("tests.noise")
        for number in range(1000):
            logger.error("socket.accept() out of system resource %s", number)
        logger.error("another kind")
        assert len(caplog.messages) == limits.LOG_REPEATS + 1
        clock.now += 61
        lines.turn_page()
        assert caplog.messages[-1].startswith(f"{1000 - limits.LOG_REPEATS} lines were left out")
        for number in range(1000):
            logger.error(f"kind {number}")
        assert len(caplog.messages) <= 2 * limits.LOG_LINES_A_MINUTE
    finally:
        caplog.handler.removeFilter(lines)


def test_the_soft_limit_of_open_files_is_raised_to_what_the_system_allows() -> None:
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 2048))\n"
        "from digitlab.ui.server.file_handles import raise_open_files\n"
        "print(raise_open_files(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["2048", "2048"]


@pytest.mark.parametrize(("files", "pages"), [(256, 136), (1024, 500), (100, 10)])
def test_so_many_pages_are_let_in_that_handles_remain(files: int, pages: int) -> None:
    assert connections_for(files) == pages


def test_a_session_s_event_loop_takes_no_handle_until_it_runs() -> None:
    def run_and_close() -> int:
        loop = ScriptLoop()
        assert psutil.Process().num_fds() == before
        seven = loop.run_until_complete(asyncio.wait_for(asyncio.to_thread(int, "7"), 5))
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        ScriptLoop().close()
        return seven

    # A thread of its own, as for `run_async`: this one may hold Playwright's loop.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(int).result()
        before = psutil.Process().num_fds()
        assert thread.submit(run_and_close).result() == 7
        assert psutil.Process().num_fds() == before
