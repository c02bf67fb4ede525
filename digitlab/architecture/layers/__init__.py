"""The kinds of layers that the lab knows: settings, shapes, weights, multiply-adds; no Keras."""

from digitlab.architecture.layers.activations import (
    ACTIVATIONS,
    ELU,
    Activation,
    LeakyReLU,
    ReLU,
    Softmax,
)
from digitlab.architecture.layers.base import Layer, Numbers, Shape, settings, written
from digitlab.architecture.layers.kernel import Conv2D, Dense, DepthwiseConv2D, SeparableConv2D
from digitlab.architecture.layers.normalization import BatchNormalization, Normalization, Rescaling
from digitlab.architecture.layers.pooling import (
    AveragePooling2D,
    GlobalAveragePooling2D,
    GlobalMaxPooling2D,
    MaxPooling2D,
)
from digitlab.architecture.layers.reshaping import Flatten, Reshape, ZeroPadding2D
from digitlab.architecture.layers.training_only import (
    ActivityRegularization,
    AlphaDropout,
    Dropout,
    GaussianDropout,
    GaussianNoise,
    Identity,
    RandomBrightness,
    RandomContrast,
    RandomErasing,
    RandomFlip,
    RandomRotation,
    RandomShear,
    RandomTranslation,
    RandomZoom,
    SpatialDropout2D,
    TrainingOnly,
)

_AT_INFERENCE: tuple[type[Layer], ...] = (
    *(Dense, Conv2D, DepthwiseConv2D, SeparableConv2D),
    *(MaxPooling2D, AveragePooling2D, GlobalMaxPooling2D, GlobalAveragePooling2D),
    *(BatchNormalization, Normalization, Rescaling),
    *(Activation, ReLU, LeakyReLU, ELU, Softmax),
    *(Flatten, Reshape, ZeroPadding2D),
)

RANDOM = (
    *(RandomFlip, RandomRotation, RandomZoom, RandomTranslation, RandomShear),
    *(RandomContrast, RandomBrightness, RandomErasing),
)
"""Layers for data augmentation."""

_TRAINING_ONLY: tuple[type[Layer], ...] = (
    *(Dropout, SpatialDropout2D, GaussianDropout, AlphaDropout, GaussianNoise),
    *RANDOM,
    *(ActivityRegularization, Identity),
)

KINDS: dict[str, type[Layer]] = {kind.__name__: kind for kind in (*_AT_INFERENCE, *_TRAINING_ONLY)}
"""The layers that the lab knows, by Keras's names."""

__all__ = [
    "ACTIVATIONS",
    "ELU",
    "KINDS",
    "RANDOM",
    "Activation",
    "ActivityRegularization",
    "AlphaDropout",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "DepthwiseConv2D",
    "Dropout",
    "Flatten",
    "GaussianDropout",
    "GaussianNoise",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "Identity",
    "Layer",
    "LeakyReLU",
    "MaxPooling2D",
    "Normalization",
    "Numbers",
    "RandomBrightness",
    "RandomContrast",
    "RandomErasing",
    "RandomFlip",
    "RandomRotation",
    "RandomShear",
    "RandomTranslation",
    "RandomZoom",
    "ReLU",
    "Rescaling",
    "Reshape",
    "SeparableConv2D",
    "Shape",
    "Softmax",
    "SpatialDropout2D",
    "TrainingOnly",
    "ZeroPadding2D",
    "settings",
    "written",
]
