import hashlib
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlab.data.mnist import MNIST_PATH, DataError, Dataset, load_mnist
from digitlab.ui.inside.weights import HARDLY_INKED, NEVER_INKED
from digitlab.wording import pseudo
from digitlab.wording.language import speaking
from digitlab.wording.problems.digits_file import digits_file_words
from tests.shown_words import unsaid

# MD5 of the original IDX files, headers included.
ORIGINALS = {
    "x_train": "6bbc9ace898e44ae57da46a324031adb",
    "y_train": "a25bea736e30d166cdddb491f175f624",
    "x_test": "2646ac647ad5339dbf082846283269ea",
    "y_test": "27ae3e4e09519cfbb04c329615203637",
}


def idx_bytes(array: np.ndarray) -> bytes:
    """The array as an IDX file: two zero bytes, type, number of axes, sizes, data."""
    return struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


@pytest.mark.parametrize("name", ORIGINALS)
def test_arrays_are_the_original_files(mnist: Dataset, name: str) -> None:
    array = getattr(mnist, name)
    assert array.dtype == np.uint8
    assert hashlib.md5(idx_bytes(array)).hexdigest() == ORIGINALS[name]


def test_arrays_are_read_only(mnist: Dataset) -> None:
    for name in ORIGINALS:
        with pytest.raises(ValueError, match="read-only"):
            getattr(mnist, name)[0] = 0


def test_facts_of_the_article(mnist: Dataset) -> None:
    assert mnist.x_train.shape == (60000, 28, 28)
    assert mnist.x_test.shape == (10000, 28, 28)
    assert (mnist.y_train[8], mnist.y_test[0], mnist.y_train[0], mnist.y_test[11]) == (1, 7, 5, 6)


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def altered(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize("damage", [truncated, altered, lambda content: b""])
def test_damaged_file_is_one_clear_error(tmp_path: Path, damage: Callable[..., Any]) -> None:
    path = tmp_path / "mnist.npz"
    path.write_bytes(damage(MNIST_PATH.read_bytes()))
    with pytest.raises(DataError) as error:
        load_mnist(path)
    sentence = digits_file_words(error.value)
    assert re.search(r"digitlab/data/mnist\.npz, is damaged.*git checkout", sentence)
    assert not unsaid_words(error.value)


def test_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        load_mnist(tmp_path / "mnist.npz")
    sentence = digits_file_words(error.value)
    assert re.search(r"can't read .*digitlab/data/mnist\.npz.*git checkout", sentence)
    assert str(tmp_path) not in f"{sentence} {error.value}"  # nothing of the server's folders
    assert not unsaid_words(error.value)


def unsaid_words(error: DataError) -> list[str]:
    """What nobody could translate in its sentence, but for the file and the command."""
    said = speaking(pseudo.NAME, lambda: digits_file_words(error))
    return unsaid(said.replace(f"git checkout -- {error.file}", "").replace(error.file, ""))


def test_pixels_that_hardly_a_training_digit_inks(mnist: Dataset) -> None:
    share = np.count_nonzero(mnist.x_train, axis=0) / len(mnist.x_train)
    assert np.count_nonzero(share == 0) == NEVER_INKED
    assert np.count_nonzero((share > 0) & (share < 0.01)) == HARDLY_INKED
