"""How well the article's recipe reads with many seeds: the band that the pages show.

Run from the project's folder: `python -m benchmarks.article_band --results band.json`. It trains
the recipe with each seed from 0 on, as a worker does, and prints the quantiles of the test accuracy
and of the training accuracy after the last epoch. A run takes one to three seconds. What is done
stands in the results file, and a later call goes on from there: so 200 seeds can be made in parts
(`--seconds`).
"""

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from digitlab.specs import ARTICLE, TENSORFLOW_THREADS

os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)  # before TensorFlow is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

from benchmarks import command_line, digits
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.records.networks import TrainedNetwork

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)

Accuracies = dict[str, list[float]]
"""Test accuracy and training accuracy of each run, by its seed as JSON has it."""


def run(seed: int, data: Dataset) -> list[float]:
    """Train the recipe once: test accuracy, and training accuracy after the last epoch."""
    network = train(ARTICLE.with_seed(seed), data, lambda record: None, lambda: None)
    assert isinstance(network, TrainedNetwork)
    return [network.test_accuracy, network.history[-1].logs["accuracy"]]


def read(path: Path | None) -> Accuracies:
    """What earlier calls have done."""
    return json.loads(path.read_text()) if path and path.exists() else {}


def print_quantiles(done: Mapping[str, Sequence[float]]) -> None:
    """The table: a row for each of the two accuracies."""
    print(f"{len(done)} seeds; Keras {keras.__version__}, TensorFlow {tf.__version__}")
    print(f"{'':20}" + "".join(f"{100 * quantile:9.0f}%" for quantile in QUANTILES))
    for name, values in zip(
        ("test accuracy", "training accuracy"), zip(*done.values(), strict=True), strict=True
    ):
        quantiles = np.quantile(values, QUANTILES)
        print(f"{name:20}" + "".join(f"{value:10.4f}" for value in quantiles))


def main(argv: Sequence[str] | None = None) -> int:
    """Train what is missing, and print the quantiles."""
    options = command_line.parser(__doc__)
    options.add_argument("--seeds", type=int, default=200)
    options.add_argument("--digits", type=int, default=digits.ALL, help="to train with")
    options.add_argument("--results", type=Path, help="a JSON file that keeps what is done")
    options.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    given = command_line.parse(options, argv, {"seeds": 3, "digits": digits.FEW})
    data, done, started = digits.first_digits(given.digits), read(given.results), time.monotonic()
    for seed in map(str, range(given.seeds)):
        if time.monotonic() - started > given.seconds:
            break
        if seed not in done:
            done[seed] = run(int(seed), data)
            if given.results:
                given.results.write_text(json.dumps(done))
    print_quantiles(done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
