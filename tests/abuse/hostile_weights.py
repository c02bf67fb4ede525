"""`.keras` files whose HDF5 part is a trick, as whoever knows h5py can make it."""

import io
import pickle
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.uploads.models.making import WEIGHTS, packed, unpacked, with_arrays

KERNEL = "layers/dense/vars/0"
SHAPE = (784, 12)

Change = Callable[[h5py.File], object]


def _create(file: h5py.File, new: Any) -> None:
    file.create_dataset(KERNEL, data=new)


def refused(good: bytes, elsewhere: Path) -> Iterator[tuple[str, bytes]]:
    """What is not as Keras writes it; `elsewhere` is a file of the server's that some lead to."""
    for name, make in _kernels(elsewhere):
        yield f"kernel: {name}", with_arrays(good, _instead(make))
    for name, change in _trees(elsewhere):
        yield f"tree: {name}", with_arrays(good, change)
    files = unpacked(good)
    for name, content in (
        ("empty", b""),
        ("a pickle", pickle.dumps(np.zeros(3))),
        ("only its head", files[WEIGHTS][:64]),
        ("NumPy's", _npy()),
        ("text", b"\x89HDF\r\n\x1a\n" + b"A" * 5000),
        ("zeros", bytes(50_000)),
    ):
        yield f"no HDF5: {name}", packed({**files, WEIGHTS: content})


def _kernels(elsewhere: Path) -> Iterator[tuple[str, Change]]:
    zeros = np.zeros(SHAPE, "f4")
    for name, value in (
        ("turned", zeros.T),
        ("a number", np.float32(0)),
        ("one row less", zeros[1:]),
        ("a dimension more", zeros[None]),
        ("of 64 bits", zeros.astype("f8")),
        ("of 16 bits", zeros.astype("f2")),
        ("the other byte order", zeros.astype(">f4")),
        ("whole numbers", zeros.astype("i4")),
        ("complex", zeros.astype("c8")),
        ("records", np.zeros(SHAPE, [("a", "f4"), ("b", "f4")])),
        ("texts", np.full(SHAPE, b"abcd")),
        ("no number", np.full(SHAPE, np.nan, "f4")),
        ("endless", np.full(SHAPE, -np.inf, "f4")),
    ):
        yield name, partial(_create, new=value)
    yield "declared, and not there", lambda file: file.create_dataset(KERNEL, SHAPE, "f4")
    yield "nothing", lambda file: None
    yield "a type", lambda file: file.__setitem__(KERNEL, np.dtype("f4"))
    yield "without room", lambda file: file.create_dataset(KERNEL, data=h5py.Empty("f4"))
    yield (
        "of texts of any length",
        lambda file: file.create_dataset(KERNEL, SHAPE, h5py.string_dtype()),
    )
    yield "of references", lambda file: file.create_dataset(KERNEL, SHAPE, h5py.ref_dtype)
    yield (
        "a terabyte that is not there",
        lambda file: file.create_dataset(KERNEL, (784, 2**32), "f4"),
    )
    yield (
        "a terabyte in pieces",
        lambda file: file.create_dataset(
            KERNEL, (784, 2**28), "f4", chunks=(1, 2**20), compression="gzip"
        ),
    )
    yield "packed", lambda file: file.create_dataset(KERNEL, data=zeros, compression="gzip")
    yield "with a checksum", lambda file: file.create_dataset(KERNEL, data=zeros, fletcher32=True)
    yield (
        "that can grow",
        lambda file: file.create_dataset(KERNEL, data=zeros, maxshape=(None, None)),
    )
    yield (
        "in a file of the server's",
        lambda file: file.create_dataset(
            KERNEL, SHAPE, "f4", external=[(str(elsewhere), 0, 4 * 784 * 12)]
        ),
    )
    yield "virtual", lambda file: file.create_virtual_dataset(KERNEL, _virtual(elsewhere))


def _trees(elsewhere: Path) -> Iterator[tuple[str, Change]]:
    yield "link to a file", _linked(KERNEL, h5py.ExternalLink(f"{elsewhere}.h5", "kernel"))
    yield "link to a device", _linked(KERNEL, h5py.ExternalLink("/dev/zero", "/"))
    yield "link to a pipe", _linked("layers/dense", h5py.ExternalLink("/dev/stdin", "/"))
    yield "link to another array", _moved_behind_a_link
    yield "link to itself", _linked(KERNEL, h5py.SoftLink(f"/{KERNEL}"))
    yield "all layers elsewhere", _linked("layers", h5py.ExternalLink(f"{elsewhere}.h5", "/"))
    yield "a circle", _circle
    yield "no layers", lambda file: file.__delitem__("layers")
    yield "no second layer", lambda file: file.__delitem__("layers/dense_1")
    yield "one array more", lambda file: file.create_dataset("layers/dense/vars/2", data=[1.0])
    yield "other names", lambda file: file.move("layers/dense", "layers/thick")


def read(good: bytes) -> Iterator[tuple[str, bytes]]:
    """What is odd and says nothing of the weights."""
    for name, change in (
        (
            "an optimizer of garbage",
            lambda file: file.create_dataset("optimizer/vars/0", data=b"x"),
        ),
        ("a thousand groups", lambda file: file.create_group("/".join(["deep"] * 1000))),
        ("a layer more", lambda file: file.create_dataset("layers/lambda/vars/0", data=[1.0])),
        ("a pickle as a remark", lambda file: file.attrs.update(x=np.void(pickle.dumps(print)))),
        ("a long remark", lambda file: file.attrs.update(x="<script>" * 4000)),
    ):
        yield name, with_arrays(good, change)


def _instead(make: Change) -> Change:
    def change(file: h5py.File) -> None:
        del file[KERNEL]
        make(file)

    return change


def _linked(place: str, link: Any) -> Change:
    def change(file: h5py.File) -> None:
        del file[place]
        file[place] = link

    return change


def _moved_behind_a_link(file: h5py.File) -> None:
    file.move(KERNEL, "kernel")
    file[KERNEL] = h5py.SoftLink("/kernel")


def _circle(file: h5py.File) -> None:
    del file["layers/dense/vars"]
    file["layers/dense/vars"] = file["layers"]


def _virtual(elsewhere: Path) -> h5py.VirtualLayout:
    layout = h5py.VirtualLayout(SHAPE, "f4")
    layout[:] = h5py.VirtualSource(f"{elsewhere}.h5", "kernel", SHAPE)
    return layout


def _npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(SHAPE, "f4"))
    return file.getvalue()
