"""Networks with random weights: what is looked into need not be trained."""

from dataclasses import dataclass
from typing import Any

import keras

from digitlab.engine.build import build_model
from digitlab.records.networks import ModelWeights
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec, PrepSpec
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel
from tests.uploads.models.making import saved
from tests.uploads.models.random_weights import with_random_weights
from tests.uploads.models.test_answers import convolutions, flat, pictures, rows

layers = keras.layers


def scaled_within() -> list[Any]:
    """Arrays that are no kernels, and layers that are nothing but activations."""
    return [
        keras.Input((28, 28, 1)),
        layers.Rescaling(2.0, offset=-0.5),
        layers.BatchNormalization(),
        layers.RandomFlip(),
        layers.Conv2D(4, 3),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.MaxPooling2D(3),
        layers.Flatten(),
        layers.Dense(10),
        layers.Softmax(),
    ]


def filters_for_each_channel() -> list[Any]:
    return [
        keras.Input((28, 28, 1)),
        layers.DepthwiseConv2D(3, depth_multiplier=4, activation="tanh"),
        layers.DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=2),
        layers.SeparableConv2D(5, 3, activation="tanh"),
        layers.Flatten(),
        layers.Dense(10),
    ]


def sigmoid() -> list[Any]:
    return [
        keras.Input((28, 28)),
        layers.Reshape((784,)),
        layers.Normalization(mean=0.1, variance=0.2),
        layers.Dense(12, activation="tanh"),
        layers.Dense(10, activation="sigmoid"),
    ]


SPECS = {
    "article": PRESETS["The article's network"].network,
    "tanh": NetworkSpec((HiddenLayer(12, "tanh"), HiddenLayer(8, "tanh"))),
    "no hidden layer": NetworkSpec(()),
    "CNN": NetworkSpec((HiddenLayer(9, "relu"),), convolutions=(4, 5)),
}
FROM_FILES = {
    "no bias": flat,
    "logits": pictures,
    "row by row": rows,
    "other convolutions": convolutions,
    "scaled within": scaled_within,
    "filters for each channel": filters_for_each_channel,
    "sigmoid": sigmoid,
}
NAMES = [*SPECS, *FROM_FILES, "not scaled"]


@dataclass(frozen=True)
class RandomNetwork:
    """The lab's network, and the Keras model with the same weights."""

    network: ModelWeights | ParsedModel
    model: keras.Sequential


def random_network(name: str) -> RandomNetwork:
    """The network of this name with random weights, always the same ones."""
    keras.utils.set_random_seed(NAMES.index(name))
    if name in FROM_FILES:
        model = with_random_weights(keras.Sequential(FROM_FILES[name]()), NAMES.index(name))
        return RandomNetwork(read_network(saved(model)), model)
    spec = SPECS.get(name, SPECS["tanh"])
    model = build_model(spec)
    if name == "not scaled":  # or tanh would be at its ends, and every slope 0
        kernel, *others = model.get_weights()
        model.set_weights([kernel / 255, *others])
    preprocessing = PrepSpec(name != "not scaled").preprocessing
    return RandomNetwork(ModelWeights(spec, tuple(model.get_weights()), preprocessing), model)
