"""Each way in which a file may hold a network: nested, functional, of Keras 2."""

import json
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.errors import UploadProblem
from digitlab.architecture.layers import Dense
from digitlab.data.mnist import Dataset
from digitlab.engine import inference
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.isolated import read_isolated
from tests.uploads.models.making import (
    CONFIG,
    packed,
    saved,
    unpacked,
    with_arrays,
    with_config,
    with_layer,
)
from tests.uploads.models.older import METADATA, as_keras_2_13, as_keras_2_13_on_windows, of_keras2
from tests.uploads.models.random_weights import with_random_weights
from tests.uploads.models.test_config import refusal
from tests.uploads.sentences import network_sentence

layers = keras.layers
PICTURE = (28, 28, 1)


def same_answers(content: bytes, model: keras.Model, mnist: Dataset) -> None:
    """The lab's answers to some digits, and Keras's."""
    network = read_isolated(content)
    images = mnist.x_test[:30]
    x = images.reshape(30, *network.architecture.input_shape).astype("float32") / 255
    outputs = model(x, training=False)
    expected = keras.ops.softmax(outputs) if network.architecture.gives_logits else outputs
    answers = inference.probabilities(network, images)
    np.testing.assert_allclose(answers, np.asarray(expected), atol=1e-6)
    assert answers.std() > 0.01


def block() -> keras.Sequential:
    return keras.Sequential(
        [
            layers.Conv2D(3, 3, strides=2),
            layers.BatchNormalization(),
            keras.Sequential([layers.ReLU(), layers.Conv2D(3, 3)]),
        ]
    )


def nested() -> keras.Sequential:
    """Two blocks of the same classes, so that the numbers behind names count anew in each."""
    return with_random_weights(
        keras.Sequential(
            [
                keras.Input(PICTURE),
                keras.Sequential([layers.RandomFlip(), layers.Rescaling(2.0)]),
                block(),
                layers.Conv2D(4, 1),
                block(),
                layers.Flatten(),
                layers.Dense(10, activation="softmax"),
            ]
        )
    )


