"""Files that visitors send: only where a page asks for one, and no more than the server can hold.

Streamlit takes a file from anybody who has a page open, keeps it in memory as long as the session
lives, and knows a bound for one file only. (This uses three methods of its runtime, of 1.67:
whether a session is active, which files it holds, and the removal of one.)
"""

import asyncio
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from digitlab import limits
from digitlab.ui.server.refusals import refuse
from digitlab.ui.server.upload_ledger import LEDGER, File, Ledger

_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)$")
_SIZE_UNSAID = (
    42_000_000  # a little over server.maxUploadSize, beyond which Streamlit stops reading
)
_NO_PLACE = "No page of yours asks for a file."
_TOO_MANY = "You sent many files within a minute. Wait a minute, then choose the file again."
_NO_ROOM = "The lab holds too many files just now. Wait a minute, or choose a smaller file."
_TOO_SLOW = f"The file did not arrive within {limits.UPLOAD_SECONDS} seconds. Choose a smaller one."


class Uploads:
    """Lets a file in, or answers with a sentence.

    Args:
        app: what is behind it.
        ledger: which files are here.
        store: where Streamlit holds them; that of the running server unless given.
    """

    def __init__(
        self, app: ASGIApp, ledger: Ledger = LEDGER, store: MemoryUploadedFileManager | None = None
    ) -> None:
        self._app, self._ledger, self._given = app, ledger, store
        self._timeouts: dict[File, asyncio.Timeout] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, or answer it."""
        match = _PATH.search(scope["path"]) if scope["type"] == "http" else None
        if not match or scope["method"] != "PUT":
            await self._app(scope, receive, send)
            return
        self._sweep()
        if not self._ledger.expects(match[1]):
            await refuse(403, _NO_PLACE, scope, receive, send)
        elif not self._ledger.allows(match[1]):
            await refuse(429, _TOO_MANY, scope, receive, send)
        else:
            size = int(Headers(scope=scope).get("content-length", _SIZE_UNSAID))
            await self._take(File(match[1], match[2], size), scope, receive, send)

    async def _take(self, file: File, scope: Scope, receive: Receive, send: Send) -> None:
        self._make_room(self._ledger.begin(file))
        if file.gone:
            await refuse(503, _NO_ROOM, scope, receive, send)
            return
        status = 0

        async def noted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            async with asyncio.timeout(limits.UPLOAD_SECONDS) as self._timeouts[file]:
                await self._app(scope, receive, noted)
        except TimeoutError:
            answer = (503, _NO_ROOM) if file.gone else (408, _TOO_SLOW)
            if not status:
                await refuse(*answer, scope, receive, send)
        finally:
            del self._timeouts[file]
            if 200 <= status < 300 and not file.gone:
                self._ledger.arrived(file)
                loop = asyncio.get_running_loop()
                loop.call_later(limits.UNCLAIMED_SECONDS + 1, self._sweep)
            else:
                self._let_go(file)

    def _make_room(self, going: list[File]) -> None:
        for file in going:
            if file in self._timeouts:  # it is still coming: end that now
                self._timeouts[file].reschedule(asyncio.get_running_loop().time())
            else:
                self._let_go(file)

    def _sweep(self) -> None:
        """Forget files that Streamlit let go, and let those go that no page has taken."""
        for file in self._ledger.held():
            if self._store and not self._store.get_files(file.session, [file.id]):
                self._ledger.forget(file)
        for file in self._ledger.unclaimed():
            self._let_go(file)

    def _let_go(self, file: File) -> None:
        self._ledger.forget(file)
        if self._store:
            self._store.remove_file(file.session, file.id)

    @property
    def _store(self) -> MemoryUploadedFileManager | None:
        if self._given is None and runtime.exists():
            manager = runtime.get_instance().uploaded_file_mgr
            self._given = manager if isinstance(manager, MemoryUploadedFileManager) else None
        return self._given
