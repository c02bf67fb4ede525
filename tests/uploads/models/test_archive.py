"""Files that are no networks, damaged, or made to harm are refused in a sentence."""

import contextlib
import io
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models.archive import read_network
from tests.uploads.models.making import CONFIG, WEIGHTS, packed, unpacked, with_arrays
from tests.uploads.models.test_config import refusal
from tests.uploads.sentences import network_sentence

KERNEL = "layers/dense/vars/0"


def test_a_pickle_is_named_and_not_opened(tmp_path: Path) -> None:
    class Payload:
        def __reduce__(self) -> tuple[Callable[..., Any], tuple[str, str]]:
            return (open, (str(tmp_path / "it ran"), "w"))

    assert "pickle file. Such a file can run any program" in refusal(pickle.dumps(Payload()))
    assert not (tmp_path / "it ran").exists()


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("network/saved_model.pb", "SavedModel"),
        ("network/data.pkl", "PyTorch"),
        ("w.npy", "NumPy"),
        ("network.keras", "Unpack it"),
    ],
)
def test_other_zips_are_named(name: str, word: str) -> None:
    assert word in refusal(packed({name: b"x"}))


@pytest.mark.parametrize("missing", [CONFIG, WEIGHTS])
def test_a_zip_without_its_parts_is_no_keras_file(dense_file: bytes, missing: str) -> None:
    files = unpacked(dense_file)
    del files[missing]
    assert refusal(packed(files)) == network_sentence(UploadProblem.NO_KERAS_FILE)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 9])
def test_anything_else_is_no_keras_file(content: bytes) -> None:
    assert refusal(content) == network_sentence(UploadProblem.NO_KERAS_FILE)


def test_a_file_past_the_limit_is_refused_unread() -> None:
    assert refusal(b"PK" + bytes(limits.MAX_NETWORK_MEGABYTES << 20)) == network_sentence(
        UploadProblem.TOO_HEAVY
    )


