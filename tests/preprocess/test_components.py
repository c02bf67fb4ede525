"""Which pieces of ink are digits, on ink that is drawn cell by cell."""

from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.preprocess import Ambiguity, DrawingError, NoDigit
from digitlab.preprocess.components import find_digits, find_single_digit

SIZE = (120, 200)


def drawn(*boxes: tuple[int, ...], size: tuple[int, int] = SIZE) -> np.ndarray:
    """Filled boxes of ink: first row, last row, first column, last column."""
    amount = np.zeros(size)
    for top, bottom, left, right in boxes:
        amount[top : bottom + 1, left : right + 1] = 1
    return amount


def hollow(top: int, bottom: int, left: int, right: int, wide: int = 3) -> np.ndarray:
    amount = drawn((top, bottom, left, right))
    amount[top + wide : bottom - wide + 1, left + wide : right - wide + 1] = 0
    return amount


ONE, SEVEN = (20, 99, 40, 55), (25, 95, 90, 120)


def columns(digit: np.ndarray) -> tuple[int, int]:
    filled = np.flatnonzero((digit > 0.5).any(axis=0))
    return filled[0], filled[-1]


def test_pieces_side_by_side_are_digits_from_left_to_right() -> None:
    row = find_digits(drawn(SEVEN, ONE))
    assert [columns(digit) for digit in row.digits] == [(40, 55), (90, 120)]
    np.testing.assert_array_equal(np.max(row.digits, axis=0), drawn(ONE, SEVEN))
    assert (row.frames, row.cut_off, row.ambiguities) == (0, 0, frozenset())


def test_what_lies_above_belongs_to_the_digit_below() -> None:
    bar, body = (20, 28, 60, 110), (36, 99, 62, 100)
    (digit,) = find_digits(drawn(bar, body)).digits
    np.testing.assert_array_equal(digit, drawn(bar, body))


def test_two_halves_above_each_other_are_one_digit() -> None:
    """An 8 of two rings that do not touch."""
    upper, lower = hollow(20, 56, 62, 100, wide=8), hollow(60, 99, 60, 104, wide=8)
    (digit,) = find_digits(np.maximum(upper, lower)).digits
    np.testing.assert_array_equal(digit, np.maximum(upper, lower))


def test_digits_that_lean_over_each_other_a_little_are_two() -> None:
    amount = np.zeros(SIZE)
    for row in range(20, 100):
        for foot in (40, 75):
            start = foot + (100 - row) // 2
            amount[row, start : start + 8] = 1
    left, right = find_digits(amount).digits
    assert columns(left)[1] > columns(right)[0]  # the end of one is above the start of the other


def test_a_short_stroke_belongs_to_the_digit_that_is_nearest() -> None:
    bar = (45, 62, 70, 85)
    first, seven = find_digits(drawn(ONE, SEVEN, bar)).digits
    np.testing.assert_array_equal(first, drawn(ONE))
    np.testing.assert_array_equal(seven, drawn(SEVEN, bar))


def test_dirt_is_left_out() -> None:
    (digit,) = find_digits(drawn(ONE, (110, 113, 150, 153))).digits
    np.testing.assert_array_equal(digit, drawn(ONE))


@pytest.mark.parametrize("frames", [1, 2])
def test_what_is_around_a_digit_is_a_frame(frames: int) -> None:
    around = [hollow(10 - 6 * n, 108 + 4 * n, 20 - 6 * n, 80 + 6 * n) for n in range(2)]
    row = find_digits(np.maximum(drawn(ONE), np.max(around[:frames], axis=0)))
    (digit,) = row.digits
    np.testing.assert_array_equal(digit, drawn(ONE))
    assert row.frames == frames


def test_a_zero_with_a_speck_in_it_is_no_frame() -> None:
    zero = hollow(20, 100, 60, 120, wide=12)
    (digit,) = find_digits(np.maximum(zero, drawn((58, 66, 86, 94)))).digits
    assert columns(digit) == (60, 120)


@pytest.mark.parametrize("box", [(0, 60, 150, 170), (40, 119, 150, 170), (30, 90, 180, 199)])
def test_what_the_edge_cuts_off_is_left_out_beside_a_whole_digit(box: tuple[int, ...]) -> None:
    row = find_digits(drawn(ONE, box))
    (digit,) = row.digits
    np.testing.assert_array_equal(digit, drawn(ONE))
    assert row.cut_off == 1


def test_on_a_canvas_nothing_is_cut_off() -> None:
    """A 7 that ends below the canvas keeps its bar: both are strokes of the learner."""
    seven, bar = (10, 119, 60, 75), (50, 62, 20, 55)
    row = find_digits(drawn(seven, bar), complete=True)
    np.testing.assert_array_equal(np.max(row.digits, axis=0), drawn(seven, bar))
    assert row.cut_off == 0
    assert find_digits(drawn(seven, bar)).cut_off == 1


def test_a_digit_at_the_edge_stays_where_nothing_else_is_large() -> None:
    at_edge = (0, 99, 40, 55)
    row = find_digits(drawn(at_edge, (50, 60, 100, 125)))
    assert columns(row.digits[0])[0] == 40
    assert row.cut_off == 0


@pytest.mark.parametrize(
    ("boxes", "doubts"),
    [
        ((ONE, SEVEN), set()),
        ((ONE, (20, 99, 59, 75)), {Ambiguity.APART}),  # close by
        ((ONE, (55, 99, 90, 105)), {Ambiguity.APART}),  # half as tall
        (((60, 99, 40, 100),), {Ambiguity.TOGETHER}),  # wider than tall
        (((30, 99, 40, 110),), set()),
    ],
)
def test_a_doubt_is_named(boxes: tuple[Any, ...], doubts: set[Ambiguity]) -> None:
    assert find_digits(drawn(*boxes)).ambiguities == doubts


def test_more_digits_than_the_limit_are_none() -> None:
    wide = (120, 20 * (limits.MAX_DIGITS + 2))
    row = [(20, 99, 20 * index + 5, 20 * index + 12) for index in range(limits.MAX_DIGITS + 1)]
    assert len(find_digits(drawn(*row[:-1], size=wide)).digits) == limits.MAX_DIGITS
    with pytest.raises(DrawingError) as raised:
        find_digits(drawn(*row, size=wide))
    assert raised.value.reason is NoDigit.MANY


def test_thousands_of_specks_hide_no_digit() -> None:
    """Of a photo of sand: each speck is a piece."""
    random = np.random.default_rng(0)
    amount = (random.random((400, 400)) < 0.2).astype(float)
    amount[100:300, 180:200] = 1
    (digit,) = find_digits(amount).digits
    assert columns(digit)[0] <= 180


def test_as_one_digit_a_ring_around_is_kept() -> None:
    """A face that is drawn where letters and faces are asked for."""
    face = np.maximum(hollow(10, 110, 40, 150), drawn((40, 50, 70, 80), (40, 50, 105, 115)))
    face = np.maximum(face, drawn((75, 85, 70, 115)))
    assert columns(find_single_digit(face)) == (40, 150)
