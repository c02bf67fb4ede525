"""Why the lab can't take a network from a file, in words, with what to do."""

from typing import Any, Final

from digitlab import limits
from digitlab.architecture.errors import RULES, UploadError, UploadProblem
from digitlab.architecture.layers import written
from digitlab.architecture.stack import LayerStack
from digitlab.wording.numerals import whole
from digitlab.wording.problems.choice_rules import rule_words
from digitlab.wording.problems.upload_layers import (
    CHANGE,
    DAMAGED,
    LAYER_REMEDIES,
    NO_LAYER,
    OF_A_LAYER,
    OF_THE_NETWORK,
)
from digitlab.wording.say import Message, say, say_message, to_say

_SAVE: Final = to_say('Save the network with model.save("network.keras"), and choose that file.')

_OF_THE_FILE: Final[dict[UploadProblem, Message]] = {
    UploadProblem.DAMAGED: DAMAGED,
    UploadProblem.TOO_HEAVY: to_say(
        "This file is larger than {most}\N{NO-BREAK SPACE}MB. Use fewer units or filters. Or save "
        "the network without its optimizer: write model.compile(optimizer=None) before model.save."
    ),
    UploadProblem.TOO_SLOW: to_say(
        "The lab needed more than {most} s to read this file, so it stopped. Save the network "
        'again with model.save("network.keras"), and try again.'
    ),
    UploadProblem.BUSY: to_say(
        "The lab is reading the networks of other people now. Try again in a few seconds."
    ),
    UploadProblem.NO_KERAS_FILE: to_say("This is not a .keras file."),
    UploadProblem.UNPACKS_TOO_LARGE: to_say("The data in this file are too large for a network."),
    UploadProblem.OTHER_COMPRESSION: to_say(
        "This file is packed in a way that Keras does not use."
    ),
    UploadProblem.ENCRYPTED: to_say("This file has a password."),
    UploadProblem.PICKLE: to_say(
        "This is a pickle file. Such a file can run any program, so the lab never opens it."
    ),
    UploadProblem.SAVED_MODEL: to_say(
        "This is a TensorFlow SavedModel. The lab reads only .keras and .h5 files."
    ),
    UploadProblem.PYTORCH: to_say("This is a PyTorch file. The lab reads only files from Keras."),
    UploadProblem.NUMPY: to_say("This file holds NumPy arrays, not a network."),
    UploadProblem.ZIPPED: to_say(
        "This is a zip file with a .keras file in it. Unpack it, and choose the .keras file."
    ),
    UploadProblem.OTHER_HDF5: to_say("This is an HDF5 file, but it holds no network from Keras."),
    UploadProblem.WEIGHTS_ONLY: to_say(
        "This file holds only the weights of a network, not its layers. Save the whole network "
        'with model.save("network.keras") instead of model.save_weights. Then choose that file.'
    ),
    UploadProblem.WEIGHTS_MISSING: to_say(
        "The weights of a layer are missing in this file. Train the network, and save all of it "
        'with model.save("network.keras").'
    ),
    UploadProblem.NOT_AS_KERAS: to_say(
        "The weights in this file are not stored in the way of Keras. Save the network again with "
        'model.save("network.keras"), and do not change the file.'
    ),
    UploadProblem.ARRAY_COUNT: to_say(
        "A layer in this file needs {needed} arrays, but the file has {stored}."
    ),
    UploadProblem.NAMED_ARRAY_COUNT: to_say(
        "The layer {layer} in this file needs {needed} arrays, but the file has {stored}."
    ),
    UploadProblem.ARRAY_SHAPE: to_say(
        "An array in this file has the shape {stored}, but its layer needs {needed}."
    ),
    UploadProblem.NOT_FINITE: to_say(
        "Some weights or answers of this network are not numbers (NaN or infinite). Perhaps the "
        "training went wrong. Train again with a smaller learning rate. Save the network while its "
        "loss is a number."
    ),
    UploadProblem.NEGATIVE_VARIANCE: to_say(
        "A layer in this file has a variance below 0. That is impossible. Train the network "
        'again, and save it with model.save("network.keras").'
    ),
}

