"""Connected components of the ink, grouped into digits, from left to right.

The rest is dirt, a frame, or cut off.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from scipy import ndimage

from digitlab import limits
from digitlab.preprocess.light import Floats, Mask
from digitlab.preprocess.no_digit import DrawingError, NoDigit

DIRT = 0.08
"""Components smaller than this share of the largest one are dirt."""

DIGIT_LENGTH = 0.25
"""Of the picture's shorter side: a component that long can be a digit. Then what the edge cuts off
is none."""

FRAMED = 0.3
"""Of the length of a component around it: a component that long makes that one a frame. Dirt is
shorter."""

TALL = 0.5
"""Of the tallest component: one that tall, beside it, is a digit of its own. None of 500 digits
that were written on the canvas has a second component that tall."""

CLEARLY_TALL = 0.7
"""Of the tallest component: below this it may be a part of the digit beside it."""

OVERLAP = 0.3
"""Of the narrower component's width: if so much of it overlaps another's columns, they are one
digit."""

CLEARLY_APART = 0.08
"""Of the tallest component's height: strokes that are closer may belong together."""

WIDE = 1.3
"""Wider than so many times their height are 5 of 500 digits that were written on the canvas."""

_MOST_COMPONENTS = 100  # the largest: noise makes thousands


class Ambiguity(StrEnum):
    """What the lab may have got wrong."""

    APART = "apart"
    """Two digits may be two strokes of one."""
    TOGETHER = "together"
    """One digit may be two that touch."""


@dataclass(frozen=True, eq=False)
class Component:
    """A connected component of the ink.

    Attributes:
        box: its bounding box, rows and columns.
        mask: where it is, within the box.
        shape: of the picture.
    """

    box: tuple[slice, slice]
    mask: Mask
    shape: tuple[int, int]

    @property
    def area(self) -> int:
        """Its pixels."""
        return int(self.mask.sum())

    @property
    def height(self) -> int:
        """Of its box."""
        return int(self.mask.shape[0])

    @property
    def length(self) -> int:
        """The longer side of its box."""
        return int(max(self.mask.shape))

    @property
    def cut_off(self) -> bool:
        """Whether it touches the edge of the picture."""
        sides = zip(self.box, self.shape, strict=True)
        return any(side.start == 0 or side.stop == end for side, end in sides)

    @cached_property
    def filled(self) -> Mask:
        """With all that it encloses."""
        filled: Mask = ndimage.binary_fill_holes(self.mask)
        return filled

    def frames(self, other: "Component") -> bool:
        """Whether the other lies within this one, and is no dirt."""
        if other.length < FRAMED * self.length or not all(
            mine.start < its.start and its.stop < mine.stop
            for mine, its in zip(self.box, other.box, strict=True)
        ):
            return False
        row, column = np.argwhere(other.mask)[0]
        top, left = (its.start - mine.start for mine, its in zip(self.box, other.box, strict=True))
        return bool(self.filled[top + row, left + column])


@dataclass(frozen=True, eq=False)
class FoundDigits:
    """The digits in a picture.

    Attributes:
        digits: the ink of each, from left to right; each as large as the picture.
        frames: how many components around others were left out.
        cut_off: how many components at the edge were left out.
        ambiguities: what may be wrong.
    """

    digits: tuple[Floats, ...]
    frames: int = 0
    cut_off: int = 0
    ambiguities: frozenset[Ambiguity] = frozenset()


