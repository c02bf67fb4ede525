"""What a run came to: whether it left a network, and its accuracies."""

from collections.abc import Iterable

from digitlab.records.score import DigitSet, choosing_score
from digitlab.runs.record import Run


def has_network(run: Run) -> bool:
    """Whether there is a network to evaluate and to ask."""
    return run.state.has_usable_model and run.has_predictions


def can_be_taken(run: Run) -> bool:
    """Whether it has a network, or the training can go on."""
    return has_network(run) or run.state.resumable


def accuracy(run: Run) -> float | None:
    """Its test accuracy; None without a network that is of any use."""
    return run.test_accuracy if has_network(run) else None


def validation_accuracy(run: Run) -> float | None:
    """After its last epoch; None without validation digits, and without a network of any use."""
    score = choosing_score(run.history) if has_network(run) else None
    return score.accuracy if score and score.digits is DigitSet.VALIDATION else None


def training_accuracy(run: Run) -> float | None:
    """The average over its last epoch; None if it counted another metric, or has no network."""
    return run.history[-1].logs.get("accuracy") if has_network(run) and run.history else None


def best(runs: Iterable[Run]) -> Run | None:
    """The run with the best validation accuracy; None if fewer than two have one."""
    scored = [run for run in runs if validation_accuracy(run) is not None]
    return max(scored, key=lambda run: validation_accuracy(run) or 0.0) if scored[1:] else None
