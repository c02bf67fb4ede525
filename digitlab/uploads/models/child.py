"""The process that reads one uploaded network: `python -m digitlab.uploads.models.child`.

The file comes on stdin. On stdout goes one line of JSON, the network's layers or the code of a
refusal, and after the layers their arrays as little-endian 32-bit floats. See `isolated` for the
other end.
"""

import sys
from dataclasses import asdict

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel
from digitlab.uploads.sandbox.answers import answer, refuse
from digitlab.uploads.sandbox.confined import confine


def main() -> None:
    """Read, and answer."""
    confine(limits.READING_MEGABYTES, limits.READING_SECONDS)
    try:
        network = read_network(sys.stdin.buffer.read())
    except UploadError as error:
        refuse(error.problem, error.values)
    except MemoryError:
        refuse(UploadProblem.DAMAGED)
    else:
        answer(_described(network), network.weights)


def _described(network: ParsedModel) -> dict[str, object]:
    """The network's layers as JSON can write them."""
    stack = network.architecture
    return {
        "input_shape": stack.input_shape,
        "input_dtype": stack.input_dtype,
        "layers": [[type(layer).__name__, asdict(layer)] for layer in stack.layers],
        "origin": asdict(stack.origin),
    }


if __name__ == "__main__":
    main()
