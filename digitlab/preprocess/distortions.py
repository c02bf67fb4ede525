"""Test digits distorted in four ways, each with a strength."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Images = NDArray[np.uint8]  # (n, 28, 28); 0 is paper, 255 is ink

_INK = 255
_NOISE_SEED = 0


def shifted(images: Images, pixels: int) -> Images:
    """The digits shifted to the right by so many pixels; paper follows from the left.

    Args:
        images: shape (n, 28, 28).
        pixels: 0 or more.
    """
    width = images.shape[2]
    return np.pad(images, ((0, 0), (0, 0), (pixels, 0)))[:, :, :width]


def turned(images: Images, degrees: float) -> Images:
    """The digits rotated clockwise around their middle, by linear interpolation.

    Args:
        images: shape (n, 28, 28).
        degrees: of the turn; what leaves the picture is lost.
    """
    result: Images = ndimage.rotate(images, -degrees, axes=(2, 1), reshape=False, order=1)
    return result


def thickened(images: Images, pixels: int) -> Images:
    """The digits with lines so many pixels wider; or thinner, if `pixels` is negative.

    Grey dilation (erosion): each pixel becomes the darkest (the lightest) of a square with sides of
    `pixels` and one more.

    Args:
        images: shape (n, 28, 28).
        pixels: by which a line gets wider.
    """
    square = (1, abs(pixels) + 1, abs(pixels) + 1)
    change = ndimage.grey_dilation if pixels > 0 else ndimage.grey_erosion
    result: Images = change(images, size=square, mode="constant")
    return result


def noisy(images: Images, percent: float) -> Images:
    """The digits with Gaussian noise added, the same each time.

    Args:
        images: shape (n, 28, 28).
        percent: of full ink, the standard deviation of the noise. Results are clipped to paper and
            ink.
    """
    random = np.random.default_rng(_NOISE_SEED)
    noise = random.normal(0, percent / 100 * _INK, images.shape)
    return np.clip(np.rint(images + noise), 0, _INK).astype(np.uint8)


@dataclass(frozen=True)
class Distortion:
    """A way to distort digits.

    Attributes:
        lowest, highest, step, usual: of the control that sets the strength.
        strengths: at which a survey tests it; 0, where nothing changes, is one of them.
        apply: to images (n, 28, 28), at a strength.
    """

    lowest: int
    highest: int
    step: int
    usual: int
    strengths: tuple[int, ...]
    apply: Callable[[Images, int], Images]


DISTORTIONS = {
    "shift": Distortion(0, 10, 1, 3, (0, 1, 2, 3, 4, 6, 8, 10), shifted),
    "turn": Distortion(0, 180, 5, 30, (0, 15, 30, 45, 60, 90, 135, 180), turned),
    "thickness": Distortion(-2, 4, 1, 2, (-2, -1, 0, 1, 2, 3, 4), thickened),
    "noise": Distortion(0, 100, 5, 30, (0, 10, 20, 30, 40, 50, 70, 100), noisy),
}
"""All ways, by the names under which they travel to a worker."""
