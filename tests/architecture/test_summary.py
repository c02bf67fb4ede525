"""The summary worked out without Keras, against Keras's own."""

import doctest
import math
import subprocess
import sys
from itertools import product
from types import ModuleType
from typing import Any

import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture import keras_names, summary
from digitlab.architecture.layers import Normalization
from digitlab.architecture.stack import LayerStack
from digitlab.architecture.summary import layer_rows, total_parameters
from digitlab.architecture.summary_text import trained_total
from digitlab.engine.build import build_model, make_optimizer
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec, TrainSpec
from digitlab.specs.training import OPTIMIZERS
from digitlab.wording.settings import parameter_count
from digitlab.wording.settings.parameter_count import arithmetic
from tests.random_networks import FROM_FILES, RandomNetwork

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


def keras_rows(model: Any) -> list[tuple[Any, str, tuple[Any, ...], Any]]:
    """Keras's rows; None for the number of samples also where the model has a fixed batch size."""
    return [
        (layer.name, type(layer).__name__, (None, *layer.output.shape[1:]), layer.count_params())
        for layer in model.layers
    ]


def our_rows(
    network: NetworkSpec | LayerStack,
) -> list[tuple[str, str, tuple[int | None, ...], int]]:
    return [(row.name, row.kind, row.output_shape, row.parameters) for row in layer_rows(network)]


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_summary_is_what_keras_prints(network: NetworkSpec) -> None:
    keras.utils.clear_session()  # names count from the start, as in a fresh program
    model = build_model(network)
    assert model.input_shape == (None, *network.input_shape)
    assert our_rows(network) == keras_rows(model)
    assert total_parameters(network) == model.count_params()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_total_after_a_training_is_what_keras_prints(optimizer: str) -> None:
    network = PRESETS["Small CNN"].network
    model = build_model(network)
    training = TrainSpec(optimizer=optimizer)
    model.compile(loss=training.loss, optimizer=make_optimizer(training))
    model.fit(np.zeros((1, *network.input_shape)), np.eye(1, 10), verbose=0)
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    expected = f"Total params: {trained_total(total_parameters(network), optimizer):,} "
    assert expected in "\n".join(lines)


@pytest.mark.parametrize("name", FROM_FILES)
def test_summary_of_an_uploaded_network_is_what_keras_prints(
    networks: dict[str, RandomNetwork], name: str
) -> None:
    keras.utils.clear_session()
    model = keras.Sequential(FROM_FILES[name]())
    stack = networks[name].network.architecture
    assert isinstance(stack, LayerStack)
    # Keras counts the samples that `adapt` has seen in a weight of its own.
    counts = [
        int(isinstance(layer, Normalization) and bool(keras_layer.weights))
        for layer, keras_layer in zip(stack.layers, model.layers, strict=True)
    ]
    expected = [
        (*row, parameters - count)
        for (*row, parameters), count in zip(keras_rows(model), counts, strict=True)
    ]
    assert our_rows(stack) == expected
    assert stack.parameters == model.count_params() - sum(counts)


@pytest.mark.parametrize("name", FROM_FILES)
def test_weights_by_layer_are_those_of_keras(networks: dict[str, RandomNetwork], name: str) -> None:
    example = networks[name]
    by_layer = example.network.architecture.by_layer(example.network.weights)
    for weights, layer in zip(by_layer, example.model.layers, strict=True):
        expected = {weight.name: np.asarray(weight) for weight in layer.weights}
        expected.pop("count", None)  # the samples that `adapt` of a Normalization has seen
        assert list(weights) == list(expected)
        for weight_name, array in weights.items():
            np.testing.assert_array_equal(array, expected[weight_name])


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_activations_are_those_of_the_model(network: NetworkSpec) -> None:
    activations = [
        keras.activations.serialize(layer.activation) if hasattr(layer, "activation") else ""
        for layer in build_model(network).layers
    ]
    assert [row.activation for row in layer_rows(network)] == activations


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_biases_are_those_of_the_model(network: NetworkSpec) -> None:
    biases = [
        math.prod(layer.bias.shape) if hasattr(layer, "bias") else 0
        for layer in build_model(network).layers
    ]
    assert [row.biases for row in layer_rows(network)] == biases


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_arithmetic_gives_the_count_beside_it(network: NetworkSpec) -> None:
    for row in layer_rows(network):
        if row.parameters:
            left, right = arithmetic(row).replace(",", "").split(" = ")
            assert int(right) == eval(left.replace("×", "*")) == row.parameters
        else:
            assert arithmetic(row).startswith("none: ")


def test_the_articles_network() -> None:
    assert [arithmetic(row) for row in layer_rows(NetworkSpec())] == [
        "784 × 10 + 10 = 7,850",
        "10 × 10 + 10 = 110",
    ]
    assert total_parameters(NetworkSpec()) == 7960
    assert total_parameters(NetworkSpec((HiddenLayer(20),))) == 15910


def test_the_small_cnn() -> None:
    network = PRESETS["Small CNN"].network
    assert [arithmetic(row) for row in layer_rows(network)] == [
        "3 × 3 × 1 × 8 + 8 = 80",
        "none: it keeps the largest",
        "3 × 3 × 8 × 16 + 16 = 1,168",
        "none: it keeps the largest",
        "none: 5 × 5 × 16 in a row",
        "400 × 64 + 64 = 25,664",
        "64 × 10 + 10 = 650",
    ]
    assert total_parameters(network) == 27_562


def test_a_network_that_is_too_large_to_train_has_a_summary() -> None:
    """The Network page counts its parameters, and says that they are too many."""
    largest = NetworkSpec((HiddenLayer(limits.MAX_UNITS),), convolutions=(limits.MAX_FILTERS,))
    assert total_parameters(largest) == build_model(largest).count_params()
    assert total_parameters(largest) > limits.MAX_UPLOADED_PARAMETERS


@pytest.mark.parametrize("module", [summary, keras_names, parameter_count])
def test_examples_in_the_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_no_keras_is_needed() -> None:
    modules = "digitlab.architecture.summary, digitlab.figures.architecture"
    program = f"import sys, {modules}; assert 'keras' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True)