def functional() -> keras.Model:
    inputs = keras.Input(PICTURE)
    x = layers.Conv2D(3, 3)(inputs)
    x = layers.BatchNormalization()(x, training=False)
    x = keras.Sequential([layers.Conv2D(4, 5), layers.ReLU()])(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Flatten()(x)
    return with_random_weights(keras.Model(inputs, layers.Dense(10)(x)))


def functional_within() -> keras.Model:
    return with_random_weights(
        keras.Sequential([keras.Input(PICTURE), functional(), layers.Dense(10)])
    )


def first_input_within() -> keras.Model:
    inner = keras.Sequential([keras.Input((784,)), layers.Dense(9)])
    return with_random_weights(keras.Sequential([inner, layers.Dense(10, activation="softmax")]))


@pytest.mark.parametrize("make", [nested, functional, functional_within, first_input_within])
def test_networks_within_networks(make: Callable[..., Any], mnist: Dataset) -> None:
    model = make()
    content = saved(model)
    same_answers(content, model, mnist)
    assert read_network(content).architecture.origin.nested
    assert read_network(content).architecture.parameters == model.count_params()


def test_a_list_of_one_input_and_one_output_is_read(mnist: Dataset) -> None:
    inputs = keras.Input((784,))
    model = with_random_weights(keras.Model([inputs], [layers.Dense(10)(inputs)]))
    network = read_network(saved(model))
    assert network.architecture.words == "Dense 10 linear"


def test_a_chain_in_any_order_in_the_file(mnist: Dataset) -> None:
    """Names of arrays go by the order in the file, calls by the chain."""
    inputs = keras.Input((784,))
    x = layers.Dense(10, name="one")(inputs)
    model = with_random_weights(keras.Model(inputs, layers.Dense(10, name="two")(x)))

    def turn(config: Any) -> None:
        listed = config["config"]["layers"]
        listed[1], listed[2] = listed[2], listed[1]

    def turn_arrays(file: Any) -> None:
        file.move("layers/dense", "layers/other")
        file.move("layers/dense_1", "layers/dense")
        file.move("layers/other", "layers/dense_1")

    same_answers(with_arrays(with_config(saved(model), turn), turn_arrays), model, mnist)


def two_inputs() -> Any:
    first, second = keras.Input((784,)), keras.Input((784,))
    return keras.Model([first, second], layers.Dense(10)(layers.Dense(4)(first)))


def two_outputs() -> Any:
    inputs = keras.Input((784,))
    return keras.Model(inputs, [layers.Dense(10)(inputs), layers.Dense(10)(inputs)])


def called_twice() -> Any:
    inputs, shared = keras.Input((784,)), layers.Dense(784)
    return keras.Model(inputs, layers.Dense(10)(shared(shared(inputs))))


def a_sum() -> Any:
    inputs = keras.Input((784,))
    x = layers.Add()([layers.Dense(10)(inputs), layers.Dense(10)(inputs)])
    return keras.Model(inputs, x)


@pytest.mark.parametrize("make", [two_inputs, two_outputs, called_twice, a_sum])
def test_networks_that_branch_are_refused(make: Callable[..., Any]) -> None:
    assert refusal(saved(make())) == network_sentence(UploadProblem.BRANCHES)


def test_arithmetic_between_layers_is_refused_with_the_remedy() -> None:
    inputs = keras.Input((784,))
    sentence = refusal(saved(keras.Model(inputs, layers.Dense(10)(inputs / 255.0))))
    assert "does not know “255.0”" in sentence
    assert "keras.layers.Rescaling(1 / 255)" in sentence


@pytest.fixture(scope="module")
def chain_file() -> bytes:
    inputs = keras.Input((784,), name="in")
    return saved(keras.Model(inputs, layers.Dense(10, name="out")(layers.Dense(5)(inputs))))


@pytest.mark.parametrize(
    "change",
    [
        lambda model: model.update(input_layers=["nobody", 0, 0]),
        lambda model: model.update(output_layers=["in", 0, 0]),
        lambda model: model.update(output_layers=["out", 0, 1]),
        lambda model: model.update(output_layers=[]),
        lambda model: model.update(output_layers=3),
        lambda model: model.update(output_layers={"a": ["out", 0, 0], "b": ["in", 0, 0]}),
        lambda model: model["layers"][1].update(name="out"),
        lambda model: model["layers"][1].update(name=["out"]),
        lambda model: model["layers"][1].update(inbound_nodes=[]),
        lambda model: model["layers"][1].update(inbound_nodes=[[]]),
        lambda model: model["layers"][1].update(inbound_nodes=[[["in", 0, 0]]]),
        lambda model: model["layers"][1].update(inbound_nodes=[[["out", 0, 0, {}]]]),
        lambda model: model["layers"][1].update(inbound_nodes=[[[None, 0, 0, {}]]]),
        lambda model: model["layers"][1].update(inbound_nodes=[{"args": [3], "kwargs": {}}]),
        lambda model: model["layers"][0].update(inbound_nodes=[[["out", 0, 0, {}]]]),
        lambda model: model["layers"].append(model["layers"][1]),
        lambda model: model.update(more=1),
    ],
)
def test_calls_that_make_no_chain_are_refused(
    chain_file: bytes, change: Callable[..., Any]
) -> None:
    sentence = refusal(with_config(chain_file, lambda config: change(config["config"])))
    assert sentence.endswith(".")


def test_calls_as_keras_2_writes_them_are_read(chain_file: bytes) -> None:
    def change(config: Any) -> None:
        names = [layer["name"] for layer in config["config"]["layers"]]
        for before, layer in zip(names, config["config"]["layers"][1:], strict=False):
            layer["inbound_nodes"] = [[[before, 0, 0, {}]]]
        config["config"]["input_layers"] = [["in", 0, 0]]
        config["config"]["output_layers"] = [["out", 0, 0]]
        config["module"] = "keras.src.engine.functional"

    network = read_network(with_config(chain_file, change))
    assert network.architecture == read_network(chain_file).architecture


@pytest.mark.parametrize("arguments", [{"training": True}, {"training": 0}, {"mask": [1]}])
def test_calls_with_arguments_of_their_own_are_refused(
    chain_file: bytes, arguments: dict[str, Any]
) -> None:
    def change(config: Any) -> None:
        config["config"]["layers"][1]["inbound_nodes"][0]["kwargs"] = arguments

    assert "is called with" in refusal(with_config(chain_file, change))


def test_a_subclass_that_says_it_is_functional_is_refused(chain_file: bytes) -> None:
    for change in ({"module": "mine"}, {"registered_name": "mine>Functional"}):
        changed = with_config(chain_file, lambda config, new=change: config.update(new))
        assert refusal(changed) == network_sentence(UploadProblem.NO_NETWORK)


def deep(layers_within: int) -> bytes:
    """A file with a network that lies so deep in others."""
    files = unpacked(saved(keras.Sequential([keras.Input((784,)), layers.Dense(10)])))
    config = json.loads(files[CONFIG])
    for _ in range(layers_within):
        config = {**config, "config": {"name": "s", "layers": [config]}}
    return packed({**files, CONFIG: json.dumps(config).encode()})


def test_the_depth_is_limited() -> None:
    assert "weights of a layer are missing" in refusal(deep(limits.MAX_UPLOADED_DEPTH - 1))
    assert refusal(deep(limits.MAX_UPLOADED_DEPTH)) == network_sentence(UploadProblem.TOO_DEEP)
    assert refusal(deep(300)) == network_sentence(UploadProblem.TOO_DEEP)


def test_networks_within_count_to_the_limits() -> None:
    many = [keras.Sequential([layers.Dropout(0.1) for _ in range(9)]) for _ in range(5)]
    model = keras.Sequential([keras.Input((784,)), *many, layers.Dense(10)])
    assert "layers. The lab takes at most 40" in refusal(saved(model))
    more = [keras.Sequential([layers.Dropout(0.1) for _ in range(30)]) for _ in range(5)]
    model = keras.Sequential([keras.Input((784,)), *more, layers.Dense(10)])
    assert "more than 40 layers" in refusal(saved(model))


def test_an_input_within_that_disagrees_is_refused() -> None:
    def change(config: Any) -> None:
        inner = config["config"]["layers"][1]["config"]["layers"]
        inner[0]["config"]["batch_shape"] = [None, 783]

    inner = keras.Sequential([keras.Input((784,)), layers.Dense(9)])
    content = saved(keras.Sequential([keras.Input((784,)), inner, layers.Dense(10)]))
    assert "(783,), but it gets (784,)" in refusal(with_config(content, change))


def test_whole_numbers_asked_for_within_are_refused() -> None:
    def change(config: Any) -> None:
        inner = config["config"]["layers"][2]["config"]["layers"]
        inner[0]["config"]["dtype"] = "uint8"

    inner = keras.Sequential([keras.Input((5,)), layers.Dense(9)])
    stack = [keras.Input((784,)), layers.Dense(5), inner, layers.Dense(10)]
    assert "uint8" in refusal(with_config(saved(keras.Sequential(stack)), change))


def older() -> keras.Sequential:
    return with_random_weights(
        keras.Sequential(
            [
                keras.Input(PICTURE),
                layers.Conv2D(3, 3, strides=2),
                layers.BatchNormalization(),
                layers.LeakyReLU(negative_slope=0.2),
                layers.SeparableConv2D(3, 3, activation="relu"),
                layers.Dropout(0.2),
                layers.Flatten(),
                *(layers.Dense(10), layers.Dense(10), layers.Dense(10, activation="softmax")),
            ]
        )
    )


@pytest.mark.parametrize(
    "place", [lambda file: None, as_keras_2_13, as_keras_2_13_on_windows], ids=range(3)
)
def test_files_of_keras_2_are_read(place: Callable[..., Any], mnist: Dataset) -> None:
    model = older()
    content = of_keras2(model, place)
    same_answers(content, model, mnist)
    assert read_network(content).architecture.origin.keras2


def test_a_first_layer_that_says_the_shape_needs_no_input_layer(mnist: Dataset) -> None:
    model = older()

    def change(config: Any) -> None:
        del config["config"]["layers"][0]

    same_answers(with_config(of_keras2(model), change), model, mnist)


def test_two_shapes_that_disagree_are_refused() -> None:
    content = with_layer(of_keras2(older()), 1, batch_input_shape=[None, 28, 27, 1])
    assert "(28, 27, 1), but it gets (28, 28, 1)" in refusal(content)


@pytest.mark.parametrize(
    ("name", "keras_name"),
    [("softmax_v2", "softmax"), ("swish", "silu"), ("relu", "relu"), ("identity", "linear")],
)
def test_functions_of_tensorflow_are_taken_by_their_names(
    dense_file: bytes, name: str, keras_name: str
) -> None:
    function = {"module": "builtins", "class_name": "function", "registered_name": "function"}
    content = with_layer(dense_file, 1, activation={**function, "config": name})
    (layer, *_) = read_network(content).architecture.layers
    assert isinstance(layer, Dense)
    assert layer.activation == keras_name


@pytest.mark.parametrize(
    "change",
    [
        {"config": "my_relu"},
        {"config": "log_softmax_v2"},
        {"config": None},
        {"config": ["relu"]},
        {"module": "mine"},
        {"class_name": "Relu"},
        {"registered_name": "mine>relu"},
    ],
)
def test_functions_of_somebodys_own_are_refused(dense_file: bytes, change: dict[str, Any]) -> None:
    function = {
        **{"module": "builtins", "class_name": "function", "config": "relu"},
        "registered_name": "function",
    }
    sentence = refusal(with_layer(dense_file, 1, activation={**function, **change}))
    assert "activation" in sentence


def test_hard_sigmoid_of_keras_2_is_another_function(dense_file: bytes) -> None:
    content = with_layer(dense_file, 1, activation="hard_sigmoid")
    assert read_network(content)
    files = unpacked(content)
    files[METADATA] = b'{"keras_version": "2.15.0"}'
    assert "hard_sigmoid of Keras 2" in refusal(packed(files))


@pytest.mark.parametrize("text", [b"[]", b"{", b"[" * 100_000, b'{"keras_version": [2]}'])
def test_metadata_that_make_no_sense_end_in_a_sentence(dense_file: bytes, text: bytes) -> None:
    content = packed({**unpacked(dense_file), METADATA: text})
    if text.startswith(b'{"'):
        assert read_network(content)
    else:
        assert refusal(content).endswith(".")
