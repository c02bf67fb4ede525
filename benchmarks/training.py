"""The lab's engine against plain Keras: same History, how much time an epoch.

Run from the project's folder: `python -m benchmarks.training`. Each round trains every recipe once with
plain `fit` and once with the engine, in this process, one after the other; the first epoch, which
compiles, is left out of the time per epoch.
"""

import argparse
import os
from statistics import median

from digitlab.training.worker import TENSORFLOW_THREADS

os.environ["TF_NUM_INTRAOP_THREADS"] = TENSORFLOW_THREADS  # before TensorFlow is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

from digitlab.data import Dataset, load_mnist
from digitlab.models import build_model, make_optimizer
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.specs import PRESETS, RunSpec
from digitlab.training.callbacks import Reporter
from digitlab.training.fit import train
from digitlab.training.records import EpochRecord


def plain_fit(run: RunSpec, data: Dataset) -> tuple[EpochRecord, ...]:
    """The run as a script would do it, without `steps_per_execution`; only the epochs are timed."""

    class Timed(Reporter):
        def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
            """Nothing: plain `fit` has no callback in its inner loop."""

    timed = Timed(lambda record: None, str)
    keras.utils.set_random_seed(run.training.seed)
    model = build_model(run.network)
    model.compile(
        loss=run.training.loss,
        optimizer=make_optimizer(run.training),
        metrics=[run.training.metric],
    )
    model.fit(
        network_input(data.x_train, run.network),
        one_hot(data.y_train),
        batch_size=run.training.batch_size,
        epochs=run.training.epochs,
        callbacks=[timed],
        verbose=0,
    )
    return tuple(timed.history)


def seconds_per_epoch(history: tuple[EpochRecord, ...]) -> float:
    """Median over the epochs after the first."""
    return median(record.seconds for record in history[1:])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    data = load_mnist()
    print(f"{'recipe':24}{'plain fit':>12}{'engine':>10}{'ratio':>8}  History")
    for name, run in PRESETS.items():
        plain, engine, same = [], [], True
        for seed in range(options.rounds):
            expected = plain_fit(run.with_seed(seed), data)
            ours = train(run.with_seed(seed), data, lambda record: None, str).history
            same = same and [r.logs for r in expected] == [r.logs for r in ours]
            plain.append(seconds_per_epoch(expected))
            engine.append(seconds_per_epoch(ours))
        ratio = median(engine) / median(plain)
        verdict = "equal, bit for bit" if same else "DIFFERENT"
        print(f"{name:24}{median(plain):10.3f} s{median(engine):8.3f} s{ratio:8.2f}  {verdict}")


if __name__ == "__main__":
    main()
