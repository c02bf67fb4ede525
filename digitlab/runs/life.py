"""Whether the process that trains a run still lives.

On this machine that can be seen: a process has an id and a start, and the machine's own steady
clock says how long it was silent. A clock that is set, or a machine that slept, changes nothing.
Of other machines only the clock of the database tells.
"""

import functools
import os
import platform
import time
from datetime import datetime
from typing import Any

import psutil

from digitlab import limits


def here() -> str:
    """This process: `host/pid/start`."""
    return _name(os.getpid())


def sign() -> dict[str, Any]:
    """A heartbeat of this process, as it is kept with a run."""
    return {"process": here(), "beat": time.monotonic()}


def is_lost(process: str | None, heartbeat: float | None, changed: datetime, now: datetime) -> bool:
    """Whether a run under way has lost the process that trained it.

    Args:
        process: as `here` named it; None if that is not known.
        heartbeat: its last one by `time.monotonic()` of its machine.
        changed: the same by the shared clock, see `clock.now`.
        now: by that clock.
    """
    host, _, pid = (process or "").rpartition("/")[0].rpartition("/")
    if process is None or host != platform.node() or not pid.isdecimal():
        # Also when it comes from the future: that clock was set.
        return abs((now - changed).total_seconds()) > limits.LOST_AFTER_SECONDS
    if _start(int(pid)) != process.rpartition("/")[2]:
        return True
    return heartbeat is None or time.monotonic() - heartbeat > limits.LOST_AFTER_SECONDS


@functools.cache
def _name(pid: int) -> str:
    return f"{platform.node()}/{pid}/{_start(pid)}"


def _start(pid: int) -> str:
    """When a process started, "" if there is none."""
    try:
        booted = psutil.boot_time() if psutil.LINUX else 0.0  # it moves when the clock is set
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        return f"{process.create_time() - booted:.2f}"
    except (psutil.Error, OverflowError, ValueError):
        return ""
