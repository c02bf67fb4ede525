"""The answer to one question about a network, or why there is none."""

from collections.abc import Callable
from typing import Any

from digitlab.records.networks import ModelWeights
from digitlab.records.training import Failure

_WORDS = 300  # of an error, in the log


def answer(task: Callable[..., Any], network: ModelWeights, *arguments: Any) -> Any:
    """What a task finds out about a network; a `Failure` if it raises.

    An error of TensorFlow's would bring TensorFlow into the web process that reads it.
    """
    try:
        return task(network, *arguments)
    except Exception as error:
        return Failure(type(error).__name__, " ".join(str(error).split())[:_WORDS])