@pytest.mark.parametrize("name", [CONFIG, WEIGHTS])
def test_a_zip_bomb_is_not_unpacked(dense_file: bytes, name: str) -> None:
    bomb = packed({**unpacked(dense_file), name: bytes(90 << 20)}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 300_000
    assert refusal(bomb) == network_sentence(UploadProblem.UNPACKS_TOO_LARGE)


def test_a_zip_bomb_that_says_it_is_small_is_not_unpacked(dense_file: bytes) -> None:
    content = packed({**unpacked(dense_file), WEIGHTS: bytes(90 << 20)}, zipfile.ZIP_DEFLATED)
    assert refusal(saying(content, 90 << 20, 1000)) == network_sentence(UploadProblem.DAMAGED)


def test_a_file_that_says_it_is_huge_is_not_unpacked(dense_file: bytes) -> None:
    files = unpacked(dense_file)
    content = saying(packed(files, zipfile.ZIP_DEFLATED), len(files[WEIGHTS]), 3 << 30)
    assert refusal(content) == network_sentence(UploadProblem.UNPACKS_TOO_LARGE)


def saying(
    content: bytes,
    size: int,
    other: int,
) -> bytes:
    """The zip with another size written where `size` was."""
    return content.replace(struct.pack("<I", size), struct.pack("<I", other))


def test_many_entries_are_refused(dense_file: bytes) -> None:
    more = {str(number): b"" for number in range(limits.MAX_ZIP_ENTRIES)}
    assert refusal(packed({**unpacked(dense_file), **more})) == network_sentence(
        UploadProblem.NO_KERAS_FILE
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_configs_are_refused(dense_file: bytes) -> None:
    file = io.BytesIO(dense_file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(CONFIG, "{}")
    assert refusal(file.getvalue()) == network_sentence(UploadProblem.NO_KERAS_FILE)


def test_other_ways_of_packing_are_refused(dense_file: bytes) -> None:
    assert "packed in a way" in refusal(packed(unpacked(dense_file), zipfile.ZIP_BZIP2))


def test_a_password_is_refused(dense_file: bytes) -> None:
    content = bytearray(dense_file)
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = -1
        while (place := content.find(signature, place + 1)) >= 0:
            content[place + flags] |= 1
    assert "password" in refusal(bytes(content))


def test_a_deflated_file_is_read_all_the_same(
    dense_file: bytes, dense_model: keras.Sequential
) -> None:
    network = read_network(packed(unpacked(dense_file), zipfile.ZIP_DEFLATED))
    for ours, theirs in zip(network.weights, dense_model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_damaged(dense_file: bytes, share: float) -> None:
    assert refusal(dense_file[: int(share * len(dense_file))]) == network_sentence(
        UploadProblem.DAMAGED
    )


def test_flipped_bytes_in_the_arrays_are_found(dense_file: bytes) -> None:
    content = bytearray(dense_file)
    for place in range(len(content) // 2, len(content) // 2 + 5):
        content[place] ^= 0xFF
    assert refusal(bytes(content)) == network_sentence(UploadProblem.DAMAGED)


def test_flipped_bytes_in_hdf5_never_get_past_a_sentence(dense_file: bytes) -> None:
    """The zip's checksum is right, the HDF5 is not: changed in its first 3,000 bytes."""
    files = unpacked(dense_file)
    generator = np.random.default_rng(5)
    for _ in range(60):
        arrays = bytearray(files[WEIGHTS])
        for place in generator.integers(0, 3000, 8):
            arrays[place] = generator.integers(0, 256)
        with contextlib.suppress(UploadError):  # anything else would be a traceback
            network = read_network(packed({**files, WEIGHTS: bytes(arrays)}))
            assert [array.shape for array in network.weights] == [(784, 12), (12,), (12, 10), (10,)]


def replaced(make: Callable[..., Any]) -> Any:
    """A change of the HDF5 file: the first kernel goes, `make(file)` puts another there."""

    def change(file: h5py.File) -> None:
        del file[KERNEL]
        make(file)

    return change


def wrong_shape(file: h5py.File) -> None:
    file[KERNEL] = np.zeros((784, 13), "f4")


def wrong_type(file: h5py.File) -> None:
    file[KERNEL] = np.zeros((784, 12), "f8")


def text(file: h5py.File) -> None:
    file[KERNEL] = "hello"


def a_group(file: h5py.File) -> None:
    file.create_group(KERNEL)


def soft_link(file: h5py.File) -> None:
    file["kernel"] = np.zeros((784, 12), "f4")
    file[KERNEL] = h5py.SoftLink("/kernel")


def chunked(file: h5py.File) -> None:
    file.create_dataset(KERNEL, data=np.zeros((784, 12), "f4"), compression="gzip")


def unwritten(file: h5py.File) -> None:
    file.create_dataset(KERNEL, (784, 12), "f4")  # declared, but not there


def nothing(file: h5py.File) -> None:
    pass


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (wrong_shape, "the shape (784, 13), but its layer needs (784, 12)"),
        (wrong_type, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (text, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (a_group, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (soft_link, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (chunked, network_sentence(UploadProblem.NOT_AS_KERAS)),
        (unwritten, network_sentence(UploadProblem.DAMAGED)),
        (nothing, "in this file needs 2 arrays, but the file has 1."),
    ],
)
def test_arrays_that_are_not_as_keras_writes_them_are_refused(
    dense_file: bytes, make: Callable[..., Any], words: str
) -> None:
    assert words in refusal(with_arrays(dense_file, replaced(make)))


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the server's, as large as the kernel, and an HDF5 file with such an array."""
    path = tmp_path / "secret"
    path.write_bytes(np.full((784, 12), 0.5, "f4").tobytes())
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["kernel"] = np.full((784, 12), 0.5, "f4")
    return path


def test_external_storage_is_refused(dense_file: bytes, secret: Path) -> None:
    def make(file: h5py.File) -> None:
        file.create_dataset(KERNEL, (784, 12), "f4", external=[(str(secret), 0, 784 * 12 * 4)])

    assert refusal(with_arrays(dense_file, replaced(make))) == network_sentence(
        UploadProblem.NOT_AS_KERAS
    )


def test_external_links_are_refused_and_not_followed(
    dense_file: bytes, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(file: h5py.File) -> None:
        file[KERNEL] = h5py.ExternalLink(f"{secret}.h5", "kernel")

    assert refusal(with_arrays(dense_file, replaced(make))) == network_sentence(
        UploadProblem.NOT_AS_KERAS
    )
    secret.with_name("secret.h5").unlink()  # whether it is there must make no difference
    assert refusal(with_arrays(dense_file, replaced(make))) == network_sentence(
        UploadProblem.NOT_AS_KERAS
    )


def test_virtual_arrays_are_refused(dense_file: bytes, secret: Path) -> None:
    def make(file: h5py.File) -> None:
        layout = h5py.VirtualLayout((784, 12), "f4")
        layout[:] = h5py.VirtualSource(f"{secret}.h5", "kernel", (784, 12))
        file.create_virtual_dataset(KERNEL, layout)

    assert refusal(with_arrays(dense_file, replaced(make))) == network_sentence(
        UploadProblem.NOT_AS_KERAS
    )


def test_a_link_in_place_of_a_layer_is_refused(dense_file: bytes, secret: Path) -> None:
    def change(file: h5py.File) -> None:
        del file["layers/dense"]
        file["layers/dense"] = h5py.ExternalLink(f"{secret}.h5", "/")

    assert refusal(with_arrays(dense_file, change)) == network_sentence(UploadProblem.NOT_AS_KERAS)


def test_a_layer_without_arrays_is_refused(dense_file: bytes) -> None:
    def change(file: h5py.File) -> None:
        del file["layers/dense_1"]

    assert "weights of a layer are missing" in refusal(with_arrays(dense_file, change))


def test_weights_that_are_no_numbers_say_that_the_training_diverged(dense_file: bytes) -> None:
    def change(file: h5py.File) -> None:
        file[KERNEL][3, 3] = np.nan

    assert refusal(with_arrays(dense_file, change)) == network_sentence(UploadProblem.NOT_FINITE)


def test_keras_itself_would_have_taken_the_file_that_these_tests_change(
    dense_file: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "network.keras"
    path.write_bytes(packed(unpacked(dense_file)))
    assert (
        keras.saving.load_model(path).count_params()
        == read_network(path.read_bytes()).architecture.parameters
    )
