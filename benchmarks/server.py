"""The lab's server as a process of its own: started, watched and ended by a benchmark."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from digitlab.records.training import WorkerKind

ROOT = Path(__file__).resolve().parents[1]

_LOOK_SECONDS = 0.5  # between two looks at the memory
_END_SECONDS = 30  # a server that takes longer to end is killed


@dataclass(frozen=True)
class Server:
    """A server that was started just now.

    Attributes:
        address: of its front page, without a slash at the end.
        process: the web process; the workers are its children.
        log: what it prints.
        database: the file in which it keeps runs.
        started: `time.perf_counter()` when the process was started.
    """

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    database: Path
    started: float

    def wait_until_healthy(self, seconds: float = 60) -> None:
        """Ask until it says that it is there.

        Raises:
            RuntimeError: if it ends or does not answer in time; its log is the message.
        """
        deadline = time.perf_counter() + seconds
        while self.process.poll() is None and time.perf_counter() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).close()
                return
            time.sleep(0.01)
        raise RuntimeError(f"The server does not answer: {self.log.read_text()}")

    def processes(self) -> dict[str, psutil.Process]:
        """What runs now, by name: web, train, predict, uploads; another child by its process id."""
        processes = {}
        with contextlib.suppress(psutil.Error):
            web = psutil.Process(self.process.pid)
            processes["web"] = web
            for child in web.children(recursive=True):
                name = _name(child)  # two of a kind while one takes over from the other
                processes[name if name not in processes else f"{name} {child.pid}"] = child
        return processes

    def errors(self) -> list[str]:
        """The lines of its log that tell of an error."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if re.search(r"Traceback|Error|\bERROR\b|CRITICAL", line)]


_shared: "_Shared | None" = None


class _Shared(contextlib.ExitStack):
    """Ends the server that was lent, if one was."""

    server: Server | None = None


@contextlib.contextmanager
def sharing_a_server() -> Iterator[None]:
    """Within this block all that ask for a server get the same one. It ends with the block."""
    global _shared
    with _Shared() as _shared:
        yield
    _shared = None


@contextlib.contextmanager
def running_server(open_files: int | None = None) -> Iterator[Server]:
    """A server that was started just now, or the shared one (`sharing_a_server`).

    Args:
        open_files: how many it may have open, unless it raises that itself: such a server is not
            shared. None for the system's own number.
    """
    if _shared is None or open_files is not None:
        with _started(open_files) as server:
            yield server
        return
    if _shared.server is None:
        _shared.server = _shared.enter_context(_started(None))
    yield _shared.server


@contextlib.contextmanager
def _started(open_files: int | None) -> Iterator[Server]:
    """Start the lab as the README says, with a folder of its own for what it keeps; end both."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever ends this ends the server too
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="digitlab-benchmark-") as folder:
        log = Path(folder) / "server.log"
        database = Path(folder) / "runs.sqlite"
        with log.open("wb") as output:
            started = time.perf_counter()
            process = subprocess.Popen(
                [
                    *_limited(open_files),
                    sys.executable,
                    "-m",
                    "streamlit",
                    "run",
                    "app.py",
                    f"--server.port={port}",
                ],
                cwd=ROOT,
                env={**os.environ, "DIGITLAB_DATABASE_URL": f"sqlite:///{database.as_posix()}"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        server = Server(f"http://127.0.0.1:{port}", process, log, database, started)
        try:
            yield server
        finally:
            _end(server)


def _limited(open_files: int | None) -> list[str]:
    """What stands before a command so that it may have no more files open at first."""
    return ["prlimit", f"--nofile={open_files}:"] if open_files else []


def _end(server: Server) -> None:
    """The server, and whatever it left behind."""
    children = [child for name, child in server.processes().items() if name != "web"]
    server.process.terminate()
    try:
        server.process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    for child in psutil.wait_procs(children, timeout=3)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


def _name(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        command = process.cmdline()
        if "digitlab.compute.worker" in command:
            return next((str(kind) for kind in WorkerKind if kind in command), str(process.pid))
    return str(process.pid)


@dataclass
class Usage:
    """What one kind of process took while it was watched.

    Attributes:
        peak, last: proportional set size in MB.
        seconds: of processor time, by process id: a worker may be started anew.
    """

    peak: float = 0
    last: float = 0
    seconds: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def processor(self) -> float:
        """Seconds of processor time while it was watched."""
        return sum(last - first for first, last in self.seconds.values())


class ProcessWatch(threading.Thread):
    """Looks at memory and processor time of a server's processes, in a `with` block.

    Attributes:
        usage: by the process's name.
        peak_sum: highest sum over all processes at one moment, MB.
        duration: seconds that were watched.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(name="process-watch", daemon=True)
        self.usage: dict[str, Usage] = {}
        self.peak_sum = 0.0
        self.duration = 0.0
        self._server = server
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self._began = time.perf_counter()
        self._known = {process.pid for process in self._server.processes().values()}
        self._look()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()
        self._look()
        self.duration = time.perf_counter() - self._began

    def run(self) -> None:
        """Look again and again."""
        while not self._over.wait(_LOOK_SECONDS):
            self._look()

    def _look(self) -> None:
        total = 0.0
        for name, process in self._server.processes().items():
            with contextlib.suppress(psutil.Error):
                memory = process.memory_full_info()
                megabytes = getattr(memory, "pss", memory.uss) / 1e6  # only Linux knows the first
                times = process.cpu_times()
                usage = self.usage.setdefault(name, Usage())
                usage.last = megabytes
                usage.peak = max(usage.peak, megabytes)
                now = times.user + times.system
                begun = now if process.pid in self._known else 0.0  # started while watched
                first = usage.seconds.get(process.pid, (begun, now))[0]
                usage.seconds[process.pid] = (first, now)
                total += megabytes
        self.peak_sum = max(self.peak_sum, total)
