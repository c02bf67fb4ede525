from typing import TYPE_CHECKING, Any

import pytest

from tests.uploads.models.making import saved

if TYPE_CHECKING:  # tests that use no fixture of these collect without Keras
    import keras


def dense() -> "keras.Sequential":
    import keras

    keras.utils.set_random_seed(3)
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(12, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


@pytest.fixture(scope="session")
def dense_model() -> "keras.Sequential":
    return dense()


@pytest.fixture(scope="session")
def dense_file(dense_model: Any) -> bytes:
    """784 pixels, 12 relu units, ten probabilities: what most refusals change."""
    return saved(dense_model)
