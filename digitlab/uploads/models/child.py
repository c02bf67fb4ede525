"""The process that reads one brought file: `python -m digitlab.uploads.models.child`.

The file comes on stdin. On stdout goes one line of JSON, the network's layers or a refusal, and
after the layers their arrays as little-endian 32-bit floats. See `isolated` for the other end.
"""

import json
import sys
from dataclasses import asdict

from digitlab import limits
from digitlab.architecture.errors import DAMAGED, UploadError
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel
from digitlab.uploads.sandbox.confined import confine


def main() -> None:
    """Read, and answer."""
    confine(limits.READING_MEGABYTES, limits.READING_SECONDS)
    try:
        _answer(read_network(sys.stdin.buffer.read()))
    except UploadError as error:
        _say({"refused": str(error)})
    except MemoryError:
        _say({"refused": DAMAGED})


def _answer(network: ParsedModel) -> None:
    stack = network.architecture
    layers = [[type(layer).__name__, asdict(layer)] for layer in stack.layers]
    header = {"input_shape": stack.input_shape, "input_dtype": stack.input_dtype}
    _say({**header, "layers": layers, "origin": asdict(stack.origin)})
    for array in network.weights:
        sys.stdout.buffer.write(array.tobytes())


def _say(header: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")


if __name__ == "__main__":
    main()
