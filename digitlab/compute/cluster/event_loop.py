"""An event loop in a thread, for what Dask does in the background."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import Future

from distributed.compatibility import asyncio_run
from distributed.config import get_loop_factory
from tornado.ioloop import IOLoop

_END_SECONDS = 10


@contextlib.contextmanager
def loop_in_thread(name: str) -> Iterator[IOLoop]:
    """A running loop; it ends, with all that still runs in it, when the block does.

    Dask makes such loops itself, but leaves them behind, a thread and three handles each, when
    a cluster does not start or a client finds nobody to connect to.

    Args:
        name: of the thread.
    """
    started: Future[tuple[IOLoop, asyncio.Event]] = Future()

    async def wait_for_the_end() -> None:
        end = asyncio.Event()
        started.set_result((IOLoop.current(), end))
        await end.wait()

    def run() -> None:
        try:
            asyncio_run(wait_for_the_end(), loop_factory=get_loop_factory())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)  # no handle is left to make one

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    loop, end = started.result()
    try:
        yield loop
    finally:
        loop.add_callback(end.set)
        thread.join(_END_SECONDS)
