"""Colours that carry text can be read: an oracle beside the lab's own arithmetic."""

import doctest
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.colors import sample_colorscale

from digitlab.figures import evaluation, inside, preparation, samples
from digitlab.figures.output import softmax_cells
from digitlab.figures.style import contrast, theme
from digitlab.figures.style.contrast import READABLE, readable

LIGHT, DARK = "#ffffff", "#14161c"


def by_the_book(one: list[float], other: list[Any]) -> Any:
    """The guidelines' own formula, on parts from 0 to 1."""
    light = [
        np.dot(
            [0.2126, 0.7152, 0.0722],
            [
                part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                for part in color
            ],
        )
        for color in (one, other)
    ]
    return (max(light) + 0.05) / (min(light) + 0.05)


def parts(color: str) -> list[float]:
    return [part / 255 for part in bytes.fromhex(color.removeprefix("#"))]


def plotlys_choice(ground: list[float]) -> list[float]:
    """What Plotly writes on a cell when no colour is given: its `Color.contrast`."""
    red, green, blue = ground
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 128 / 255
    return parts("#ffffff" if dark else "#444444")


def test_examples_in_the_docstrings_are_true() -> None:
    assert doctest.testmod(contrast).failed == 0


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("color", [theme.ACCENT, theme.MISTAKE, theme.MUTED, *theme.DIGIT_COLORS])
def test_each_colour_has_a_tone_that_can_be_read(color: str, ground: str) -> None:
    tone = readable(color, ground)
    assert by_the_book(parts(tone), parts(ground)) >= READABLE
    assert contrast.contrast(tone, ground) == pytest.approx(
        by_the_book(parts(tone), parts(ground)), abs=1e-3
    )


def written(figure: Any) -> list[tuple[list[list[Any]], None]]:
    """Of each heat map with numbers on it: its scale, and the numbers' colour if one is given."""
    return [
        ([*map(list, trace.colorscale)], trace.textfont.color)
        for trace in figure.data
        if isinstance(trace, go.Heatmap) and trace.texttemplate and trace.textfont.color is None
    ]


def test_numbers_on_cells_can_be_read_whatever_the_number() -> None:
    matrix = np.arange(100).reshape(10, 10)
    window = np.linspace(-1, 1, 9, dtype=np.float32).reshape(3, 3, 1)
    steps = np.linspace(-3, 3, 10)
    figures = (
        evaluation.confusion_heat_map(matrix),
        inside.window_cells(window, window, "A window"),
        softmax_cells(steps, np.exp(steps), np.exp(steps) / np.exp(steps).sum()),
        preparation.one_hot(np.eye(10, dtype=np.float32)[3]),
    )
    scales = [scale for figure in figures for scale, _ in written(figure)]
    assert len(scales) == len(figures)
    ends = 2  # of the vector of ten there are only 0 and 1
    for scale in scales:
        points = np.linspace(0, 1, ends if len(scale) == ends else 500)
        for ground in sample_colorscale(scale, points, colortype="tuple"):
            assert by_the_book(plotlys_choice(ground), ground) >= READABLE, (scale, ground)


def test_numbers_on_ink_and_paper_can_be_read() -> None:
    pixels = np.resize(np.arange(256, dtype=np.uint8), (28, 28))
    for trace in samples.numbers(pixels, "All").data[1:]:
        color = parts(trace.textfont.color)
        for ink in {*pixels[np.asarray(trace.text) != ""].tolist()}:
            grey = [(255 - ink) / 255] * 3
            assert by_the_book(color, grey) >= READABLE, (ink, trace.textfont.color)
