"""From a spec to the Keras model. Imports Keras: for workers, never for the web process."""

import random
from collections.abc import Sequence
from dataclasses import asdict

import keras
import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.sequence import LayerSequence
from digitlab.specs import NetworkSpec, TrainSpec


def use_own_settings() -> None:
    """Set Keras as it comes, whatever a `keras.json` of this user of the machine says.

    Other numbers, or another order of the axes, would come of it.
    """
    keras.config.set_floatx("float32")
    keras.config.set_epsilon(1e-7)
    keras.config.set_image_data_format("channels_last")
    keras.config.set_max_epochs(None)
    keras.config.set_max_steps_per_epoch(None)


def build_model(network: NetworkSpec) -> keras.Sequential:
    """The network as a `keras.Sequential`, with fresh random weights.

    The names are those of the first model in a fresh program, however many this process has made:
    they stand in the file that is taken home.
    """
    sequence = LayerSequence.of(network)
    layers = [
        getattr(keras.layers, type(layer).__name__)(**asdict(layer), name=name)
        for name, layer in zip(sequence.names, sequence.layers, strict=True)
    ]
    first = keras.Input(sequence.input_shape, name="input_layer")
    return keras.Sequential([first, *layers], name="sequential")


def initial_weights(
    network: NetworkSpec, seed: int, zero_start: bool = False
) -> Sequence[NDArray[np.float32]]:
    """The weights that a new model has after `set_random_seed(seed)`, as `get_weights()` orders.

    Args:
        network: the architecture.
        seed: of the run.
        zero_start: whether they are those of `kernel_initializer="zeros"`.
    """
    # Keras takes its initializers' seeds from Python's generator. `set_random_seed` would
    # also seed TensorFlow, which then compiles its kernels again.
    random.seed(seed)
    fresh: Sequence[NDArray[np.float32]] = build_model(network).get_weights()
    return [np.zeros_like(array) for array in fresh] if zero_start else fresh


def make_optimizer(training: TrainSpec) -> keras.optimizers.Optimizer:
    """The optimizer the learner chose; momentum is SGD with momentum 0.9."""
    if training.optimizer == "momentum":
        return keras.optimizers.SGD(training.learning_rate, momentum=0.9)
    return keras.optimizers.get(
        {
            "class_name": training.optimizer,
            "config": {"learning_rate": training.learning_rate},
        }
    )
