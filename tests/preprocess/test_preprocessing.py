"""Pixels in the numbers that a network takes, against Keras, and against finite differences."""

from typing import Any

import keras
import numpy as np
import pytest

from digitlab.data.mnist import Dataset
from digitlab.preprocess.preprocessing import MEAN, STANDARD_DEVIATION, ink_gradient, preprocessed
from digitlab.specs import Preprocessing, PrepSpec

IN_KERAS = {
    Preprocessing.ZERO_TO_ONE: keras.layers.Rescaling(1 / 255),
    Preprocessing.ZERO_TO_255: keras.layers.Rescaling(1),
    Preprocessing.MINUS_ONE_TO_ONE: keras.layers.Rescaling(1 / 127.5, offset=-1),
    Preprocessing.STANDARDIZED: lambda x: keras.layers.Normalization(
        axis=None, mean=0.1307, variance=0.3081**2
    )(x / 255),
    Preprocessing.INVERTED_ZERO_TO_ONE: keras.layers.Rescaling(-1 / 255, offset=1),
    Preprocessing.INVERTED_ZERO_TO_255: keras.layers.Rescaling(-1, offset=255),
    Preprocessing.NORMALIZED_COLUMNS: lambda x: keras.utils.normalize(x, axis=1),
    Preprocessing.NORMALIZED_ROWS: lambda x: keras.utils.normalize(x, axis=-1),
    Preprocessing.NORMALIZED_PICTURE: lambda x: keras.utils.normalize(
        x.reshape(len(x), 784), axis=1
    ).reshape(x.shape),
}
"""What people write who train in Keras."""


@pytest.mark.parametrize("way", Preprocessing)
def test_numbers_are_those_that_keras_makes(mnist: Dataset, way: Preprocessing) -> None:
    images = mnist.x_test[:50].copy()
    images[7] = 0  # nothing to divide by
    result = preprocessed(images, way)
    assert result.dtype == np.float32
    expected = np.asarray(IN_KERAS[way](images.astype("float32")))
    np.testing.assert_allclose(result, expected, rtol=1e-6, atol=1e-6)


def test_the_labs_own_numbers_are_the_ones_it_trains_with(mnist: Dataset) -> None:
    images = mnist.x_test[:20]
    own = images.astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(preprocessed(images, PrepSpec().preprocessing), own)
    raw = preprocessed(images, PrepSpec(scale=False).preprocessing)
    np.testing.assert_array_equal(raw, images)


def test_no_two_ways_give_the_same_numbers(mnist: Dataset) -> None:
    digit = mnist.x_test[:1]
    results = [preprocessed(digit, way).tobytes() for way in Preprocessing]
    assert len(set(results)) == len(Preprocessing)


@pytest.mark.parametrize("way", Preprocessing)
def test_what_is_said_of_a_way_is_true_of_its_numbers(mnist: Dataset, way: Preprocessing) -> None:
    images = mnist.x_test[:100]
    result = preprocessed(images, way)
    assert way.gives_integers == (np.rint(result) == result).all()
    assert way.inverted == (result[images == 255].mean() < result[images == 0].mean())


def test_mean_and_deviation_are_those_of_mnist(mnist: Dataset) -> None:
    pixels = mnist.x_train / np.float32(255)
    assert round(float(pixels.mean(dtype=np.float64)), 4) == MEAN
    assert round(float(pixels.std(dtype=np.float64)), 4) == STANDARD_DEVIATION


@pytest.mark.parametrize("way", [way for way in Preprocessing if way.normalized_axis is None])
def test_the_gradient_for_ink_is_what_finite_differences_give(
    mnist: Dataset, way: Preprocessing
) -> None:
    """Of a function of the numbers with bends, at pixels with ink around and on the digit."""
    image = mnist.x_test[3]
    slopes = np.random.default_rng(2).normal(size=image.shape).astype(np.float32)
    numbers = preprocessed(image[None], way)[0].astype(np.float64)
    gradient = ink_gradient((slopes * (1 + 2 * numbers)).astype(np.float32), way)

    def value(ink: Any) -> float:
        pixels = (255 * ink).astype("float32")  # the ways of Keras take fractions of a grey too
        x = np.asarray(IN_KERAS[way](pixels[None]), np.float64)[0]
        return float(np.sum(slopes * (x + x * x)))

    for row, column in [(10, 12), (14, 14), (20, 9), (0, 0), (5, 13), (13, 20)]:
        ends = []
        for sign in (1, -1):
            ink = image / 255.0
            ink[row, column] += sign * 1e-2
            ends.append(value(ink))
        assert gradient[row, column] == pytest.approx(
            (ends[0] - ends[1]) / 2e-2, abs=0.005 * float(np.abs(gradient).max())
        )


def test_the_gradient_of_normalized_pixels_is_that_of_the_numbers() -> None:
    gradient = np.random.default_rng(3).normal(size=(28, 28)).astype(np.float32)
    for way in (way for way in Preprocessing if way.normalized_axis is not None):
        np.testing.assert_array_equal(ink_gradient(gradient, way), gradient)
