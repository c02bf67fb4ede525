import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from digitlab.data.mnist import Dataset
from digitlab.preprocess import (
    DrawingError,
    NoDigit,
    drawing_to_digit,
    drawing_to_digits,
    plain_resize,
)
from digitlab.preprocess.shaping import (
    CENTRE,
    FINE,
    MNIST_STROKE,
    STROKE,
    bounding_box,
    stroke_width,
    upsampled,
    with_even_strokes,
)
from digitlab.wording.drawings.drawing_steps import step_caption, step_name
from digitlab.wording.numerals import by
from digitlab.wording.problems.no_digit import in_picture, on_canvas
from tests.made_pictures import DIGITS, likeness

Pixels = NDArray[np.uint8]


def draw(
    digit: str = "4",
    side: int = 180,
    at: tuple[int, int] = (60, 50),
    brush: int = 20,
    canvas: tuple[int, int] = (280, 280),
) -> Pixels:
    """Black on white, with a round brush."""
    image = Image.new("L", canvas, 255)
    pen = ImageDraw.Draw(image)
    for stroke in DIGITS[digit]:
        points = [(at[0] + side * x, at[1] + side * y) for x, y in stroke]
        pen.line(points, fill=0, width=brush)
        for point in points:
            pen.circle(point, brush / 2, fill=0)
    return np.asarray(image)


@cache
def on_the_canvas(digit: str) -> Pixels:
    """What most others are compared with; reading it takes as long as reading them."""
    return drawing_to_digit(draw(digit)).digit


def ink_with_alpha(grey: Pixels, colour: int) -> Pixels:
    """The same drawing in one colour on glass."""
    return np.dstack([np.full((*grey.shape, 3), colour, np.uint8), 255 - grey])


