"""Networks that learned from other pixels than the lab's."""

from typing import TYPE_CHECKING

from digitlab.data.mnist import Dataset
from digitlab.preprocess import preprocessed
from digitlab.specs import Preprocessing

if TYPE_CHECKING:  # the tests of pages, which use this, collect without Keras
    import keras

OF_UNIT = {
    Preprocessing.ZERO_TO_ONE: (1, 0),
    Preprocessing.ZERO_TO_255: (255, 0),
    Preprocessing.MINUS_ONE_TO_ONE: (2, -1),
    Preprocessing.STANDARDIZED: (1 / 0.3081, -0.1307 / 0.3081),
    Preprocessing.INVERTED_ZERO_TO_ONE: (-1, 1),
    Preprocessing.INVERTED_ZERO_TO_255: (-255, 255),
}
"""Factor and offset from pixels from 0 to 1."""


def learned(way: Preprocessing, mnist: Dataset) -> "keras.Sequential":
    """A network that learned from these numbers."""
    import keras

    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="tanh"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    x = preprocessed(mnist.x_train[:12000], way)
    model.fit(x, mnist.y_train[:12000], epochs=3, batch_size=50, verbose=0)
    return model


def shifted(model: "keras.Sequential", factor: float, offset: float) -> "keras.Sequential":
    """The network that makes of `factor * x + offset` what this one makes of x."""
    import keras

    other = keras.models.clone_model(model)
    kernel, bias, *rest = model.get_weights()
    other.set_weights([kernel / factor, bias - offset * (kernel / factor).sum(axis=0), *rest])
    return other
