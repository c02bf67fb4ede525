"""A config that says anything the lab does not know in every detail is refused in a sentence."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import pytest

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import Dense, Flatten
from digitlab.architecture.stack import LayerStack
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.config import read_config
from digitlab.wording.problems.uploads import network_refusal
from tests.uploads.models.making import CONFIG, packed, saved, unpacked, with_config, with_layer
from tests.uploads.sentences import network_sentence, said_beyond_the_border

layers = keras.layers
BUILD = "Build the network without it"


def refusal(content: bytes) -> str:
    with pytest.raises(UploadError) as raised:
        read_network(content)
    sentence = network_refusal(raised.value)
    assert said_beyond_the_border(raised.value) == sentence
    return sentence


def refused(*stack: Callable[..., Any] | Exception | list[Callable[..., Any]]) -> str:
    return refusal(saved(keras.Sequential(list(stack))))


@keras.saving.register_keras_serializable("stranger")
class Doubled(keras.layers.Dense):  # type: ignore[misc]  # Keras has no type hints
    """A layer of somebody's own that calls itself as Keras's would."""


class Nameless(keras.layers.Dense):  # type: ignore[misc]  # Keras has no type hints
    pass


def test_lambda_is_refused_and_its_program_never_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "it ran"
    monkeypatch.setenv("MARK", str(mark))

    def payload(x: Any) -> Any:
        __import__("pathlib").Path(__import__("os").environ["MARK"]).touch()
        return x

    model = keras.Sequential([keras.Input((784,)), layers.Lambda(payload), layers.Dense(10)])
    content = saved(model)
    mark.unlink()  # Keras ran it when the network was built
    sentence = refusal(content)
    assert "Lambda layer, which can run any program" in sentence
    assert BUILD in sentence
    assert not mark.exists()


@pytest.mark.parametrize(
    ("layer", "name"),
    [(layers.LayerNormalization(), "LayerNormalization"), (layers.Permute((1,)), "Permute")],
)
def test_unknown_layers_are_named(layer: Callable[..., Any], name: str) -> None:
    sentence = refused(keras.Input((784,)), layer, layers.Dense(10))
    assert f"“{name}”" in sentence
    assert "The lab can read these layers: Dense, Conv2D" in sentence
    assert BUILD in sentence


@pytest.mark.parametrize("own", [Doubled, Nameless])
def test_layers_of_somebodys_own_are_refused(own: type[Exception]) -> None:
    assert BUILD in refused(keras.Input((784,)), own(10))


def test_a_known_name_from_another_module_is_refused(dense_file: bytes) -> None:
    def change(config: Any) -> None:
        config["config"]["layers"][1]["module"] = "os.path"

    assert "layer of Keras. Build the network without it." in refusal(
        with_config(dense_file, change)
    )


def test_a_registered_layer_that_says_it_is_dense_is_refused(dense_file: bytes) -> None:
    def change(config: Any) -> None:
        config["config"]["layers"][1]["registered_name"] = "stranger>Dense"

    assert BUILD in refusal(with_config(dense_file, change))


@pytest.mark.filterwarnings("ignore:You are saving a model that has not yet been built")
def test_a_network_without_input_shape_is_refused() -> None:
    assert refused(layers.Dense(10)) == network_sentence(UploadProblem.NO_INPUT_SHAPE)


def test_a_shape_that_only_the_model_knows_is_taken(dense_file: bytes) -> None:
    def change(config: Any) -> None:
        del config["config"]["layers"][0]

    assert read_network(with_config(dense_file, change)).architecture.input_shape == (784,)


@pytest.mark.parametrize("shape", [(32, 32, 3), (783,), (28, 28, 3), (784, 1)])
def test_other_inputs_are_refused(shape: tuple[Any, ...]) -> None:
    sentence = refused(keras.Input(shape), layers.Dense(10))
    assert "keras.Input(shape=(28, 28, 1))" in sentence


@pytest.mark.parametrize("side", [True, 1.0, -1, 0, "1", None, [1], 10**400, float("nan")])
@pytest.mark.parametrize("where", ["batch_shape", "build_input_shape"])
def test_a_side_that_is_no_whole_number_is_refused(side: Any, where: str) -> None:
    model = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)])

    def change(config: Any) -> None:
        if where == "batch_shape":
            config["config"]["layers"][0]["config"]["batch_shape"] = [None, 28, 28, side]
        else:
            del config["config"]["layers"][0]
            config["config"]["build_input_shape"] = [None, 28, 28, side]

    sentence = refusal(with_config(saved(model), change))
    assert "keras.Input(shape=" in sentence
    assert len(sentence) < 330


def test_no_other_reader_gets_a_truth_for_a_side() -> None:
    end = (Flatten(), Dense(10, "softmax", True))
    for shape in ((28, 28, True), (28.0, 28), (784.0,)):
        with pytest.raises(UploadError) as raised:
            LayerStack(shape, end)  # type: ignore[arg-type]  # as a file may have it
        assert "takes inputs of shape" in network_refusal(raised.value)


def test_inputs_of_any_size_are_refused() -> None:
    assert refused(keras.Input((None, 28)), layers.Dense(10)) == network_sentence(
        UploadProblem.NO_INPUT_SHAPE
    )


@pytest.mark.parametrize(
    "end",
    [
        [layers.Dense(10, activation="relu")],
        [layers.Dense(9, activation="softmax")],
        [layers.Dense(1)],
        [layers.Dense(10), layers.Activation("softmax"), layers.Activation("tanh")],
        [layers.Flatten()],
    ],
)
def test_other_ends_are_refused(end: list[Callable[..., Any]]) -> None:
    sentence = refused(keras.Input((784,)), *end)
    assert 'keras.layers.Dense(10, activation="softmax")' in sentence


def test_softmax_over_the_wrong_axis_is_no_answer() -> None:
    sentence = refused(
        *(keras.Input((784,)), layers.Dense(490), layers.Dense(490), layers.Dense(10)),
        *(layers.Activation("softmax"), layers.Dense(10, activation="elu")),
    )
    assert "last layer of this network is Dense 10 elu" in sentence
    one_each = [keras.Input((28, 28, 1)), layers.MaxPooling2D((14, 5)), layers.Flatten()]
    assert read_network(saved(keras.Sequential([*one_each, layers.Dense(10)])))
    column = keras.Sequential(
        [
            *(keras.Input((28, 28, 1)), layers.MaxPooling2D((14, 5))),  # (2, 5, 1)
            *(layers.Dense(1, activation="softmax"), layers.Flatten()),
        ]
    )
    assert "last layer of this network is Flatten" in refusal(saved(column))


@pytest.mark.parametrize("layer", [layers.Conv2D(3, 3), layers.MaxPooling2D(2)])
def test_pictures_are_asked_for_where_they_are_needed(
    dense_file: bytes, layer: Callable[..., Any]
) -> None:
    picture = keras.Sequential(
        [keras.Input((28, 28, 1)), layer, layers.Flatten(), layers.Dense(10)]
    )

    def change(config: Any) -> None:
        config["config"]["layers"][0]["config"]["batch_shape"] = [None, 784]

    assert "put Flatten only after the last" in refusal(with_config(saved(picture), change))


def test_a_window_larger_than_the_picture_is_refused(dense_file: bytes) -> None:
    picture = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Conv2D(2, 28), layers.Flatten(), layers.Dense(10)]
    )

    def change(config: Any) -> None:
        config["config"]["layers"].insert(2, config["config"]["layers"][1])

    assert "nothing of the picture is left" in refusal(with_config(saved(picture), change))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("groups", 2),
        ("dilation_rate", [2, 2]),
        ("data_format", "channels_first"),
        ("padding", "causal"),
        ("strides", [0, 1]),
        ("strides", [1, 29]),
        ("strides", [1, True]),
        ("strides", [1.0, 1]),
        ("kernel_size", [3, float("nan")]),
        ("kernel_size", ["3", 3]),
        ("kernel_size", [10**400, 3]),
        ("filters", True),
        ("filters", -(10**400)),
        ("groups", True),
        ("groups", 1.0),
        ("dilation_rate", [True, 1]),
        ("dilation_rate", [1.0, 1]),
        ("kernel_size", [True, 3]),
        ("kernel_size", [3]),
        ("filters", 0),
        ("filters", 2.5),
        ("filters", "4"),
        ("use_bias", 1),
        ("activation", "log_softmax"),
        ("activation", "glu"),
        ("activation", {"module": "builtins", "class_name": "function", "config": "f"}),
        ("quantization_config", {"class_name": "Int8"}),
        ("lora_rank", 4),
        ("of_tomorrow", True),
        ("dtype", "mixed_float16"),
        ("dtype", {"module": "keras", "class_name": "QuantizedDTypePolicy", "config": {}}),
        ("dtype", {"class_name": "DTypePolicy", "config": {"name": "bfloat16"}}),
    ],
)
def test_settings_that_change_answers_are_refused(
    picture_file: bytes, setting: str, value: Any
) -> None:
    sentence = refusal(with_layer(picture_file, 1, **{setting: value}))
    assert len(sentence) < 330
    assert sentence.endswith(".")


@pytest.fixture(scope="module")
def picture_file() -> bytes:
    return saved(
        keras.Sequential(
            [keras.Input((28, 28, 1)), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(10)]
        )
    )


@pytest.mark.parametrize(
    "settings", [{"trainable": False}, {"kernel_initializer": {"class_name": "Any"}}, {"new": None}]
)
def test_settings_that_change_no_answer_are_not_refused(
    picture_file: bytes, settings: dict[str, Any]
) -> None:
    assert read_network(with_layer(picture_file, 1, **settings))


def test_a_missing_setting_that_has_no_default_is_refused(dense_file: bytes) -> None:
    def change(config: Any) -> None:
        del config["config"]["layers"][1]["config"]["units"]

    assert "has no setting “units”" in refusal(with_config(dense_file, change))


@pytest.mark.parametrize(
    ("stack", "what"),
    [
        ([keras.Input((784,)), layers.Dense(2000), layers.Dense(100)], "parameters"),
        (
            [keras.Input((28, 28, 1)), layers.Conv2D(65, 1, padding="same")],
            "numbers",
        ),
        (
            [keras.Input((28, 28, 1))] + [layers.Conv2D(60, 3, padding="same") for _ in range(3)],
            "multiplications for each picture",
        ),
        ([keras.Input((784,))] + [layers.Dropout(0.1) for _ in range(41)], "layers"),
    ],
)
def test_too_much_is_refused_with_the_limit(stack: list[Any], what: str) -> None:
    sentence = refused(*stack, layers.Flatten(), layers.Dense(10))
    assert f" {what}. The lab takes at most" in sentence
    assert "fewer" in sentence


def test_millions_of_units_cost_nothing_before_they_are_refused(dense_file: bytes) -> None:
    assert "units" in refusal(with_layer(dense_file, 1, units=10**12))
    assert "units" in refusal(with_layer(dense_file, 1, units=-3))


def with_text(content: bytes, text: bytes) -> bytes:
    return packed({**unpacked(content), CONFIG: text})


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"class_name": "Sequential"}',
        b'{"class_name": "Sequential", "config": {"layers": 3}}',
        b'{"class_name": "Sequential", "config": {"layers": [3]}}',
        b"[" * 100_000,
        b'{"a":' * 30_000,
        b"9" * 10_000,
        b"NaN",
    ],
    ids=range(12),
)
def test_a_config_that_makes_no_sense_is_damaged(dense_file: bytes, text: bytes) -> None:
    assert refusal(with_text(dense_file, text)) == network_sentence(UploadProblem.DAMAGED)


def test_a_config_that_is_too_large_is_not_read(dense_file: bytes) -> None:
    text = b" " * (limits.MAX_CONFIG_KILOBYTES * 1024) + unpacked(dense_file)[CONFIG]
    assert "too large" in refusal(with_text(dense_file, text))


def test_not_a_number_as_a_setting_is_refused(dense_file: bytes) -> None:
    assert "units" in refusal(with_layer(dense_file, 1, units=float("nan")))


def test_a_strangers_words_are_short_and_on_one_line(dense_file: bytes) -> None:
    def change(config: Any) -> None:
        config["config"]["layers"][1]["class_name"] = "<b>\n" + "x" * 10_000

    sentence = refusal(with_config(dense_file, change))
    assert len(sentence) < 420
    assert "\n" not in sentence


def places(
    value: dict[Any, Any] | list[Any], path: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, ...]]:
    """The way to each value within a config."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in items:
        yield (*path, key)
        if isinstance(below, dict | list):
            yield from places(below, (*path, key))


