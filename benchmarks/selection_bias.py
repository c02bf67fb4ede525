"""How much too good the best of many networks looks, by the digits that it was chosen by.

Run from the project's folder: `python -m benchmarks.selection_bias`. Networks of one recipe, each
with a seed of its own, read the validation digits. Then, again and again, some digits are drawn,
the network that reads most of them is taken, and it is tested on all the others. The lab shows this
on the page Choose with the answers that `--write` keeps. It takes about two minutes on two cores.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from digitlab.specs import PRESETS, TENSORFLOW_THREADS

os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)  # before TensorFlow is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from numpy.typing import NDArray

from benchmarks import command_line
from digitlab.analysis.selection_bias import PATH, selection_bias
from digitlab.data.mnist import Dataset, load_mnist
from digitlab.engine.fit import train
from digitlab.records.networks import TrainedNetwork

CHOSEN_BY = (100, 300, 1000)  # digits
CHOSEN_FROM = (1, 5, 10, 25, 50)  # networks


def right_answers(networks: int, epochs: int | None) -> NDArray[np.bool_]:
    """Which validation digits each network reads correctly, shape (networks, 6000)."""
    data = load_mnist()
    recipe = PRESETS["ReLU 128"]
    kept = round(len(data.y_train) * recipe.training.validation_share)
    labels = data.y_train[-kept:]
    tested = Dataset(data.x_train, data.y_train, data.x_train[-kept:], labels)
    rows = []
    for seed in range(networks):
        spec = recipe.with_seed(seed)
        if epochs is not None:
            spec = spec.ended_after(epochs)
        trained = train(spec, tested, lambda record: None, lambda: None)
        assert isinstance(trained, TrainedNetwork)
        rows.append(trained.probabilities.argmax(axis=1) == labels)
    return np.array(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("--networks", type=int, default=50)
    options.add_argument("--epochs", type=int, default=None)
    options.add_argument("--write", type=Path, nargs="?", const=PATH, help="keep the answers")
    given = command_line.parse(options, argv, {"networks": 3, "epochs": 1})
    right = right_answers(given.networks, given.epochs)
    if given.write:
        np.save(given.write, np.packbits(right, axis=1))
    means = right.mean(axis=1)
    print(f"{len(right)} networks: {means.min():.4f} to {means.max():.4f}, mean {means.mean():.4f}")
    print("| chosen from | by digits | by these | on the others | too good by, points |")
    print("|---|---|---|---|---|")
    for networks in [many for many in CHOSEN_FROM if many <= len(right)]:
        for digits in CHOSEN_BY:
            seen, others = selection_bias(right[:networks], digits)
            points = 100 * (seen - others)
            print(f"| {networks} | {digits} | {seen:.4f} | {others:.4f} | {points:.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
