"""Each kind of layer gives the numbers, and the shapes, that plain Keras gives."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture import layers as known
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import KINDS
from digitlab.architecture.stack import LayerStack
from digitlab.data.mnist import Dataset
from digitlab.engine import inference
from digitlab.engine.uploaded_model import layer_outputs
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.isolated import read_isolated
from digitlab.uploads.models.parsed import ParsedModel
from digitlab.wording.problems.uploads import network_refusal
from tests.uploads.models.making import saved, with_arrays, with_config, with_layer
from tests.uploads.models.random_weights import arrays_of, with_random_weights
from tests.uploads.models.test_config import refusal
from tests.uploads.sentences import network_sentence

layers = keras.layers
PICTURE = (28, 28, 1)

STACKS: dict[str, Callable[[], list[Any]]] = {
    "batch normalization": lambda: [
        layers.Conv2D(3, 3),
        layers.BatchNormalization(),
        layers.BatchNormalization(center=False, scale=False, epsilon=0.1, axis=3),
        layers.BatchNormalization(scale=False),
        layers.Activation("relu"),
    ],
    "softmax and relu layers": lambda: [
        layers.Conv2D(4, 3),
        layers.ReLU(max_value=0.9, negative_slope=0.2, threshold=0.1),
        layers.ReLU(),
        layers.Softmax(),
    ],
    "leaky": lambda: [layers.Conv2D(4, 5), layers.LeakyReLU(negative_slope=0.15), layers.ELU(0.7)],
    "rescaling": lambda: [layers.Rescaling(2.5, offset=-0.5), layers.Conv2D(3, 3)],
    "rescaling of channels": lambda: [
        layers.Conv2D(3, 5, strides=2),
        layers.Rescaling([0.5, 2, -1], offset=[0, 1, 3]),
    ],
    "normalization": lambda: [layers.Normalization(axis=-1), layers.Conv2D(2, 3)],
    "normalization of all": lambda: [layers.Normalization(axis=None), layers.Conv2D(2, 3)],
    "normalization given": lambda: [
        layers.Normalization(mean=0.2, variance=0.1),
        layers.Conv2D(2, 3),
    ],
    "reshape": lambda: [layers.Reshape((784,)), layers.Dense(32), layers.Reshape((4, -1, 2))],
    "global average": lambda: [
        layers.Conv2D(6, 3, activation="tanh"),
        layers.GlobalAveragePooling2D(),
    ],
    "global maximum": lambda: [layers.Conv2D(6, 3), layers.GlobalMaxPooling2D(keepdims=True)],
    "depthwise": lambda: [
        layers.Conv2D(3, 3),
        layers.DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=2),
        layers.DepthwiseConv2D(1, strides=2, use_bias=False, activation="elu"),
    ],
    "separable": lambda: [
        layers.SeparableConv2D(4, 3, depth_multiplier=3, activation="relu"),
        layers.SeparableConv2D(5, 1, strides=2, padding="same", use_bias=False),
        layers.SeparableConv2D(3, (2, 5), strides=2, padding="same"),
    ],
    "padding": lambda: [
        layers.ZeroPadding2D(((1, 2), (0, 3))),
        layers.Conv2D(2, 3),
        layers.ZeroPadding2D(),
    ],
    "augmentation": lambda: [
        layers.RandomFlip("horizontal"),
        layers.RandomRotation(0.2),
        layers.RandomZoom(0.2),
        layers.RandomTranslation(0.1, 0.1),
        layers.RandomShear(0.1, 0.1),
        layers.RandomContrast(0.5),
        layers.RandomBrightness(0.5),
        layers.RandomErasing(),
        layers.Conv2D(2, 3),
    ],
    "noise": lambda: [
        layers.GaussianNoise(0.5),
        layers.Conv2D(2, 3),
        layers.SpatialDropout2D(0.5),
        layers.GaussianDropout(0.5),
        layers.AlphaDropout(0.5),
        layers.ActivityRegularization(0.1),
        layers.Identity(),
    ],
}
"""From pictures to anything; flattened, and with ten sums behind."""


@pytest.fixture(scope="module", params=STACKS)
def model(request: pytest.FixtureRequest) -> keras.Model:
    stack = STACKS[request.param]()
    end = [layers.Flatten(), layers.Dense(10)]
    return with_random_weights(keras.Sequential([keras.Input(PICTURE), *stack, *end]))


@pytest.fixture(scope="module")
def network(model: keras.Model) -> ParsedModel:
    return read_isolated(saved(model))


def test_each_layer_makes_what_keras_makes(
    model: keras.Model, network: ParsedModel, mnist: Dataset
) -> None:
    x = mnist.x_test[:20].reshape(20, *PICTURE).astype("float32") / 255
    outputs = layer_outputs(network.architecture, network.weights, x)
    for layer, (_, ours) in zip(model.layers, outputs, strict=True):
        x = layer(x, training=False)  # an augmentation layer alone takes itself to be in training
        np.testing.assert_allclose(np.asarray(ours), np.asarray(x), atol=1e-5, rtol=1e-5)
    assert np.asarray(x).std() > 0.01


def test_shapes_and_arrays_are_those_of_keras(model: keras.Model, network: ParsedModel) -> None:
    stack = network.architecture
    assert list(stack.shapes[1:]) == [layer.output.shape[1:] for layer in model.layers]
    for layer, place in zip(model.layers, range(len(stack.layers)), strict=True):
        ours = stack.layers[place].weight_shapes(stack.shapes[place])
        theirs = {
            weight.name: tuple(weight.shape) for weight in layer.weights if weight.name != "count"
        }
        assert ours == theirs
    for array, expected in zip(network.weights, arrays_of(model), strict=True):
        np.testing.assert_array_equal(array, expected)


def test_every_kind_is_in_these_tests() -> None:
    used = {type(layer).__name__ for stack in STACKS.values() for layer in stack()}
    assert used >= set(KINDS) - {"Dropout", "MaxPooling2D", "AveragePooling2D", "Flatten"}


def test_work_counts_what_a_layer_with_two_kernels_multiplies() -> None:
    layer = known.SeparableConv2D(5, (3, 3), (1, 1), "same", 2)
    assert layer.multiply_adds((28, 28, 4)) == 28 * 28 * (4 * 2 * 9 + 8 * 5)
    assert (
        known.DepthwiseConv2D((3, 3), padding="same").multiply_adds((28, 28, 4)) == 28 * 28 * 4 * 9
    )


@pytest.mark.parametrize("bend", ["sigmoid", "softmax", "linear"])
@pytest.mark.parametrize("alone", [True, False])
def test_ends(bend: str, alone: bool, mnist: Dataset) -> None:
    end = [layers.Dense(10), layers.Activation(bend)] if alone else [layers.Dense(10, bend)]
    model = with_random_weights(keras.Sequential([keras.Input((784,)), *end, layers.Identity()]))
    network = read_network(saved(model))
    outputs = np.asarray(model(mnist.x_test[:50].reshape(50, 784) / np.float32(255)))
    shares = {
        "sigmoid": outputs / outputs.sum(axis=1, keepdims=True),
        "linear": np.asarray(keras.ops.softmax(outputs)),
        "softmax": outputs,
    }
    answers = inference.probabilities(network, mnist.x_test[:50])
    np.testing.assert_allclose(answers, shares[bend], atol=1e-6)
    np.testing.assert_array_equal(answers.argmax(axis=1), outputs.argmax(axis=1))
    stack = network.architecture
    assert [stack.gives_sigmoids, stack.gives_probabilities, stack.gives_logits] == [
        bend == other for other in ("sigmoid", "softmax", "linear")
    ]


def test_sigmoids_that_are_all_zero_are_equal_shares(mnist: Dataset) -> None:
    stack = LayerStack((784,), (known.Dense(10, "sigmoid"),))
    weights = (np.zeros((784, 10), "f4"), np.full(10, -200, "f4"))
    answers = inference.probabilities(ParsedModel(stack, weights), mnist.x_test[:2])
    np.testing.assert_allclose(answers, 0.1)


@pytest.mark.parametrize(
    "end",
    [
        [layers.Conv2D(10, 3), layers.GlobalAveragePooling2D(), layers.Softmax()],
        [layers.Conv2D(10, 3), layers.BatchNormalization(), layers.GlobalAveragePooling2D()],
        [layers.Conv2D(10, 28), layers.Reshape((10,))],
    ],
)
def test_ends_without_a_dense_layer(end: list[Callable[..., Any]], mnist: Dataset) -> None:
    model = with_random_weights(keras.Sequential([keras.Input(PICTURE), *end]))
    network = read_network(saved(model))
    outputs = model(mnist.x_test[:20].reshape(20, *PICTURE) / np.float32(255))
    expected = keras.ops.softmax(outputs) if network.architecture.gives_logits else outputs
    answers = inference.probabilities(network, mnist.x_test[:20])
    np.testing.assert_allclose(answers, np.asarray(expected), atol=1e-6)


def file_of(*stack: Callable[..., Any]) -> bytes:
    model = keras.Sequential([keras.Input(PICTURE), *stack, layers.Flatten(), layers.Dense(10)])
    return saved(model)


@pytest.mark.parametrize(
    ("layer", "settings", "word"),
    [
        (layers.BatchNormalization, {"axis": 1}, "last axis"),
        (layers.BatchNormalization, {"axis": [1, 2]}, "last axis"),
        (layers.BatchNormalization, {"axis": 3.0}, "whole number"),
        (layers.BatchNormalization, {"epsilon": float("nan")}, "epsilon"),
        (layers.BatchNormalization, {"epsilon": float("inf")}, "epsilon"),
        (layers.BatchNormalization, {"epsilon": -1}, "epsilon"),
        (layers.BatchNormalization, {"epsilon": "1"}, "epsilon"),
        (layers.BatchNormalization, {"center": 1}, "center"),
        (layers.BatchNormalization, {"renorm": True}, "renorm"),
        (layers.Softmax, {"axis": 1}, "last axis"),
        (layers.ReLU, {"max_value": float("inf")}, "max_value"),
        (layers.ReLU, {"max_value": -1}, "max_value"),
        (layers.ReLU, {"negative_slope": True}, "negative_slope"),
        (layers.LeakyReLU, {"negative_slope": [0.3]}, "negative_slope"),
        (layers.GlobalAveragePooling2D, {"keepdims": 1}, "keepdims"),
        (layers.GlobalAveragePooling2D, {"data_format": "channels_first"}, "data_format"),
        (layers.ZeroPadding2D, {"padding": [[10**9, 1], [1, 1]]}, "padding"),
        (layers.ZeroPadding2D, {"padding": [[1, 1, 1], [1, 1]]}, "padding"),
        (layers.ZeroPadding2D, {"padding": [[[1], 1], [1, 1]]}, "padding"),
        (layers.ZeroPadding2D, {"padding": [[[[1]]]]}, "damaged"),
        (layers.ZeroPadding2D, {"padding": 3}, "not of the right type"),
        (layers.RandomFlip, {"bounding_box_format": "xyxy"}, "bounding_box_format"),
        (layers.Identity, {"new": 1}, "new"),
    ],
)
def test_settings_that_the_lab_does_not_know_are_refused(
    layer: type[Any], settings: dict[str, Any], word: str
) -> None:
    sentence = refusal(with_layer(file_of(layer()), 1, **settings))
    assert word in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 330


@pytest.mark.parametrize(
    ("layer", "settings", "word"),
    [
        (layers.Rescaling(0.5), {"scale": float("nan")}, "scale"),
        (layers.Rescaling(0.5), {"scale": 1e300}, "scale"),
        (layers.Rescaling(0.5), {"scale": [1, 2]}, "2 numbers"),
        (layers.Rescaling(0.5), {"offset": [float("inf")]}, "offset"),
        (layers.Rescaling(0.5), {"scale": []}, "0 numbers"),
        (layers.Rescaling(0.5), {"scale": [[1]]}, "scale"),
        (layers.Rescaling(0.5), {"scale": {"class_name": "f"}}, "scale"),
        (layers.Normalization(mean=1, variance=1), {"variance": -0.5}, "variance"),
        (layers.Normalization(mean=1, variance=1), {"variance": float("nan")}, "variance"),
        (layers.Normalization(mean=1, variance=1), {"mean": [1, 2, 3]}, "3 numbers"),
        (layers.Normalization(mean=1, variance=1), {"mean": None}, "both a mean and a variance"),
        (layers.Normalization(mean=1, variance=1), {"invert": True}, "invert"),
        (layers.Normalization(mean=1, variance=1), {"axis": [1]}, "last axis"),
        (layers.Reshape((784,)), {"target_shape": [-1, -1]}, "different numbers of values"),
        (layers.Reshape((784,)), {"target_shape": [-1, 10**12]}, "Reshape"),
        (layers.Reshape((784,)), {"target_shape": [0, -1]}, "different numbers of values"),
        (layers.Reshape((784,)), {"target_shape": [-1, 3]}, "different numbers of values"),
        (layers.Reshape((784,)), {"target_shape": [-28, -28]}, "Reshape"),
        (layers.Reshape((784,)), {"target_shape": [1] * 9}, "1 to 3 axes"),
        (layers.Reshape((784,)), {"target_shape": []}, "1 to 3 axes"),
        (layers.Reshape((784,)), {"target_shape": [784.0]}, "whole number"),
        (layers.Reshape((784,)), {"target_shape": None}, "has no setting “target_shape”"),
        (layers.DepthwiseConv2D(3), {"strides": [1, 2]}, "two equal strides"),
        (layers.DepthwiseConv2D(3), {"depth_multiplier": 0}, "depth_multiplier"),
        (layers.DepthwiseConv2D(3), {"dilation_rate": [2, 2]}, "dilation_rate"),
        (layers.DepthwiseConv2D(1), {"depth_multiplier": 10**5}, "parameters"),
        (layers.SeparableConv2D(1, 1), {"depth_multiplier": 10**5}, "layer of this network gives"),
        (layers.SeparableConv2D(2, 3), {"kernel_size": [40, 3]}, "window"),
    ],
)
def test_settings_that_need_others_are_refused(
    layer: Callable[..., Any], settings: dict[str, Any], word: str
) -> None:
    sentence = refusal(with_layer(file_of(layer), 1, **settings))
    assert word in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 330


def test_padding_is_no_way_around_the_limits() -> None:
    wide = known.ZeroPadding2D(((28, 28), (28, 28)))
    end = (known.GlobalMaxPooling2D(), known.Dense(10))
    for before in (known.Reshape((1, 784, 1)), known.Identity()):
        with pytest.raises(UploadError) as raised:
            LayerStack(PICTURE, (before, *(wide,) * 4, *end))
        assert "A layer of this network gives" in network_refusal(raised.value)


def test_a_negative_variance_is_refused() -> None:
    content = file_of(layers.BatchNormalization())

    def change(file: Any) -> None:
        file["layers/batch_normalization/vars/3"][0] = -0.5

    assert refusal(with_arrays(content, change)) == network_sentence(
        UploadProblem.NEGATIVE_VARIANCE
    )
    adapted = file_of(layers.Normalization())

    def change_adapted(file: Any) -> None:
        file["layers/normalization/vars/1"][0] = -0.5

    assert refusal(with_arrays(adapted, change_adapted)) == network_sentence(
        UploadProblem.NEGATIVE_VARIANCE
    )


def test_a_mean_that_is_no_number_is_refused() -> None:
    def change(file: Any) -> None:
        file["layers/batch_normalization/vars/2"][0] = np.inf

    assert refusal(with_arrays(file_of(layers.BatchNormalization()), change)) == network_sentence(
        UploadProblem.NOT_FINITE
    )


@pytest.mark.parametrize(
    ("dtype", "integers"),
    [("uint8", True), ("int32", True), ("float64", False), ("float32", False)],
)
def test_types_of_inputs(dtype: str, integers: bool) -> None:
    inputs = keras.Input((28, 28), dtype=dtype)
    model = keras.Sequential([inputs, layers.Flatten(), layers.Dense(10)])
    stack = read_isolated(saved(model)).architecture
    assert (stack.input_dtype, stack.takes_integers) == (dtype, integers)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "bool", "int8", "string", 3, [1], {}])
def test_other_types_of_inputs_are_refused(dense_file: bytes, dtype: Any) -> None:
    assert "float32" in refusal(with_layer(dense_file, 0, dtype=dtype))


def test_whole_numbers_go_only_where_keras_takes_them() -> None:
    sentence = refusal(with_layer(file_of(layers.Conv2D(2, 3)), 0, dtype="uint8"))
    assert "Conv2D layer in this file gets whole numbers" in sentence
    assert read_network(with_layer(file_of(layers.Rescaling(2.0)), 0, dtype="uint8"))
    assert read_network(with_layer(file_of(layers.MaxPooling2D()), 0, dtype="uint8"))


def test_a_network_without_weights_is_refused() -> None:
    content = saved(keras.Sequential([keras.Input(PICTURE), layers.MaxPooling2D((14, 5))]))

    def change(config: Any) -> None:
        flatten = {"module": "keras.layers", "class_name": "Flatten", "config": {}}
        config["config"]["layers"] += [flatten | {"registered_name": None}]
        config["config"]["layers"] += [
            {
                **{"module": "keras.layers", "class_name": "Softmax", "config": {"axis": -1}},
                "registered_name": None,
            }
        ]

    assert "no layer with weights" in refusal(with_config(content, change))


def test_settings_that_are_missing_are_keras_defaults() -> None:
    """A file of the lab's own has no settings that are None; an older Keras writes fewer."""
    content = file_of(layers.ReLU(), layers.BatchNormalization(), layers.Conv2D(2, 3))

    def change(config: Any) -> None:
        for layer in config["config"]["layers"][1:]:
            kept = ("name", "filters", "kernel_size", "units")
            layer["config"] = {
                name: layer["config"][name] for name in kept if name in layer["config"]
            }

    full, bare = read_network(content), read_network(with_config(content, change))
    assert bare.architecture == full.architecture


def test_the_parent_checks_settings_once_more() -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("Rescaling", {"scale": float("nan")}),
        ("ZeroPadding2D", {"padding": ((1, 1), (1, 10**9))}),
        ("BatchNormalization", {"epsilon": float("inf")}),
        ("ReLU", {"max_value": "1"}),
        ("Normalization", {"mean": (1.0, "2"), "variance": 1.0}),
        ("SeparableConv2D", {"filters": 1, "kernel_size": (3,)}),
    ]
    for kind, settings in wrong:
        with pytest.raises((ValueError, TypeError)):
            LayerStack(
                PICTURE,
                (KINDS[kind](**settings), known.Flatten(), known.Dense(10)),
            )


def test_the_limit_of_layers_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UPLOADED_LAYERS", 3)
    with pytest.raises(UploadError) as raised:
        LayerStack((784,), (known.Identity(),) * 3 + (known.Dense(10),))
    assert "layers. The lab takes at most 3" in network_refusal(raised.value)
