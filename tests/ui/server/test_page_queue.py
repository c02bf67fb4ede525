"""Whose turn it is to run, driven through the layer that counts messages."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Initialize, NewSession

from digitlab import limits
from digitlab.ui.server import page_queue
from digitlab.ui.server.messages import Messages
from digitlab.ui.server.page_queue import Kind, PageQueue, Place, places
from tests.conftest import run_async

CLICK, REFRESH = ClientState(), ClientState(is_auto_rerun=True)
STROKE = ClientState(fragment_id="canvas")


class Page:
    """A connection: what its browser sends, and what of it has reached Streamlit."""

    def __init__(self, messages: Messages) -> None:
        self.reached = 0
        self._sent: asyncio.Queue[Any] = asyncio.Queue()
        self._outward: asyncio.Queue[Any] = asyncio.Queue()
        self._messages = messages
        self.task = asyncio.ensure_future(messages({"type": "websocket"}, self._sent.get, drop))
        PAGES[self.task] = self

    def ask(self, wish: ClientState) -> None:
        data = BackMsg(rerun_script=wish).SerializeToString()
        self._sent.put_nowait({"type": "websocket.receive", "bytes": data})

    def finish(self, how: Any = ForwardMsg.FINISHED_SUCCESSFULLY) -> None:
        self.tell(ForwardMsg(script_finished=how))

    def tell(self, message: ForwardMsg) -> None:
        self._outward.put_nowait(message.SerializeToString())

    def leave(self) -> None:
        self._sent.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def serve(self, receive: Any, send: Any) -> None:
        """What Streamlit does: it reads and writes until the page has gone."""

        async def write() -> None:
            while True:
                data = await self._outward.get()
                await send({"type": "websocket.send", "bytes": data})

        writing = asyncio.ensure_future(write())
        while (await receive())["type"] == "websocket.receive":
            self.reached += 1
        writing.cancel()


PAGES: dict[object, Page] = {}


async def drop(message: MutableMapping[str, Any]) -> None:
    pass


async def streamlit(
    scope: Any,
    receive: Any,
    send: Any,
) -> None:
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


def play(scenario: Any) -> None:
    """Run a scenario with a server of its own, on which no place becomes free by the clock."""
    run_async(scenario(Messages(streamlit)))
    PAGES.clear()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RUN_HOLDS_SECONDS", 3600)
    monkeypatch.setattr(page_queue, "_LOOK_SECONDS", 0.02)


async def busy(messages: Messages) -> Page:
    """A page whose run keeps all others waiting."""
    page = await here(messages)
    page.ask(CLICK)
    await settle()
    assert page.reached == 2
    return page


def test_who_clicks_or_draws_goes_first_in_the_order_of_coming_and_live_parts_last() -> None:
    async def scenario(messages: Messages) -> None:
        live, known, drawer = [await here(messages) for _ in range(3)]
        runs = await busy(messages)
        newcomer = Page(messages)
        newcomer.ask(CLICK)
        live.ask(REFRESH)
        known.ask(CLICK)
        drawer.ask(STROKE)
        await settle()
        waiting, order = [newcomer, live, known, drawer], []
        counts = [page.reached for page in waiting]
        for _ in range(4):
            runs.finish()
            await settle()
            now = [page.reached for page in waiting]
            (begun,) = (at for at in range(4) if now[at] > counts[at])
            runs, counts = waiting[begun], now
            order.append(runs)
        assert order == [known, drawer, newcomer, live]

    play(scenario)


def test_one_runs_and_the_next_in_the_order_of_coming() -> None:
    async def scenario(messages: Messages) -> None:
        pages = [await here(messages) for _ in range(3)]
        for page in pages:
            page.ask(CLICK)
        await settle()
        assert [page.reached - 1 for page in pages] == [1, 0, 0]
        pages[0].finish(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        await settle()
        assert [page.reached - 1 for page in pages] == [1, 1, 0]

    play(scenario)


def test_who_has_waited_longest_has_one_turn_of_many() -> None:
    async def scenario(messages: Messages) -> None:
        newcomer = Page(messages)
        clickers = [await here(messages) for _ in range(3)]
        runs = await busy(messages)
        newcomer.ask(CLICK)
        await settle()
        turns = 0
        while not newcomer.reached:
            waiting = clickers.pop(0)
            waiting.ask(CLICK)
            await settle()
            before = waiting.reached
            runs.finish()
            await settle()
            turns += 1
            if newcomer.reached:
                assert waiting.reached == before
            else:
                clickers.append(runs)
                runs = waiting
            assert turns <= limits.LONGEST_WAITING_EVERY
        assert turns > 1

    play(scenario)


def test_a_turn_given_to_somebody_who_leaves_at_that_moment_goes_on() -> None:
    async def scenario(_messages: Any) -> None:
        queue = PageQueue()
        await queue.take(Kind.CLICK)
        leaves, stays = (asyncio.ensure_future(queue.take(Kind.CLICK)) for _ in range(2))
        await settle()
        queue.give_back()
        leaves.cancel()
        await settle()
        assert stays.done()
        assert not stays.cancelled()
        waits = asyncio.ensure_future(queue.take(Kind.CLICK))
        await settle()
        waits.cancel()  # it was not its turn: nothing to give on
        await settle()
        queue.give_back()
        await asyncio.wait_for(queue.take(Kind.CLICK), 1)

    play(scenario)


def test_a_turn_that_ends_while_the_next_one_is_leaving_is_not_lost() -> None:
    async def scenario(_messages: Any) -> None:
        queue = PageQueue()
        await queue.take(Kind.CLICK)
        leaves, stays = (asyncio.ensure_future(queue.take(Kind.CLICK)) for _ in range(2))
        await settle()
        leaves.cancel()
        queue.give_back()  # before the one that leaves has noticed
        await settle()
        assert stays.done()
        assert not stays.cancelled()
        one_more = asyncio.ensure_future(queue.take(Kind.CLICK))
        await settle()
        assert not one_more.done(), "a turn too many"
        queue.give_back()
        await asyncio.wait_for(one_more, 1)

    play(scenario)


async def asks_while_another_runs() -> tuple[PageQueue, Place, Place]:
    """A queue, the place of a page that has asked a worker, and that of one that runs meanwhile."""
    queue = PageQueue()
    asks, runs = Place(queue), Place(queue)
    await asks.take(Kind.CLICK)
    asks.leave()
    await runs.take(Kind.CLICK)
    return queue, asks, runs


def test_who_got_an_answer_goes_on_after_those_who_click() -> None:
    async def scenario(_messages: Any) -> None:
        queue, asks, runs = await asks_while_another_runs()
        clicks, said = Place(queue), []
        back = asyncio.ensure_future(asyncio.to_thread(asks.take_again, lambda: said.append("")))
        async with asyncio.timeout(30):
            while not said:
                await asyncio.sleep(0.01)
        click = asyncio.ensure_future(clicks.take(Kind.CLICK))
        await settle()
        runs.leave()
        await asyncio.wait_for(click, 1)
        assert not back.done()
        clicks.leave()
        await asyncio.wait_for(back, 30)

    play(scenario)


def test_who_leaves_while_it_waits_in_its_thread_takes_no_turn() -> None:
    async def scenario(_messages: Any) -> None:
        queue, asks, runs = await asks_while_another_runs()

        def leave() -> None:
            raise InterruptedError

        with pytest.raises(InterruptedError):
            await asyncio.to_thread(asks.take_again, leave)
        await settle()
        runs.leave()
        await asyncio.wait_for(queue.take(Kind.CLICK), 1)

    play(scenario)


def test_who_asks_a_worker_gives_the_place_away_from_its_own_thread() -> None:
    async def scenario(messages: Messages) -> None:
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


def test_who_runs_goes_on_at_once_and_ends_only_with_the_last_run() -> None:
    async def scenario(messages: Messages) -> None:
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


def test_a_page_that_goes_away_gives_its_place_back() -> None:
    async def scenario(messages: Messages) -> None:
        first, second = Page(messages), Page(messages)
        first.ask(CLICK)
        second.ask(CLICK)
        await settle()
        first.leave()
        await first.task
        await settle()
        assert second.reached == 1

    play(scenario)


def test_a_run_that_takes_long_keeps_its_place_for_a_while_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "RUN_HOLDS_SECONDS", 0.05)

    async def scenario(messages: Messages) -> None:
        first, second = Page(messages), Page(messages)
        first.ask(CLICK)
        second.ask(CLICK)
        await settle()
        assert second.reached == 0
        async with asyncio.timeout(10):
            while not second.reached:
                await asyncio.sleep(0.01)

    play(scenario)


def on(page: str, clicked: bool = False, refresh: bool = False) -> ClientState:
    """What the browser asks for on this page: the page itself, a click on it, a live part."""
    wish = ClientState(page_script_hash=page, is_auto_rerun=refresh)
    if clicked or refresh:
        wish.widget_states.widgets.add(id="Train", trigger_value=clicked)
    return wish


async def pressed_and_gone_on(messages: Messages) -> Page:
    """A button on Train was pressed as the first thing, and at once somebody went to Draw."""
    page = await here(messages)  # the browser does not know the page's hash yet
    session = NewSession(initialize=Initialize(session_id="one"))
    page.tell(ForwardMsg(new_session=session))
    page.ask(on("Train", clicked=True))
    page.ask(on("Draw"))
    await settle()
    assert page.reached == 2
    return page


def test_another_page_comes_after_the_run_of_the_click_before_it() -> None:
    async def scenario(messages: Messages) -> None:
        page = await pressed_and_gone_on(messages)
        page.finish(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
        await settle()
        assert page.reached == 2
        page.finish()
        await settle()
        assert page.reached == 3

    play(scenario)


def test_another_page_does_not_wait_for_an_answer_nor_a_live_part_nor_a_page() -> None:
    async def scenario(messages: Messages) -> None:
        page = await pressed_and_gone_on(messages)
        await asyncio.to_thread(places["one"].leave_soon)
        await settle()
        assert page.reached == 3
        page.finish()
        await settle()
        page.ask(on("Draw", refresh=True))
        page.ask(on("Train"))
        page.ask(on("Draw"))
        await settle()
        assert page.reached == 6

    play(scenario)


def test_another_page_waits_for_a_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CLICK_SEEN_SECONDS", 0.05)

    async def scenario(messages: Messages) -> None:
        page = await pressed_and_gone_on(messages)
        async with asyncio.timeout(10):
            while page.reached == 2:
                await asyncio.sleep(0.01)

    play(scenario)
