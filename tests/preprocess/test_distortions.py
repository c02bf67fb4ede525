"""Digits distorted in four ways, against NumPy, SciPy and statistics; ready-distorted scribbles."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image
from scipy import stats

from digitlab.data.mnist import Dataset
from digitlab.preprocess.distortions import DISTORTIONS, noisy, shifted, thickened, turned
from digitlab.preprocess.scribbles import SCRIBBLES, picture, received


@pytest.fixture(scope="module")
def images(mnist: Dataset) -> NDArray[np.uint8]:
    return mnist.x_test[:20]


@pytest.mark.parametrize("kind", DISTORTIONS)
def test_strength_zero_changes_nothing_and_others_do(images: NDArray[np.uint8], kind: str) -> None:
    distortion = DISTORTIONS[kind]
    np.testing.assert_array_equal(distortion.apply(images, 0), images)
    assert 0 in distortion.strengths
    for strength in {
        *distortion.strengths,
        distortion.lowest,
        distortion.usual,
        distortion.highest,
    } - {0}:
        distorted = distortion.apply(images, strength)
        assert (distorted.dtype, distorted.shape) == (np.uint8, images.shape)
        assert (distorted != images).any()
    assert (min(distortion.strengths), max(distortion.strengths)) == (
        distortion.lowest,
        distortion.highest,
    )


def test_shifted_digits_lie_to_the_right(images: NDArray[np.uint8]) -> None:
    distorted = shifted(images, 4)
    np.testing.assert_array_equal(distorted[:, :, 4:], images[:, :, :-4])
    assert not distorted[:, :, :4].any()


def test_turns_are_clockwise(images: NDArray[np.uint8]) -> None:
    np.testing.assert_array_equal(turned(images, 90), np.rot90(images, -1, axes=(1, 2)))
    np.testing.assert_array_equal(turned(images, 180), images[:, ::-1, ::-1])
    for distorted, image in zip(turned(images, 30), images, strict=True):
        pillow = Image.fromarray(image).rotate(-30, Image.Resampling.BILINEAR)
        np.testing.assert_allclose(distorted[2:-2, 2:-2], np.asarray(pillow)[2:-2, 2:-2], atol=12)


@pytest.mark.parametrize("pixels", [1, 2, 3])
def test_lines_get_as_many_pixels_wider_or_thinner(images: NDArray[np.uint8], pixels: int) -> None:
    less, more = pixels // 2, (pixels + 1) // 2  # of the square, on either side of its pixel
    for sign, extreme, side in ((1, np.max, (less, more)), (-1, np.min, (more, less))):
        padded = np.pad(images, ((0, 0), side, side))
        windows = sliding_window_view(padded, (pixels + 1,) * 2, axis=(1, 2))
        distorted = thickened(images, sign * pixels)
        np.testing.assert_array_equal(distorted, extreme(windows, axis=(3, 4)))
    bar = np.zeros((1, 28, 28), np.uint8)
    bar[:, :, 10:15] = 255
    widths = [int((thickened(bar, sign * pixels)[0, 14] > 0).sum()) for sign in (1, -1)]
    assert widths == [5 + pixels, 5 - pixels]


def test_noise_has_its_spread_and_is_the_same_each_time() -> None:
    grey = np.full((20, 28, 28), 128, np.uint8)
    added = noisy(grey, 10).astype(int) - 128
    assert abs(added.mean()) < 1
    assert added.std() == pytest.approx(25.5, rel=0.02)
    assert stats.kstest(added.ravel() / 25.5, "norm").statistic < 0.02  # whole numbers
    np.testing.assert_array_equal(noisy(grey, 10), noisy(grey, 10))
    strong = noisy(np.zeros((20, 28, 28), np.uint8), 100)
    assert np.mean(strong == 0) == pytest.approx(0.5, abs=0.02)  # what is lighter than paper
    assert np.mean(strong == 255) == pytest.approx(stats.norm.sf(1), abs=0.02)


def test_scribbles_are_lines_on_paper_that_a_network_can_receive() -> None:
    for lines in SCRIBBLES.values():
        drawn = picture(lines)
        assert (drawn.shape, drawn.dtype) == ((280, 280), np.uint8)
        assert (drawn[[0, -1]] == 255).all()
        assert 0.02 < np.mean(drawn < 128) < 0.4
    digits = received()
    assert digits.shape == (len(SCRIBBLES), 28, 28)
    assert (digits.max(axis=(1, 2)) == 255).all()
    assert len({digit.tobytes() for digit in digits}) == len(SCRIBBLES)
