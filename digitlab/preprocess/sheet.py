"""A sheet of paper that was photographed on a darker table: the picture without the table."""

import numpy as np
from PIL import Image
from scipy import ndimage
from skimage.filters import threshold_otsu
from skimage.measure import label, regionprops

from digitlab.preprocess.light import Floats, Mask, downsampled

DARKER = 0.8
"""Right behind its edge, the table has at most this share of the sheet's brightness. A shadow
begins softly: in 145 made photos with shadows the share was 0.87 and more, at the edge of 200
sheets 0.82 and less."""

SMALLEST = 0.15
"""Of the picture: a smaller bright area is no sheet."""

SOLID = 0.9
"""A sheet covers this share of its convex hull: it has no bays."""

MOSTLY_PAPER = 0.6
"""Of the area within the edge of a sheet: else it is a ring of light ink on dark paper."""

_SIDE = 256  # is enough to find the edge, and quick
_MARGIN = 2  # of those pixels, beside the edge: it is not sharp


def find_sheet(light: Floats) -> Floats | None:
    """The picture cut to the sheet; where a corner of the table is left, the sheet goes on.

    Args:
        light: brightness 0 to 1, (h, w).

    Returns:
        Brightness, (h, w) and smaller; None if there is no table around a sheet.
    """
    sheet = _outline(downsampled(light, _SIDE))
    if sheet is None:
        return None
    large = Image.fromarray(sheet).resize(light.shape[::-1], Image.Resampling.NEAREST)
    mask = np.asarray(large)
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    nearest = ndimage.distance_transform_edt(
        ~mask[box], return_distances=False, return_indices=True
    )
    cut: Floats = light[box][tuple(nearest)]
    return cut


def _outline(light: Floats) -> Mask | None:
    """Where the sheet is, a little within its edge."""
    regions = regionprops(label(light > threshold_otsu(light)))
    largest = max(regions, key=lambda region: region.area)
    sheet = np.zeros(light.shape, dtype=np.bool_)
    sheet[largest.slice] = largest.image_convex
    corners = [sheet[row, column] for row in (0, -1) for column in (0, -1)]
    if all(corners) or sheet.mean() < SMALLEST:
        return None
    filled = largest.area_filled
    if filled < SOLID * largest.area_convex or largest.area < MOSTLY_PAPER * filled:
        return None
    if _share_behind_edge(light, sheet) > DARKER:
        return None
    within: Mask = ndimage.binary_erosion(sheet, iterations=_MARGIN, border_value=1)
    return within if within.any() else None


def _share_behind_edge(light: Floats, sheet: Mask) -> float:
    """How bright it is right outside, as a share of how bright it is right inside."""
    inside = sheet & ~ndimage.binary_erosion(sheet, border_value=1)
    near, far = (ndimage.binary_dilation(sheet, iterations=steps) for steps in (2, 3))
    outside = far & ~near
    if not outside.any():
        return 1
    return float(np.median(light[outside]) / max(float(np.median(light[inside])), 1 / 255))