def photographed(grey: Pixels, seed: int = 0) -> Pixels:
    """Grey ink on paper, the lamp on the left, a hard shadow on the right, grain."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[: grey.shape[0], : grey.shape[1]] / max(grey.shape)
    light = 215 - 80 * columns - 25 * rows
    light[rows + columns > 1.15] *= 0.6
    soft = np.asarray(Image.fromarray(grey).filter(ImageFilter.GaussianBlur(1.5))) / 255
    photo = light * (0.45 + 0.55 * soft) + random.normal(0, 5, grey.shape)
    return photo.clip(0, 255).astype(np.uint8)


def test_nine_of_ten_digits_have_lines_as_wide_as_draw_says(mnist: Dataset) -> None:
    widths = []
    for picture in mnist.x_train[::59]:
        ink = picture / 255
        widths.append(stroke_width(upsampled(ink[bounding_box(ink > 0.5)])) / FINE)
    low, high = np.percentile(widths, [5, 95])
    assert (round(low, 1), round(high, 1)) == pytest.approx(MNIST_STROKE, abs=0.11)


def line_width(image: Pixels) -> float:
    """Four times the mean distance of the ink to the paper, on a grid eight times finer."""
    fine = np.asarray(Image.fromarray(image).resize((224, 224), Image.Resampling.BICUBIC)) > 127
    return 4 * (ndimage.distance_transform_edt(fine)[fine].mean() - 0.5) / 8


@pytest.mark.parametrize(("drawn", "even"), [(1, STROKE[0]), (2.25, None), (5, STROKE[1])])
def test_a_line_changes_by_what_its_width_lacks(drawn: float, even: float | None) -> None:
    line = np.ones((19 * FINE, round(drawn * FINE)), np.bool_)
    mask, width = with_even_strokes(line)
    assert width == pytest.approx(drawn, rel=0.15)  # the ends make a short line look thinner
    change = even - width if even else 0
    assert mask.shape[1] / FINE == pytest.approx(drawn + change, abs=1 / FINE)


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize(("side", "brush"), [(120, 8), (180, 20), (220, 40)])
def test_digit_has_the_size_place_and_lines_of_mnist(digit: str, side: int, brush: int) -> None:
    result = drawing_to_digit(draw(digit, side, at=(25, 30), brush=brush)).digit
    assert result.shape == (28, 28)
    assert result.dtype == np.uint8
    assert result.max() == 255
    rows, columns = np.nonzero(result)
    assert 19 <= max(np.ptp(rows), np.ptp(columns)) + 1 <= 20
    centre = ndimage.center_of_mass(result)
    assert centre == pytest.approx((CENTRE, CENTRE), abs=0.2)
    assert STROKE[0] - 0.3 < line_width(result) < STROKE[1] + 0.5


def test_centre_and_lines_are_those_of_mnist(mnist: Dataset) -> None:
    centres = np.array([ndimage.center_of_mass(image) for image in mnist.x_test[:2000]])
    assert centres.mean(axis=0) == pytest.approx((CENTRE, CENTRE), abs=0.05)
    low, high = np.percentile([line_width(image) for image in mnist.x_test[:200]], [25, 75])
    assert low - 0.1 < STROKE[0] < STROKE[1] < high


@pytest.mark.parametrize("digit", DIGITS)
def test_proportions_stay(digit: str) -> None:
    tall = on_the_canvas(digit)
    rows, columns = np.nonzero(draw(digit) == 0)
    drawn = np.ptp(columns) / np.ptp(rows)
    rows, columns = np.nonzero(tall > 127)
    # Straightening makes a leaning digit narrower, never by more than half of its lean.
    assert 0.7 * drawn < (np.ptp(columns) + 1) / (np.ptp(rows) + 1) < 1.1 * drawn


def test_ink_may_be_dark_or_light_and_the_paper_transparent() -> None:
    grey, expected = draw(), on_the_canvas("4")
    white = np.dstack([grey] * 3)
    for same in (
        255 - grey,
        white,
        np.dstack([white, np.full_like(grey, 255)]),
        ink_with_alpha(grey, 0),
        ink_with_alpha(grey, 255),
        ink_with_alpha(grey, 90),
    ):
        np.testing.assert_array_equal(drawing_to_digit(same).digit, expected)


def test_place_on_the_canvas_makes_no_difference() -> None:
    expected = on_the_canvas("4")
    for at in ((20, 20), (120, 80), (55, 83)):
        np.testing.assert_array_equal(drawing_to_digit(draw(at=at)).digit, expected)


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("zoom", [0.5, 0.75, 1.2, 4])
def test_size_makes_little_difference(digit: str, zoom: float) -> None:
    side, brush, at = int(180 * zoom), int(20 * zoom), (int(40 * zoom), int(40 * zoom))
    canvas = (int(280 * max(1, zoom)),) * 2
    result = drawing_to_digit(draw(digit, side, at, brush, canvas)).digit
    assert likeness(result, on_the_canvas(digit)) > 0.95


@pytest.mark.parametrize("brush", [6, 12, 36])
def test_brush_makes_little_difference(brush: int) -> None:
    result = drawing_to_digit(draw("7", brush=brush)).digit
    assert likeness(result, on_the_canvas("7")) > 0.8


def test_slant_is_halved() -> None:
    image = Image.new("L", (280, 280), 255)
    ImageDraw.Draw(image).line([(180, 40), (100, 240)], fill=0, width=20)
    drawn = drawing_to_digit(np.asarray(image))
    assert "leans 22° to the right" in step_caption(drawn.steps[2])  # atan(80 / 200)
    rows, columns = np.nonzero(drawn.digit > 127)
    assert np.polyfit(rows, columns, 1)[0] == pytest.approx(-0.2, abs=0.04)


@cache
def large(digit: str) -> tuple[Pixels, Pixels]:
    """A drawing as large as a photo, and the digit that it gives."""
    clean = draw(digit, 248, at=(112, 98), brush=18, canvas=(600, 450))
    return clean, drawing_to_digit(clean).digit


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("seed", range(3))
def test_photo_gives_about_the_same_digit(digit: str, seed: int) -> None:
    clean, expected = large(digit)
    photo = photographed(clean, seed)
    assert likeness(drawing_to_digit(photo).digit, expected) > 0.95
    # Chalk on a blackboard.
    assert likeness(drawing_to_digit(255 - photo).digit, expected) > 0.9


def test_stray_dot_is_dirt_and_second_stroke_is_not() -> None:
    clean = draw("4")
    dotted = clean.copy()
    dotted[262:272, 262:272] = 0
    np.testing.assert_array_equal(drawing_to_digit(dotted).digit, drawing_to_digit(clean).digit)
    five = clean.copy()
    five[20:32, 100:200] = 0
    assert likeness(drawing_to_digit(five).digit, drawing_to_digit(clean).digit) < 0.9


def test_mnist_digits_stay_what_they_are(mnist: Dataset) -> None:
    enlarged = [
        np.asarray(Image.fromarray(image).resize((280, 280), Image.Resampling.NEAREST))
        for image in mnist.x_test[:100]
    ]
    results = [drawing_to_digit(image).digit for image in enlarged]
    likenesses = [likeness(*pair) for pair in zip(results, mnist.x_test, strict=False)]
    # Straightened, thinner and a pixel shorter; a neighbouring test image is at 0.3.
    assert np.mean(likenesses) > 0.8
    assert np.mean(np.array(results)) == pytest.approx(np.mean(mnist.x_test[:100]), rel=0.2)


def test_steps_lead_from_the_drawing_to_the_digit() -> None:
    grey = draw("7", 150, at=(80, 60))
    drawn = drawing_to_digit(grey)
    assert drawn.steps[-1].pixels is drawn.digit
    for step in drawn.steps:
        assert step_name(step)
        assert re.search(r"\d|upright", step_caption(step)), step_caption(step)
        assert step.pixels.dtype == np.uint8
        assert step.pixels.ndim == 2
        assert step.pixels.max() == 255
    np.testing.assert_array_equal(drawn.steps[0].pixels, 255 - grey)
    rows, columns = np.nonzero(grey == 0)
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    assert drawn.steps[1].pixels.shape == (height, width)
    assert f"{by(width, height)} of {by(280, 280)} pixels" in step_caption(drawn.steps[1])
    assert max(drawn.steps[-2].pixels.shape) <= 20


def test_numbers_of_a_large_picture_are_its_own() -> None:
    large = drawing_to_digit(draw("7", 1000, (300, 200), 90, (2000, 1500)))
    caption = step_caption(large.steps[1])
    width, height = map(int, re.findall(r"fills (\d+)\s×\s(\d+) of 2000\s×\s1500", caption)[0])
    assert (width, height) == (pytest.approx(790, abs=10), pytest.approx(1090, abs=10))


def filled(rows: slice = slice(None), columns: slice = slice(None)) -> Pixels:
    pixels = np.full((280, 280), 255, np.uint8)
    pixels[rows, columns] = 0
    return pixels


@pytest.mark.parametrize(
    ("pixels", "reason"),
    [
        (filled(slice(0)), NoDigit.EMPTY),
        (np.zeros((280, 280, 4), np.uint8), NoDigit.EMPTY),
        (filled(), NoDigit.ONE_COLOUR),
        (filled(slice(130, 150), slice(130, 150)), NoDigit.DOT),
        (filled(slice(140, 141), slice(140, 141)), NoDigit.DOT),
        (filled(slice(60, 200), slice(60, 200)), NoDigit.DOT),
        (filled(slice(5, -5), slice(5, -5)), NoDigit.FULL),
        (filled(columns=slice(270)), NoDigit.FULL),
        (filled(slice(30, 250), slice(30, 250)), NoDigit.FULL),
        (np.maximum(filled(slice(50, 60)), 250), NoDigit.FAINT),
        (photographed(filled(slice(0))), NoDigit.FAINT),
    ],
)
@pytest.mark.parametrize("function", [drawing_to_digit, drawing_to_digits])
def test_what_is_no_digit_is_refused_with_the_reason(
    function: Callable[..., Any], pixels: NDArray[Any], reason: NoDigit
) -> None:
    with pytest.raises(DrawingError) as raised:
        function(pixels)
    assert raised.value.reason is reason


@pytest.mark.parametrize("reason", NoDigit)
def test_each_reason_has_a_sentence_with_what_to_do_in_both_places(reason: NoDigit) -> None:
    assert re.search(r"\. (Draw|Clear)", on_canvas(reason))
    sentence = in_picture(reason)
    assert re.search(r"\. (Choose|Write|Cut)", sentence)
    assert "canvas" not in sentence


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((28, 28)),
        np.zeros(784, np.uint8),
        np.zeros((28, 28, 2), np.uint8),
        np.zeros((1, 28, 28, 3), np.uint8),
        np.zeros((0, 28), np.uint8),
    ],
)
@pytest.mark.parametrize("function", [drawing_to_digit, drawing_to_digits, plain_resize])
def test_wrong_arrays_are_refused(function: Callable[..., Any], pixels: NDArray[Any]) -> None:
    with pytest.raises(ValueError, match=r"Pixels must be uint8 of shape \(h, w\)"):
        function(pixels)


def test_plain_resize_leaves_the_digit_where_it_is() -> None:
    grey = draw("1", side=100, at=(180, 10))
    expected = 255 - grey.reshape(28, 10, 28, 10).mean(axis=(1, 3))
    for same in (grey, 255 - grey, ink_with_alpha(grey, 0)):
        assert plain_resize(same).dtype == np.uint8
        np.testing.assert_allclose(plain_resize(same), expected, atol=1)


def test_a_large_dot_beside_a_digit_is_not_read() -> None:
    canvas = np.full((280, 390), 255, np.uint8)
    canvas[:, :280] = draw("7", at=(30, 50))
    canvas[100:220, 265:385] = 0
    (digit,) = drawing_to_digits(canvas, complete=True).digits
    assert "Take the digit" not in [step_name(step) for step in digit.steps]  # it is the only one
    np.testing.assert_array_equal(
        digit.digit, drawing_to_digits(draw("7", at=(30, 50))).digits[0].digit
    )


def test_the_steps_that_several_digits_share_are_kept_once() -> None:
    both = np.hstack([draw("7"), draw("1")])
    first, second = drawing_to_digits(both).digits
    assert first.steps[0] is second.steps[0]
