"""What is tried first when a network has learned hardly anything."""

from typing import Any

import pytest

from digitlab.analysis.advice import Advice, advice
from digitlab.records.training import EpochRecord
from digitlab.specs import TrainSpec

STILL, FALLS, RISES = (2.3036, 2.3027, 2.3026), (2.31, 2.28, 2.25), (2.31, 2.6, 2.9)


def history(losses: tuple[Any, ...]) -> list[EpochRecord]:
    return [EpochRecord(epoch, 600, 1.0, {"loss": loss}) for epoch, loss in enumerate(losses)]


@pytest.mark.parametrize(
    ("optimizer", "rate", "losses", "expected"),
    [
        ("adam", 1.0, STILL, Advice.SMALLER_RATE),  # 10 gives .09, 0.1 gives .87
        ("adam", 1.0, FALLS, Advice.SMALLER_RATE),
        ("rmsprop", 0.1, STILL, Advice.SMALLER_RATE),
        ("adam", 0.005, RISES, Advice.SMALLER_RATE),
        ("sgd", 0.0001, FALLS, Advice.LARGER_RATE),
        ("sgd", 0.01, STILL, Advice.LARGER_RATE),
        ("sgd", 0.01, FALLS, Advice.MORE_EPOCHS),
        ("sgd", 0.01, STILL[:1], Advice.MORE_EPOCHS),
    ],
)
def test_the_direction_follows_from_rate_and_loss(
    optimizer: str, rate: float, losses: tuple[Any, ...], expected: Advice
) -> None:
    training = TrainSpec(optimizer=optimizer, learning_rate=rate)
    assert advice(training, history(losses)) is expected
