"""How long another's training waits for its first turn while one with slow epochs trains.

Run from the project's folder: `python -m benchmarks.slices`. A convolutional network of 32 and 32
filters in batches of 16 is the slowest that the lab trains. Another visitor presses Train at
different moments of its turns; the table has what the lab promised and what came. It takes about
two minutes on two cores.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks import command_line
from digitlab.compute.service import TrainingQueue
from digitlab.records.job import Job
from digitlab.specs import ARTICLE, HiddenLayer, NetworkSpec, RunSpec, TrainSpec

SLOWEST = RunSpec(
    NetworkSpec((HiddenLayer(64, "relu"),), convolutions=(32, 32)),
    TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=16, epochs=50),
)
QUICK = replace(ARTICLE, training=replace(ARTICLE.training, epochs=1))
MOMENTS = (0.0, 3.0, 6.0, 9.0)
"""Seconds after the beginning of one of its turns."""


@dataclass(frozen=True)
class Wait:
    """One newcomer's.

    Attributes:
        moment: seconds after the beginning of the other's turn.
        promised: seconds, on its page.
        real: seconds until its first turn.
    """

    moment: float
    promised: float
    real: float


def first_turns(
    queue: TrainingQueue, spec: RunSpec = SLOWEST, moments: Sequence[float] = MOMENTS
) -> list[Wait]:
    """Let newcomers come, one after the other, while `spec` trains; then stop it.

    Args:
        queue: with its workers.
        spec: what trains.
        moments: when each newcomer comes, in seconds after the beginning of a turn.
    """
    slow = queue.submit(Job(spec, "slow"))
    waits = []
    for number, moment in enumerate(moments):
        _until(slow, lambda: slow.progress is not None and _held(slow) >= moment)  # noqa: B023
        newcomer = queue.submit(Job(QUICK.with_seed(number), f"newcomer {number}"))
        submitted, promised = time.monotonic(), queue.expected_wait(newcomer)
        _until(slow, lambda: newcomer.started is not None)  # noqa: B023
        waits.append(Wait(moment, promised, (newcomer.started or 0.0) - submitted))
        _until(slow, lambda: not newcomer.active)  # noqa: B023
    queue.stop(slow)
    _until(slow, lambda: not slow.active)
    return waits


def _held(job: Job) -> float:
    """Seconds of its turn so far, none while it waits."""
    started = job.started
    return 0.0 if started is None else time.monotonic() - started


def _until(watched: Job, condition: Callable[[], bool], seconds: float = 300) -> None:
    """Wait for it as a page does that stays open."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"It took longer than {seconds} s.")
        watched.touch()
        time.sleep(0.02)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument(
        "--moments", type=float, nargs="+", default=MOMENTS, help="s after a turn has begun"
    )
    given = command_line.parse(options, argv, {"moments": MOMENTS[:1]})
    queue = TrainingQueue()
    try:
        print(f"{'seconds after a turn began':30}{'promised':>10}{'waited':>10}")
        for wait in first_turns(queue, moments=given.moments):
            print(f"{wait.moment:30.1f}{wait.promised:10.1f}{wait.real:10.1f}", flush=True)
    finally:
        queue.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
