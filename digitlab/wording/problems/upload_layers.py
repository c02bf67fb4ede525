"""The sentences of `uploads` beside it that are about layers and how they follow one another."""

from typing import Final

from digitlab.architecture.errors import UploadProblem
from digitlab.wording.say import Message, to_say

DAMAGED: Final = to_say(
    "This file is damaged or not complete. Save the network again with "
    'model.save("network.keras"), and choose the new file.'
)
CHANGE: Final = to_say("Change this, train the network, and save it again.")
KNOWN: Final = to_say(
    "The lab can read these layers: Dense, Conv2D, DepthwiseConv2D, SeparableConv2D, pooling, "
    "BatchNormalization, Normalization, Rescaling, activations, Flatten, Reshape, ZeroPadding2D, "
    "Dropout, noise and augmentation."
)
"""`architecture.layers.KINDS` in words, short enough for a sentence."""

_SEQUENTIAL: Final = to_say(
    "Build the network with keras.Sequential([...]), train it, and save it again."
)
_WITHOUT: Final = to_say("Build the network without it, train it, and save it again.")
_FLOAT32: Final = to_say(
    'Build all layers and inputs with dtype="float32". Then train the network, and save it again.'
)
_POLICY: Final = to_say(
    'Write keras.config.set_dtype_policy("float32") before you build the network. Then train the '
    "network, and save it again."
)
_FEWER: Final = to_say("Use fewer units or filters.")
_LAST_AXIS: Final = to_say("Build the layer with axis=-1, train the network, and save it again.")

OF_THE_NETWORK: Final[dict[UploadProblem, Message]] = {
    UploadProblem.NO_NETWORK: to_say(
        "This file holds no network that the lab can read. The lab reads keras.Sequential models "
        "and functional models."
    ),
    UploadProblem.TOO_DEEP: to_say(
        "In this file, networks contain other networks, more than {most} deep. Build one network "
        "with keras.Sequential([...]), train it, and save it again."
    ),
    UploadProblem.TOO_MANY_DESCRIBED: to_say(
        "This network has more than {most} layers, and the lab takes no more. Use fewer layers."
    ),
    UploadProblem.BRANCHES: to_say(
        "This network has branches: a layer has several inputs, or its output goes to several "
        "layers. The lab reads only networks with one layer after the other."
    ),
    UploadProblem.CALLED_WITH: to_say(
        "The lab does not know “{value}”, which the layer “{layer}” in this file gets as an input. "
        "Use a layer such as keras.layers.Rescaling(1 / 255) instead. Then train the network, and "
        "save it again."
    ),
    UploadProblem.CALL_ARGUMENT: to_say(
        "The layer “{layer}” in this file is called with “{argument}” = “{value}”. The lab does "
        "not know this argument."
    ),
    UploadProblem.NETWORK_SETTING: to_say(
        "The network in this file has the setting “{setting}”. The lab does not know it."
    ),
    UploadProblem.NETWORK_DTYPE: to_say(
        "The network in this file uses “{dtype}” numbers. The lab uses 32-bit floats."
    ),
    UploadProblem.NO_INPUT_SHAPE: to_say(
        "This file does not say which inputs its network takes. If its first layer is Dense, put "
        "keras.Input(shape=(784,)) before it. If not, put keras.Input(shape=(28, 28, 1)) there. "
        "Then train the network, and save it again."
    ),
    UploadProblem.INPUT_DTYPE: to_say(
        "This network takes inputs of the type “{dtype}”. Build it with "
        'keras.Input(shape=(28, 28, 1), dtype="float32"), train it, and save it again.'
    ),
    UploadProblem.INPUT_MISMATCH: to_say(
        "A layer in this file takes inputs of shape {described}, but it gets {shape}."
    ),
    UploadProblem.NESTED_DTYPE: to_say(
        "A network inside this network takes inputs of the type “{dtype}”."
    ),
    UploadProblem.INPUT_SHAPE: to_say(
        "This network takes inputs of shape {shape}. The digits of the lab have the shape (784,), "
        "(28, 28) or (28, 28, 1). Build the network with keras.Input(shape=(28, 28, 1)), train it, "
        "and save it again."
    ),
    UploadProblem.TOO_MANY_LAYERS: to_say(
        "This network has {count} layers. The lab takes at most {most}. Use fewer layers."
    ),
    UploadProblem.TOO_MANY_PARAMETERS: to_say(
        "This network has {count} parameters. The lab takes at most {most}."
    ),
    UploadProblem.TOO_LARGE_OUTPUT: to_say(
        "A layer of this network gives {count} numbers. The lab takes at most {most}."
    ),
    UploadProblem.TOO_MANY_MULTIPLY_ADDS: to_say(
        "This network needs {count} multiplications for each picture. The lab takes at most "
        "{most}. Use fewer filters."
    ),
    UploadProblem.NO_PROBABILITIES: to_say(
        "The last layer of this network is {layer}, and its output has the shape {shape}. The lab "
        "needs ten probabilities. Make this the last layer: "
        'keras.layers.Dense(10, activation="softmax").'
    ),
    UploadProblem.NO_WEIGHTED_LAYER: to_say(
        "This network has no layer with weights, so it can't learn digits. Build it with layers "
        "such as keras.layers.Dense, train it, and save it again."
    ),
}
"""Sentences of a network as a whole; the names in braces are values of the error."""

NO_LAYER: Final = to_say(
    "This network has no layer after its input of shape {shape}. The lab needs ten probabilities. "
    'Make this the last layer: keras.layers.Dense(10, activation="softmax").'
)
"""Of `UploadProblem.NO_PROBABILITIES`, where no layer can be named."""

