import keras
import numpy as np
import pytest

from digitlab.data.mnist import Dataset
from digitlab.preprocess.arrays import cast, flatten, network_input, one_hot, scale
from digitlab.specs import PRESETS


def test_the_four_steps_equal_the_articles(mnist: Dataset) -> None:
    images, labels = mnist.x_train[:50], mnist.y_train[:50]
    expected = images.astype("float32")
    expected /= 255
    np.testing.assert_array_equal(flatten(scale(cast(images))), expected.reshape(50, 784))
    expected_labels = keras.utils.to_categorical(labels, num_classes=10)
    np.testing.assert_array_equal(one_hot(labels), expected_labels)
    assert one_hot(labels).dtype == np.float32


@pytest.mark.parametrize("name", PRESETS)
def test_network_input_fits_the_network(mnist: Dataset, name: str) -> None:
    network = PRESETS[name].network
    images = mnist.x_test[:3]
    prepared = network_input(images, network)
    assert prepared.shape == (3, *network.input_shape)
    assert prepared.dtype == np.float32
    np.testing.assert_array_equal(prepared.ravel(), (images.astype("float32") / 255).ravel())
