"""The queue of pages that want to run: who clicks does not stand behind those who have just come.

Python computes one page at a time, and shares its time among all runs that have begun. So a run
begins when it is its turn. Each kind goes before those below it; every few turns, whoever has
waited longest goes instead, so that nobody waits for ever.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from weakref import WeakValueDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from digitlab import limits

_LONGEST_END = 1000  # bytes; the message that ends a run has some 60, a chart many thousand
_LOOK_SECONDS = 0.2  # between two looks whether who waits in a thread is still there


class Kind(IntEnum):
    """What makes a page run, the most urgent first."""

    CLICK = 0  # or a stroke on a canvas: somebody waits for what they did
    ANSWER = 1  # a run that asked a worker goes on
    ARRIVAL = 2  # the first run of a newcomer
    REFRESH = 3  # a live part runs by itself

    @classmethod
    def of(cls, wish: ClientState, first: bool) -> "Kind":
        """The kind of a run.

        Args:
            wish: what the page asks for.
            first: whether nothing was asked over this connection before.
        """
        if first:
            return cls.ARRIVAL
        if wish.is_auto_rerun:
            return cls.REFRESH
        return cls.CLICK  # a part of a page too: first in the line, thirty would stop all pages


class PageQueue:
    """The pages of one web process: so many run at once. For the thread of its event loop."""

    def __init__(self) -> None:
        self._free = limits.PAGES_AT_ONCE
        self._waiting: deque[tuple[Kind, asyncio.Future[None]]] = deque()  # the longest first
        self._given = 0

    async def take(self, kind: Kind) -> None:
        """Wait for the turn."""
        if self._free:
            self._free -= 1
            return
        turn = (kind, asyncio.get_running_loop().create_future())
        self._waiting.append(turn)
        try:
            await turn[1]
        except asyncio.CancelledError:
            if turn in self._waiting:
                self._waiting.remove(turn)
            else:  # it was given at the same moment
                self.give_back()
            raise

    def give_back(self) -> None:
        """The run has ended: the next one begins."""
        waiting = [turn for turn in self._waiting if not turn[1].done()]  # one may just be leaving
        if not waiting:
            self._free += 1
            return
        self._given += 1
        longest = self._given % limits.LONGEST_WAITING_EVERY == 0
        turn = waiting[0] if longest else min(waiting, key=lambda entry: entry[0])
        self._waiting.remove(turn)
        turn[1].set_result(None)


class Place:
    """The place of one connection in the queue: it has at most one turn, until its run ends.

    A run that takes long waits for something, or was not begun at all: its turn is over after
    `limits.RUN_HOLDS_SECONDS`.
    """

    def __init__(self, queue: PageQueue) -> None:
        self._queue = queue
        self._click_done = asyncio.Event()
        self._click_done.set()
        self._held = False
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def take(self, kind: Kind) -> None:
        """Wait for the turn; who has it goes on at once, as Streamlit joins such runs."""
        if self._held:
            return
        await self._queue.take(kind)
        if self._held:  # a run of the same page came first
            self._queue.give_back()
            return
        self._held = True
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(limits.RUN_HOLDS_SECONDS, self._give_back)

    def clicked(self) -> None:
        """Something was done on the page that is open."""
        self._click_done.clear()

    async def click_done(self) -> None:
        """Wait until the page has seen the latest click: its run has ended, or asked a worker.

        Another page must not come before: Streamlit would join the two runs, or stop the first, and
        a button that was pressed is on no other page.
        """
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._click_done.wait(), limits.CLICK_SEEN_SECONDS)

    def leave(self) -> None:
        """The run has ended, or waits for a worker: give the turn back, if there is one."""
        self._click_done.set()
        self._give_back()

    def _give_back(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held:
            self._held = False
            self._queue.give_back()

    def leave_soon(self) -> None:
        """The same, from the thread of the run."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.leave)

    def take_again(self, waits: Callable[[], object]) -> None:
        """Wait for the turn to go on, in the thread of the run.

        Args:
            waits: called several times a second; what it raises ends the wait.
        """
        if self._loop is None:
            return
        turn = asyncio.run_coroutine_threadsafe(self.take(Kind.ANSWER), self._loop)
        try:
            while True:
                try:
                    return turn.result(_LOOK_SECONDS)
                except TimeoutError:
                    waits()
        except BaseException:
            turn.cancel()
            raise


places: "WeakValueDictionary[str, Place]" = WeakValueDictionary()
"""Of each open page, by the id of its session."""


def session_in(data: object) -> str:
    """The session's id, if this message to the page is the first of a run; otherwise empty."""
    if not isinstance(data, bytes):
        return ""
    session: str = ForwardMsg.FromString(data).new_session.initialize.session_id
    return session


def ends_run(data: object) -> bool:
    """Whether a message to the page says that its run has ended, and none follows at once."""
    if not isinstance(data, bytes) or len(data) > _LONGEST_END:
        return False
    message = ForwardMsg.FromString(data)
    if message.WhichOneof("type") != "script_finished":
        return False
    goes_on: bool = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    return not goes_on