_REMEDIES: Final[dict[UploadProblem, Message]] = {
    UploadProblem.NO_KERAS_FILE: _SAVE,
    UploadProblem.UNPACKS_TOO_LARGE: _SAVE,
    UploadProblem.OTHER_COMPRESSION: _SAVE,
    UploadProblem.ENCRYPTED: _SAVE,
    UploadProblem.PICKLE: _SAVE,
    UploadProblem.SAVED_MODEL: _SAVE,
    UploadProblem.PYTORCH: _SAVE,
    UploadProblem.NUMPY: _SAVE,
    UploadProblem.OTHER_HDF5: _SAVE,
    UploadProblem.ARRAY_COUNT: DAMAGED,
    UploadProblem.NAMED_ARRAY_COUNT: DAMAGED,
    UploadProblem.ARRAY_SHAPE: DAMAGED,
    **LAYER_REMEDIES,
}
"""Where the sentence itself names none."""

_MOST: Final[dict[UploadProblem, str]] = {
    UploadProblem.TOO_HEAVY: "MAX_NETWORK_MEGABYTES",
    UploadProblem.TOO_SLOW: "READING_SECONDS",
    UploadProblem.TOO_DEEP: "MAX_UPLOADED_DEPTH",
    UploadProblem.TOO_MANY_DESCRIBED: "MAX_UPLOADED_LAYERS",
    UploadProblem.TOO_MANY_LAYERS: "MAX_UPLOADED_LAYERS",
    UploadProblem.TOO_MANY_PARAMETERS: "MAX_UPLOADED_PARAMETERS",
    UploadProblem.TOO_LARGE_OUTPUT: "MAX_UPLOADED_OUTPUT",
    UploadProblem.TOO_MANY_MULTIPLY_ADDS: "MAX_UPLOADED_MULTIPLY_ADDS",
}
"""Name of the limit that a sentence tells."""

_SENTENCES: Final = {**_OF_THE_FILE, **OF_THE_NETWORK, **OF_A_LAYER}
_RULES: Final = {problem: rule for rule, problem in RULES.items()}


def network_refusal(error: UploadError) -> str:
    """What is said of a network that can't be taken, with what to do.

    >>> network_refusal(UploadError(UploadProblem.INPUT_SHAPE, shape=(9, 9))).split(".")[0]
    'This network takes inputs of shape (9, 9)'
    """
    problem = error.problem
    if rule := _RULES.get(problem):
        return f"{rule_words(rule, **error.values)} {say_message(CHANGE)}"
    most = {"most": whole(getattr(limits, _MOST[problem]))} if problem in _MOST else {}
    values = most | _written(error)
    if problem is UploadProblem.NO_PROBABILITIES and not values["layer"]:
        return say_message(NO_LAYER, **values)
    said = say_message(_SENTENCES[problem], **values)
    remedy = _REMEDIES.get(problem)
    return f"{said} {say_message(remedy)}" if remedy else said


def _written(error: UploadError) -> dict[str, str]:
    """The values as a sentence has them."""
    in_full = error.problem is UploadProblem.ARRAY_SHAPE  # else a stranger's may have many sides
    return {name: _value(value, in_full) for name, value in error.values.items()}


def _value(value: Any, in_full: bool) -> str:
    if isinstance(value, tuple):
        return repr(value) if in_full else written(value)
    return whole(value) if type(value) is int else str(value)


def output_notes(stack: LayerStack) -> tuple[str, ...]:
    """What the lab makes of a network's ten numbers, if they are no probabilities themselves."""
    notes = []
    if stack.gives_logits:
        notes.append(
            say(
                "Its last layer has no activation, so it gives ten numbers of any size. The lab "
                "adds a softmax, which turns them into probabilities."
            )
        )
    if stack.gives_sigmoids:
        notes.append(
            say(
                "Its last layer has a sigmoid for each digit, so its ten numbers may not add up "
                "to 1. The lab divides each number by their sum. The answer stays the same."
            )
        )
    return tuple(notes)
