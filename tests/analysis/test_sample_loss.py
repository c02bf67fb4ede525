"""The loss of single answers, against Keras's own."""

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab.analysis.sample_loss import sample_losses
from digitlab.specs import LOSSES
from digitlab.uploads.models.parsed import cross_entropy


@pytest.fixture(scope="module")
def answers() -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Labels, and answers from undecided ones to those that are as sure as can be."""
    random = np.random.default_rng(4)
    sums = random.normal(size=(300, 10)) * random.uniform(0, 60, (300, 1))
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return random.integers(0, 10, 300).astype(np.uint8), shares


@pytest.mark.parametrize("loss", LOSSES)
def test_is_keras_s(loss: str, answers: tuple[NDArray[np.uint8], NDArray[np.float32]]) -> None:
    labels, probabilities = answers
    integers = loss.startswith("sparse")
    targets = labels if integers else keras.utils.to_categorical(labels, 10)
    expected = keras.ops.convert_to_numpy(keras.losses.get(loss)(targets, probabilities))
    ours = sample_losses(labels, probabilities, loss)
    np.testing.assert_allclose(ours, expected, rtol=2e-5, atol=2e-6)  # float32


def test_the_mean_is_the_one_of_uploaded_networks(
    answers: tuple[NDArray[np.uint8], NDArray[np.float32]],
) -> None:
    labels, probabilities = answers
    ours = sample_losses(labels, probabilities, "categorical_crossentropy")
    assert ours.mean() == pytest.approx(cross_entropy(probabilities, labels), rel=1e-5)
