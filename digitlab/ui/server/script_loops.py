"""Sessions without file handles of their own.

Streamlit makes an event loop for each session, in case a page runs coroutines. The lab's pages run
none, yet each loop holds three handles as long as its session lives, a quarter of an hour after the
visitor has left. These loops take none until they run.
"""

import asyncio
import selectors
import socket
import sys


def spare_handles() -> None:
    """Give every later session such a loop. On Windows, where handles are plenty, do nothing."""
    if sys.platform != "win32":
        asyncio.set_event_loop_policy(_Policy())


if sys.platform != "win32":

    class ScriptLoop(asyncio.SelectorEventLoop):
        """A loop that opens the pair of sockets that wakes it only when it is run.

        It overrides one private method of asyncio, the same from Python 3.11 to 3.13.
        """

        _ssock: socket.socket | None = None
        _csock: socket.socket | None = None

        def __init__(self) -> None:
            super().__init__(selectors.PollSelector())  # unlike epoll and kqueue it has no handle

        def run_forever(self) -> None:
            """Run until it is stopped."""
            if self._ssock is None:
                super()._make_self_pipe()  # type: ignore[misc]
            super().run_forever()

        def _make_self_pipe(self) -> None:
            """Not yet."""

        def _close_self_pipe(self) -> None:
            if self._ssock is not None:
                super()._close_self_pipe()  # type: ignore[misc]

    class _Policy(asyncio.DefaultEventLoopPolicy):
        def new_event_loop(self) -> asyncio.AbstractEventLoop:
            """A loop; one of the above where another one runs, as it will not run there at once."""
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return super().new_event_loop()
            return ScriptLoop()
