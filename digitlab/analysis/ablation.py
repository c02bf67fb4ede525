"""What a changed network came to beside its baseline: both read the same digits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitlab.records.job_state import JobState
from digitlab.records.reason import refusal_words
from digitlab.records.score import GUESSING
from digitlab.runs.record import Run
from digitlab.specs import CLASSES
from digitlab.specs.ablations import Outcome

ALIKE = 0.01
"""Two networks whose accuracies differ by less are called alike: one digit in a hundred. Five
seeds of the baseline differ by less than half of that."""


@dataclass(frozen=True, eq=False)
class Reading:
    """How a network reads digits whose labels are known.

    Attributes:
        answers: its most probable one for each digit, shape (n,).
        labels: the true ones, shape (n,).
    """

    answers: NDArray[np.integer]
    labels: NDArray[np.uint8]

    @classmethod
    def of(cls, probabilities: NDArray[np.float32], labels: NDArray[np.uint8]) -> "Reading":
        """Of the probabilities (n, 10) that it gave; where they are no numbers, it reads a 0."""
        return cls(probabilities.argmax(axis=1), labels)

    @property
    def accuracy(self) -> float:
        """The share that it reads correctly."""
        return float(np.mean(self.answers == self.labels))

    def of_digit(self, digit: int) -> tuple[int, int]:
        """How many of one digit it reads correctly, and how many there are."""
        asked = self.labels == digit
        return int(np.sum(self.answers[asked] == digit)), int(asked.sum())

    def changed(self, other: "Reading") -> int:
        """How many digits the other network reads as something else, right or wrong."""
        return int(np.sum(self.answers != other.answers))

    @property
    def most_frequent(self) -> tuple[int, int]:
        """The answer that it gives most often, and how often."""
        counts = np.bincount(self.answers, minlength=CLASSES)
        return int(counts.argmax()), int(counts.max())


def is_over(run: Run) -> bool:
    """Whether the training has shown what comes of it: it went to its end, or could not."""
    return run.state in (JobState.FINISHED, JobState.DIVERGED) or bool(refusal(run))


def refusal(run: Run) -> str:
    """Keras's own words, if it refused to train this; else empty."""
    return refusal_words(run.reason)


def outcome(baseline: float, changed: float) -> Outcome:
    """What a changed network came to that could be trained.

    Args:
        baseline: accuracy of the network that it is compared with, 0 to 1.
        changed: its own, on the same digits.
    """
    if changed <= GUESSING:
        return Outcome.NOTHING
    better = changed - baseline
    if abs(better) < ALIKE:
        return Outcome.SAME
    return Outcome.BETTER if better > 0 else Outcome.WORSE
