"""What is said of each refusal, word for word: the oracle for the doors and for the wording."""

import json
from collections.abc import Mapping
from typing import Any

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models.refusals import REFUSALS
from digitlab.uploads.pictures import PictureProblem
from digitlab.uploads.sandbox import answers
from digitlab.wording.problems.uploads import network_refusal

NETWORKS: Mapping[UploadProblem, tuple[Mapping[str, Any], str]] = {
    UploadProblem.DAMAGED: (
        {},
        (
            "This file is damaged or not complete. Save the network again with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.TOO_HEAVY: (
        {},
        (
            "This file is larger than 20\N{NO-BREAK SPACE}MB. Use fewer units or filters. Or save "
            "the "
            "network without its optimizer: write model.compile(optimizer=None) before "
            "model.save."
        ),
    ),
    UploadProblem.TOO_SLOW: (
        {},
        (
            "The lab needed more than 10 s to read this file, so it stopped. Save the "
            'network again with model.save("network.keras"), and try again.'
        ),
    ),
    UploadProblem.BUSY: (
        {},
        ("The lab is reading the networks of other people now. Try again in a few seconds."),
    ),
    UploadProblem.NO_KERAS_FILE: (
        {},
        (
            'This is not a .keras file. Save the network with model.save("network.keras"), '
            "and choose that file."
        ),
    ),
    UploadProblem.UNPACKS_TOO_LARGE: (
        {},
        (
            "The data in this file are too large for a network. Save the network with "
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
            'This file has a password. Save the network with model.save("network.keras"), '
            "and choose that file."
        ),
    ),
    UploadProblem.PICKLE: (
        {},
        (
            "This is a pickle file. Such a file can run any program, so the lab never opens "
            'it. Save the network with model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.SAVED_MODEL: (
        {},
        (
            "This is a TensorFlow SavedModel. The lab reads only .keras and .h5 files. Save "
            'the network with model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.PYTORCH: (
        {},
        (
            "This is a PyTorch file. The lab reads only files from Keras. Save the network "
            'with model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.NUMPY: (
        {},
        (
            "This file holds NumPy arrays, not a network. Save the network with "
            'model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.ZIPPED: (
        {},
        ("This is a zip file with a .keras file in it. Unpack it, and choose the .keras file."),
    ),
    UploadProblem.OTHER_HDF5: (
        {},
        (
            "This is an HDF5 file, but it holds no network from Keras. Save the network "
            'with model.save("network.keras"), and choose that file.'
        ),
    ),
    UploadProblem.WEIGHTS_ONLY: (
        {},
        (
            "This file holds only the weights of a network, not its layers. Save the whole "
            'network with model.save("network.keras") instead of model.save_weights. Then '
            "choose that file."
        ),
    ),
    UploadProblem.WEIGHTS_MISSING: (
        {},
        (
            "The weights of a layer are missing in this file. Train the network, and save "
            'all of it with model.save("network.keras").'
        ),
    ),
    UploadProblem.NOT_AS_KERAS: (
        {},
        (
            "The weights in this file are not stored in the way of Keras. Save the network "
            'again with model.save("network.keras"), and do not change the file.'
        ),
    ),
    UploadProblem.ARRAY_COUNT: (
        {"needed": 2, "stored": 3},
        (
            "A layer in this file needs 2 arrays, but the file has 3. This file is damaged "
            'or not complete. Save the network again with model.save("network.keras"), and '
            "choose the new file."
        ),
    ),
    UploadProblem.NAMED_ARRAY_COUNT: (
        {"layer": "dense_1", "needed": 2, "stored": 1},
        (
            "The layer dense_1 in this file needs 2 arrays, but the file has 1. This file "
            "is damaged or not complete. Save the network again with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.ARRAY_SHAPE: (
        {"stored": (12, 10), "needed": (784, 12)},
        (
            "An array in this file has the shape (12, 10), but its layer needs (784, 12). "
            "This file is damaged or not complete. Save the network again with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.NOT_FINITE: (
        {},
        (
            "Some weights or answers of this network are not numbers (NaN or infinite). "
            "Perhaps the training went wrong. Train again with a smaller learning rate. Save "
            "the network while its loss is a number."
        ),
    ),
    UploadProblem.NEGATIVE_VARIANCE: (
        {},
        (
            "A layer in this file has a variance below 0. That is impossible. Train the "
            'network again, and save it with model.save("network.keras").'
        ),
    ),
    UploadProblem.NO_NETWORK: (
        {},
        (
            "This file holds no network that the lab can read. The lab reads "
            "keras.Sequential models and functional models. Build the network with "
            "keras.Sequential([...]), train it, and save it again."
        ),
    ),
    UploadProblem.TOO_DEEP: (
        {},
        (
            "In this file, networks contain other networks, more than 5 deep. Build one "
            "network with keras.Sequential([...]), train it, and save it again."
        ),
    ),
    UploadProblem.TOO_MANY_DESCRIBED: (
        {},
        ("This network has more than 40 layers, and the lab takes no more. Use fewer layers."),
    ),
    UploadProblem.BRANCHES: (
        {},
        (
            "This network has branches: a layer has several inputs, or its output goes to "
            "several layers. The lab reads only networks with one layer after the other. "
            "Build the network with keras.Sequential([...]), train it, and save it again."
        ),
    ),
    UploadProblem.CALLED_WITH: (
        {"layer": "dense", "value": "255.0"},
        (
            "The lab does not know “255.0”, which the layer “dense” in this file gets as an "
            "input. Use a layer such as keras.layers.Rescaling(1 / 255) instead. Then train "
            "the network, and save it again."
        ),
    ),
    UploadProblem.CALL_ARGUMENT: (
        {"layer": "dropout", "argument": "training", "value": "True"},
        (
            "The layer “dropout” in this file is called with “training” = “True”. The lab "
            "does not know this argument. Build the network without it, train it, and save "
            "it again."
        ),
    ),
    UploadProblem.NETWORK_SETTING: (
        {"setting": "loss_scale"},
        (
            "The network in this file has the setting “loss_scale”. The lab does not know "
            "it. Build the network with keras.Sequential([...]), train it, and save it "
            "again."
        ),
    ),
    UploadProblem.NETWORK_DTYPE: (
        {"dtype": "mixed_float16"},
        (
            "The network in this file uses “mixed_float16” numbers. The lab uses 32-bit "
            'floats. Write keras.config.set_dtype_policy("float32") before you build the '
            "network. Then train the network, and save it again."
        ),
    ),
    UploadProblem.NO_INPUT_SHAPE: (
        {},
        (
            "This file does not say which inputs its network takes. If its first layer is "
            "Dense, put keras.Input(shape=(784,)) before it. If not, put "
            "keras.Input(shape=(28, 28, 1)) there. Then train the network, and save it again."
        ),
    ),
    UploadProblem.INPUT_DTYPE: (
        {"dtype": "string"},
        (
            "This network takes inputs of the type “string”. Build it with "
            'keras.Input(shape=(28, 28, 1), dtype="float32"), train it, and save it again.'
        ),
    ),
    UploadProblem.INPUT_MISMATCH: (
        {"described": (28,), "shape": (784,)},
        (
            "A layer in this file takes inputs of shape (28,), but it gets (784,). This "
            "file is damaged or not complete. Save the network again with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.NESTED_DTYPE: (
        {"dtype": "uint8"},
        (
            "A network inside this network takes inputs of the type “uint8”. Build all "
            'layers and inputs with dtype="float32". Then train the network, and save it again.'
        ),
    ),
    UploadProblem.LAMBDA: (
        {},
        (
            "This file holds a Lambda layer, which can run any program. Build the network "
            "without it, train it, and save it again. The lab can read these layers: Dense, "
            "Conv2D, DepthwiseConv2D, SeparableConv2D, pooling, BatchNormalization, "
            "Normalization, Rescaling, activations, Flatten, Reshape, ZeroPadding2D, "
            "Dropout, noise and augmentation."
        ),
    ),
    UploadProblem.UNKNOWN_LAYER: (
        {"kind": "Permute"},
        (
            "The lab does not know a layer in this file: “Permute”. Build the network "
            "without it. The lab can read these layers: Dense, Conv2D, DepthwiseConv2D, "
            "SeparableConv2D, pooling, BatchNormalization, Normalization, Rescaling, "
            "activations, Flatten, Reshape, ZeroPadding2D, Dropout, noise and augmentation."
        ),
    ),
    UploadProblem.CUSTOM_LAYER: (
        {"kind": "Dense"},
        (
            "The Dense layer in this file is not the Dense layer of Keras. Build the "
            "network without it. The lab can read these layers: Dense, Conv2D, "
            "DepthwiseConv2D, SeparableConv2D, pooling, BatchNormalization, Normalization, "
            "Rescaling, activations, Flatten, Reshape, ZeroPadding2D, Dropout, noise and "
            "augmentation."
        ),
    ),
    UploadProblem.LAYER_SETTING: (
        {"kind": "Dense", "setting": "lora_rank", "value": "4"},
        (
            "A Dense layer in this file has the setting “lora_rank” = “4”. The lab does not "
            "know it. Build the network without it, train it, and save it again."
        ),
    ),
    UploadProblem.LAYER_DTYPE: (
        {"kind": "Conv2D", "dtype": "float16"},
        (
            "A Conv2D layer in this file uses “float16” numbers. The lab uses 32-bit "
            'floats. Build all layers and inputs with dtype="float32". Then train the network, '
            "and save it again."
        ),
    ),
    UploadProblem.MISSING_SETTING: (
        {"kind": "Dense", "setting": "units"},
        (
            "A Dense layer in this file has no setting “units”. This file is damaged or not "
            'complete. Save the network again with model.save("network.keras"), and choose '
            "the new file."
        ),
    ),
    UploadProblem.SETTING_TYPES: (
        {"kind": "Reshape"},
        (
            "A Reshape layer in this file has settings that are not of the right type. This "
            "file is damaged or not complete. Save the network again with "
            'model.save("network.keras"), and choose the new file.'
        ),
    ),
    UploadProblem.CUSTOM_ACTIVATION: (
        {},
        (
            "A layer in this file has its own activation, which the lab can't read. Choose "
            'one by its name, such as activation="relu". Then train the network, and save '
            "it again."
        ),
    ),
    UploadProblem.UNKNOWN_ACTIVATION: (
        {"activation": "sine"},
        (
            "The lab does not know the activation sine. It knows softmax. It also knows the "
            "activations of Keras that change each number alone, such as relu, tanh and "
            "sigmoid. Change this, train the network, and save it again."
        ),
    ),
    UploadProblem.KERAS2_HARD_SIGMOID: (
        {},
        (
            "A layer in this file has the activation hard_sigmoid of Keras 2. In Keras 3 "
            'this is another function. Use activation="sigmoid", train the network, and '
            "save it again."
        ),
    ),
    UploadProblem.SEVERAL_AXES: (
        {},
        (
            "A layer in this file works along several axes. The lab knows only the last "
            "axis. Build the layer with axis=-1, train the network, and save it again."
        ),
    ),
    UploadProblem.MEAN_AND_VARIANCE: (
        {},
        (
            "A Normalization layer needs both a mean and a variance, or none of them. "
            "Change this, train the network, and save it again."
        ),
    ),
    UploadProblem.RESHAPE_SIDES: (
        {"most": 3, "count": 4},
        (
            "A Reshape layer must give arrays with 1 to 3 axes. Here they have 4. Change "
            "this, train the network, and save it again."
        ),
    ),
    UploadProblem.PADDING_PAIRS: (
        {},
        (
            "The padding of a ZeroPadding2D layer must be two pairs of numbers. Change "
            "this, train the network, and save it again."
        ),
    ),
    UploadProblem.WINDOW_PAIRS: (
        {},
        (
            "The size of a window must be a pair of numbers. Its strides must be a pair "
            "too. Change this, train the network, and save it again."
        ),
    ),
    UploadProblem.UNEQUAL_STRIDES: (
        {},
        (
            "A layer with filters for each channel must have two equal strides. Change "
            "this, train the network, and save it again."
        ),
    ),
    UploadProblem.NOT_A_NUMBER: (
        {"name": "The number of units", "value": "True"},
        (
            "The number of units must be a number. Here it is True. Change this, train the "
            "network, and save it again."
        ),
    ),
    UploadProblem.OUT_OF_RANGE: (
        {"name": "The number of units", "value": "0", "low": 1, "high": 1700000},
        (
            "The number of units must be between 1 and 1,700,000. Here it is 0. Change "
            "this, train the network, and save it again."
        ),
    ),
    UploadProblem.NOT_WHOLE: (
        {"name": "The number of filters", "value": "1.5"},
        (
            "The number of filters must be a whole number. Here it is 1.5. Change this, "
            "train the network, and save it again."
        ),
    ),
    UploadProblem.NO_CHOICE: (
        {"name": "The padding", "value": "causal", "choices": ("valid", "same")},
        (
            "The padding must be one of these: valid, same. Here it is causal. Change this, "
            "train the network, and save it again."
        ),
    ),
    UploadProblem.NO_PICTURE: (
        {"kind": "Conv2D", "shape": (784,)},
        (
            "A Conv2D layer takes pictures, such as (28, 28, 1), but here it gets (784,). "
            "Build the network with keras.Input(shape=(28, 28, 1)), and put Flatten only "
            "after the last such layer."
        ),
    ),
    UploadProblem.NOTHING_LEFT: (
        {"kind": "MaxPooling2D", "shape": (1, 1, 8)},
        (
            "After a MaxPooling2D layer nothing of the picture is left: its window is "
            "larger than (1, 1, 8). Use smaller windows or fewer layers of this kind."
        ),
    ),
    UploadProblem.AXIS: (
        {"kind": "Softmax", "axis": 1, "shape": (28, 28)},
        (
            "A Softmax layer in this file works along axis 1 of (28, 28). The lab knows "
            "only the last axis. Build the layer with axis=-1, train the network, and save "
            "it again."
        ),
    ),
    UploadProblem.CHANNELS: (
        {"kind": "Rescaling", "count": 3, "shape": (28, 28, 1)},
        (
            "A Rescaling layer in this file has 3 numbers for inputs of shape (28, 28, 1). "
            "Give it one number, or one for each channel. Then save the network again."
        ),
    ),
    UploadProblem.RESHAPE_SIZE: (
        {"target": (28, 27), "shape": (784,)},
        (
            "A Reshape layer in this file turns (784,) into (28, 27), but these have "
            "different numbers of values. Build it so that both numbers are the same."
        ),
    ),
    UploadProblem.WHOLE_NUMBERS: (
        {"kind": "Conv2D", "dtype": "uint8"},
        (
            "A Conv2D layer in this file gets whole numbers (uint8). Build the network with "
            'keras.Input(shape=(28, 28, 1), dtype="float32"), train it, and save it again.'
        ),
    ),
    UploadProblem.INPUT_SHAPE: (
        {"shape": (32, 32, 3)},
        (
            "This network takes inputs of shape (32, 32, 3). The digits of the lab have the "
            "shape (784,), (28, 28) or (28, 28, 1). Build the network with "
            "keras.Input(shape=(28, 28, 1)), train it, and save it again."
        ),
    ),
    UploadProblem.TOO_MANY_LAYERS: (
        {"count": 41},
        ("This network has 41 layers. The lab takes at most 40. Use fewer layers."),
    ),
    UploadProblem.TOO_MANY_PARAMETERS: (
        {"count": 2000000},
        (
            "This network has 2,000,000 parameters. The lab takes at most 1,700,000. Use "
            "fewer units or filters."
        ),
    ),
    UploadProblem.TOO_LARGE_OUTPUT: (
        {"count": 60000},
        (
            "A layer of this network gives 60,000 numbers. The lab takes at most 50,176. "
            "Use fewer units or filters."
        ),
    ),
    UploadProblem.TOO_MANY_MULTIPLY_ADDS: (
        {"count": 31000000},
        (
            "This network needs 31,000,000 multiplications for each picture. The lab takes "
            "at most 30,000,000. Use fewer filters."
        ),
    ),
    UploadProblem.NO_PROBABILITIES: (
        {"layer": "Dense 9 softmax", "shape": (9,)},
        (
            "The last layer of this network is Dense 9 softmax, and its output has the "
            "shape (9,). The lab needs ten probabilities. Make this the last layer: "
            'keras.layers.Dense(10, activation="softmax").'
        ),
    ),
    UploadProblem.NO_WEIGHTED_LAYER: (
        {},
        (
            "This network has no layer with weights, so it can't learn digits. Build it "
            "with layers such as keras.layers.Dense, train it, and save it again."
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
