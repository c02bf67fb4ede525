"""The brightness of each pixel, and whether ink is darker or lighter than paper."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage
from skimage.filters import threshold_otsu

CLEARLY = 2
"""What differs from its surroundings so many times more than the opposite does is the ink."""

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_SURROUNDINGS = 17  # pixels of a picture downsampled to 64: wider than most lines
_SMALL = 64


def brightness(pixels: Pixels) -> Floats:
    """Brightness 0 to 1, (h, w), as if transparent pixels lay on paper.

    Raises:
        ValueError: if `pixels` is no uint8 array of grey, RGB or RGBA pixels.
    """
    shape = pixels.shape
    if pixels.dtype != np.uint8 or 0 in shape or not (len(shape) == 2 or shape[2:] in ((3,), (4,))):
        expected = "uint8 of shape (h, w), (h, w, 3) or (h, w, 4)"
        raise ValueError(f"Pixels must be {expected}; these are {pixels.dtype} of shape {shape}.")
    if len(shape) == 2:
        return pixels / 255
    light: Floats = pixels[..., :3] @ np.array([0.299, 0.587, 0.114]) / 255  # ITU-R BT.601
    if shape[2] == 3:
        return light
    alpha = pixels[..., 3] / 255
    solid = border(alpha) > 0.5
    if solid.mean() > 0.5:
        paper = float(np.median(border(light)[solid]))
    else:  # Ink on glass: white goes under dark ink, black under light ink.
        paper = float((light * alpha).sum() <= 0.5 * alpha.sum())
    return light * alpha + paper * (1 - alpha)


def dark_on_light(light: Floats) -> Floats:
    """Inverted if necessary, so that ink is darker than paper: `(h, w) -> (h, w)`, 0 to 1."""
    small = downsampled(light, _SMALL)
    # Downsampled, the border of a drawing may hold a part of a frame, and that of a photo has less
    # noise.
    drawn_in_full = is_drawn(light)
    edge = border(light if drawn_in_full else small)
    drawn = drawn_in_full or is_drawn(small)
    # Ink is what differs most from the paper around it.
    paper = np.median(edge) if drawn else ndimage.median_filter(small, _SURROUNDINGS)
    darker, lighter = (paper - small).max(), (small - paper).max()
    if not drawn and max(darker, lighter) < CLEARLY * min(darker, lighter):
        # The lines are so thick that they are most of what lies around a place. At the edge of the
        # picture there is more paper than ink.
        return light if np.mean(border(small) > threshold_otsu(small)) >= 0.5 else 1 - light
    return light if darker >= lighter else 1 - light


def is_drawn(light: Floats) -> bool:
    """Whether much of the picture has the very colour of its border, as no photo has."""
    return float(np.mean(np.abs(light - np.median(border(light))) < 1.5 / 255)) > 0.3


def border(picture: Floats) -> Floats:
    """The outermost pixels, in a row."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])


def downsampled(light: Floats, side: int) -> Floats:
    """The picture in proportion, its sides at most so long; noise averages out."""
    image = Image.fromarray(light.astype(np.float32))
    image.thumbnail((side, side), Image.Resampling.BOX)
    return np.asarray(image, dtype=np.float64)
