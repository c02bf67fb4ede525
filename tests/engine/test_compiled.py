"""A compiled network that was used before, against a new one and against NumPy."""

from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from digitlab.data.mnist import Dataset
from digitlab.engine.compiled import CompiledNetwork, compiled_network
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.specs import OPTIMIZERS, PRESETS, HiddenLayer, NetworkSpec, RunSpec, TrainSpec

DIVERGING = NetworkSpec((HiddenLayer(8, "linear"),) * 3)


def bits(
    network: CompiledNetwork,
    data: Dataset,
    seed: int,
    rate: float = 0.01,
) -> tuple[Any, list[Any]]:
    """One epoch from this seed: the logs, and all variables afterwards."""
    network.reset(seed)
    network.model.optimizer.learning_rate.assign(rate)
    network.model.reset_metrics()
    network.train(data.x_train, data.y_train, 100)
    return network.logs(), [array.tobytes() for array in network.state()]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_used_network_gives_the_bits_of_a_new_one(small: Dataset, optimizer: str) -> None:
    training = TrainSpec(optimizer=optimizer)
    used, other = CompiledNetwork(DIVERGING, training), CompiledNetwork(NetworkSpec(), training)
    first = bits(used, small, seed=1)
    bits(other, small, seed=1)
    assert bits(used, small, seed=2) != first
    bits(used, small, seed=3, rate=1e20)
    assert not np.isfinite(used.logs()["loss"])
    assert (
        bits(used, small, seed=1) == first == bits(CompiledNetwork(DIVERGING, training), small, 1)
    )


def test_one_network_serves_all_batch_sizes_seeds_and_rates() -> None:
    spec = PRESETS["Small CNN"].network
    runs = [
        RunSpec(spec, TrainSpec(batch_size=size, seed=size, learning_rate=size / 1000))
        for size in (16, 100)
    ]
    assert compiled_network(runs[0]) is compiled_network(runs[1])
    other = RunSpec(spec, TrainSpec(optimizer="adam"))
    assert compiled_network(other) is not compiled_network(runs[0])


@pytest.mark.parametrize("name", ["The article's network", "Small CNN"])
def test_steps_get_the_numbers_that_numpy_computes(name: str) -> None:
    spec = PRESETS[name].network
    network = CompiledNetwork(spec, TrainSpec())
    # 784 pixels hold each of the 256 values.
    images = np.arange(3 * 784, dtype=np.uint32).astype(np.uint8).reshape(3, 28, 28)
    labels = np.array([7, 0, 9], dtype=np.uint8)
    x, y = tf.Variable(np.zeros((3, *spec.input_shape), "f4")), tf.Variable(np.zeros((3, 10), "f4"))
    index = tf.Variable(0)

    def note(batch: Any) -> None:
        size = tf.shape(batch[0])[0]
        x[index : index + size].assign(batch[0])
        y[index : index + size].assign(batch[1])
        index.assign_add(size)

    network._each_batch(note)(images, labels, 2, np.float32(255))
    np.testing.assert_array_equal(x.numpy(), network_input(images, spec))
    np.testing.assert_array_equal(y.numpy(), one_hot(labels))
    assert index.numpy() == 3