def many_kinds() -> keras.Sequential:
    within = [layers.ReLU(), layers.Rescaling([0.5, 2]), layers.Reshape((-1,)), layers.Softmax()]
    convolution = layers.SeparableConv2D(2, 3)
    start = [layers.ZeroPadding2D(), convolution, layers.BatchNormalization()]
    within = keras.Sequential(within)
    return keras.Sequential([keras.Input((28, 28, 1)), *start, within, layers.Dense(10)])


def chain() -> keras.Model:
    inputs = keras.Input((28, 28, 1))
    x = layers.GlobalAveragePooling2D()(layers.Normalization(mean=0.1, variance=1)(inputs))
    return keras.Model(inputs, layers.Dense(10)(layers.Dropout(0.1)(x)))


@pytest.mark.parametrize("make", [many_kinds, chain])
def test_whatever_a_value_becomes_it_is_read_or_refused(make: Callable[..., Any]) -> None:
    """Each value of the config, one after the other, becomes something else."""
    config = json.loads(unpacked(saved(make()))[CONFIG])
    assert read_config(json.dumps(config).encode()).stack.layers
    for path in list(places(config["config"])):
        others: tuple[Any, ...] = (
            [],
            [[[[1]]]],
            {},
            "x",
            -1,
            1e99,
            True,
            None,
            10**400,
            float("nan"),
        )
        for instead in others:
            changed = json.loads(json.dumps(config))
            place = changed["config"]
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = instead
            with contextlib.suppress(UploadError):  # anything else would be a traceback
                read_config(json.dumps(changed).encode())
