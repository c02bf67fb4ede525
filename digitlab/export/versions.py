"""Which packages, in which versions, give the same numbers again."""

from collections.abc import Mapping
from importlib import metadata

_DECIDING = ("keras", "tensorflow", "numpy", "scikit-learn")
"""They make the numbers, so they are pinned."""

_DRAWING = "matplotlib>=3.9"
"""It draws them only, and is no package of the lab's."""


def requirements(versions: Mapping[str, str] | None = None) -> str:
    """What pip has to install, pinned, in one line.

    Args:
        versions: that made the numbers, as in `TrainedNetwork`; what is not among them is
            pinned to the installed version.
    """
    known = versions or {}
    pinned = [f"{name}=={known.get(name) or _installed(name)}" for name in _DECIDING]
    return " ".join([*pinned, f'"{_DRAWING}"'])


def _installed(name: str) -> str:
    """The version here; TensorFlow without GPU support is a package of its own."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return metadata.version(f"{name}-cpu")
