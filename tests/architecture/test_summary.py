"""The summary worked out without Keras, against Keras's own."""

import doctest
import subprocess
import sys
from itertools import product

import keras
import pytest

from digitlab.architecture import summary
from digitlab.architecture.summary import layer_rows, total_parameters
from digitlab.engine.build import build_model
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec

HIDDEN = [
    (),
    (HiddenLayer(1, "linear"),),
    (HiddenLayer(10, "sigmoid"), HiddenLayer(20, "tanh")),
    (HiddenLayer(512, "relu"), HiddenLayer(7, "relu"), HiddenLayer(3), HiddenLayer(2, "tanh")),
]
CONVOLUTIONS = [(), (1,), (8, 16), (32, 1)]
NETWORKS = [
    *(run.network for run in PRESETS.values()),
    *(NetworkSpec(*choice) for choice in product(HIDDEN, CONVOLUTIONS)),
]


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_summary_is_what_keras_prints(network: NetworkSpec) -> None:
    keras.utils.clear_session()  # names count from the start, as in a fresh program
    model = build_model(network)
    assert model.input_shape == (None, *network.input_shape)
    assert [
        (row.name, row.kind, row.output_shape, row.parameters) for row in layer_rows(network)
    ] == [
        (layer.name, type(layer).__name__, layer.output.shape, layer.count_params())
        for layer in model.layers
    ]
    assert total_parameters(network) == model.count_params()


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_activations_are_those_of_the_model(network: NetworkSpec) -> None:
    activations = [
        keras.activations.serialize(layer.activation) if hasattr(layer, "activation") else ""
        for layer in build_model(network).layers
    ]
    assert [row.activation for row in layer_rows(network)] == activations


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_arithmetic_gives_the_count_beside_it(network: NetworkSpec) -> None:
    for row in layer_rows(network):
        if row.parameters:
            left, right = row.arithmetic.replace(",", "").split(" = ")
            assert int(right) == eval(left.replace("×", "*")) == row.parameters
        else:
            assert row.arithmetic.startswith("none: ")


def test_the_articles_network() -> None:
    assert [row.arithmetic for row in layer_rows(NetworkSpec())] == [
        "784 × 10 + 10 = 7,850",
        "10 × 10 + 10 = 110",
    ]
    assert total_parameters(NetworkSpec()) == 7960
    assert total_parameters(NetworkSpec((HiddenLayer(20),))) == 15910


def test_the_small_cnn() -> None:
    network = PRESETS["Small CNN"].network
    assert [row.arithmetic for row in layer_rows(network) if row.parameters] == [
        "3 × 3 × 1 × 8 + 8 = 80",
        "3 × 3 × 8 × 16 + 16 = 1,168",
        "400 × 64 + 64 = 25,664",
        "64 × 10 + 10 = 650",
    ]
    assert total_parameters(network) == 27_562


def test_examples_in_the_docstrings() -> None:
    result = doctest.testmod(summary)
    assert result.attempted > 0
    assert result.failed == 0


def test_no_keras_is_needed() -> None:
    program = "import sys, digitlab.architecture.summary, digitlab.figures.architecture; assert 'keras' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
