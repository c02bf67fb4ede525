"""Messages of an open page: so many a second, each run in its turn, and only Streamlit's."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from digitlab import limits
from digitlab.ui.server.page_queue import Kind, PageQueue, Place, ends_run, places, session_in
from digitlab.ui.server.token_bucket import TokenBucket

_IGNORED = frozenset(
    {"clear_cache", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime"}
)
"""For developers of an app. No page of the lab sends one; a stranger's would reach all visitors."""


_NO_MESSAGE = "No page sends such a message."
_END: Message = {"type": "websocket.disconnect", "code": 1008}


class Messages:
    """Makes a page wait that sends too much: its messages wait in the network for their turn.

    None that a visitor sent is dropped, as a click would be lost with it. What is no message of
    Streamlit's ends the connection, and does not fill the log with a traceback.

    Args:
        app: what is behind it.
        clock: seconds from any start.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        app: ASGIApp,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._app, self._clock, self._sleep = app, clock, sleep
        self._queue = PageQueue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through; a websocket with its messages counted."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        bucket = TokenBucket(limits.MESSAGES_AT_ONCE, limits.MESSAGES_A_SECOND, self._clock)
        page = _Page(receive, send, bucket, self._sleep, Place(self._queue))
        try:
            await self._app(scope, page.receive, page.send)
        finally:
            page.place.leave()


class _Page:
    """One connection."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        bucket: TokenBucket,
        sleep: Callable[[float], Awaitable[None]],
        place: Place,
    ) -> None:
        self._receive, self._send, self._bucket, self._sleep = receive, send, bucket, sleep
        self.place = place
        self._first = True
        self._session = ""
        self._shown = ""  # the page that is open, by its hash; empty if an address opened it
        self._left: str | None = None  # the one before, until the open one asks for something
        self._over = False

    async def receive(self) -> Message:
        """The next message whose time has come; the end of the connection once it is over."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            if wait := self._bucket.owed():
                await self._sleep(wait)
            if self._over:  # it ended meanwhile: what it still wanted concerns nobody
                return _END
            wish = _read(message)
            if wish is None:
                self._over = True
                await self._send({"type": "websocket.close", "code": 1008, "reason": _NO_MESSAGE})
                return _END
            kind = wish.WhichOneof("type")
            if kind == "rerun_script":
                if self._is_late(wish.rerun_script):
                    if wish.rerun_script.is_auto_rerun:
                        continue
                    message = {**message, "bytes": self._on_open_page(wish)}
                else:
                    opens = _opens_page(wish.rerun_script) and not self._first
                    self._left = self._shown if opens else None
                await self._after_click(wish.rerun_script)
                await self.place.take(Kind.of(wish.rerun_script, self._first))
                self._first = False
            if kind not in _IGNORED:
                return message

    def _is_late(self, wish: ClientState) -> bool:
        """Whether it is of the page that was left, and not the way back to it.

        A stroke on the canvas is sent some milliseconds after it was drawn.
        """
        page = wish.page_script_hash
        return page != self._shown and self._left in (page, "") and not _opens_page(wish)

    def _on_open_page(self, wish: BackMsg) -> bytes:
        """The same as if it had been done on the page that is open, which then runs once more.

        Streamlit would run a part of a page that is gone, and the browser would clear the page that
        is open. What belongs to a widget is noted in any case.
        """
        wish.rerun_script.page_script_hash = self._shown
        wish.rerun_script.fragment_id = ""
        message: bytes = wish.SerializeToString()
        return message

    async def _after_click(self, wish: ClientState) -> None:
        """Another page waits until the one that is open has seen what was done on it."""
        if wish.page_script_hash != self._shown:
            await self.place.click_done()
        self._shown = wish.page_script_hash
        if wish.widget_states.widgets and not wish.is_auto_rerun:  # a link to a page brings none
            self.place.clicked()

    async def send(self, message: Message) -> None:
        """What Streamlit has to say, as long as somebody listens."""
        if not self._session and (session := session_in(message.get("bytes"))):
            self._session = session
            places[session] = self.place
        if ends_run(message.get("bytes")):
            self.place.leave()
        if self._over:
            return
        try:
            await self._send(message)
        except OSError:
            self._over = True
            raise


def _opens_page(wish: ClientState) -> bool:
    """Whether it follows a link to a page, which brings no widgets."""
    return not wish.widget_states.widgets and not wish.fragment_id


def _read(message: Message) -> BackMsg | None:
    """What a page asks for; None if no page of the lab sends such a message."""
    data = message.get("bytes")
    if data is None or len(data) > limits.MAX_MESSAGE_MEGABYTES * 1_000_000:
        return None
    try:
        wish: BackMsg = BackMsg.FromString(data)
    except DecodeError:
        return None
    return wish if wish.WhichOneof("type") else None
