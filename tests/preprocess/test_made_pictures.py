"""Each kind of uploaded picture gives the digit that the same strokes give on the canvas."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab.preprocess import drawing_to_digit, drawing_to_digits
from digitlab.preprocess.ink import find_ink
from digitlab.preprocess.light import brightness
from digitlab.preprocess.sheet import find_sheet
from digitlab.wording.drawings.drawing_steps import step_caption, step_name
from tests import made_pictures
from tests.made_pictures import (
    DIGITS,
    KINDS,
    Pixels,
    clean,
    ink,
    likeness,
    on_paper,
    photographed,
    side_by_side,
)


@cache
def on_the_canvas(digit: str) -> Pixels:
    """The digit that all others are compared with; reading it takes as long as most of them."""
    return drawing_to_digit(clean(digit)).digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_read_as_on_the_canvas(kind: str, digit: str) -> None:
    (drawn,) = drawing_to_digits(KINDS[kind](digit, seed=1)).digits
    expected = on_the_canvas(digit)
    assert likeness(drawn.digit, expected) > 0.9
    others = [on_the_canvas(other) for other in DIGITS if other != digit]
    assert likeness(drawn.digit, expected) > max(likeness(drawn.digit, other) for other in others)


@pytest.mark.parametrize("kind", KINDS)
def test_light_on_dark_is_read_the_same(kind: str) -> None:
    """But for a sheet on a table: a dark sheet on a light table could be chalk on a blackboard."""
    if kind == "on_a_table":
        return
    (drawn,) = drawing_to_digits(255 - KINDS[kind]("4", seed=1)).digits
    assert likeness(drawn.digit, on_the_canvas("4")) > 0.9


@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("size", [(300, 300), (400, 380), (500, 500), (1000, 563), (600, 1000)])
@pytest.mark.parametrize("digit", DIGITS)
def test_lines_of_few_pixels_are_whole(digit: str, size: tuple[int, int], width: int) -> None:
    side = 0.85 * min(size)
    (drawn,) = drawing_to_digits(on_paper(ink(digit, size, (20, 20, side), width))).digits
    assert likeness(drawn.digit, on_the_canvas(digit)) > 0.85


@pytest.mark.parametrize("size", [28, 40, 60, 100])
@pytest.mark.parametrize("digit", DIGITS)
def test_lines_of_one_faint_pixel_never_vanish(digit: str, size: int) -> None:
    """Once nothing was left of such a line, and the page ended in an error."""
    amount = ink(digit, (size, size), (0.15 * size, 0.1 * size, 0.75 * size), 1) * 0.5
    drawn = drawing_to_digit(on_paper(amount))
    assert likeness(drawn.digit, on_the_canvas(digit)) > 0.6


def steps(pixels: NDArray[np.uint8]) -> dict[str, str]:
    return {
        step_name(step): step_caption(step) for step in drawing_to_digits(pixels).digits[0].steps
    }


def test_the_steps_say_what_was_left_out() -> None:
    assert "frame" in steps(made_pictures.framed("7", 0))["Take the digit"]
    assert "edge" in steps(made_pictures.cell("7", 0))["Take the digit"]
    assert "edge" in steps(made_pictures.beside_a_neighbour("7", 0))["Take the digit"]
    assert "table" in steps(made_pictures.on_a_table("7", 0))["Find the sheet"]
    assert "Take the digit" not in steps(clean("7"))
    assert "Find the sheet" not in steps(clean("7"))


def test_the_size_of_the_sheet_is_its_own() -> None:
    """The sheet has 400 pixels a side, and is turned by 4 degrees: 427 from corner to corner."""
    sheet = find_ink(made_pictures.on_a_table("7", 0)).sheet
    assert sheet is not None
    assert sheet.shape == (pytest.approx(427, abs=16), pytest.approx(427, abs=16))


@cache
def photo_of_a_four(seed: int) -> Pixels:
    """Before the shadow falls on it."""
    return photographed(ink("4", (800, 600), (220, 130, 330), 24) * 0.8, seed)


def shadowed(seed: int, soft: float) -> np.ndarray:
    """A hand's shadow over one corner: half the light, with a soft edge."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[:600, :800] / 800
    angle = random.uniform(0, 2 * np.pi)
    way = (columns - 0.5) * np.cos(angle) + (rows - 0.4) * np.sin(angle) - random.uniform(0, 0.3)
    light = 1 - 0.5 / (1 + np.exp(-way / soft))
    return (photo_of_a_four(seed) * light).astype(np.uint8)


@pytest.mark.parametrize("soft", [0.012, 0.04])
@pytest.mark.parametrize("seed", range(8))
def test_a_shadow_is_no_table(seed: int, soft: float) -> None:
    photo = shadowed(seed, soft)
    assert find_ink(photo).sheet is None
    (drawn,) = drawing_to_digits(photo).digits
    assert likeness(drawn.digit, on_the_canvas("4")) > 0.85


def test_a_ring_of_chalk_is_no_sheet() -> None:
    """The area within a light 0 on a blackboard has a sharp edge too."""
    ring = photographed(np.zeros((300, 400)), 0, paper=50).copy()
    rows, columns = np.mgrid[:300, :400]
    away = np.hypot((rows - 150) / 1.3, columns - 200)
    ring[(away > 72) & (away < 84)] = 220
    assert find_sheet(brightness(ring)) is None


def test_where_the_sheet_holds_no_digit_the_rest_of_the_picture_counts() -> None:
    """A blank white card lies beside the digit."""
    paper = np.random.default_rng(0).normal(150, 4, (600, 800))
    paper[200:560, 460:790] *= 1.34
    photo = on_paper(ink("4", (800, 600), (80, 130, 300), 24) * 0.4, paper)
    assert find_sheet(brightness(photo)) is not None
    (drawn,) = drawing_to_digits(photo).digits
    assert likeness(drawn.digit, on_the_canvas("4")) > 0.9


@pytest.mark.parametrize("number", ["17", "41", "274", "1", "11111111"])
def test_digits_in_a_row_are_read_one_by_one(number: str) -> None:
    drawn = drawing_to_digits(side_by_side(number))
    assert len(drawn.digits) == len(number)
    for drawn_digit, digit in zip(drawn.digits, number, strict=True):
        expected = on_the_canvas(digit)
        assert likeness(drawn_digit.digit, expected) > 0.9
    if len(number) > 1:
        names = [step_caption(digit.steps[1]) for digit in drawn.digits]
        assert names[0].startswith(f"Digit 1 of {len(number)}")
        assert names[-1].startswith(f"Digit {len(number)} of {len(number)}")
    assert not drawn.ambiguities


def test_as_one_digit_it_is_all_that_is_drawn() -> None:
    both = drawing_to_digit(side_by_side("17")).digit
    first, second = (digit.digit for digit in drawing_to_digits(side_by_side("17")).digits)
    assert max(likeness(both, first), likeness(both, second)) < 0.7
