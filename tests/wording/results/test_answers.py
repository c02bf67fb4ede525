"""The loss of one answer, worked out in words: a reader with a calculator gets the same."""

import math
import re

import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab.analysis.sample_loss import sample_losses
from digitlab.wording.results.answers import loss_words

ENTROPY, SQUARED = "categorical_crossentropy", "mean_squared_error"


def answer(true: float) -> NDArray[np.float32]:
    """Ten probabilities of which digit 6 has this one."""
    shares = np.full(10, (1 - true) / 9)
    shares[6] = true
    return shares.astype(np.float32)


@pytest.mark.parametrize(
    "true", [0.4532, 0.1, 0.99, 0.997953, 0.9999, 0.99997, 0.999999, 2e-6, 3.217e-5]
)
def test_minus_the_logarithm_of_the_number_that_is_shown(true: float) -> None:
    said = loss_words(answer(true), 6, ENTROPY)
    assert "The true digit is **6**" in said
    shown = re.search(r"−ln\((0\.\d+)\) = \*\*(\d+\.\d+)\*\*", said)
    assert shown is not None
    assert float(shown[1]) == pytest.approx(true, rel=1e-3)
    assert float(shown[2]) == pytest.approx(-math.log(float(shown[1])), abs=5e-4, rel=1e-3)
    exact = sample_losses(np.array([6], np.uint8), answer(true)[None], ENTROPY)[0]
    assert float(shown[2]) == pytest.approx(exact, abs=1e-3, rel=5e-3)
    assert "e-" not in said
    if true > 0.99:  # what is left to 1 is the error, which stands beside it on Learn
        assert 1 - float(shown[1]) == pytest.approx(1 - true, rel=1e-3)
        assert float(shown[2]) == pytest.approx(exact, rel=1e-2)


def test_a_certain_answer_has_a_loss_that_is_not_negative() -> None:
    said = loss_words(answer(1.0), 6, ENTROPY)
    assert "−ln(0.9999999) = **0.0000001**" in said  # as Keras counts; -ln(1) is 0


def test_a_probability_below_what_keras_counts() -> None:
    said = loss_words(answer(1e-9), 6, ENTROPY)
    assert "−ln(0.0000001) = **16.118**. In training Keras uses the sums" in said


def test_mean_squared_error_takes_all_ten() -> None:
    said = loss_words(answer(0.4), 6, SQUARED)
    assert "(0.4 − 1)² = 0.36." in said
    assert "add up to 0.4." in said  # 0.36 and nine times 0.6 / 9 squared
    assert "0.4 / 10 = **0.04**" in said


def test_a_probability_below_what_keras_counts_has_the_loss_of_the_training() -> None:
    answer = np.array([1e-9, 1 - 1e-9, *[0] * 8], np.float32)
    assert "**20.7233**" in loss_words(answer, 0, "categorical_crossentropy", 20.72327)
    assert "**16.118**" in loss_words(answer, 0, "categorical_crossentropy")
