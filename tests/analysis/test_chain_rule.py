"""The chain rule by hand against finite differences, and what a step size is called."""

import math

import numpy as np
import pytest
from scipy.special import softmax

from digitlab.analysis.chain_rule import StepSize, gradient_by_hand, output_errors, step_sizes
from digitlab.analysis.sample_loss import SQUARED, sample_losses
from digitlab.records.learning import GradientChain, WeightPlace
from digitlab.specs import LOSSES

SMALL, RIGHT, FAR = StepSize.TOO_SMALL, StepSize.RIGHT, StepSize.TOO_FAR


@pytest.mark.parametrize("loss", LOSSES)
def test_errors_are_the_slopes_of_the_loss(loss: str) -> None:
    sums, label = np.random.default_rng(1).normal(size=10), np.array([3], np.uint8)

    def loss_of(moved: np.ndarray) -> float:
        return float(sample_losses(label, softmax(moved)[None], loss)[0])

    errors = output_errors(softmax(sums).astype(np.float32), 3, loss)
    for digit in range(10):
        step = 1e-5 * np.eye(10)[digit]
        slope = (loss_of(sums + step) - loss_of(sums - step)) / 2e-5
        assert errors[digit] == pytest.approx(slope, rel=1e-3, abs=1e-6)
    assert errors[3] < 0
    assert loss == SQUARED or np.all(np.delete(errors, 3) > 0)


def chain(slope: float | None) -> GradientChain:
    float32 = np.float32
    outgoing, errors = np.array([1, -2], float32), np.array([0.5, 0.25], float32)
    place = WeightPlace(0, 4, 1)
    hidden = slope is not None
    return GradientChain(
        place,
        784,
        3,
        float32(0.1),
        float32(0),
        float32(0.8),
        float32(slope) if slope is not None else None,
        outgoing if hidden else outgoing[:0],
        errors[::-1] if hidden else errors[:0],
        float32(-0.9),
    )


def test_a_gradient_is_the_input_times_the_error() -> None:
    assert gradient_by_hand(chain(None)) == pytest.approx(0.8 * -0.9)
    assert gradient_by_hand(chain(0.5)) == pytest.approx(0.8 * 0.5 * (0.25 - 2 * 0.5))


@pytest.mark.parametrize(
    ("losses", "sizes"),
    [
        ([1.9, 1.4, 1.0, 1.3, 1.9, 2.5], [SMALL, RIGHT, RIGHT, RIGHT, FAR, FAR]),
        (
            [2.0, 1.4, 1.0, 1.3, 1.9, 2.5],
            [SMALL, RIGHT, RIGHT, RIGHT, FAR, FAR],
        ),  # too short to see
        ([1.9, 1.8, 1.7, 1.6, 1.5, 1.0], [SMALL] * 4 + [RIGHT] * 2),
        ([2.5, math.nan, math.inf, 3, 4, 5], [FAR] * 6),
        ([2.0, 2.0, 2.0, 2.0, 2.0, 2.0], [StepSize.NO_HELP] * 6),
    ],
)
def test_a_step_is_called_after_what_it_does(losses: list[float], sizes: list[StepSize]) -> None:
    assert step_sizes([0.01, 0.1, 1, 2, 5, 10], losses, start=2.0) == sizes


def test_without_a_loss_nothing_is_left_to_learn() -> None:
    assert step_sizes([0.1, 1], [0.0, 0.0], start=0.0) == [StepSize.NO_HELP] * 2
    assert step_sizes([0.1, 1], [1e-7, 1e-7], start=1e-7) == [StepSize.NO_HELP] * 2
    rises = step_sizes([0.1, 1], [1e-7, 2e-7], start=1e-7)
    assert rises == [StepSize.NO_HELP, StepSize.TOO_FAR]
    assert step_sizes([0.1, 1], [0.0, math.nan], start=0.0) == [StepSize.NO_HELP, FAR]
    assert step_sizes([0.1, 1], [0.0, 0.0], start=0.5) == [RIGHT] * 2
