"""Why a network from a file can't be taken, in words: one sentence, with the way out."""

from typing import Any

from digitlab import limits
from digitlab.architecture.errors import RULES, UploadError, UploadProblem
from digitlab.architecture.layers import written
from digitlab.architecture.stack import LayerStack
from digitlab.specs.checks import sentence
from digitlab.wording.numerals import SPACE
from digitlab.wording.upload_layers import CHANGE, DAMAGED, OF_A_LAYER, OF_THE_NETWORK

_SAVE = 'Save the network with model.save("network.keras"), and choose that file.'

_OF_THE_FILE = {
    UploadProblem.DAMAGED: DAMAGED,
    UploadProblem.TOO_HEAVY: (
        f"That file is larger than {{limits.MAX_NETWORK_MEGABYTES}}{SPACE}MB. Take fewer units or "
        "filters, or save the network without its optimizer: model.compile(optimizer=None) before "
        "model.save."
    ),
    UploadProblem.TOO_SLOW: (
        "Reading this file took longer than {limits.READING_SECONDS} s, and was given up. Save the "
        'network once more with model.save("network.keras"), and try again.'
    ),
    UploadProblem.BUSY: (
        "Others are bringing their networks just now. Try again in a few seconds."
    ),
    UploadProblem.NO_KERAS_FILE: f"That is no .keras file. {_SAVE}",
    UploadProblem.UNPACKS_TOO_LARGE: (
        f"What this file unpacks to is too large for a network. {_SAVE}"
    ),
    UploadProblem.OTHER_COMPRESSION: (
        f"This file is packed in a way that Keras does not use. {_SAVE}"
    ),
    UploadProblem.ENCRYPTED: f"This file is locked with a password. {_SAVE}",
    UploadProblem.PICKLE: (
        f"That is a pickle, which can run any program: the lab never opens one. {_SAVE}"
    ),
    UploadProblem.SAVED_MODEL: f"That is a SavedModel of TensorFlow. {_SAVE}",
    UploadProblem.PYTORCH: f"That is a file of PyTorch; the lab reads Keras's only. {_SAVE}",
    UploadProblem.NUMPY: f"That is a file of NumPy arrays. {_SAVE}",
    UploadProblem.ZIPPED: (
        "That is a zip with a .keras file in it. Unpack it, and choose the .keras file."
    ),
    UploadProblem.OTHER_HDF5: (
        f"This is an HDF5 file, but none in which Keras saved a network. {_SAVE}"
    ),
    UploadProblem.WEIGHTS_ONLY: (
        "This file holds the weights of a network only, not its layers. Save the whole network, "
        'with model.save("network.keras") in the place of model.save_weights, and choose that '
        "file."
    ),
    UploadProblem.WEIGHTS_MISSING: (
        "The weights of a layer are missing in this file. Save the whole network with "
        'model.save("network.keras"), after training.'
    ),
    UploadProblem.NOT_AS_KERAS: (
        "The weights in this file are not stored as Keras stores them. Save the network once more "
        'with model.save("network.keras"), and change nothing in the file.'
    ),
    UploadProblem.ARRAY_COUNT: (
        f"A layer of this file should have {{needed}} arrays, and has {{stored}}. {DAMAGED}"
    ),
    UploadProblem.NAMED_ARRAY_COUNT: (
        "The layer {layer} should have {needed} arrays in this file, and has {stored}. "
        f"{DAMAGED}"
    ),
    UploadProblem.ARRAY_SHAPE: (
        "An array in this file has the shape {stored!r}, and its layer needs {needed!r}. "
        f"{DAMAGED}"
    ),
    UploadProblem.NOT_FINITE: (
        "Some weights in this file are no numbers (NaN or infinite): the training diverged. Train "
        "it again with a smaller learning rate, and save it before that happens."
    ),
    UploadProblem.NEGATIVE_VARIANCE: (
        "A layer of this file has a variance below 0, which no numbers have. Train the network "
        'again, and save it with model.save("network.keras").'
    ),
}

_SOFTMAX_ADDED = (
    "It ends without an activation, so it gives ten numbers of any size. The lab puts a softmax "
    "behind them, which makes them probabilities."
)

_SHARES_MADE = (
    "It ends with a sigmoid for each digit, so its ten numbers need not add up to 1. The lab "
    "divides each by the sum of all ten, which makes them shares; the answer stays the same."
)

_SENTENCES = {**_OF_THE_FILE, **OF_THE_NETWORK, **OF_A_LAYER}
_RULES = {problem: rule for rule, problem in RULES.items()}


class _Shape(tuple[int, ...]):
    """A shape that is written short: a stranger's may have many sides."""

    def __format__(self, spec: str) -> str:
        return written(tuple(self))


def network_refusal(error: UploadError) -> str:
    """What is said of a network that can't be taken, with what to do.

    >>> network_refusal(UploadError(UploadProblem.INPUT_SHAPE, shape=(9, 9))).split(".")[0]
    'This network takes inputs of shape (9, 9)'
    """
    if rule := _RULES.get(error.problem):
        return f"{sentence(rule, **error.values)} {CHANGE}"
    return _SENTENCES[error.problem].format(limits=limits, **_written(error))


def _written(error: UploadError) -> dict[str, Any]:
    """The values as a sentence has them."""
    values: dict[str, Any] = {
        name: _Shape(value) if isinstance(value, tuple) else value
        for name, value in error.values.items()
    }
    if error.problem is UploadProblem.NO_PROBABILITIES:
        values["layer"] = values["layer"] or "its input"
    return values


def output_notes(stack: LayerStack) -> tuple[str, ...]:
    """What the lab makes of a network's ten numbers, if they are no probabilities themselves."""
    notes = {_SOFTMAX_ADDED: stack.gives_logits, _SHARES_MADE: stack.gives_sigmoids}
    return tuple(note for note, holds in notes.items() if holds)
