"""Which pieces of ink are digits, from left to right; the rest is dirt, a frame, or cut off."""

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
"""Pieces smaller than this share of the largest one are dirt."""

WHOLE = 0.25
"""Of the picture's shorter side: a piece that long can be a digit. Then what the edge cuts is none."""

FRAMED = 0.3
"""Of the length of a piece around it: a piece that long makes that one a frame. Dirt is shorter."""

TALL = 0.5
"""Of the tallest piece: one that tall, beside it, is a digit of its own. None of 500 digits that were
written on the canvas has a second piece that tall."""

CLEARLY_TALL = 0.7
"""Of the tallest piece: below this it may be a part of the digit beside it."""

ABOVE = 0.3
"""Of the narrower piece's width: when so much of it is above or below another, they are one digit."""

CLEARLY_APART = 0.08
"""Of the tallest piece's height: strokes that are closer may belong together."""

WIDE = 1.3
"""Wider than so many times their height are 5 of 500 digits that were written on the canvas."""

_MOST_PIECES = 100  # the largest: noise makes thousands


class Ambiguity(StrEnum):
    """What the lab may have got wrong."""

    APART = "apart"
    """Two digits may be two strokes of one."""
    TOGETHER = "together"
    """One digit may be two that touch."""


@dataclass(frozen=True, eq=False)
class Piece:
    """Connected ink.

    Attributes:
        box: its rows and columns.
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

    def frames(self, other: "Piece") -> bool:
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
class Found:
    """The digits in a picture.

    Attributes:
        digits: the ink of each, from left to right; each as large as the picture.
        frames: how many pieces around others were left out.
        cut_off: how many pieces at the edge were left out.
        doubts: what may be wrong of it.
    """

    digits: tuple[Floats, ...]
    frames: int = 0
    cut_off: int = 0
    doubts: frozenset[Ambiguity] = frozenset()


def find_digits(ink: Floats, complete: bool = False) -> Found:
    """The digits in a row.

    Args:
        ink: 0 to 1, (h, w); more than 0.5 is a line, and there is one.
        complete: whether nothing was cut off. On a canvas a stroke at the edge is a stroke like others.

    Raises:
        DrawingError: if there are more pieces side by side than `limits.MAX_DIGITS`.
    """
    pieces = _pieces(ink > 0.5)
    whole = pieces if complete else _without_cut_off(pieces)
    free = _without_frames(whole)
    largest = max(piece.area for piece in free)
    groups = _grouped([piece for piece in free if piece.area >= DIRT * largest])
    if len(groups) > limits.MAX_DIGITS:
        raise DrawingError(NoDigit.MANY)
    return Found(
        digits=tuple(_ink_of(group, ink) for group in groups),
        frames=len(whole) - len(free),
        cut_off=sum(piece.area >= DIRT * largest for piece in set(pieces) - set(whole)),
        doubts=frozenset(_doubts(groups)),
    )


def find_one(ink: Floats) -> Floats:
    """All ink but the dirt, as one digit; as large as the picture.

    Args:
        ink: as for `find_digits`.
    """
    pieces = _pieces(ink > 0.5)
    largest = max(piece.area for piece in pieces)
    return _ink_of([piece for piece in pieces if piece.area >= DIRT * largest], ink)


def _pieces(lines: Mask) -> list[Piece]:
    labels, count = ndimage.label(lines, np.ones((3, 3)))
    areas = np.bincount(labels.ravel())[1:]
    boxes = ndimage.find_objects(labels)
    largest = sorted(range(count), key=lambda one: areas[one], reverse=True)[:_MOST_PIECES]
    return [Piece(boxes[one], labels[boxes[one]] == one + 1, lines.shape) for one in largest]


def _without_cut_off(pieces: list[Piece]) -> list[Piece]:
    whole = [piece for piece in pieces if not piece.cut_off]
    enough = any(piece.length >= WHOLE * min(piece.shape) for piece in whole)
    return whole if enough else pieces


def _without_frames(pieces: list[Piece]) -> list[Piece]:
    """Without what encloses another piece; the innermost of several frames encloses the digit."""
    return [piece for piece in pieces if not any(map(piece.frames, pieces))]


def _grouped(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of each digit, from left to right."""
    tallest = max(piece.height for piece in pieces)
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.box[1].start):
        if piece.height < TALL * tallest:
            continue
        if groups and _one_above_other(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for piece in pieces:
        if piece.height < TALL * tallest:  # a part of the digit that is nearest
            min(groups, key=lambda group: _gap(group, [piece])).append(piece)
    return groups


def _one_above_other(group: list[Piece], piece: Piece) -> bool:
    width = min(piece.mask.shape[1], max(one.mask.shape[1] for one in group))
    return bool(-_gap(group, [piece]) > ABOVE * width)


def _columns(group: Iterable[Piece]) -> tuple[int, int]:
    columns = [piece.box[1] for piece in group]
    return min(one.start for one in columns), max(one.stop for one in columns)


def _gap(one: list[Piece], other: list[Piece]) -> int:
    """Columns between two groups; below 0 they overlap."""
    (left, right), (its_left, its_right) = _columns(one), _columns(other)
    return max(its_left - right, left - its_right)


def _doubts(groups: list[list[Piece]]) -> Iterable[Ambiguity]:
    heights = [max(piece.height for piece in group) for group in groups]
    if len(groups) > 1 and min(heights) < CLEARLY_TALL * max(heights):
        yield Ambiguity.APART
    for one, other in itertools.pairwise(groups):
        if _gap(one, other) < CLEARLY_APART * max(heights):
            yield Ambiguity.APART
    for group in groups:
        rows = [piece.box[0] for piece in group]
        height = max(one.stop for one in rows) - min(one.start for one in rows)
        left, right = _columns(group)
        if right - left > WIDE * height:
            yield Ambiguity.TOGETHER


def _ink_of(group: list[Piece], ink: Floats) -> Floats:
    """The ink of these pieces alone, with their soft edges."""
    mask = np.zeros(ink.shape, dtype=np.bool_)
    for piece in group:
        mask[piece.box] |= piece.mask
    return np.where(ndimage.binary_dilation(mask, iterations=2), ink, 0)
