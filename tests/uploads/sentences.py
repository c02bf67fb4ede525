"""What is said of each refusal, word for word: the oracle for the doors and for the wording."""

import json
from collections.abc import Mapping
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models.refusals import REFUSALS
from digitlab.uploads.pictures import PictureProblem
from digitlab.uploads.sandbox import answers
from digitlab.wording.uploads import network_refusal

NETWORKS: Mapping[UploadProblem, tuple[Mapping[str, Any], str]] = {
    UploadProblem.DAMAGED: (
        {},
        (
            "This file is damaged or not complete. Save the network once more with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.TOO_HEAVY: (
        {},
        (
            "That file is larger than 20\N{NO-BREAK SPACE}MB. Take fewer units or filters, or "
            "save the network"
            " without its optimizer: model.compile(optimizer=None) before model.save."
        ),
    ),
    UploadProblem.TOO_SLOW: (
        {},
        (
            "Reading this file took longer than 10 s, and was given up. Save the network once"
            ' more with model.save("network.keras"), and try again.'
        ),
    ),
    UploadProblem.BUSY: (
        {},
        ("Others are bringing their networks just now. Try again in a few seconds."),
    ),
    UploadProblem.NO_KERAS_FILE: (
        {},
        (
            'That is no .keras file. Save the network with model.save("network.keras"), and '
            "choose that file."
        ),
    ),
    UploadProblem.UNPACKS_TOO_LARGE: (
        {},
        (
            "What this file unpacks to is too large for a network. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.OTHER_COMPRESSION: (
        {},
        (
            "This file is packed in a way that Keras does not use. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.ENCRYPTED: (
        {},
        (
            "This file is locked with a password. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.PICKLE: (
        {},
        (
            "That is a pickle, which can run any program: the lab never opens one. Save the "
            'network with model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.SAVED_MODEL: (
        {},
        (
            "That is a SavedModel of TensorFlow. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.PYTORCH: (
        {},
        (
            "That is a file of PyTorch; the lab reads Keras's only. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.NUMPY: (
        {},
        (
            "That is a file of NumPy arrays. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.ZIPPED: (
        {},
        ("That is a zip with a .keras file in it. Unpack it, and choose the .keras file."),
    ),
    UploadProblem.OTHER_HDF5: (
        {},
        (
            "This is an HDF5 file, but none in which Keras saved a network. Save the network "
            'with model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.WEIGHTS_ONLY: (
        {},
        (
            "This file holds the weights of a network only, not its layers. Save the whole "
            'network, with model.save("network.keras") in the place of model.save_weights, '
            "and choose that file."
        ),
    ),
    UploadProblem.WEIGHTS_MISSING: (
        {},
        (
            "The weights of a layer are missing in this file. Save the whole network with "
            'model.save("network.keras"), after training.'
        ),
    ),
    UploadProblem.NOT_AS_KERAS: (
        {},
        (
            "The weights in this file are not stored as Keras stores them. Save the network "
            'once more with model.save("network.keras"), and change nothing in the file.'
        ),
    ),
    UploadProblem.ARRAY_COUNT: (
        {"needed": 2, "stored": 3},
        (
            "A layer of this file should have 2 arrays, and has 3. This file is damaged or "
            'not complete. Save the network once more with model.save("network.keras"), and '
            "choose the new file."
        ),
    ),
    UploadProblem.NAMED_ARRAY_COUNT: (
        {"layer": "dense_1", "needed": 2, "stored": 1},
        (
            "The layer dense_1 should have 2 arrays in this file, and has 1. This file is "
            "damaged or not complete. Save the network once more with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.ARRAY_SHAPE: (
        {"stored": (12, 10), "needed": (784, 12)},
        (
            "An array in this file has the shape (12, 10), and its layer needs (784, 12). "
            "This file is damaged or not complete. Save the network once more with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.NOT_FINITE: (
        {},
        (
            "Some weights in this file are no numbers (NaN or infinite): the training "
            "diverged. Train it again with a smaller learning rate, and save it before that "
            "happens."
        ),
    ),
    UploadProblem.NEGATIVE_VARIANCE: (
        {},
        (
            "A layer of this file has a variance below 0, which no numbers have. Train the "
            'network again, and save it with model.save("network.keras").'
        ),
    ),
    UploadProblem.NO_NETWORK: (
        {},
        (
            "This file holds no keras.Sequential model and no functional one, and the lab "
            "reads no other. Build the network with keras.Sequential([...]), train it and "
            "save it again."
        ),
    ),
    UploadProblem.TOO_DEEP: (
        {},
        (
            "In this file a network lies in a network more than 5 deep. Build it with one "
            "keras.Sequential([...]), train it and save it again."
        ),
    ),
    UploadProblem.TOO_MANY_DESCRIBED: (
        {},
        ("This network has more than 40 layers; the lab takes no more. Take fewer."),
    ),
    UploadProblem.BRANCHES: (
        {},
        (
            "This network branches: a layer of it has several inputs, or its output goes to "
            "several layers. The lab reads networks whose layers follow one another. Build it"
            " with keras.Sequential([...]), train it and save it again."
        ),
    ),
    UploadProblem.CALLED_WITH: (
        {"layer": "dense", "value": "255.0"},
        (
            "The layer “dense” of this file is called with “255.0”, which the lab does not "
            "know. Use a layer, such as keras.layers.Rescaling(1 / 255), train the network "
            "and save it again."
        ),
    ),
    UploadProblem.CALL_ARGUMENT: (
        {"layer": "dropout", "argument": "training", "value": "True"},
        (
            "The layer “dropout” of this file is called with “training” = “True”, which the "
            "lab does not know. Build the network without it, train it and save it again."
        ),
    ),
    UploadProblem.NETWORK_SETTING: (
        {"setting": "loss_scale"},
        (
            "The network in this file has the setting “loss_scale”, which the lab does not "
            "know. Build it with keras.Sequential([...]), train it and save it again."
        ),
    ),
    UploadProblem.NETWORK_DTYPE: (
        {"dtype": "mixed_float16"},
        (
            "The network in this file does not compute with 32-bit floats but with "
            "“mixed_float16”. Build it with dtype='float32', train it and save it again."
        ),
    ),
    UploadProblem.NO_INPUT_SHAPE: (
        {},
        (
            "This file does not say which inputs its network takes. Put "
            "keras.Input(shape=(784,)) before its first layer, train it and save it again."
        ),
    ),
    UploadProblem.INPUT_DTYPE: (
        {"dtype": "string"},
        (
            "This network takes inputs of the type “string”. Build it with "
            'keras.Input(shape=(28, 28, 1), dtype="float32"), train it and save it again.'
        ),
    ),
    UploadProblem.INPUT_MISMATCH: (
        {"described": (28,), "shape": (784,)},
        (
            "A layer of this file takes inputs of shape (28,), and gets (784,). This file is "
            "damaged or not complete. Save the network once more with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.NESTED_DTYPE: (
        {"dtype": "uint8"},
        (
            "A network within this network takes inputs of the type “uint8”. Build it with "
            'dtype="float32", train the network and save it again.'
        ),
    ),
    UploadProblem.LAMBDA: (
        {},
        (
            "This file holds a Lambda layer, which can run any program. The lab reads Dense, "
            "Conv2D, DepthwiseConv2D, SeparableConv2D, pooling, BatchNormalization, "
            "Normalization, Rescaling, activations, Flatten, Reshape, ZeroPadding2D, Dropout,"
            " noise and augmentation. Build and train the network from these."
        ),
    ),
    UploadProblem.UNKNOWN_LAYER: (
        {"kind": "Permute"},
        (
            "This file holds a layer that the lab does not know: “Permute”. The lab reads "
            "Dense, Conv2D, DepthwiseConv2D, SeparableConv2D, pooling, BatchNormalization, "
            "Normalization, Rescaling, activations, Flatten, Reshape, ZeroPadding2D, Dropout,"
            " noise and augmentation. Build and train the network from these."
        ),
    ),
    UploadProblem.CUSTOM_LAYER: (
        {"kind": "Dense"},
        (
            "This file holds a Dense layer that is not Keras's own. The lab reads Dense, "
            "Conv2D, DepthwiseConv2D, SeparableConv2D, pooling, BatchNormalization, "
            "Normalization, Rescaling, activations, Flatten, Reshape, ZeroPadding2D, Dropout,"
            " noise and augmentation. Build and train the network from these."
        ),
    ),
    UploadProblem.LAYER_SETTING: (
        {"kind": "Dense", "setting": "lora_rank", "value": "4"},
        (
            "A Dense layer of this file has the setting “lora_rank” = “4”, which the lab does"
            " not know. Build the network without it, train it and save it again."
        ),
    ),
    UploadProblem.LAYER_DTYPE: (
        {"kind": "Conv2D", "dtype": "float16"},
        (
            "The Conv2D layer in this file does not compute with 32-bit floats but with "
            "“float16”. Build it with dtype='float32', train it and save it again."
        ),
    ),
    UploadProblem.MISSING_SETTING: (
        {"kind": "Dense", "setting": "units"},
        (
            "A Dense layer of this file lacks units. This file is damaged or not complete. "
            'Save the network once more with model.save("network.keras"), and choose the new '
            "file."
        ),
    ),
    UploadProblem.SETTING_TYPES: (
        {"kind": "Reshape"},
        (
            "A Reshape layer of this file has settings of another kind. This file is damaged "
            'or not complete. Save the network once more with model.save("network.keras"), '
            "and choose the new file."
        ),
    ),
    UploadProblem.CUSTOM_ACTIVATION: (
        {},
        (
            "A layer of this file has an activation of its own, which the lab can't read. "
            'Take one by its name, such as activation="relu", train the network and save it '
            "again."
        ),
    ),
    UploadProblem.UNKNOWN_ACTIVATION: (
        {"activation": "sine"},
        (
            "The activation sine is none that the lab knows. The lab knows relu, tanh, "
            "sigmoid, softmax and the others of Keras that bend each number for itself. "
            "Change this, train the network and save it again."
        ),
    ),
    UploadProblem.KERAS2_HARD_SIGMOID: (
        {},
        (
            "A layer of this file has the activation hard_sigmoid of Keras 2, which is "
            'another function than that of Keras 3. Take activation="sigmoid", train the '
            "network and save it again."
        ),
    ),
    UploadProblem.SEVERAL_AXES: (
        {},
        (
            "A layer of this file works along several axes; the lab knows the last axis only."
            " Build it with axis=-1, train the network and save it again."
        ),
    ),
    UploadProblem.MEAN_AND_VARIANCE: (
        {},
        (
            "A Normalization layer needs both mean and variance, or none of them. Change "
            "this, train the network and save it again."
        ),
    ),
    UploadProblem.RESHAPE_SIDES: (
        {"most": 3, "count": 4},
        (
            "A Reshape layer must have 1 to 3 sides; this one has 4. Change this, train the "
            "network and save it again."
        ),
    ),
    UploadProblem.PADDING_PAIRS: (
        {},
        (
            "The padding of a ZeroPadding2D layer must be two pairs of numbers. Change this, "
            "train the network and save it again."
        ),
    ),
    UploadProblem.WINDOW_PAIRS: (
        {},
        (
            "The size of a window and its strides must be pairs of numbers. Change this, "
            "train the network and save it again."
        ),
    ),
    UploadProblem.UNEQUAL_STRIDES: (
        {},
        (
            "Both strides of a layer with filters for each channel must be the same. Change "
            "this, train the network and save it again."
        ),
    ),
    UploadProblem.NOT_A_NUMBER: (
        {"name": "The number of units", "value": "True"},
        (
            "The number of units must be a number; it is True. Change this, train the network"
            " and save it again."
        ),
    ),
    UploadProblem.OUT_OF_RANGE: (
        {"name": "The number of units", "value": "0", "low": 1, "high": 1700000},
        (
            "The number of units must be between 1 and 1,700,000; it is 0. Change this, train"
            " the network and save it again."
        ),
    ),
    UploadProblem.NOT_WHOLE: (
        {"name": "The number of filters", "value": "1.5"},
        (
            "The number of filters must be a whole number; it is 1.5. Change this, train the "
            "network and save it again."
        ),
    ),
    UploadProblem.NO_CHOICE: (
        {"name": "The padding", "value": "causal", "choices": ("valid", "same")},
        (
            "The padding must be one of valid, same; it is causal. Change this, train the "
            "network and save it again."
        ),
    ),
    UploadProblem.NO_PICTURE: (
        {"kind": "Conv2D", "shape": (784,)},
        (
            "A Conv2D layer takes pictures such as (28, 28, 1), and gets (784,). Build the "
            "network with keras.Input(shape=(28, 28, 1)), and flatten after the last such "
            "layer."
        ),
    ),
    UploadProblem.NOTHING_LEFT: (
        {"kind": "MaxPooling2D", "shape": (1, 1, 8)},
        (
            "Nothing is left of the picture after a MaxPooling2D layer: its window is larger "
            "than (1, 1, 8). Take smaller windows or fewer such layers."
        ),
    ),
    UploadProblem.AXIS: (
        {"kind": "Softmax", "axis": 1, "shape": (28, 28)},
        (
            "A Softmax layer of this file works along axis 1 of (28, 28); the lab knows the "
            "last axis only. Build it with axis=-1, train the network and save it again."
        ),
    ),
    UploadProblem.CHANNELS: (
        {"kind": "Rescaling", "count": 3, "shape": (28, 28, 1)},
        (
            "A Rescaling layer of this file has 3 numbers for inputs of shape (28, 28, 1). "
            "Give it one number, or one for each channel, and save the network again."
        ),
    ),
    UploadProblem.RESHAPE_SIZE: (
        {"target": (28, 27), "shape": (784,)},
        (
            "A Reshape layer of this file makes (28, 27) of (784,), which is another count of"
            " numbers. Build the network so that the counts are the same."
        ),
    ),
    UploadProblem.WHOLE_NUMBERS: (
        {"kind": "Conv2D", "dtype": "uint8"},
        (
            "A Conv2D layer of this file gets whole numbers (uint8). Build the network with "
            'keras.Input(shape=(28, 28, 1), dtype="float32") and train it again.'
        ),
    ),
    UploadProblem.INPUT_SHAPE: (
        {"shape": (32, 32, 3)},
        (
            "This network takes inputs of shape (32, 32, 3). The lab's digits have (784,), "
            "(28, 28) or (28, 28, 1): build it with keras.Input(shape=(28, 28, 1))."
        ),
    ),
    UploadProblem.TOO_MANY_LAYERS: (
        {"count": 41},
        ("This network has 41 layers; the lab takes 40 at most. Take fewer."),
    ),
    UploadProblem.TOO_MANY_PARAMETERS: (
        {"count": 2000000},
        (
            "This network has 2,000,000 parameters; the lab takes 1,700,000 at most. Take "
            "fewer units or filters."
        ),
    ),
    UploadProblem.TOO_LARGE_OUTPUT: (
        {"count": 60000},
        (
            "This network has 60,000 numbers after one of its layers; the lab takes 50,176 at"
            " most. Take fewer units or filters."
        ),
    ),
    UploadProblem.TOO_MANY_MULTIPLY_ADDS: (
        {"count": 31000000},
        (
            "This network has 31,000,000 multiplications for each picture; the lab takes "
            "30,000,000 at most. Take fewer filters."
        ),
    ),
    UploadProblem.NO_PROBABILITIES: (
        {"layer": "Dense 9 softmax", "shape": (9,)},
        (
            "This network ends with Dense 9 softmax and shape (9,). The lab needs ten "
            'probabilities: end it with keras.layers.Dense(10, activation="softmax").'
        ),
    ),
    UploadProblem.NO_WEIGHTED_LAYER: (
        {},
        (
            "This network has no layer with weights, such as Dense, so it can't learn digits."
            " Build one with keras.layers.Dense, train it and save it."
        ),
    ),
}
"""By the code: examples of its values, and the sentence."""

PICTURES: Mapping[PictureProblem, tuple[Mapping[str, int], str]] = {
    PictureProblem.NO_PICTURE: (
        {},
        (
            "That file is no picture. Choose a photo or picture of one digit (PNG, JPEG, "
            "HEIC, WebP, GIF, BMP or TIFF)."
        ),
    ),
    PictureProblem.DAMAGED: (
        {},
        ("That picture is damaged or not complete. Save or send it once more, or choose another."),
    ),
    PictureProblem.UNUSUAL: (
        {},
        (
            "That picture is damaged, or of an unusual kind. Save it as PNG or JPEG, and "
            "choose that."
        ),
    ),
    PictureProblem.TOO_HEAVY: (
        {},
        ("That file is larger than 10\N{NO-BREAK SPACE}MB. Choose a smaller picture."),
    ),
    PictureProblem.TOO_LONG: (
        {},
        ("That picture is more than 20,000 pixels long. Choose another one, or cut out the digit."),
    ),
    PictureProblem.TOO_LARGE: (
        {"most": 12500000},
        (
            "That picture has more than 12.5 million pixels. Choose a smaller one, or cut out"
            " the digit."
        ),
    ),
    PictureProblem.TOO_SLOW: (
        {},
        (
            "The lab needed more than 8 s to read that picture, so it stopped. Save it as PNG or "
            "JPEG, and choose that."
        ),
    ),
    PictureProblem.BUSY: (
        {},
        ("The lab is reading the pictures of other people now. Try again in a few seconds."),
    ),
    PictureProblem.NO_HEIC_HERE: (
        {},
        (
            "That is a HEIC photo, and this lab has no reader for those. On an iPhone choose "
            "Settings › Camera › Formats › Most Compatible, and take the photo once more."
        ),
    ),
    PictureProblem.PDF: (
        {},
        ("That is a PDF. Make a screenshot of the digit, and choose that."),
    ),
    PictureProblem.POSTSCRIPT: (
        {},
        (
            "That is a PostScript file: a program, which the lab never runs. Make a "
            "screenshot of the digit, and choose that."
        ),
    ),
    PictureProblem.EPS: (
        {},
        (
            "That is an EPS file: a program, which the lab never runs. Make a screenshot of "
            "the digit, and choose that."
        ),
    ),
    PictureProblem.SVG: (
        {},
        ("That is an SVG drawing. Make a screenshot of the digit, and choose that."),
    ),
    PictureProblem.XML: (
        {},
        (
            "That is an XML file, such as an SVG drawing. Make a screenshot of the digit, and"
            " choose that."
        ),
    ),
    PictureProblem.WEB_PAGE: (
        {},
        (
            "That is a web page, not the picture on it. Make a screenshot of the digit, and "
            "choose that."
        ),
    ),
    PictureProblem.PHOTOSHOP: (
        {},
        ("That is a Photoshop file. Save it as PNG or JPEG, and choose that."),
    ),
    PictureProblem.GIMP: (
        {},
        ("That is a GIMP file. Save it as PNG or JPEG, and choose that."),
    ),
    PictureProblem.ICON: (
        {},
        ("That is an icon. Save it as PNG or JPEG, and choose that."),
    ),
    PictureProblem.BIGTIFF: (
        {},
        (
            "That is a BigTIFF, a file for very large pictures. Save it as PNG or JPEG, and "
            "choose that."
        ),
    ),
    PictureProblem.JPEG_2000: (
        {},
        (
            "That is a JPEG 2000 picture, which the lab does not read. Save it as PNG or "
            "JPEG, and choose that."
        ),
    ),
    PictureProblem.JPEG_XL: (
        {},
        (
            "That is a JPEG XL picture, which the lab does not read. Save it as PNG or JPEG, "
            "and choose that."
        ),
    ),
    PictureProblem.ZIP: (
        {},
        (
            "That is a zip, or a document (Word, PowerPoint, Pages), not a picture. Choose "
            "the picture itself, or make a screenshot of the digit."
        ),
    ),
    PictureProblem.OFFICE: (
        {},
        (
            "That is an Office document, not a picture. Make a screenshot of the digit, and "
            "choose that."
        ),
    ),
    PictureProblem.AVIF: (
        {},
        (
            "That is an AVIF picture, which the lab does not read. Save it as PNG or JPEG, "
            "and choose that."
        ),
    ),
    PictureProblem.FILM: (
        {},
        ("That is a film. Take a photo of the digit, or a screenshot, and choose that."),
    ),
}
"""The same for pictures."""


def said_beyond_the_border(error: UploadError) -> str:
    """What the web process says of it, after its code and values came as JSON."""
    header = json.loads(json.dumps(answers.refusal_header(error.problem, error.values)))
    crossed = answers.refusal(header, REFUSALS)
    assert crossed is not None
    problem, values = crossed
    return network_refusal(UploadError(problem, **values))


def network_sentence(problem: UploadProblem) -> str:
    """The sentence of a code that has no values."""
    values, sentence = NETWORKS[problem]
    assert not values
    return sentence


def picture_sentence(problem: PictureProblem) -> str:
    """The sentence of a code that has no values."""
    values, sentence = PICTURES[problem]
    assert not values
    return sentence
