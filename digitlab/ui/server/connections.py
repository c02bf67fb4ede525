"""How many pages are open at once, and how quickly new ones are opened."""

import time
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digitlab import limits
from digitlab.ui.server.file_handles import connections_for, raise_open_files
from digitlab.ui.server.refusals import page
from digitlab.ui.server.token_bucket import TokenBucket

_FULL = (
    "DigitLab is full",
    "Too many of its pages are open just now. Close those that you do not need, or wait a minute.",
)
_REFUSED: Message = {"type": "websocket.close"}  # before it is open: uvicorn answers 403
_ADDRESSES = 1000  # remembered, so that made-up ones take no memory


class Connections:
    """Refuses a page, with a sentence, when the server or one address has too many open.

    A websocket is refused without words: the browser would not show them, and asks again by itself.

    Args:
        app: what is behind it.
        clock: seconds from any start.
        most: pages that may be open at once; what the system allows unless given.
    """

    def __init__(
        self,
        app: ASGIApp,
        clock: Callable[[], float] = time.monotonic,
        most: int | None = None,
    ) -> None:
        self._app, self._clock = app, clock
        self._most = most or connections_for(raise_open_files())
        self._open: Counter[str] = Counter()
        self._arrivals: dict[str, TokenBucket] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer it."""
        address = (scope.get("client") or ("",))[0]
        if scope["type"] == "websocket":
            await self._connect(address, scope, receive, send)
        elif scope["type"] == "http" and _wants_page(scope) and self._full(address):
            await page(*_FULL)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _connect(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        if self._full(address) or not self._bucket(address).allows():
            await send(_REFUSED)
            return
        self._open[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open[address] -= 1
            self._open += Counter()  # forgets addresses that have none

    def _full(self, address: str) -> bool:
        return (
            self._open.total() >= self._most or self._open[address] >= limits.CONNECTIONS_AN_ADDRESS
        )

    def _bucket(self, address: str) -> TokenBucket:
        if address not in self._arrivals:
            if len(self._arrivals) >= _ADDRESSES:
                kept = {
                    address: bucket for address, bucket in self._arrivals.items() if not bucket.full
                }
                self._arrivals = kept if len(kept) < _ADDRESSES else {}
            self._arrivals[address] = TokenBucket(
                limits.ARRIVALS_AT_ONCE, limits.ARRIVALS_A_SECOND, self._clock
            )
        return self._arrivals[address]


def _wants_page(scope: Scope) -> bool:
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
