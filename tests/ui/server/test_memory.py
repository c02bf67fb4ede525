"""Large blocks of memory go back to the system, as the server wants it."""

import platform
import signal
import subprocess
import sys
from functools import partial
from typing import Any

import pytest

from digitlab.ui import server
from tests.conftest import run_async

KEPT = r"""
import sys, psutil, numpy as np
from digitlab.ui.server.memory import return_large_blocks
if sys.argv[1] == "server":
    return_large_blocks()
np.ones(30_000_000, np.uint8)  # once freed, glibc keeps blocks up to this size
rss = lambda: psutil.Process().memory_info().rss / 1e6
before = rss()
large = np.ones(20_000_000, np.uint8)
above = np.ones(100_000, np.uint8)  # what lies above keeps the heap from shrinking
assert rss() - before > 19
del large
print(rss() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps them")
def test_a_large_block_goes_back_while_what_came_after_it_stays() -> None:
    def kept(how: str) -> float:
        command = [sys.executable, "-c", KEPT, how]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert kept("as Python starts") > 15  # megabytes
    assert kept("server") < 2


def test_the_process_is_prepared_before_its_first_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []
    for name in ("raise_open_files", "return_large_blocks", "spare_handles"):
        monkeypatch.setattr(server, name, partial(done.append, name))
    monkeypatch.setattr(signal, "pthread_sigmask", lambda *_: None, raising=False)

    async def serve() -> list[Any]:
        async with server.lifespan(None):
            return list(done)

    assert run_async(serve()) == ["raise_open_files", "return_large_blocks", "spare_handles"]
