"""Networks with random weights: what is looked into need not be trained."""

from types import SimpleNamespace
from typing import Any

import keras
import pytest

from digitlab.engine.build import build_model
from digitlab.records.networks import ModelWeights
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec, PrepSpec
from digitlab.uploads.models.archive import read_network
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


def made(name: str) -> SimpleNamespace:
    """The Keras model and the lab's network with the same weights."""
    keras.utils.set_random_seed(NAMES.index(name))
    if name in FROM_FILES:
        model = with_random_weights(keras.Sequential(FROM_FILES[name]()), NAMES.index(name))
        return SimpleNamespace(model=model, network=read_network(saved(model)))
    spec = SPECS.get(name, SPECS["tanh"])
    model = build_model(spec)
    if name == "not scaled":  # or tanh would be at its ends, and every slope 0
        kernel, *others = model.get_weights()
        model.set_weights([kernel / 255, *others])
    weights = tuple(model.get_weights())
    return SimpleNamespace(
        model=model,
        network=ModelWeights(spec, weights, PrepSpec(name != "not scaled").preprocessing),
    )


@pytest.fixture(scope="session")
def networks() -> dict[str, SimpleNamespace]:
    return {name: made(name) for name in NAMES}
