"""What a worker process costs until it can train: with the whole of Keras's imports, and lean.

Run from the project's folder: `python -m benchmarks.worker_start`. Each round starts Python twice
for each kind of worker, one after the other, and lets it do what a worker does before it serves
(`compute.tasks.warm_up`): first after a plain `import keras`, then with `engine.lean`. The numbers
are processor seconds of the process and its largest memory; the middle of the rounds counts.
"""

import subprocess
import sys
from collections.abc import Sequence
from statistics import median

from benchmarks import command_line
from digitlab.records.training import WorkerKind

_KINDS = (WorkerKind.TRAIN, WorkerKind.PREDICT)

_START = """
import resource, sys
from distributed import Worker
from digitlab.compute.tasks.warm_up import warm_up
if sys.argv[2] == "plain":
    import keras
warm_up(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def measure(kind: WorkerKind, how: str) -> tuple[float, float]:
    """Processor seconds and megabytes of one start."""
    done = subprocess.run(
        [sys.executable, "-c", _START, kind, how], capture_output=True, text=True, check=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print a line for each kind of worker."""
    options = command_line.parser(__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--kinds", nargs="+", type=WorkerKind, default=_KINDS, metavar="KIND")
    chosen = command_line.parse(options, argv, {"rounds": 1, "kinds": _KINDS[:1]})
    print("                  plain             lean         ratio")
    for kind in chosen.kinds:
        rounds = [[measure(kind, how) for how in ("plain", "lean")] for _ in range(chosen.rounds)]
        (seconds, megabytes), (lean_seconds, lean_megabytes) = (
            [median(values) for values in zip(*starts, strict=True)]
            for starts in zip(*rounds, strict=True)
        )
        print(
            f"{kind:10} {seconds:6.2f} s {megabytes:4.0f} MB   {lean_seconds:6.2f} s "
            f"{lean_megabytes:4.0f} MB   {lean_seconds / seconds:.2f} "
            f"{lean_megabytes / megabytes:.2f}"
        )


if __name__ == "__main__":
    main()