def find_digits(ink: Floats, complete: bool = False) -> FoundDigits:
    """The digits in a row.

    Args:
        ink: 0 to 1, (h, w); more than 0.5 is a line, and there is one.
        complete: whether nothing was cut off. On a canvas a stroke at the edge is like others.

    Raises:
        DrawingError: if there are more components side by side than `limits.MAX_DIGITS`.
    """
    components = _connected_components(ink > 0.5)
    uncut = components if complete else _without_cut_off(components)
    free = _without_frames(uncut)
    largest = max(component.area for component in free)
    groups = _grouped([component for component in free if component.area >= DIRT * largest])
    if len(groups) > limits.MAX_DIGITS:
        raise DrawingError(NoDigit.MANY)
    return FoundDigits(
        digits=tuple(_ink_of(group, ink) for group in groups),
        frames=len(uncut) - len(free),
        cut_off=sum(component.area >= DIRT * largest for component in set(components) - set(uncut)),
        ambiguities=frozenset(_ambiguities(groups)),
    )


def find_single_digit(ink: Floats) -> Floats:
    """All ink but the dirt, as one digit; as large as the picture.

    Args:
        ink: as for `find_digits`.
    """
    components = _connected_components(ink > 0.5)
    largest = max(component.area for component in components)
    return _ink_of([component for component in components if component.area >= DIRT * largest], ink)


def _connected_components(lines: Mask) -> list[Component]:
    labels, count = ndimage.label(lines, np.ones((3, 3)))
    areas = np.bincount(labels.ravel())[1:]
    boxes = ndimage.find_objects(labels)
    largest = sorted(range(count), key=lambda index: areas[index], reverse=True)[:_MOST_COMPONENTS]
    return [
        Component(boxes[index], labels[boxes[index]] == index + 1, lines.shape) for index in largest
    ]


def _without_cut_off(components: list[Component]) -> list[Component]:
    uncut = [component for component in components if not component.cut_off]
    enough = any(component.length >= DIGIT_LENGTH * min(component.shape) for component in uncut)
    return uncut if enough else components


def _without_frames(components: list[Component]) -> list[Component]:
    """Without what encloses another component; of several frames too."""
    return [component for component in components if not any(map(component.frames, components))]


def _grouped(components: list[Component]) -> list[list[Component]]:
    """The components of each digit, from left to right."""
    tallest = max(component.height for component in components)
    groups: list[list[Component]] = []
    for component in sorted(components, key=lambda component: component.box[1].start):
        if component.height < TALL * tallest:
            continue
        if groups and _one_above_other(groups[-1], component):
            groups[-1].append(component)
        else:
            groups.append([component])
    for component in components:
        if component.height < TALL * tallest:  # a part of the digit that is nearest
            min(groups, key=lambda group: _gap(group, [component])).append(component)
    return groups


def _one_above_other(group: list[Component], component: Component) -> bool:
    width = min(component.mask.shape[1], max(member.mask.shape[1] for member in group))
    return bool(-_gap(group, [component]) > OVERLAP * width)


def _columns(group: Iterable[Component]) -> tuple[int, int]:
    columns = [component.box[1] for component in group]
    return min(side.start for side in columns), max(side.stop for side in columns)


def _gap(group: list[Component], other: list[Component]) -> int:
    """Columns between two groups; below 0 they overlap."""
    (left, right), (other_left, other_right) = _columns(group), _columns(other)
    return max(other_left - right, left - other_right)


def _ambiguities(groups: list[list[Component]]) -> Iterable[Ambiguity]:
    heights = [max(component.height for component in group) for group in groups]
    if len(groups) > 1 and min(heights) < CLEARLY_TALL * max(heights):
        yield Ambiguity.APART
    for group, following in itertools.pairwise(groups):
        if _gap(group, following) < CLEARLY_APART * max(heights):
            yield Ambiguity.APART
    for group in groups:
        rows = [component.box[0] for component in group]
        height = max(side.stop for side in rows) - min(side.start for side in rows)
        left, right = _columns(group)
        if right - left > WIDE * height:
            yield Ambiguity.TOGETHER


def _ink_of(group: list[Component], ink: Floats) -> Floats:
    """The ink of these components alone, with their soft edges."""
    mask = np.zeros(ink.shape, dtype=np.bool_)
    for component in group:
        mask[component.box] |= component.mask
    return np.where(ndimage.binary_dilation(mask, iterations=2), ink, 0)
