"""The server's doors: what is refused, made to wait or counted before any page of the lab runs.

Streamlit lets an app put its own layers around the server (`st.App`, in app.py). They see each
request and each message of a page, so one visitor can be held back without the others noticing.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware

from digitlab.ui.server.connections import Connections
from digitlab.ui.server.file_handles import raise_open_files
from digitlab.ui.server.log_lines import keep_log_lines_bound
from digitlab.ui.server.memory import return_large_blocks
from digitlab.ui.server.messages import Messages
from digitlab.ui.server.script_loops import spare_handles
from digitlab.ui.server.uploads import Uploads


def middleware() -> list[Middleware]:
    """The layers around Streamlit's own, the outermost first."""
    return [Middleware(Connections), Middleware(Messages), Middleware(Uploads)]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """What the process needs before the first visitor, and after the last one."""
    raise_open_files()
    return_large_blocks()
    spare_handles()
    log_lines = asyncio.create_task(keep_log_lines_bound())
    yield None
    log_lines.cancel()
    if sys.platform != "win32":
        # After its own end uvicorn sends itself the signal that ended it once more. That would end
        # Python at once, without what is registered with atexit: runs that are not written yet
        # would be lost, and workers stay behind.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
