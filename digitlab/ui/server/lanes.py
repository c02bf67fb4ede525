"""Lanes for the runs of pages: who clicks does not stand behind who has just come.

Python computes one page at a time, and shares its time among all runs that have begun. So only a
few may begin at once. Each kind of run has places of its own: three hundred newcomers, or a class
whose pages refresh themselves, can't take those of the visitors who click, and who clicks not those
of the visitors who draw.
"""

import asyncio
from weakref import WeakValueDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from digitlab import limits

_LONGEST_END = 1000  # bytes; the message that ends a run has some 60, a chart many thousand


class Lanes:
    """The places of one web process."""

    def __init__(self) -> None:
        self._arrivals = asyncio.Semaphore(limits.ARRIVALS_RUNNING)
        self._refreshes = asyncio.Semaphore(limits.REFRESHES_RUNNING)
        self._clicks = asyncio.Semaphore(limits.CLICKS_RUNNING)
        self._strokes = asyncio.Semaphore(limits.STROKES_RUNNING)

    def of(self, wish: ClientState, first: bool) -> asyncio.Semaphore:
        """The lane of a run. A fragment that runs by itself is a stroke, or as short as that.

        Args:
            wish: what the page asks for.
            first: whether nothing was asked over this connection before.
        """
        if first:
            return self._arrivals
        if wish.is_auto_rerun:
            return self._refreshes
        return self._strokes if wish.fragment_id else self._clicks


class Place:
    """What one connection holds of the lanes: at most one place, until its run ends.

    A run that takes long waits for a worker, or was not begun at all: its place is free again after
    `limits.RUN_HOLDS_SECONDS`.
    """

    def __init__(self) -> None:
        self._lane: asyncio.Semaphore | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def take(self, lane: asyncio.Semaphore) -> None:
        """Wait for a place; who has one goes on at once, as Streamlit joins such runs."""
        if self._lane is not None:
            return
        await lane.acquire()
        self._lane = lane
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(limits.RUN_HOLDS_SECONDS, self.leave)

    def leave(self) -> None:
        """Give it back, if there is one."""
        if self._timer is not None:
            self._timer.cancel()
        if self._lane is not None:
            self._lane.release()
        self._lane = self._timer = None

    def leave_soon(self) -> None:
        """The same, from the thread of the run."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.leave)


places: "WeakValueDictionary[str, Place]" = WeakValueDictionary()
"""What each open page holds, by the id of its session."""


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
