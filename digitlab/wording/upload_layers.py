"""The sentences of `wording.uploads` that are about layers and how they follow one another."""

from digitlab.architecture.errors import UploadProblem
from digitlab.architecture.layers import KNOWN

DAMAGED = (
    "This file is damaged or not complete. Save the network once more with "
    'model.save("network.keras"), and choose the new file.'
)
CHANGE = "Change this, train the network and save it again."
_SAVE_AGAIN = "train it and save it again."
_SEQUENTIAL = f"Build it with keras.Sequential([...]), {_SAVE_AGAIN}"
_FROM_KNOWN = f"The lab reads {KNOWN}. Build and train the network from these."
_UNKNOWN = "which the lab does not know"
_FEWER = "Take fewer units or filters."

OF_THE_NETWORK = {
    UploadProblem.NO_NETWORK: (
        "This file holds no keras.Sequential model and no functional one, and the lab reads no "
        "other. Build the network with keras.Sequential([...]), train it and save it again."
    ),
    UploadProblem.TOO_DEEP: (
        "In this file a network lies in a network more than {limits.MAX_UPLOADED_DEPTH} deep. "
        f"Build it with one keras.Sequential([...]), {_SAVE_AGAIN}"
    ),
    UploadProblem.TOO_MANY_DESCRIBED: (
        "This network has more than {limits.MAX_UPLOADED_LAYERS} layers; the lab takes no more. "
        "Take fewer."
    ),
    UploadProblem.BRANCHES: (
        "This network branches: a layer of it has several inputs, or its output goes to several "
        "layers. The lab reads networks whose layers follow one another. "
        f"{_SEQUENTIAL}"
    ),
    UploadProblem.CALLED_WITH: (
        f"The layer “{{layer}}” of this file is called with “{{value}}”, {_UNKNOWN}. Use a layer, "
        "such as keras.layers.Rescaling(1 / 255), train the network and save it again."
    ),
    UploadProblem.CALL_ARGUMENT: (
        "The layer “{layer}” of this file is called with “{argument}” = “{value}”, "
        f"{_UNKNOWN}. Build the network without it, {_SAVE_AGAIN}"
    ),
    UploadProblem.NETWORK_SETTING: (
        f"The network in this file has the setting “{{setting}}”, {_UNKNOWN}. {_SEQUENTIAL}"
    ),
    UploadProblem.NETWORK_DTYPE: (
        "The network in this file does not compute with 32-bit floats but with “{dtype}”. "
        f"Build it with dtype='float32', {_SAVE_AGAIN}"
    ),
    UploadProblem.NO_INPUT_SHAPE: (
        "This file does not say which inputs its network takes. Put keras.Input(shape=(784,)) "
        f"before its first layer, {_SAVE_AGAIN}"
    ),
    UploadProblem.INPUT_DTYPE: (
        "This network takes inputs of the type “{dtype}”. Build it with keras.Input(shape=(28, 28, "
        f'1), dtype="float32"), {_SAVE_AGAIN}'
    ),
    UploadProblem.INPUT_MISMATCH: (
        f"A layer of this file takes inputs of shape {{described}}, and gets {{shape}}. {DAMAGED}"
    ),
    UploadProblem.NESTED_DTYPE: (
        "A network within this network takes inputs of the type “{dtype}”. Build it with "
        'dtype="float32", train the network and save it again.'
    ),
    UploadProblem.INPUT_SHAPE: (
        "This network takes inputs of shape {shape}. The lab's digits have (784,), (28, 28) or "
        "(28, 28, 1): build it with keras.Input(shape=(28, 28, 1))."
    ),
    UploadProblem.TOO_MANY_LAYERS: (
        "This network has {count:,} layers; the lab takes {limits.MAX_UPLOADED_LAYERS:,} at most. "
        "Take fewer."
    ),
    UploadProblem.TOO_MANY_PARAMETERS: (
        "This network has {count:,} parameters; the lab takes {limits.MAX_UPLOADED_PARAMETERS:,} "
        f"at most. {_FEWER}"
    ),
    UploadProblem.TOO_LARGE_OUTPUT: (
        "This network has {count:,} numbers after one of its layers; the lab takes "
        f"{{limits.MAX_UPLOADED_OUTPUT:,}} at most. {_FEWER}"
    ),
    UploadProblem.TOO_MANY_MULTIPLY_ADDS: (
        "This network has {count:,} multiplications for each picture; the lab takes "
        "{limits.MAX_UPLOADED_MULTIPLY_ADDS:,} at most. Take fewer filters."
    ),
    UploadProblem.NO_PROBABILITIES: (
        "This network ends with {layer} and shape {shape}. The lab needs ten probabilities: end it "
        'with keras.layers.Dense(10, activation="softmax").'
    ),
    UploadProblem.NO_WEIGHTED_LAYER: (
        "This network has no layer with weights, such as Dense, so it can't learn digits. Build "
        "one with keras.layers.Dense, train it and save it."
    ),
}
"""Sentences of a network as a whole; the names in braces are values of the error."""

