# ruff: noqa: D102 - `Layer` says what the methods of its kinds give.
"""Layers that do something in training only: a network that is asked hands the numbers on as they are."""

from dataclasses import dataclass

from digitlab.architecture.layers.base import Layer


@dataclass(frozen=True)
class TrainingOnly(Layer):
    """Does something in training only."""

    @property
    def idle(self) -> bool:
        return True


class Dropout(TrainingOnly):
    """Numbers are set to 0 at random."""


class SpatialDropout2D(TrainingOnly):
    """Whole feature maps are set to 0 at random."""


class GaussianDropout(TrainingOnly):
    """Numbers are multiplied at random."""


class AlphaDropout(TrainingOnly):
    """Numbers are dropped at random so that mean and variance stay."""


class GaussianNoise(TrainingOnly):
    """Random numbers are added."""


class ActivityRegularization(TrainingOnly):
    """Large numbers cost something."""


class Identity(TrainingOnly):
    """Nothing happens, in training either."""


class RandomFlip(TrainingOnly):
    """Pictures are mirrored at random."""


class RandomRotation(TrainingOnly):
    """Pictures are turned at random."""


class RandomZoom(TrainingOnly):
    """Pictures are enlarged or made smaller at random."""


class RandomTranslation(TrainingOnly):
    """Pictures are moved at random."""


class RandomShear(TrainingOnly):
    """Pictures are slanted at random."""


class RandomContrast(TrainingOnly):
    """Contrast changes at random."""


class RandomBrightness(TrainingOnly):
    """Brightness changes at random."""


class RandomErasing(TrainingOnly):
    """A part of a picture is covered at random."""
