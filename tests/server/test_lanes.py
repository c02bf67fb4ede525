"""The lanes in which pages run, driven through the layer that counts messages."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Initialize, NewSession

from digitlab import limits
from digitlab.ui.server.lanes import places
from digitlab.ui.server.messages import Messages
from tests.conftest import run_async

CLICK, REFRESH = ClientState(), ClientState(is_auto_rerun=True)
STROKE = ClientState(fragment_id="canvas")


class Page:
    """A connection: what its browser sends, and what of it has reached Streamlit."""

    def __init__(self, messages: Messages):
        self.reached = 0
        self._sent: asyncio.Queue = asyncio.Queue()
        self._outward: asyncio.Queue = asyncio.Queue()
        self._messages = messages
        self.task = asyncio.ensure_future(messages({"type": "websocket"}, self._sent.get, drop))
        PAGES[self.task] = self

    def ask(self, wish: ClientState) -> None:
        data = BackMsg(rerun_script=wish).SerializeToString()
        self._sent.put_nowait({"type": "websocket.receive", "bytes": data})

    def finish(self, how=ForwardMsg.FINISHED_SUCCESSFULLY) -> None:
        self.tell(ForwardMsg(script_finished=how))

    def tell(self, message: ForwardMsg) -> None:
        self._outward.put_nowait(message.SerializeToString())

    def leave(self) -> None:
        self._sent.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def serve(self, receive, send) -> None:
        """What Streamlit does: it reads and writes until the page has gone."""

        async def write():
            while True:
                data = await self._outward.get()
                await send({"type": "websocket.send", "bytes": data})

        writing = asyncio.ensure_future(write())
        while (await receive())["type"] == "websocket.receive":
            self.reached += 1
        writing.cancel()


PAGES: dict[object, Page] = {}


async def drop(message):
    pass


async def streamlit(scope, receive, send):
    await PAGES[asyncio.current_task()].serve(receive, send)


async def settle() -> None:
    """Let everything happen that can happen now."""
    for _ in range(20):
        await asyncio.sleep(0)


async def here(messages: Messages) -> Page:
    """A page whose first run has ended."""
    page = Page(messages)
    page.ask(CLICK)
    await settle()
    page.finish()
    await settle()
    assert page.reached == 1
    return page


def play(scenario) -> None:
    """Run a scenario with a server of its own, on which no place becomes free by the clock."""
    run_async(scenario(Messages(streamlit)))
    PAGES.clear()


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(limits, "RUN_HOLDS_SECONDS", 3600)


def test_newcomers_run_one_after_the_other_and_keep_nobody_from_clicking():
    async def scenario(messages):
        known = await here(messages)
        newcomers = [Page(messages) for _ in range(3)]
        for page in newcomers:
            page.ask(CLICK)
        known.ask(CLICK)
        await settle()
        assert known.reached == 2
        assert [page.reached for page in newcomers] == [1, 0, 0]
        newcomers[0].finish()
        await settle()
        assert [page.reached for page in newcomers] == [1, 1, 0]

    play(scenario)


def test_parts_that_refresh_themselves_keep_nobody_from_clicking():
    async def scenario(messages):
        live = [await here(messages) for _ in range(3)]
        known = await here(messages)
        for page in live:
            page.ask(REFRESH)
        known.ask(CLICK)
        await settle()
        assert sum(page.reached - 1 for page in live) == limits.REFRESHES_RUNNING
        assert known.reached == 2

    play(scenario)


def test_so_many_clicks_run_at_once_and_the_next_in_the_order_of_coming():
    async def scenario(messages):
        pages = [await here(messages) for _ in range(limits.CLICKS_RUNNING + 2)]
        for page in pages:
            page.ask(CLICK)
        await settle()
        assert [page.reached - 1 for page in pages] == [1] * limits.CLICKS_RUNNING + [0, 0]
        pages[0].finish(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        await settle()
        assert [page.reached - 1 for page in pages] == [1] * limits.CLICKS_RUNNING + [1, 0]

    play(scenario)


def test_clicks_keep_nobody_from_drawing():
    async def scenario(messages):
        pages = [await here(messages) for _ in range(limits.CLICKS_RUNNING + 1)]
        drawers = [await here(messages) for _ in range(2)]
        for page in pages:
            page.ask(CLICK)
        for page in drawers:
            page.ask(STROKE)
        await settle()
        assert sum(page.reached - 1 for page in pages) == limits.CLICKS_RUNNING
        assert [page.reached - 1 for page in drawers] == [1, 0]
        drawers[0].finish(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        await settle()
        assert [page.reached - 1 for page in drawers] == [1, 1]

    play(scenario)


def test_who_asks_a_worker_gives_the_place_away_from_its_own_thread():
    async def scenario(messages):
        first, second = Page(messages), Page(messages)
        for page, name in ((first, "one"), (second, "two")):
            session = NewSession(initialize=Initialize(session_id=name))
            page.tell(ForwardMsg(new_session=session))
            page.ask(CLICK)
        await settle()
        assert (first.reached, second.reached) == (1, 0)
        await asyncio.to_thread(places["one"].leave_soon)
        await settle()
        assert second.reached == 1
        first.finish()  # its run ends later: that frees nobody else's place
        third = Page(messages)
        third.ask(CLICK)
        await settle()
        assert third.reached == 0

    play(scenario)


def test_who_runs_goes_on_at_once_and_ends_only_with_the_last_run():
    async def scenario(messages):
        first, second = Page(messages), Page(messages)
        first.ask(CLICK)
        second.ask(CLICK)
        first.ask(CLICK)
        await settle()
        assert (first.reached, second.reached) == (2, 0)
        first.finish(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        first.tell(ForwardMsg(delta=Delta()))
        await settle()
        assert second.reached == 0
        first.finish()
        await settle()
        assert second.reached == 1

    play(scenario)


def test_a_page_that_goes_away_gives_its_place_back():
    async def scenario(messages):
        first, second = Page(messages), Page(messages)
        first.ask(CLICK)
        second.ask(CLICK)
        await settle()
        first.leave()
        await first.task
        await settle()
        assert second.reached == 1

    play(scenario)


def test_a_run_that_takes_long_keeps_its_place_for_a_while_only(monkeypatch):
    monkeypatch.setattr(limits, "RUN_HOLDS_SECONDS", 0.05)

    async def scenario(messages):
        first, second = Page(messages), Page(messages)
        first.ask(CLICK)
        second.ask(CLICK)
        await settle()
        assert second.reached == 0
        async with asyncio.timeout(10):
            while not second.reached:
                await asyncio.sleep(0.01)

    play(scenario)