OF_A_LAYER = {
    UploadProblem.LAMBDA: (
        f"This file holds a Lambda layer, which can run any program. {_FROM_KNOWN}"
    ),
    UploadProblem.UNKNOWN_LAYER: (
        f"This file holds a layer that the lab does not know: “{{kind}}”. {_FROM_KNOWN}"
    ),
    UploadProblem.CUSTOM_LAYER: (
        f"This file holds a {{kind}} layer that is not Keras's own. {_FROM_KNOWN}"
    ),
    UploadProblem.LAYER_SETTING: (
        "A {kind} layer of this file has the setting “{setting}” = “{value}”, "
        f"{_UNKNOWN}. Build the network without it, {_SAVE_AGAIN}"
    ),
    UploadProblem.LAYER_DTYPE: (
        "The {kind} layer in this file does not compute with 32-bit floats but with “{dtype}”. "
        f"Build it with dtype='float32', {_SAVE_AGAIN}"
    ),
    UploadProblem.MISSING_SETTING: f"A {{kind}} layer of this file lacks {{setting}}. {DAMAGED}",
    UploadProblem.SETTING_TYPES: (
        f"A {{kind}} layer of this file has settings of another kind. {DAMAGED}"
    ),
    UploadProblem.CUSTOM_ACTIVATION: (
        "A layer of this file has an activation of its own, which the lab can't read. Take one by "
        'its name, such as activation="relu", train the network and save it again.'
    ),
    UploadProblem.UNKNOWN_ACTIVATION: (
        "The activation {activation} is none that the lab knows. The lab knows relu, tanh, "
        f"sigmoid, softmax and the others of Keras that bend each number for itself. {CHANGE}"
    ),
    UploadProblem.KERAS2_HARD_SIGMOID: (
        "A layer of this file has the activation hard_sigmoid of Keras 2, which is another "
        'function than that of Keras 3. Take activation="sigmoid", train the network and save it '
        "again."
    ),
    UploadProblem.SEVERAL_AXES: (
        "A layer of this file works along several axes; the lab knows the last axis only. Build it "
        "with axis=-1, train the network and save it again."
    ),
    UploadProblem.MEAN_AND_VARIANCE: (
        f"A Normalization layer needs both mean and variance, or none of them. {CHANGE}"
    ),
    UploadProblem.RESHAPE_SIDES: (
        f"A Reshape layer must have 1 to {{most}} sides; this one has {{count}}. {CHANGE}"
    ),
    UploadProblem.PADDING_PAIRS: (
        f"The padding of a ZeroPadding2D layer must be two pairs of numbers. {CHANGE}"
    ),
    UploadProblem.WINDOW_PAIRS: (
        f"The size of a window and its strides must be pairs of numbers. {CHANGE}"
    ),
    UploadProblem.UNEQUAL_STRIDES: (
        f"Both strides of a layer with filters for each channel must be the same. {CHANGE}"
    ),
    UploadProblem.NO_PICTURE: (
        "A {kind} layer takes pictures such as (28, 28, 1), and gets {shape}. Build the network "
        "with keras.Input(shape=(28, 28, 1)), and flatten after the last such layer."
    ),
    UploadProblem.NOTHING_LEFT: (
        "Nothing is left of the picture after a {kind} layer: its window is larger than {shape}. "
        "Take smaller windows or fewer such layers."
    ),
    UploadProblem.AXIS: (
        "A {kind} layer of this file works along axis {axis} of {shape}; the lab knows the last "
        "axis only. Build it with axis=-1, train the network and save it again."
    ),
    UploadProblem.CHANNELS: (
        "A {kind} layer of this file has {count} numbers for inputs of shape {shape}. Give it one "
        "number, or one for each channel, and save the network again."
    ),
    UploadProblem.RESHAPE_SIZE: (
        "A Reshape layer of this file makes {target} of {shape}, which is another count of "
        "numbers. Build the network so that the counts are the same."
    ),
    UploadProblem.WHOLE_NUMBERS: (
        "A {kind} layer of this file gets whole numbers ({dtype}). Build the network with "
        'keras.Input(shape=(28, 28, 1), dtype="float32") and train it again.'
    ),
}
"""Sentences of one of its layers."""
