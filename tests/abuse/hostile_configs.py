"""`.keras` files whose config is a trick: a good one, changed in one place."""

import base64
import marshal
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.uploads.models.making import CONFIG, packed, unpacked, with_config

CANARY = "DIGITLAB_TEST_CANARY"
"""Each program in these files makes the file that this variable of the environment names."""

_PROGRAM = f"__import__('pathlib').Path(__import__('os').environ['{CANARY}']).touch()"
_CODE = base64.b64encode(marshal.dumps(compile(_PROGRAM, "x", "exec"))).decode()
_MARSHALLED = {
    "class_name": "__lambda__",
    "config": {"code": _CODE, "defaults": None, "closure": None},
}
_EVAL = {
    "module": "builtins",
    "class_name": "function",
    "config": "exec",
    "registered_name": "exec",
}
_SYSTEM = {"module": "os", "class_name": "system", "config": {"command": _PROGRAM}}
_CALLED = {"module": "builtins", "class_name": "exec", "config": {"source": _PROGRAM}}

Change = Callable[[dict[str, Any]], object]


def _update(config: dict[str, Any], new: Any) -> None:
    config.update(new)


def _update_config(config: dict[str, Any], new: Any) -> None:
    config["config"].update(new)


def _update_input(config: dict[str, Any], new: Any) -> None:
    config["config"]["layers"][0]["config"]["batch_shape"] = new


def _update_layer(config: dict[str, Any], new: Any) -> None:
    _layer(config).update(new)


def _update_setting(config: dict[str, Any], name: str, new: Any) -> None:
    _layer(config)["config"][name] = new


def refused(good: bytes) -> Iterator[tuple[str, bytes]]:
    """What the lab does not know in every detail."""
    for name, change in (*_of_layers(), *_of_the_model()):
        yield name, with_config(good, change)
    files = unpacked(good)
    for name, text in (
        ("no JSON", b"raise SystemExit"),
        ("a pickle", b"cposix\nsystem\n(S'touch x'\ntR."),
        ("deep lists", b"[" * 100_000),
        ("deep objects", b'{"config":' * 20_000),
        ("many digits", b"9" * 100_000),
        ("a half sign", files[CONFIG].replace(b"relu", b"\xed\xa0\x80")),
        ("an escaped half sign", files[CONFIG].replace(b"relu", b"\\ud800")),
        ("a null in a word", files[CONFIG].replace(b"relu", b"relu\\u0000")),
        ("a name twice", files[CONFIG].replace(b'"units": 12', b'"units": 12, "units": 13')),
        ("no number", files[CONFIG].replace(b'"units": 12', b'"units": NaN')),
        ("an endless number", files[CONFIG].replace(b'"units": 12', b'"units": 1e999')),
    ):
        yield f"config: {name}", packed({**files, CONFIG: text})


