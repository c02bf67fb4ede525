"""What each ablation does to its baseline, with several seeds: a Markdown table.

Run from the project's folder: `python -m benchmarks.ablations`. Both networks are trained in this
process and read the last 5,000 training digits, from which none of them has learned, with their
true labels. "Fewer" counts the seeds whose changed network reads fewer of them by more than one in
a hundred, "more" those that read more. A training that Keras refuses has no accuracy.
It takes about five minutes on two cores; of some ablations alone, as with
`--names scale zero_start`, less.
"""

import os
import sys
from collections.abc import Collection, Iterator, Sequence

from digitlab.specs import TENSORFLOW_THREADS, RunSpec

os.environ["TF_NUM_INTRAOP_THREADS"] = str(TENSORFLOW_THREADS)  # before TensorFlow is imported
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from functools import cache

from benchmarks import command_line, digits
from digitlab.analysis.ablation import Reading, outcome
from digitlab.analysis.weight_changes import changed
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.engine.inference import probabilities
from digitlab.records.networks import ModelWeights, Network, TrainedNetwork
from digitlab.specs.ablations import (
    ABLATIONS,
    BASELINE,
    LONGER_STEPS,
    UNSEEN_DIGITS,
    Ablation,
    Outcome,
)
from digitlab.specs.weight_changes import AMOUNTS, WeightChange
from digitlab.wording.settings.ablations import words_of
from digitlab.wording.settings.weight_changes import WORDS

ALL = (*ABLATIONS, *LONGER_STEPS)
NAMES = tuple(ablation.name for ablation in ALL)
FEWER = (Outcome.WORSE, Outcome.NOTHING)


class Laboratory:
    """Trains each recipe once, and lets its network read the unseen digits.

    Args:
        data: the digits.
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self.network = cache(self._network)

    def _network(self, spec: RunSpec) -> TrainedNetwork | None:
        """Its network; None if Keras refuses to train it."""
        result = train(spec, self._data, lambda record: None, lambda: None)
        return result if isinstance(result, TrainedNetwork) else None

    def accuracy(self, network: Network | None) -> float | None:
        """The share of the unseen digits that it reads correctly; None without a network."""
        if network is None:
            return None
        images, labels = (
            part[-UNSEEN_DIGITS:] for part in (self._data.x_train, self._data.y_train)
        )
        return Reading.of(probabilities(ModelWeights.of(network), images), labels).accuracy


def rows(
    laboratory: Laboratory, seeds: Sequence[int], values: bool, names: Collection[str]
) -> Iterator[tuple[str, list[float | None], list[float | None]]]:
    """Of each ablation its name, and the accuracies of baseline and changed network, by seed.

    Args:
        laboratory: trains.
        seeds: one training each.
        values: whether each amount is tried, not only the first that a page shows.
        names: of the ablations that are trained; those of weights need no training of their own.
    """

    def trained(spec: RunSpec) -> list[float | None]:
        return [laboratory.accuracy(laboratory.network(spec.with_seed(seed))) for seed in seeds]

    for ablation in (each for each in ALL if each.name in names):
        for value in ablation.values if values and ablation.values else (ablation.value,):
            spec = ablation.applied_to(ablation.baseline, value)
            yield _name(ablation, value), trained(ablation.baseline), trained(spec)
    for kind, amounts in AMOUNTS.items():
        for amount in amounts:
            after = [
                laboratory.accuracy(network and changed(network, WeightChange(kind, amount), seed))
                for seed in seeds
                for network in (laboratory.network(BASELINE.with_seed(seed)),)
            ]
            yield f"{WORDS[kind].title}: {amount:g}", trained(BASELINE), after


def _name(ablation: Ablation, value: object) -> str:
    words = words_of(ablation)
    return f"{words.title}: {words.short(value)}" if ablation.values else words.title


def _count(outcomes: Sequence[Outcome], which: Sequence[Outcome]) -> str:
    return f"{sum(came in which for came in outcomes)} of {len(outcomes)}"


def _shares(accuracies: Sequence[float | None]) -> str:
    shown = (f"{100 * value:.1f}" for value in accuracies if value is not None)
    return ", ".join(shown) or "refused"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--digits", type=int, default=digits.ALL, help="to train with")
    options.add_argument("--values", action="store_true", help="each amount of each ablation")
    options.add_argument("--names", nargs="+", choices=NAMES, default=NAMES, help="of ablations")
    smoke = {
        "seeds": 1,
        "digits": 2 * UNSEEN_DIGITS,
        "names": ["scale", "zero_start", "long_by_rate_and_pixels"],
    }
    given = command_line.parse(options, argv, smoke)
    laboratory = Laboratory(digits.first_digits(given.digits))
    print("| ablation | baseline | changed | fewer | more |")
    print("|---|---|---|---:|---:|")
    for name, before, after in rows(laboratory, range(given.seeds), given.values, given.names):
        outcomes = [
            outcome(a, b)
            for a, b in zip(before, after, strict=True)
            if a is not None and b is not None
        ]
        counts = f"{_count(outcomes, FEWER)} | {_count(outcomes, [Outcome.BETTER])}"
        print(f"| {name} | {_shares(before)} | {_shares(after)} | {counts} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
