"""Networks with random weights: what is looked into need not be trained."""

from types import SimpleNamespace

import keras
import pytest

from digitlab.brought.archive import read_network
from digitlab.models import build_model
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec, PrepSpec
from digitlab.training.networks import PlainNetwork
from tests.brought.making import saved
from tests.brought.test_answers import convolutions, flat, pictures, rows

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
}
NAMES = [*SPECS, *FROM_FILES, "not scaled"]


def made(name):
    """The Keras model and the lab's network with the same weights."""
    keras.utils.set_random_seed(NAMES.index(name))
    if name in FROM_FILES:
        model = keras.Sequential(FROM_FILES[name]())
        return SimpleNamespace(model=model, network=read_network(saved(model)))
    spec = SPECS.get(name, SPECS["tanh"])
    model = build_model(spec)
    if name == "not scaled":  # or tanh would be at its ends, and every slope 0
        kernel, *others = model.get_weights()
        model.set_weights([kernel / 255, *others])
    weights = tuple(model.get_weights())
    return SimpleNamespace(
        model=model,
        network=PlainNetwork(spec, weights, PrepSpec(name != "not scaled").preprocessing),
    )


@pytest.fixture(scope="session")
def networks():
    return {name: made(name) for name in NAMES}