OF_A_LAYER: Final[dict[UploadProblem, Message]] = {
    UploadProblem.LAMBDA: to_say(
        "This file holds a Lambda layer, which can run any program. Build the network without it, "
        "train it, and save it again."
    ),
    UploadProblem.UNKNOWN_LAYER: to_say(
        "The lab does not know a layer in this file: “{kind}”. Build the network without it."
    ),
    UploadProblem.CUSTOM_LAYER: to_say(
        "The {kind} layer in this file is not the {kind} layer of Keras. Build the network without "
        "it."
    ),
    UploadProblem.LAYER_SETTING: to_say(
        "A {kind} layer in this file has the setting “{setting}” = “{value}”. The lab does not "
        "know it."
    ),
    UploadProblem.LAYER_DTYPE: to_say(
        "A {kind} layer in this file uses “{dtype}” numbers. The lab uses 32-bit floats."
    ),
    UploadProblem.MISSING_SETTING: to_say(
        "A {kind} layer in this file has no setting “{setting}”."
    ),
    UploadProblem.SETTING_TYPES: to_say(
        "A {kind} layer in this file has settings that are not of the right type."
    ),
    UploadProblem.CUSTOM_ACTIVATION: to_say(
        "A layer in this file has its own activation, which the lab can't read. Choose one by its "
        'name, such as activation="relu". Then train the network, and save it again.'
    ),
    UploadProblem.UNKNOWN_ACTIVATION: to_say(
        "The lab does not know the activation {activation}. It knows softmax. It also knows the "
        "activations of Keras that change each number alone, such as relu, tanh and sigmoid."
    ),
    UploadProblem.KERAS2_HARD_SIGMOID: to_say(
        "A layer in this file has the activation hard_sigmoid of Keras 2. In Keras 3 this is "
        'another function. Use activation="sigmoid", train the network, and save it again.'
    ),
    UploadProblem.SEVERAL_AXES: to_say(
        "A layer in this file works along several axes. The lab knows only the last axis."
    ),
    UploadProblem.MEAN_AND_VARIANCE: to_say(
        "A Normalization layer needs both a mean and a variance, or none of them."
    ),
    UploadProblem.RESHAPE_SIDES: to_say(
        "A Reshape layer must give arrays with 1 to {most} axes. Here they have {count}."
    ),
    UploadProblem.PADDING_PAIRS: to_say(
        "The padding of a ZeroPadding2D layer must be two pairs of numbers."
    ),
    UploadProblem.WINDOW_PAIRS: to_say(
        "The size of a window must be a pair of numbers. Its strides must be a pair too."
    ),
    UploadProblem.UNEQUAL_STRIDES: to_say(
        "A layer with filters for each channel must have two equal strides."
    ),
    UploadProblem.NO_PICTURE: to_say(
        "A {kind} layer takes pictures, such as (28, 28, 1), but here it gets {shape}. Build the "
        "network with keras.Input(shape=(28, 28, 1)), and put Flatten only after the last such "
        "layer."
    ),
    UploadProblem.NOTHING_LEFT: to_say(
        "After a {kind} layer nothing of the picture is left: its window is larger than {shape}. "
        "Use smaller windows or fewer layers of this kind."
    ),
    UploadProblem.AXIS: to_say(
        "A {kind} layer in this file works along axis {axis} of {shape}. The lab knows only the "
        "last axis."
    ),
    UploadProblem.CHANNELS: to_say(
        "A {kind} layer in this file has {count} numbers for inputs of shape {shape}. Give it one "
        "number, or one for each channel. Then save the network again."
    ),
    UploadProblem.RESHAPE_SIZE: to_say(
        "A Reshape layer in this file turns {shape} into {target}, but these have different "
        "numbers of values. Build it so that both numbers are the same."
    ),
    UploadProblem.WHOLE_NUMBERS: to_say(
        "A {kind} layer in this file gets whole numbers ({dtype}). Build the network with "
        'keras.Input(shape=(28, 28, 1), dtype="float32"), train it, and save it again.'
    ),
}
"""Sentences of one of its layers."""

LAYER_REMEDIES: Final[dict[UploadProblem, Message]] = {
    UploadProblem.NO_NETWORK: _SEQUENTIAL,
    UploadProblem.BRANCHES: _SEQUENTIAL,
    UploadProblem.CALL_ARGUMENT: _WITHOUT,
    UploadProblem.NETWORK_SETTING: _SEQUENTIAL,
    UploadProblem.NETWORK_DTYPE: _POLICY,
    UploadProblem.INPUT_MISMATCH: DAMAGED,
    UploadProblem.NESTED_DTYPE: _FLOAT32,
    UploadProblem.TOO_MANY_PARAMETERS: _FEWER,
    UploadProblem.TOO_LARGE_OUTPUT: _FEWER,
    UploadProblem.LAMBDA: KNOWN,
    UploadProblem.UNKNOWN_LAYER: KNOWN,
    UploadProblem.CUSTOM_LAYER: KNOWN,
    UploadProblem.LAYER_SETTING: _WITHOUT,
    UploadProblem.LAYER_DTYPE: _FLOAT32,
    UploadProblem.MISSING_SETTING: DAMAGED,
    UploadProblem.SETTING_TYPES: DAMAGED,
    UploadProblem.UNKNOWN_ACTIVATION: CHANGE,
    UploadProblem.SEVERAL_AXES: _LAST_AXIS,
    UploadProblem.MEAN_AND_VARIANCE: CHANGE,
    UploadProblem.RESHAPE_SIDES: CHANGE,
    UploadProblem.PADDING_PAIRS: CHANGE,
    UploadProblem.WINDOW_PAIRS: CHANGE,
    UploadProblem.UNEQUAL_STRIDES: CHANGE,
    UploadProblem.AXIS: _LAST_AXIS,
}
"""What to do, where the sentence itself does not say it."""
