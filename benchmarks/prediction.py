"""How long a drawing waits for its answer, with nobody training and while another session trains.

Run from the project's folder: `python -m benchmarks.prediction`. The time is that of
`TrainingQueue.predict` in the web process: to the worker and back. It takes about two minutes on
two cores.
"""

import sys
import time
from collections.abc import Sequence

import numpy as np
import psutil

from benchmarks import command_line
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import load_mnist
from digitlab.records.job import Job
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import ARTICLE, PRESETS, PrepSpec, RunSpec, TrainSpec

_PAUSE = 0.05  # s between two questions


def measure(queue: TrainingQueue, network: TrainedNetwork, questions: int) -> list[float]:
    """Milliseconds of each of so many predictions, one image each."""
    images = load_mnist().x_test
    times = []
    for index in range(questions):
        started = time.perf_counter()
        queue.predict(network, images[index : index + 1])
        times.append(1000 * (time.perf_counter() - started))
        time.sleep(_PAUSE)
    return times


def wait_for(queue: TrainingQueue, job: Job, until_running: bool = False) -> Job:
    """Poll until the job runs or has ended."""
    while job.active and not (until_running and job.progress):
        job.touch()
        time.sleep(_PAUSE)
    return job


def print_row(name: str, times: list[float]) -> None:
    """One line of the table."""
    p50, p95 = np.percentile(times, [50, 95])
    print(f"{name:34}{len(times):6}{p50:9.1f}{p95:9.1f}{max(times):9.1f}")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, then the memory of each process."""
    options = command_line.parser(__doc__)
    options.add_argument("--questions", type=int, default=200, help="for each row")
    options.add_argument("--share", type=float, default=1.0, help="of the training digits")
    given = command_line.parse(options, argv, {"questions": 5, "share": 0.02})
    queue = TrainingQueue()
    try:
        networks = {}
        for name, run in (("article", ARTICLE), ("CNN", PRESETS["Small CNN"])):
            few = PrepSpec(data_share=given.share)
            short = RunSpec(run.network, TrainSpec(epochs=1), few)
            job = wait_for(queue, queue.submit(Job(short, name)))
            assert job.result is not None, job.reason
            networks[name] = job.result
        print(f"{'milliseconds':34}{'n':>6}{'p50':>9}{'p95':>9}{'max':>9}")
        for name, network in networks.items():
            print_row(f"{name}, nobody trains", measure(queue, network, given.questions))
        long = RunSpec(PRESETS["Small CNN"].network, TrainSpec(epochs=50))
        training = wait_for(queue, queue.submit(Job(long, "another session")), until_running=True)
        for name, network in networks.items():
            times = measure(queue, network, given.questions)
            assert training.active, "the training ended too early"
            training.touch()
            print_row(f"{name}, another trains the CNN", times)
        queue.stop(training)
        wait_for(queue, training)  # a queue that closes in mid-training logs an error
        print_memory(queue)
    finally:
        queue.close()
    return 0


def print_memory(queue: TrainingQueue) -> None:
    """Proportional set size of each process: shared pages are divided among those who share.

    Only Linux knows it; elsewhere this is what the process shares with nobody.
    """
    print()
    for name, pid in {"this process": psutil.Process().pid, **queue.process_ids()}.items():
        memory = psutil.Process(pid).memory_full_info()
        print(f"{name:34}{getattr(memory, 'pss', memory.uss) / 1e6:6.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
