"""Messages of an open page: so many a second, and only those that Streamlit's pages send."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from digitlab import limits
from digitlab.ui.server.buckets import TokenBucket

_IGNORED = frozenset(
    {"clear_cache", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime"}
)
"""For whoever writes an app. No page of the lab sends one; a stranger's would reach all visitors."""


class Messages:
    """Makes a page wait that sends too much: its messages stay in the network until their time comes.

    None is dropped, as a click would be lost with it. What is no message of Streamlit's ends the
    connection, and does not fill the log with a traceback.

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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through; a websocket with its messages counted."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        bucket = TokenBucket(limits.MESSAGES_AT_ONCE, limits.MESSAGES_A_SECOND, self._clock)
        closed = False

        async def counted() -> Message:
            nonlocal closed
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                if wait := bucket.owed():
                    await self._sleep(wait)
                kind = _kind(message)
                if kind is None:
                    closed = True
                    await send(
                        {
                            "type": "websocket.close",
                            "code": 1008,
                            "reason": "Not a message of a page",
                        }
                    )
                    return {"type": "websocket.disconnect", "code": 1008}
                if kind not in _IGNORED:
                    return message

        async def open_only(message: Message) -> None:
            if not closed:  # Streamlit may still have something to say
                await send(message)

        await self._app(scope, counted, open_only)


def _kind(message: Message) -> str | None:
    """What a page asks for; None if no page of the lab sends such a message."""
    data = message.get("bytes")
    if data is None or len(data) > limits.MAX_MESSAGE_MEGABYTES * 1_000_000:
        return None
    try:
        kind: str | None = BackMsg.FromString(data).WhichOneof("type")
    except DecodeError:
        return None
    return kind
