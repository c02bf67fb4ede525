"""Networks in HDF5, of Keras 2 and 3: read as data; nothing outside the file is touched."""

import io
import json
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.data.mnist import Dataset
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.hdf5_heaps import have_ends
from digitlab.uploads.models.isolated import read_isolated
from digitlab.wording.problems.uploads import network_refusal
from tests.uploads.models.older import in_hdf5, in_hdf5_of_keras2, with_hdf5
from tests.uploads.models.random_weights import with_random_weights
from tests.uploads.models.test_config import refusal
from tests.uploads.models.test_dialects import (
    first_input_within,
    functional,
    functional_within,
    nested,
    older,
    same_answers,
)
from tests.uploads.models.test_layers import STACKS
from tests.uploads.sentences import network_sentence

layers = keras.layers
KERNEL = "model_weights/first/first/kernel:0"


def partly_frozen() -> keras.Sequential:
    """HDF5 has a network's trained arrays first: without that, these would be mixed up."""
    model = nested()
    inner = model.layers[1]
    inner.layers[0].trainable = False
    model.layers[3].layers[2].trainable = False
    return model


@pytest.mark.parametrize(
    "make", [older, nested, functional, functional_within, first_input_within, partly_frozen]
)
def test_what_keras_3_saves_as_h5_is_read(make: Callable[..., Any], mnist: Dataset) -> None:
    model = make()
    content = in_hdf5(model)
    same_answers(content, model, mnist)
    assert read_network(content).architecture.origin.hdf5


# Keras itself can't save some layers of augmentation as HDF5; RandomFlip is in `nested`.
@pytest.mark.parametrize("name", [name for name in STACKS if name != "augmentation"])
def test_every_kind_of_layer_is_read_from_h5(name: str, mnist: Dataset) -> None:
    end = [layers.Flatten(), layers.Dense(10)]
    model = with_random_weights(keras.Sequential([keras.Input((28, 28, 1)), *STACKS[name](), *end]))
    same_answers(in_hdf5(model), model, mnist)


def test_the_layout_of_keras_2_is_read(mnist: Dataset) -> None:
    model = older()
    content = in_hdf5_of_keras2(model)
    same_answers(content, model, mnist)
    assert read_network(content).architecture.origin.keras2


@pytest.fixture(scope="module")
def old_file() -> bytes:
    model = keras.Sequential(
        [keras.Input((784,)), layers.Dense(12, name="first"), layers.Dense(10, name="last")]
    )
    return in_hdf5_of_keras2(with_random_weights(model))


def test_weights_without_layers_are_refused_with_the_remedy(
    tmp_path: Path, old_file: bytes
) -> None:
    model = older()
    model.save_weights(tmp_path / "a.weights.h5")
    assert refusal((tmp_path / "a.weights.h5").read_bytes()) == network_sentence(
        UploadProblem.WEIGHTS_ONLY
    )

    def change(file: h5py.File) -> None:
        file.attrs["layer_names"] = file["model_weights"].attrs["layer_names"]
        del file.attrs["model_config"]

    assert refusal(with_hdf5(old_file, change)) == network_sentence(UploadProblem.WEIGHTS_ONLY)


def test_other_hdf5_is_named() -> None:
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        file["weights"] = [1.0]
    assert refusal(content.getvalue()) == network_sentence(UploadProblem.OTHER_HDF5)


def set_config(text: str) -> Any:
    def change(file: h5py.File) -> None:
        file.attrs["model_config"] = text

    return change


def many_configs(file: h5py.File) -> None:
    file.attrs["model_config"] = [file.attrs["model_config"]] * 3


def fixed_and_long(file: h5py.File) -> None:
    del file.attrs["model_config"]
    length = 1024 * limits.MAX_CONFIG_KILOBYTES + 1
    space = h5py.h5s.create(h5py.h5s.SCALAR)
    text = h5py.h5t.C_S1.copy()
    text.set_size(min(length, 60_000))  # HDF5 takes no longer ones
    h5py.h5a.create(file.id, b"model_config", text, space)


def no_text(file: h5py.File) -> None:
    file.attrs["model_config"] = 3.0


def pickled(file: h5py.File) -> None:
    file.attrs["model_config"] = np.void(b"\x80\x04.")


