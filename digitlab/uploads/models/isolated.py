"""A stranger's file is read in a process of its own: what it does there hurts nobody.

The HDF5 library is written in C. A file made for it could crash it, keep it busy or fill the
memory; then the reader ends, and the visitor gets a sentence.
"""

import logging
import math
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from digitlab import limits
from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.architecture.layers import KINDS
from digitlab.architecture.origin import Origin
from digitlab.architecture.stack import LayerStack
from digitlab.uploads.models.parsed import Array, ParsedModel
from digitlab.uploads.models.refusals import REFUSALS
from digitlab.uploads.sandbox import answers, asking

logger = logging.getLogger(__name__)

READER = asking.reader("digitlab.uploads.models.child")

_NO_PLUGINS = {"HDF5_PLUGIN_PRELOAD": "::"}

_MOST_BYTES = 4 * limits.MAX_UPLOADED_PARAMETERS + 1024 * limits.MAX_CONFIG_KILOBYTES
"""Of an answer: all parameters, and a line with the layers."""

_turns = threading.BoundedSemaphore(limits.READERS)


def read_isolated(content: bytes, reader: Sequence[str] = READER) -> ParsedModel:
    """The network in a `.keras` file, read by another process within limits.

    Raises:
        UploadError: if it can't be read, for whatever reason.
    """
    if len(content) > limits.MAX_NETWORK_MEGABYTES * 1024 * 1024:
        raise UploadError(UploadProblem.TOO_HEAVY)
    if not _turns.acquire(timeout=limits.READING_SECONDS):
        raise UploadError(UploadProblem.BUSY)
    try:
        answer = _ask(content, reader)
    finally:
        _turns.release()
    try:
        header, numbers = answers.parse(answer)
        refused = answers.refusal(header, REFUSALS)
        if refused is None:
            return _network(header, numbers)
    except Exception as error:  # the reader itself could have been taken over
        logger.warning("The reader of an uploaded network gave no sense.", exc_info=error)
        raise UploadError(UploadProblem.DAMAGED) from error
    problem, values = refused
    raise UploadError(problem, **values)


def _ask(content: bytes, reader: Sequence[str]) -> bytes:
    """What the reader answers."""
    try:
        return asking.ask(
            reader,
            content,
            most=_MOST_BYTES,
            seconds=limits.READING_SECONDS,
            variables=_NO_PLUGINS,
        )
    except asking.SlowReaderError as error:
        raise UploadError(UploadProblem.TOO_SLOW) from error
    except asking.ReaderError as error:
        logger.warning("The reader of an uploaded network gave no answer. %s", str(error))
        raise UploadError(UploadProblem.DAMAGED) from error


def _network(header: dict[str, Any], numbers: bytes) -> ParsedModel:
    """The reader's answer, checked once more."""
    # The layers' classes check each setting once more.
    layers = tuple(KINDS[kind](**answers.tuples(settings)) for kind, settings in header["layers"])
    origin = Origin(**answers.tuples(header["origin"]))
    stack = LayerStack(tuple(header["input_shape"]), layers, header["input_dtype"], origin)
    return ParsedModel(stack, tuple(_arrays(stack, numbers)))


def _arrays(stack: LayerStack, numbers: bytes) -> Iterator[Array]:
    if len(numbers) != 4 * stack.parameters:
        raise UploadError(UploadProblem.DAMAGED)
    first = 0
    for layer in stack.weight_shapes:
        for shape in layer:
            count = math.prod(shape)
            yield np.frombuffer(numbers, "<f4", count, first).reshape(shape)
            first += 4 * count