def _of_layers() -> Iterator[tuple[str, Change]]:
    for name, layer in (
        ("Lambda", {"class_name": "Lambda", "config": {"function": _MARSHALLED}}),
        ("Lambda as a dense layer's own", {"registered_name": "Lambda"}),
        ("registered", {"registered_name": "stranger>Dense"}),
        ("another module", {"module": "os"}),
        ("a module that is loaded", {"module": "stranger.layers"}),
        ("a module as code", {"module": _PROGRAM}),
        ("no module", {"module": None}),
        ("TFSMLayer", {"class_name": "TFSMLayer", "config": {"filepath": "/etc"}}),
        ("exec", {"module": "builtins", "class_name": "exec", "config": _CALLED}),
        ("a class that is code", {"class_name": _PROGRAM}),
        ("a class that is a list", {"class_name": ["Dense"]}),
        ("a class that is an object", {"class_name": _CALLED}),
        ("a private name", {"class_name": "__class__"}),
        ("the base of all", {"class_name": "Layer", "config": {}}),
        ("wrapped", {"class_name": "TimeDistributed", "config": {"layer": _CALLED}}),
        ("config of a config", {"config": {"config": {"units": 12}}}),
        ("config that is a list", {"config": [["units", 12]]}),
        ("config that is code", {"config": _PROGRAM}),
        ("config that is missing", {"config": None}),
    ):
        yield f"layer: {name}", partial(_update_layer, new=layer)
    for setting, value in (
        ("activation", _MARSHALLED),
        ("activation", _EVAL),
        ("activation", {"module": "keras.src.utils", "class_name": "get_file", "config": {}}),
        ("activation", "os.system"),
        ("activation", _PROGRAM),
        ("activation", ["relu"]),
        ("units", -12),
        ("units", 0),
        ("units", 2**63),
        ("units", 12.5),
        ("units", "12"),
        ("units", [12]),
        ("units", {"__add__": 12}),
        ("use_bias", "__import__"),
        ("dtype", _SYSTEM),
        ("dtype", "float16"),
        ("dtype", {"class_name": "DTypePolicy", "config": {"name": _CALLED}}),
        ("dtype", {"class_name": "DTypePolicy", "config": None}),
        ("lora_rank", 4),
        ("quantization_config", _CALLED),
        ("get_config", _EVAL),
        ("__class__", "Lambda"),
        ("shared_object_id", 7),
    ):
        yield (
            f"setting: {setting} {str(value)[:30]}",
            partial(_update_setting, name=setting, new=value),
        )


def _of_the_model() -> Iterator[tuple[str, Change]]:
    for name, model in (
        ("Functional", {"class_name": "Functional"}),
        ("registered", {"registered_name": "stranger>Sequential"}),
        ("exec", {"class_name": "exec", "module": "builtins"}),
        ("config that is code", {"config": _PROGRAM}),
        ("config that is missing", {"config": None}),
    ):
        yield f"model: {name}", partial(_update, new=model)
    for name, inner in (
        ("layers as an object", {"layers": {"0": {}}}),
        ("layers as a word", {"layers": "Dense"}),
        ("no layers", {"layers": []}),
        ("layers that are none", {"layers": [None, 3, "x"]}),
        ("dtype that is code", {"dtype": _CALLED}),
    ):
        yield f"model: {name}", partial(_update_config, new=inner)
    yield (
        "model: 10,000 layers",
        lambda config: config["config"]["layers"].extend([_layer(config)] * 300),
    )
    yield (
        "model: itself within",
        lambda config: config["config"]["layers"].append(
            {"class_name": "Sequential", "module": "keras", "config": {"layers": [_layer(config)]}}
        ),
    )
    shapes: tuple[Any, ...] = (
        [None, 784, 1],
        [None, -784],
        [None, "784"],
        [None, 1e99],
        "784",
        {},
        [784],
    )
    for shape in shapes:
        yield (
            f"input: {shape}",
            partial(_update_input, new=shape),
        )


def read(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Tricks in places that say nothing of a trained network's answers: they are left alone."""
    for setting in ("kernel_initializer", "bias_regularizer", "kernel_constraint", "name"):
        for name, trick in (("exec", _EVAL), ("system", _SYSTEM), ("lambda", _MARSHALLED)):
            yield (
                f"{setting}: {name}",
                with_config(
                    good,
                    partial(_update_setting, name=setting, new=trick),
                ),
            )
    files = unpacked(good)
    yield "text of 16 bits", packed({**files, CONFIG: files[CONFIG].decode().encode("utf-16")})
    tricks: tuple[tuple[str, Any], ...] = (
        ("compile_config", {"optimizer": _CALLED, "loss": _MARSHALLED}),
        ("build_config", _SYSTEM),
        ("object", _CALLED),
        ("module", "os"),
    )
    for place, value in tricks:
        yield place, with_config(good, partial(_update, new={place: value}))


def _layer(config: dict[str, Any]) -> dict[str, Any]:
    """The first dense layer."""
    layer: dict[str, Any] = config["config"]["layers"][1]
    return layer
