"""One worker process of the lab's own: its environment, its log, its end."""

import contextlib
import itertools
import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from digitlab import child_process
from digitlab.limits.settings import PREFIX, SETTABLE
from digitlab.records.training import WorkerKind

logger = logging.getLogger(__name__)

_COMMAND = child_process.command("digitlab.compute.worker")
_TIDY_SECONDS = 3
_LINES, _WORDS = 20, 4000  # of what a worker printed: a traceback's end; characters

_KEPT = (
    *("PATH", "HOME", "USER", "LANG", "TZ", "VIRTUAL_ENV"),
    *("KERAS_HOME", "CUDA_VISIBLE_DEVICES"),
    *("TEMP", "TMP", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT"),  # Windows
    *("USERPROFILE", "APPDATA", "LOCALAPPDATA", "NUMBER_OF_PROCESSORS"),
)
_KEPT_FAMILIES = (
    *("PYTHON", "LC_", "LD_", "DYLD_"),
    *("DASK_", "TF_", "OMP_", "OPENBLAS_", "MKL_", "MALLOC_"),
)
"""Of the environment's names. The rest, such as the database's password, is not a worker's business:
it computes with strangers' files."""

_numbers = itertools.count(1)


def worker_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What of this process's environment a worker gets: paths, locale, the libraries' settings."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT
        or name.upper().startswith(_KEPT_FAMILIES)
        or (name.startswith(PREFIX) and name.removeprefix(PREFIX) in SETTABLE)
    }


class WorkerProcess:
    """A worker that is started now.

    Args:
        kind: what it does.
        address: of the scheduler.
        host: address to listen on.
        folder: for its log and its files.
        environment: what it gets beside this process's own.

    Attributes:
        kind: the same.
        name: that Dask knows it by.
        pid: of the process.
        started: `time.monotonic()` then.
    """

    def __init__(
        self,
        kind: WorkerKind,
        address: str,
        host: str,
        folder: Path,
        environment: Mapping[str, str],
    ) -> None:
        self.kind = kind
        self.name = f"{kind}-{next(_numbers)}"
        self.started = time.monotonic()
        self._log = folder / f"{kind}.log"
        self._log_begins = 0
        with contextlib.ExitStack() as stack:
            log: int
            try:
                file = stack.enter_context(open(self._log, "ab"))
                log, self._log_begins = file.fileno(), file.tell()
            except OSError as error:  # a full disk: better no log than no lab
                logger.warning("The %s worker has no log: %s", kind, error)
                log = subprocess.DEVNULL
            self._process = subprocess.Popen(
                [*_COMMAND, address, kind, "--host", host, "--name", self.name],
                env={
                    **worker_environment(os.environ),
                    **child_process.import_path(os.environ),
                    **environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.pid = self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended; None while it lives."""
        return self._process.poll()

    @property
    def end_words(self) -> str:
        """How it ended, for the log: `exit code 1`, or `SIGILL`."""
        code = self.code
        with contextlib.suppress(ValueError):
            if code is not None and code < 0:
                return signal.Signals(-code).name
        return f"exit code {code}"

    def last_words(self) -> str:
        """The last lines that it has printed; empty if there are none."""
        try:
            with open(self._log, "rb") as log:
                log.seek(max(self._log_begins, log.seek(0, os.SEEK_END) - _WORDS))
                printed = log.read(_WORDS).decode(errors="replace")
        except OSError:
            return ""
        return "\n".join(printed.splitlines()[-_LINES:])

    @property
    def age(self) -> float:
        """Seconds since its start."""
        return time.monotonic() - self.started

    @property
    def megabytes(self) -> float:
        """What it has in memory and shares with no file; 0 if it is gone."""
        with contextlib.suppress(psutil.NoSuchProcess):
            memory = psutil.Process(self.pid).memory_info()
            return float(memory.rss - getattr(memory, "shared", 0)) / 1e6
        return 0.0

    def end(self) -> None:
        """End it, when it has nothing to do, with time to tidy up."""
        self._process.terminate()
        try:
            self._process.wait(_TIDY_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, whatever it does or does not do."""
        self._process.kill()
        self._process.wait()
