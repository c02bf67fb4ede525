# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers that do something in training only: at inference their output is their input."""

from dataclasses import dataclass

from digitlab.architecture.layers.base import Layer


@dataclass(frozen=True)
class TrainingOnly(Layer):
    """Does something in training only."""

    @property
    def keeps_values(self) -> bool:
        return True


class Dropout(TrainingOnly):
    """Activations are set to 0 at random."""


class SpatialDropout2D(TrainingOnly):
    """Whole feature maps are set to 0 at random."""


class GaussianDropout(TrainingOnly):
    """Activations are multiplied by Gaussian noise."""


class AlphaDropout(TrainingOnly):
    """Activations are dropped at random so that mean and variance stay."""


class GaussianNoise(TrainingOnly):
    """Gaussian noise is added."""


class ActivityRegularization(TrainingOnly):
    """A penalty on large activations is added to the loss."""


class Identity(TrainingOnly):
    """The output is the input, in training too."""


class RandomFlip(TrainingOnly):
    """Images are mirrored at random."""


class RandomRotation(TrainingOnly):
    """Images are turned at random."""


class RandomZoom(TrainingOnly):
    """Images are enlarged or made smaller at random."""


class RandomTranslation(TrainingOnly):
    """Images are moved at random."""


class RandomShear(TrainingOnly):
    """Images are slanted at random."""


class RandomContrast(TrainingOnly):
    """Contrast changes at random."""


class RandomBrightness(TrainingOnly):
    """Brightness changes at random."""


class RandomErasing(TrainingOnly):
    """A part of an image is erased at random."""
