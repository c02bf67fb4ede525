"""Two hundred trainings in a row, of mixed networks, each then asked: does anything grow?

Run from the project's folder: `python -m benchmarks.soak`. The queue, its two workers and the
memory of runs are those of the lab; this process stands for the web process, without the pages.
It takes about ten minutes on two cores.
"""

import itertools
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from benchmarks import command_line
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import load_mnist
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.runs import RunRepository
from digitlab.specs import (
    ACTIVATIONS,
    OPTIMIZERS,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    RunSpec,
    TrainSpec,
)

_WORKER_AIM, _WEB_AIM = 100, 20  # MB
_POLL_SECONDS = 0.02
_SHELF = "DIGITLAB_SHELF_MEGABYTES"


@dataclass(frozen=True)
class State:
    """What one looks at before and after; memory in MB, the proportional set size."""

    web: float
    worker: float
    answering: float
    threads: int
    files: int  # open ones, of this process and the workers
    temporary: int  # files and folders in the temporary folder, the workers' too

    @classmethod
    def of(cls, queue: TrainingQueue) -> "State":
        """As it is now."""
        processes = [psutil.Process(), *map(psutil.Process, queue.process_ids().values())]
        return cls(
            web=megabytes(os.getpid()),
            worker=megabytes(queue.process_ids()["train"]),
            answering=megabytes(queue.process_ids()["predict"]),
            threads=threading.active_count(),
            files=sum(process.num_fds() for process in processes),
            temporary=sum(1 for _ in Path(tempfile.gettempdir()).rglob("*")),
        )


def megabytes(pid: int) -> float:
    """Proportional set size; only Linux knows it, elsewhere what is shared with nobody."""
    memory = psutil.Process(pid).memory_full_info()
    return float(getattr(memory, "pss", memory.uss)) / 1e6


def recipes() -> Iterator[RunSpec]:
    """The presets and ever new networks of one's own, with every optimizer, an epoch each."""
    own = (
        NetworkSpec((HiddenLayer(units, activation),) * layers)
        for units, activation, layers in itertools.product(range(10, 74), ACTIVATIONS, (1, 2, 3))
    )
    presets = itertools.cycle(run.network for run in PRESETS.values())
    mixed = itertools.chain.from_iterable(zip(presets, own, strict=False))
    for seed, (network, optimizer) in enumerate(zip(mixed, itertools.cycle(OPTIMIZERS))):
        training = TrainSpec(
            optimizer=optimizer, learning_rate=OPTIMIZERS[optimizer], epochs=1, seed=seed
        )
        yield RunSpec(network, training)


def train(queue: TrainingQueue, spec: RunSpec) -> Job:
    """One training, to its end."""
    job = queue.submit(Job(spec, owner=f"visitor {spec.training.seed % 30}"))
    while job.active:
        time.sleep(_POLL_SECONDS)
    assert job.state is JobState.FINISHED, (job.state, job.reason, spec)
    return job


def ask(queue: TrainingQueue, job: Job, images: NDArray[np.uint8]) -> None:
    """What its learner then asks: a drawing, and all test digits."""
    assert job.result is not None
    queue.predict(job.result, images)
    queue.asking.predict_test(job.result)


def soak(queue: TrainingQueue, repository: RunRepository, trainings: int) -> None:
    """Train, look now and then, and print what was seen."""
    print(
        f"{'trainings':>9}{'web MB':>9}{'worker MB':>11}{'answering MB':>14}"
        f"{'threads':>9}{'files':>7}{'temporary':>11}"
    )
    drawing = load_mnist().x_test[:1]
    workers = queue.process_ids()
    recycled, states = 0, {}
    for number, run in enumerate(itertools.islice(recipes(), trainings), start=1):
        ask(queue, train(queue, run), drawing)
        now = queue.process_ids()
        recycled += sum(now[kind] != workers[kind] for kind in ("train", "predict"))
        workers = now
        if number in (1, 10) or number % 20 == 0 or number == trainings:
            repository.flush(10)
            states[number] = seen = State.of(queue)
            print(
                f"{number:9}{seen.web:9.1f}{seen.worker:11.1f}{seen.answering:14.1f}"
                f"{seen.threads:9}{seen.files:7}{seen.temporary:11}"
            )
    first, last = states[min(10, trainings)], states[trainings]
    print()
    _verdict("worker, after the last over after the 10th", last.worker - first.worker, _WORKER_AIM)
    _verdict("the worker that answers, the same", last.answering - first.answering, _WORKER_AIM)
    _verdict("web process, the same", last.web - first.web, _WEB_AIM)
    half = [
        [seen for number, seen in states.items() if (number > trainings / 2) == late]
        for late in (False, True)
    ]
    for what in ("threads", "files"):  # they vary by a few; a leak makes the most of them more
        early, late = (max(getattr(seen, what) for seen in part) for part in half)
        _verdict(f"{what}, the second half's most over the first's", late - early, 0, "")
    _verdict("temporary files left behind", last.temporary - first.temporary, 0, "")
    _verdict("jobs left behind", len(queue.active()), 0, "")
    print(f"{'times that a worker was started anew':44}{recycled:8}")


def _verdict(what: str, value: float, aim: float, unit: str = " MB") -> None:
    met = "met" if value <= aim else "MISSED"
    print(f"{what:44}{value:8.0f}{unit}  (at most {aim}{unit}: {met})")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("--trainings", type=int, default=200, help="2 or more")
    given = command_line.parse(options, argv, {"trainings": 3})
    if given.trainings < 2:
        options.error("What has grown is only seen with 2 trainings or more.")
    if _SHELF not in os.environ:  # limits are read when they are imported: begin again
        # 25 MB are full soon: what the web process grows by after that is no run.
        os.environ[_SHELF] = "25"
        arguments = sys.argv[1:] if argv is None else argv
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks.soak", *arguments])
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = os.environ["TMPDIR"] = folder  # all that is left behind is seen there
        repository = RunRepository(f"sqlite:///{folder}/runs.sqlite")
        queue = TrainingQueue(None, repository.save, repository.heartbeat)
        started = time.monotonic()
        try:
            while len(queue.process_ids()) < 2:
                time.sleep(_POLL_SECONDS)
            soak(queue, repository, given.trainings)
            print(f"{'seconds':44}{time.monotonic() - started:8.0f}")
        finally:
            queue.close()
            repository.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
