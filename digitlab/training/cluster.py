"""The lab's own little cluster: a scheduler in this process, two workers beside it."""

import contextlib
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import dask
import psutil
from distributed import LocalCluster, Scheduler, Security

from digitlab import limits

_HOST = "127.0.0.1"  # nobody on another machine has any business here
_COMMAND = (sys.executable, "-m", "digitlab.training.worker")
_TIDY_SECONDS = 3
_YOUNG_SECONDS = 30  # whose memory is what this machine takes for a start, not a leak
_RESTART_PAUSE_SECONDS = 10  # a worker that can't start must not keep the machine busy
_ROOT = Path(__file__).parents[2]

logger = logging.getLogger(__name__)


class EmbeddedCluster:
    """A Dask scheduler on 127.0.0.1 and one worker process of each kind.

    Dask's own clusters don't serve here: `LocalCluster` with processes runs the Streamlit
    page again in each child, and `SubprocessCluster` refuses Windows. Only this process has
    the certificate, so no other user of the machine can submit work.

    Attributes:
        address: of the scheduler.
        security: what a client needs to connect.
    """

    def __init__(self) -> None:
        self.security = Security.temporary()
        settings = {
            # A training that takes its worker down with it must not take the next one too.
            "distributed.scheduler.allowed-failures": 0,
            # Nothing is to be read there by other users of the machine.
            "distributed.scheduler.http.routes": [],
        }
        with dask.config.set(settings):
            self._scheduler = LocalCluster(
                n_workers=0,
                processes=False,
                host=_HOST,
                protocol="tls://",
                dashboard_address=f"{_HOST}:0",
                scheduler_kwargs={"dashboard": False},
                security=self.security,
                silence_logs=logging.ERROR,
            )
        self.address: str = self._scheduler.scheduler_address
        self._folder = tempfile.TemporaryDirectory(prefix="digitlab-", ignore_cleanup_errors=True)
        self._started: dict[str, float] = {}
        # One after the other: the first visitor wants to train, and on two cores two imports of
        # TensorFlow at once take twice as long.
        self._workers = {"train": self._start("train")}
        self._successor: subprocess.Popen[bytes] | None = None  # of the training worker
        logger.info("The workers' logs are in %s.", self._folder.name)

    def revive(self) -> None:
        """Start what is missing: the second worker, and each that has died.

        One that ends at once is started again only after some seconds.
        """
        if "predict" not in self._workers and self._has_workers():
            self._workers["predict"] = self._start("predict")
        for kind, process in self._workers.items():
            pause_over = time.monotonic() > self._started[kind] + _RESTART_PAUSE_SECONDS
            if process.poll() is not None and pause_over:
                logger.warning("The %s worker ended (%s).", kind, process.returncode)
                self._workers[kind] = self._start(kind)

    def _has_workers(self) -> bool:
        scheduler: Scheduler | None = self._scheduler.scheduler
        return scheduler is not None and bool(scheduler.workers)

    @property
    def renewing(self) -> bool:
        """Whether the training worker's successor has been started."""
        return self._successor is not None

    def renew(self, idle: bool, trainers: int) -> bool:
        """Replace the training worker if TensorFlow's leak has filled it, unseen by anyone.

        Its successor starts beside it, and takes over between two trainings once it is ready.

        Args:
            idle: whether no training is under way.
            trainers: how many training workers are connected.

        Returns:
            Whether the old one is gone now.
        """
        if self._successor is None:
            young = time.monotonic() < self._started["train"] + _YOUNG_SECONDS
            if not young and _megabytes(self._workers["train"].pid) > limits.MAX_WORKER_MEGABYTES:
                self._successor = self._start("train")
        elif self._successor.poll() is not None:  # it did not even start
            self._successor = None
        elif idle and trainers > 1:
            _end(self._workers["train"])
            self._workers["train"], self._successor = self._successor, None
            return True
        return False

    def close(self) -> None:
        """End the workers, then the scheduler."""
        processes = [*self._workers.values(), *filter(None, [self._successor])]
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()
        # Closing gives Dask its voice back, with which it tells of each connection cut by that.
        logging.getLogger("distributed").setLevel(logging.ERROR)
        self._scheduler.close()
        self._folder.cleanup()

    def process_ids(self) -> dict[str, int]:
        """The workers' process ids, by kind."""
        return {kind: process.pid for kind, process in self._workers.items()}

    def _start(self, kind: str) -> subprocess.Popen[bytes]:
        self._started[kind] = time.monotonic()
        with open(Path(self._folder.name) / f"{kind}.log", "ab") as log:
            return subprocess.Popen(
                [*_COMMAND, self.address, kind, "--host", _HOST],
                cwd=_ROOT,
                env={
                    **os.environ,
                    "DASK_INTERNAL_INHERIT_CONFIG": self._config(),
                    "TMPDIR": self._folder.name,  # TensorFlow leaves files when it is killed
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def _config(self) -> Any:
        """Dask's settings for the workers; the certificate goes by the environment, not a file."""
        tls = self.security.get_tls_config_for_role("worker")
        return dask.config.serialize(
            {
                "temporary-directory": self._folder.name,
                "distributed": {
                    "worker": {"http": {"routes": []}},  # as for the scheduler
                    "comm": {
                        "require-encryption": True,
                        "tls": {
                            "ca-file": tls["ca_file"],
                            "worker": {"key": tls["key"], "cert": tls["cert"]},
                        },
                    },
                },
            }
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a worker that has nothing to do, with time to tidy up."""
    process.terminate()
    try:
        process.wait(_TIDY_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _megabytes(pid: int) -> float:
    """What this process has in memory and shares with no file; 0 if it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        memory = psutil.Process(pid).memory_info()
        return float(memory.rss - getattr(memory, "shared", 0)) / 1e6
    return 0.0
