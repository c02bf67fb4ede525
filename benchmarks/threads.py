"""What an epoch costs with one TensorFlow thread and with two, and whether the bits differ.

Run from the project's folder: `python -m benchmarks.threads`. Each round starts Python once with
one thread and once with two, and trains each network for four epochs there: the first one, which
TensorFlow compiles, is not counted. The middle of the rounds counts. A round takes about a minute
on two cores.
"""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from benchmarks import command_line, digits

_EPOCHS = 4
_PRESETS = {"The article's network": digits.ALL, "ReLU 128": digits.ALL, "Small CNN": 12_000}
"""The networks, with how many digits each learns from."""

_TRAIN = """
import hashlib, sys, time
from benchmarks import digits
from digitlab.engine.compiled import CompiledNetwork
from digitlab.specs import PRESETS
run, epochs = PRESETS[sys.argv[1]], int(sys.argv[3])
data = digits.first_digits(int(sys.argv[2]))
network = CompiledNetwork(run.network, run.training, True)
network.reset(7)
for epoch in range(epochs):
    if epoch == 1:
        wall, processor = time.perf_counter(), time.process_time()
    network.train(data.x_train, data.y_train, run.training.batch_size)
seconds = [time.perf_counter() - wall, time.process_time() - processor]
bits = hashlib.sha256(b"".join(array.tobytes() for array in network.state())).hexdigest()
print(*(value / (epochs - 1) for value in seconds), bits)
"""


def measure(preset: str, threads: int, count: int) -> tuple[float, float, str]:
    """Seconds and processor seconds of an epoch, and what all weights and states come to."""
    done = subprocess.run(
        [sys.executable, "-c", _TRAIN, preset, str(count), str(_EPOCHS)],
        env={**os.environ, "TF_NUM_INTRAOP_THREADS": str(threads), "KERAS_BACKEND": "tensorflow"},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, processor, bits = done.stdout.split()
    return float(seconds), float(processor), bits


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table: each number with one thread, with two, and their ratio."""
    options = command_line.parser(__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--presets", nargs="+", choices=_PRESETS, default=list(_PRESETS))
    options.add_argument("--digits", type=int, help="at most, for each network")
    smoke = {"rounds": 1, "presets": ["Small CNN"], "digits": digits.FEW}
    given = command_line.parse(options, argv, smoke)
    print(f"{'seconds of an epoch':24}{'one':>8}{'two':>8}{'ratio':>8}{'processor':>12}", end="")
    print(f"{'two':>8}{'ratio':>8}   bits")
    for name in given.presets:
        count = min(_PRESETS[name], given.digits or digits.ALL)
        seen = defaultdict(list)
        for _ in range(given.rounds):
            for threads in (1, 2):
                seen[threads].append(measure(name, threads, count))
        one, two = (median(seconds for seconds, _, _ in seen[threads]) for threads in (1, 2))
        print(f"{name:24}{one:8.2f}{two:8.2f}{one / two:8.2f}", end="")
        one, two = (median(processor for _, processor, _ in seen[threads]) for threads in (1, 2))
        same = len({bits for rounds in seen.values() for _, _, bits in rounds}) == 1
        print(f"{one:12.2f}{two:8.2f}{one / two:8.2f}   {'the same' if same else 'others'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
