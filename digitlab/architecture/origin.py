"""How a file holds its network: what the Keras code that loads it must know."""

from dataclasses import dataclass

from digitlab.specs.checks import check_choice


@dataclass(frozen=True)
class Origin:
    """Where a network's layers were.

    Attributes:
        hdf5: whether the whole file is HDF5, which Keras reads under the ending .h5 only.
        nested: whether it is more than one flat `keras.Sequential`.
        keras2: whether Keras 2 wrote it.
        functions: TensorFlow's own names of its activation functions, where Keras needs to be told.
    """

    hdf5: bool = False
    nested: bool = False
    keras2: bool = False
    functions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("hdf5", "nested", "keras2"):
            check_choice(name, getattr(self, name), (True, False))
        for function in self.functions:
            check_choice("The activation", function, tuple(KERAS_NAMES))


PLAIN = Origin()
"""One `keras.Sequential` in a `.keras` file of Keras 3, as the lab itself saves it."""

KERAS_NAMES = {
    "softmax_v2": "softmax",
    "swish": "silu",
    "hard_swish": "hard_silu",
    "identity": "linear",
}
"""Keras's names of functions that have another name in TensorFlow or an older Keras."""