@pytest.mark.parametrize(
    "change",
    [
        set_config("{"),
        set_config("[]"),
        set_config('{"class_name": "Sequential", "config": []}'),
        set_config("[" * 100_000),
        set_config("NaN"),
        many_configs,
        fixed_and_long,
        no_text,
        pickled,
    ],
)
def test_configs_that_make_no_sense_are_damaged(
    old_file: bytes, change: Callable[..., Any]
) -> None:
    assert refusal(with_hdf5(old_file, change)) in (
        network_sentence(UploadProblem.DAMAGED),
        network_sentence(UploadProblem.OTHER_HDF5),
    )


def test_a_config_that_is_too_long_is_not_parsed(
    old_file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " " * (1024 * limits.MAX_CONFIG_KILOBYTES) + "{}"
    content = with_hdf5(old_file, set_config(text))
    monkeypatch.setattr(json, "loads", lambda text: pytest.fail("It was parsed."))
    with pytest.raises(UploadError) as raised:
        read_network(content)
    assert raised.value.problem is UploadProblem.DAMAGED


def replaced(make: Callable[..., Any], name: str = KERNEL) -> Any:
    """A change of the HDF5 file: something goes, `make(file)` puts another there."""

    def change(file: h5py.File) -> None:
        del file[name]
        make(file)

    return change


def soft_link(file: h5py.File) -> None:
    file["kernel"] = np.zeros((784, 12), "f4")
    file[KERNEL] = h5py.SoftLink("/kernel")


def chunked(file: h5py.File) -> None:
    file.create_dataset(KERNEL, data=np.zeros((784, 12), "f4"), compression="gzip")


def of_64_bits(file: h5py.File) -> None:
    file[KERNEL] = np.zeros((784, 12))


def objects(file: h5py.File) -> None:
    file.create_dataset(KERNEL, (784, 12), h5py.string_dtype())


def unwritten(file: h5py.File) -> None:
    file.create_dataset(KERNEL, (784, 12), "f4")


def infinite(file: h5py.File) -> None:
    file[KERNEL] = np.full((784, 12), np.inf, "f4")


def nothing(file: h5py.File) -> None:
    pass


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (soft_link, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (chunked, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (of_64_bits, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (objects, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (unwritten, network_sentence(UploadProblem.DAMAGED)),
        (infinite, network_sentence(UploadProblem.NOT_FINITE)),
        (nothing, "weights of a layer are missing"),
    ],
)
def test_arrays_that_are_not_as_keras_writes_them_are_refused(
    old_file: bytes, make: Callable[..., Any], words: str
) -> None:
    assert words in refusal(with_hdf5(old_file, replaced(make)))


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """An HDF5 file of the server's with such an array, and the array's bytes alone."""
    (tmp_path / "secret").write_bytes(np.full((784, 12), 0.5, "f4").tobytes())
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["first/kernel:0"] = np.full((784, 12), 0.5, "f4")
        file["bias:0"] = np.full(12, 0.5, "f4")
    return str(tmp_path / "secret")


def test_nothing_outside_the_file_is_read(old_file: bytes, secret: str) -> None:
    def external_data(file: h5py.File) -> None:
        file.create_dataset(KERNEL, (784, 12), "f4", external=[(secret, 0, 784 * 12 * 4)])

    def external_array(file: h5py.File) -> None:
        file[KERNEL] = h5py.ExternalLink(f"{secret}.h5", "first/kernel:0")

    def virtual(file: h5py.File) -> None:
        layout = h5py.VirtualLayout((784, 12), "f4")
        layout[:] = h5py.VirtualSource(f"{secret}.h5", "first/kernel:0", (784, 12))
        file.create_virtual_dataset(KERNEL, layout)

    for make in (external_data, external_array, virtual):
        assert refusal(with_hdf5(old_file, replaced(make))) == network_sentence(
            UploadProblem.NOT_AS_KERAS
        )
    for name in ("model_weights", "model_weights/first", "model_weights/first/first"):

        def external_group(file: h5py.File, name: Any = name) -> None:
            file[name] = h5py.ExternalLink(f"{secret}.h5", "/")

        assert refusal(with_hdf5(old_file, replaced(external_group, name))) == network_sentence(
            UploadProblem.NOT_AS_KERAS
        )


@pytest.mark.parametrize(
    "names",
    [
        ["last/kernel:0", "first/bias:0"],
        ["/model_weights/last/last/kernel:0", "first/bias:0"],
        ["first/../first/kernel:0", "first/bias:0"],
        ["./first/kernel:0", "first/bias:0"],
        ["first/bias:0", "first/kernel:0"],
        ["first/kernel:0"],
        ["first/kernel:0", "first/bias:0", "first/kernel:0"],
        ["first/kernel:0/", "first/bias:0"],
        ["first", "first/bias:0"],
        ["", ""],
        ["first/kernel:0"] * 1000,
        [1.5, 2.5],
        3,
    ],
)
def test_names_that_lead_elsewhere_are_refused(old_file: bytes, names: int | list[Any]) -> None:
    def change(file: h5py.File) -> None:
        file["model_weights/first"].attrs["weight_names"] = names

    assert refusal(with_hdf5(old_file, change)).endswith(".")


def test_a_layer_without_names_is_refused(old_file: bytes) -> None:
    def change(file: h5py.File) -> None:
        del file["model_weights/first"].attrs["weight_names"]

    assert "weights of a layer are missing" in refusal(with_hdf5(old_file, change))


def test_a_name_of_a_layer_that_leads_elsewhere_is_refused(old_file: bytes) -> None:
    for name in ("/", "..", "last", "first/first", "", None, 3, "\ud800"):

        def change(file: h5py.File, name: Any = name) -> None:
            config = json.loads(file.attrs["model_config"])
            config["config"]["layers"][1]["config"]["name"] = name
            file.attrs["model_config"] = json.dumps(config)

        assert refusal(with_hdf5(old_file, change)).endswith(".")


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9])
def test_a_truncated_file_is_damaged(old_file: bytes, share: float) -> None:
    assert refusal(old_file[: int(share * len(old_file))]) == network_sentence(
        UploadProblem.DAMAGED
    )


def test_flipped_bytes_never_get_past_a_sentence(old_file: bytes) -> None:
    generator = np.random.default_rng(zlib.crc32(b"hdf5"))
    for _ in range(100):
        content = bytearray(old_file)
        for place in generator.integers(8, 9000, 8):
            content[place] = generator.integers(0, 256)
        with suppress(UploadError):  # anything else would be a traceback
            network = read_network(bytes(content))
            assert network.weights[0].shape == (784, 12)


@pytest.fixture(scope="module")
def new_file() -> bytes:
    """Of Keras 3, whose texts lie in heaps."""
    return in_hdf5(with_random_weights(keras.Sequential([keras.Input((784,)), layers.Dense(10)])))


@pytest.mark.parametrize("size", [0, 8, 2**63, 2**64 - 8])
def test_a_heap_without_end_does_not_keep_the_reader_busy(new_file: bytes, size: int) -> None:
    """HDF5 itself looks for the next place for ever, if one of size 0 is free."""
    heap = new_file.rindex(b"GCOL\x01")
    free = struct.pack("<HHIQ", 0, 0, 0, size)
    content = new_file[: heap + 16] + free + new_file[heap + 32 :]
    with pytest.raises(UploadError) as raised:
        read_isolated(content)
    assert network_refusal(raised.value) == network_sentence(UploadProblem.DAMAGED)


def test_heaps_of_more_texts_than_any_network_has_are_refused(new_file: bytes) -> None:
    heap = b"GCOL\x01\0\0\0" + struct.pack("<Q", 16 + 16 * 120_000)
    place = struct.pack("<HHIQ", 1, 1, 0, 0)
    assert have_ends(new_file)
    assert not have_ends(new_file + heap + place * 120_000)
    assert not have_ends(
        new_file + heap.replace(b"\x01\0\0\0", b"\x01\x01\0\0", 1) + place * 120_000
    )
    assert not have_ends(new_file + heap[:9])
    assert have_ends(new_file + b"GCOL are four letters")


def test_damaged_heaps_never_get_past_a_sentence(new_file: bytes) -> None:
    heap = new_file.rindex(b"GCOL\x01")
    generator = np.random.default_rng(3)
    for _ in range(200):
        content = bytearray(new_file)
        for place in generator.integers(heap, heap + 600, 4):
            content[place] = generator.choice([0, 1, 0x7F, 0xFF])
        with suppress(UploadError):  # anything else would be a traceback, or no end
            assert read_network(bytes(content)).weights[0].shape == (784, 10)
