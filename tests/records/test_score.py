"""A choice looks at validation digits, or at training digits; never at test digits."""

from digitlab.records.score import DigitSet, Score, choosing_score
from digitlab.records.training import EpochRecord


def epochs(*logs: dict[str, float]) -> list[EpochRecord]:
    return [EpochRecord(epoch, 600, 1.0, each) for epoch, each in enumerate(logs)]


def test_the_last_epochs_validation_accuracy_goes_first() -> None:
    history = epochs(
        {"loss": 1.0, "accuracy": 0.5, "val_loss": 0.9, "val_accuracy": 0.6},
        {"loss": 0.8, "accuracy": 0.7, "val_loss": 0.7, "val_accuracy": 0.75},
    )
    assert choosing_score(history) == Score(DigitSet.VALIDATION, 0.75)


def test_without_validation_it_is_the_training_accuracy() -> None:
    history = epochs({"loss": 1.0, "accuracy": 0.5}, {"loss": 0.8, "accuracy": 0.7})
    assert choosing_score(history) == Score(DigitSet.TRAINING, 0.7)


def test_without_an_epoch_or_with_another_metric_there_is_none() -> None:
    assert choosing_score([]) is None
    other = {"loss": 1.0, "top_k_categorical_accuracy": 0.9, "val_loss": 1.0}
    assert choosing_score(epochs(other)) is None
