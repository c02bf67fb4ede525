"""Real processes for the browser tests: web servers, a scheduler, and a wire that can be cut."""

import contextlib
import os
import re
import select
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.conftest import free_port, wait_until

ROOT = Path(__file__).parents[2]


class LabServer:
    """A lab as the README starts it, that can be killed and started again on the same port."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        self.options = options
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.health = next(
            (
                f"/{option.partition('=')[2]}/_stcore/health"
                for option in options
                if "baseUrlPath" in option
            ),
            "/_stcore/health",
        )
        self.log = folder / f"log-{self.port}"
        self._environment = {
            "DIGITLAB_DATABASE_URL": f"sqlite:///{folder / 'runs.sqlite'}",
            **environment,
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, f"--server.port={self.port}", *self.options],
                cwd=ROOT,
                env={**os.environ, **self._environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._healthy, "the server's first page")

    def _healthy(self) -> bool:
        if self.process.poll() is not None:
            pytest.fail(f"The server ended: {self.log.read_text()}")
        try:
            with urllib.request.urlopen(f"{self.address}{self.health}", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def worker(self, kind: str) -> psutil.Process:
        """Its worker process that trains or predicts."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                if "digitlab.compute.worker" in child.cmdline() and kind in child.cmdline():
                    return child
        raise LookupError(kind)

    def kill(self) -> None:
        """It and its workers, as a power cut would."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        for process in (self.process, *children):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(timeout=30)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)

    def errors(self) -> list[str]:
        """Lines of its log that should not be there."""
        fault = re.compile(r"Traceback|\bERROR\b|\bCRITICAL\b")
        return [line for line in self.log.read_text().splitlines() if fault.search(line)]


@contextlib.contextmanager
def scheduler(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Dask scheduler of its own, as on a cluster."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with running([*command, "--port", str(port), "--no-dashboard"], environment) as process:
        wait_until(lambda: _listens(port), "the scheduler")
        yield process


@contextlib.contextmanager
def worker(address: str, kind: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of a cluster."""
    with running([sys.executable, "-m", "digitlab.compute.worker", address, kind]) as process:
        yield process


@contextlib.contextmanager
def running(
    command: list[str], environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Wire:
    """A TCP connection to a server that can be cut and mended, as a wireless network is.

    Attributes:
        received: bytes that have come from the server.
    """

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._cut = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self.received = 0
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Drop all connections, and refuse new ones."""
        self._cut.set()
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._cut.clear()

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self._listener.accept()
                if self._cut.is_set():
                    client.close()
                    continue
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Both ways, until one side closes."""
        with client, server, contextlib.suppress(OSError, ValueError):
            while True:
                for source in select.select([client, server], [], [])[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    if source is server:
                        self.received += len(data)
                    (server if source is client else client).sendall(data)
