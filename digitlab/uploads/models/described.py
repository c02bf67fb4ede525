"""What a file says of each layer, unchecked: one flat list, whatever the dialect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem

INPUT = "InputLayer"


@dataclass(frozen=True, eq=False)
class Described:
    """One layer as a file describes it; a network within the network is its layers.

    Attributes:
        kind: its class, by Keras's name.
        config: its settings, as they are in the file.
        groups: under which names its arrays lie in the `.keras` file, one for each network around
            it.
        outermost: the name of the layer of the outermost network that it is, or is within.
        trainable: whether it, and all networks around it, were to be trained.
    """

    kind: str
    config: Mapping[str, Any]
    groups: tuple[str, ...]
    outermost: str
    trainable: bool


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object.

    Raises:
        UploadError: if it is something else.
    """
    if not isinstance(value, dict):
        raise UploadError(UploadProblem.DAMAGED)
    return value


def entries(value: object) -> list[Any]:
    """A JSON array.

    Raises:
        UploadError: if it is something else.
    """
    if not isinstance(value, list):
        raise UploadError(UploadProblem.DAMAGED)
    return value
