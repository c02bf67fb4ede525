"""The figures of Data and Prepare against the arrays that they draw."""

from typing import Any

import numpy as np
import pytest

from digitlab.data.mnist import Dataset
from digitlab.figures import preparation, samples, sets
from digitlab.figures.style import theme
from digitlab.preprocess.arrays import cast, one_hot, scale


@pytest.fixture
def digit(mnist: Dataset) -> Any:
    return mnist.x_train[8]


def test_numbers_writes_each_pixel_once_on_itself(digit: Any) -> None:
    picture, *written = samples.numbers(digit, "x_train[8]").data
    assert np.array_equal(picture.z, digit)
    texts = np.array([layer.text for layer in written], object)
    assert ((texts != "").sum(axis=0) == 1).all()
    assert np.array_equal(texts.sum(axis=0).astype(int), digit)


def test_numbers_say_row_column_and_value_on_hover_and_only_once(digit: Any) -> None:
    picture, *written = samples.numbers(digit, "x_train[8]").data
    for part in ("row %{y}", "column %{x}", "value <b>%{z}</b>"):
        assert part in picture.hovertemplate
    assert {layer.hoverinfo for layer in written} == {"skip"}


def test_digits_are_ink_on_paper_unsmoothed(digit: Any) -> None:
    ink = samples.ink_map(digit)
    assert (ink.zmin, ink.zmax, ink.zsmooth) == (0, 255, False)
    assert ink.colorscale == ((0, "#ffffff"), (1, "#000000"))


@pytest.mark.parametrize(
    ("row", "column", "corners"),
    [
        (None, None, (-0.6, 27.6, -0.6, 27.6)),
        (14, None, (-0.6, 27.6, 13.4, 14.6)),
        (14, 10, (9.4, 10.6, 13.4, 14.6)),
    ],
)
def test_cut_frames_what_the_index_takes(
    digit: Any, row: int | None, column: int | None, corners: tuple[float, ...]
) -> None:
    (frame,) = samples.cut(digit, "", row, column).layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == corners


def test_pile_has_the_first_picture_on_top_at_the_lower_left(mnist: Dataset) -> None:
    piled = samples.pile(mnist.x_train[:3], step=10, zoom=2)
    assert piled.shape == (28 * 2 + 4 + 20, 28 * 2 + 4 + 20)
    assert np.array_equal(piled[22:78:2, 2:58:2], mnist.x_train[0])


def test_counts_and_averages_are_numpys(mnist: Dataset) -> None:
    train, test = sets.class_counts(mnist)
    assert np.array_equal(train, np.bincount(mnist.y_train))
    assert np.array_equal(test, np.bincount(mnist.y_test))
    mean = mnist.x_train[mnist.y_train == 3].mean(axis=0)
    assert np.abs(sets.average_digits(mnist)[3] - mean).max() <= 0.5


def test_counts_draws_and_names_both_sets() -> None:
    train, test = np.arange(10, 20), np.arange(10)
    first, second = sets.counts(train, test).data
    assert np.array_equal(first.x, train)
    assert np.array_equal(second.x, test)
    assert first.text[0] == "training: 10"
    assert second.text[0] == "test: 0"


def test_three_sets_follow_each_other_without_gap() -> None:
    bars = sets.three_sets(48_000, 12_000, 10_000).data
    assert [(bar.base, bar.x[0]) for bar in bars] == [
        (0, 48_000),
        (48_000, 12_000),
        (60_000, 10_000),
    ]


def test_histogram_counts_the_inked_pixels_alike_before_and_after(digit: Any) -> None:
    before = preparation.histogram(cast(digit), 255, "").data[0]
    after = preparation.histogram(scale(cast(digit)), 1, "").data[0]
    expected, _ = np.histogram(digit[digit > 0], bins=16, range=(0, 255))
    assert np.array_equal(before.y, expected)
    assert np.array_equal(after.y, expected)
    assert np.allclose(after.x, before.x / 255)


@pytest.mark.parametrize("row", [0, 14, 27])
def test_laid_out_puts_a_row_at_28_times_its_number(digit: Any, row: int) -> None:
    scaled = scale(cast(digit))
    line, part = preparation.laid_out(scaled, row).data
    assert np.array_equal(line.z, scaled.reshape(1, 784))
    assert part.x[0] == 28 * row
    assert np.array_equal(part.y, np.asarray(line.z)[0, part.x])


def test_one_hot_fills_the_labels_place(mnist: Dataset) -> None:
    figure = preparation.one_hot(one_hot(mnist.y_test[0]))
    assert tuple(figure.data[0].z[0]) == (0, 0, 0, 0, 0, 0, 0, 1, 0, 0)
    assert "place 7" in figure.layout.title.text


@pytest.mark.parametrize(
    "title", ["", "Short", "Test accuracy of each run; the bar is the mean", "word " * 30]
)
def test_a_title_keeps_its_words_in_lines_that_a_phone_shows(title: str) -> None:
    lines = theme.title_lines(title)
    assert " ".join(lines) == title.strip()
    assert max(map(len, lines)) <= theme.TITLE_LETTERS


def test_a_title_of_two_lines_takes_nothing_from_the_chart() -> None:
    one, two = (
        theme.figure(title=title) for title in ("Short", "As long as no phone shows in one line")
    )
    more = two.layout.height - one.layout.height
    assert more > 0
    assert two.layout.margin.t - one.layout.margin.t == more
