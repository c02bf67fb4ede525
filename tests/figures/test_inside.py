"""The figures of Look inside."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from digitlab.data.mnist import Dataset
from digitlab.figures.digit_map import braille, digit_map
from digitlab.figures.inside import (
    over_digit,
    product_bars,
    product_map,
    window_cells,
)
from digitlab.figures.output import softmax_cells
from digitlab.figures.style.theme import DIGIT_COLORS, SIGN_SCALE
from digitlab.figures.style.tiles import tiles, tint


def test_numbers_for_and_against_have_their_colours() -> None:
    colours = tint(np.array([-2.0, -1, 0, 2], np.float32), 2)
    expected = [SIGN_SCALE[place][1] for place in (0, 1, 2, 4)]
    assert ["#" + bytes(colour).hex() for colour in colours] == expected


def test_tiles_keep_their_pixels_and_stand_apart() -> None:
    pictures = np.stack([np.eye(28), -np.eye(28)]).astype(np.float32)
    first, second = tiles(pictures, 1, 100)
    assert first.shape == second.shape == (4 * 28 + 6, 4 * 28 + 6, 4)
    assert first[0, 0, 3] == 0  # clear at the edge
    np.testing.assert_array_equal(
        first[3:7, 3:7, :3], np.full((4, 4, 3), tint(np.array(1, np.float32), 1))
    )
    np.testing.assert_array_equal(
        second[3:7, 3:7, :3], np.full((4, 4, 3), tint(np.array(-1, np.float32), 1))
    )


@pytest.mark.parametrize("make", [product_map, product_bars])
def test_products_are_number_times_weight(make: Callable[..., Any]) -> None:
    shape = (4, 4) if make is product_map else (16,)
    inputs, weights = np.arange(16.0).reshape(shape), np.linspace(-1, 1, 16).reshape(shape)
    (trace,) = make(inputs, weights, "Products").data
    products = trace.z if make is product_map else trace.y
    np.testing.assert_allclose(products, inputs * weights)
    np.testing.assert_allclose(trace.customdata[..., 0], inputs)
    np.testing.assert_allclose(trace.customdata[..., 1], weights)
    if make is product_map:
        assert trace.zmin == -trace.zmax  # white is 0


def test_channels_of_a_window_stand_side_by_side() -> None:
    window, weights = np.ones((3, 3, 2), np.float32), np.zeros((3, 3, 2), np.float32)
    weights[2, 1] = 5, -7
    (trace,) = window_cells(window, weights, "Window").data
    assert trace.z.shape == (3, 7)
    assert (trace.z[2, 1], trace.z[2, 5]) == (5, -7)
    assert np.isnan(trace.z[:, 3]).all()


def test_softmax_is_told_cell_by_cell() -> None:
    sums = np.array([0, np.log(3), -1] + [-50] * 7)
    powers = np.exp(sums - sums.max())
    (trace,) = softmax_cells(sums, powers, powers / powers.sum()).data
    assert trace.text[1][0] == "1.10"
    assert trace.text[2][0] == "−1.00"
    assert trace.customdata[1][2].endswith(f"= {1 / powers.sum():.4f}")


def test_evidence_lies_on_its_pixels() -> None:
    values = np.zeros((13, 13), np.float32)
    values[3, 5] = 1
    heat, outline = over_digit(values, np.zeros((28, 28), np.uint8), "Seen", "", cell=2).data
    # The patch on rows 6 to 9 and columns 10 to 13 has its middle at 7.5 and 11.5.
    assert (heat.y[3], heat.x[5]) == (7.5, 11.5)
    assert outline.z.shape == (28, 28)


def test_digits_are_drawn_with_braille() -> None:
    pixels = np.zeros((1, 28, 28), np.uint8)
    pixels[0, 2, 2] = pixels[0, 5, 3] = pixels[0, 25, 25] = 255
    lines = braille(pixels)[0].split("<br>")
    assert [len(line) for line in lines] == [12] * 6
    assert lines[0][0] == "⢁"  # its first and its last dot
    assert lines[5][11] == "⢀"
    assert sum(ord(sign) - 0x2800 for line in lines for sign in line) == 0x81 + 0x80


def test_wrong_answers_have_a_ring_and_the_sample_is_a_star(mnist: Dataset) -> None:
    places = np.arange(6, dtype=np.float32).reshape(3, 2)
    labels, answers = np.array([7, 2, 1], np.uint8), np.array([7, 3, 1])
    drawn = digit_map(places, mnist.x_test[:3], labels, answers, places[0], "Map")
    rings, digits, star = drawn.data
    assert list(digits.text) == ["7", "2", "1"]
    assert list(digits.textfont.color) == [DIGIT_COLORS[label] for label in labels]
    assert digits.customdata[1][0] == 1
    assert digits.customdata[1][2] == "<br>your network reads 3 ✗"
    assert (list(rings.x), list(rings.y)) == ([2], [3])
    assert (star.marker.symbol, list(star.x), list(star.y)) == ("star", [0], [1])


def test_digits_are_readable_on_both_grounds() -> None:
    def luminance(color: str) -> float:
        parts = np.frombuffer(bytes.fromhex(color[1:]), np.uint8) / 255
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    assert len(set(DIGIT_COLORS)) == 10
    for color in DIGIT_COLORS:
        for ground in ("#ffffff", "#14161c"):
            dark, light = sorted([luminance(color), luminance(ground)])
            assert (light + 0.05) / (dark + 0.05) >= 3, color
