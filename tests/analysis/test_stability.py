"""An answer is sure if it stays when the digit moves by one pixel."""

import numpy as np
import pytest

from digitlab.analysis.stability import MOVES, Reading, moved
from digitlab.ui.draw.reading_words import about_moves, in_one, of_several


def probabilities(*pairs: tuple[int, float]) -> Reading:
    """Answers to the five pictures: a digit, and its share; the rest is shared by the others."""
    rows = np.zeros((5, 10), np.float32)
    for row, (digit, share) in zip(rows, pairs, strict=True):
        row[:] = (1 - share) / 9
        row[digit] = share
    return Reading(rows)


def test_the_digit_moves_by_one_pixel_in_each_direction() -> None:
    digit = np.zeros((28, 28), np.uint8)
    digit[10, 12] = 7
    positions = [tuple(np.argwhere(picture)[0]) for picture in moved(digit)]
    assert positions == [(10, 12), (9, 12), (11, 12), (10, 11), (10, 13)]
    assert [*MOVES] == ["up", "down", "left", "right"]
    assert moved(digit).dtype == np.uint8


def test_what_leaves_the_picture_does_not_come_back_on_the_other_side() -> None:
    digit = np.zeros((28, 28), np.uint8)
    digit[0], digit[-1], digit[:, 0], digit[:, -1] = 1, 2, 3, 4
    for picture, (down, right) in zip(moved(digit)[1:], MOVES.values(), strict=True):
        assert picture.shape == (28, 28)
        behind = np.take(picture, 0 if down + right > 0 else -1, 0 if down else 1)
        assert not behind.any(), "paper follows"


STEADY = probabilities((3, 0.97), (3, 0.9), (3, 0.95), (3, 0.85), (3, 0.9))
FAINT = probabilities((3, 0.6), (3, 0.9), (3, 0.95), (3, 0.85), (3, 0.5))
OTHER = probabilities((3, 0.97), (3, 0.9), (3, 0.9), (8, 0.7), (3, 0.8))
WAVERS = probabilities((3, 0.9), (3, 0.7), (3, 0.75), (3, 0.7), (3, 0.7))


@pytest.mark.parametrize(
    ("reading", "sure", "others", "sentence"),
    [
        (STEADY, True, {}, "reads the digit **3** and is sure: 97"),
        (FAINT, False, {}, "reads the digit **3**, but it is not sure: 60"),
        (OTHER, False, {"left": 8}, "moves one pixel to the left, the answer is **8**."),
        (WAVERS, False, {}, "left and right. The mean over all five places is 75"),
    ],
)
def test_a_reading_and_what_is_said_of_it(
    reading: Reading, sure: bool, others: dict[str, int], sentence: str
) -> None:
    assert reading.answer == 3
    assert reading.share == pytest.approx(reading.all[0, 3])
    assert reading.steady_share == pytest.approx(reading.all[:, 3].mean())
    assert reading.sure is sure
    assert reading.others == others
    assert sentence in in_one(reading)
    assert ("Here it stays." in about_moves(reading)) is sure


def test_several_digits_are_said_one_by_one() -> None:
    said = of_several([STEADY, OTHER, probabilities(*[(1, 0.99)] * 5)])
    assert said.startswith("These are 3 digits. It reads **331**, one by one: **3** (97")
    assert said.count("not sure") == 1
