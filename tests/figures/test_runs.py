"""Curves of several runs over each other, as pure functions."""

import itertools
import math
from typing import Any

import pytest

from digitlab.figures.runs import MAX_LINES, SIGNS, Line, overlaid, recall_pairs
from digitlab.records.training import EpochRecord


def line(letter: str, *losses: float, title: str = "Mine", validation: bool = False) -> Line:
    extra = {"val_loss": 1.9, "val_accuracy": 0.3} if validation else {}
    history = [
        EpochRecord(epoch, 600, 0.5, {"loss": loss, "accuracy": 0.1 * epoch, **extra})
        for epoch, loss in enumerate(losses)
    ]
    return Line(letter, title, history, len(losses))


def curves(figure: Any) -> dict[Any, Any]:
    return {trace.name: trace for trace in figure.data}


def letters(figure: Any) -> dict[Any, Any]:
    return {note.text[3:-4]: note for note in figure.layout.annotations}


def test_each_run_is_a_curve_with_its_numbers() -> None:
    lines = [line("A", 2.0, 1.5), line("B", 1.0, 0.8, 0.7)]
    loss, accuracy = curves(overlaid(lines, "loss")), curves(overlaid(lines, "accuracy"))
    assert (loss["A"].x, loss["A"].y) == ((1, 2), (2.0, 1.5))
    assert (loss["B"].x, loss["B"].y) == ((1, 2, 3), (1.0, 0.8, 0.7))
    assert accuracy["B"].y == pytest.approx((0.0, 0.1, 0.2))


def test_validation_is_dashed_and_has_open_signs() -> None:
    shown = curves(overlaid([line("A", 2.0, 1.5, validation=True)], "loss"))
    assert shown["A, validation"].y == (1.9, 1.9)
    assert shown["A, validation"].line.dash == "dash"
    assert shown["A"].line.dash == "solid"
    assert shown["A, validation"].line.color == shown["A"].line.color
    assert shown["A, validation"].marker.symbol == "circle-open"
    assert list(curves(overlaid([line("A", 2.0)], "loss"))) == ["A"]


def test_runs_differ_in_colour_and_sign() -> None:
    shown = curves(overlaid([line(letter, 2.0) for letter in "ABCDEF"], "loss")).values()
    assert MAX_LINES == len(shown) == 6
    assert len({trace.line.color for trace in shown}) == 6
    assert len({trace.marker.symbol for trace in shown}) == 6


def test_axes_are_those_of_train() -> None:
    figure = overlaid([line("A", 2.0, 1.5)], "loss")
    assert figure.layout.yaxis.range == pytest.approx((0, 1.02 * 2.5))
    assert overlaid([line("A", 2.0)], "accuracy").layout.yaxis.range == pytest.approx((0, 1.02))
    assert overlaid([line("A", 2.0), line("B", 3.0)], "loss").layout.yaxis.range[1] >= 3
    assert figure.layout.xaxis.range == (0.8, 2.2)


def test_a_run_in_training_has_room_to_grow() -> None:
    growing = Line("A", "Mine", line("A", 2.0).history, epochs=9)
    assert overlaid([growing], "loss").layout.xaxis.range[1] > 9


@pytest.mark.parametrize(("loss", "top"), [(9e9, 4), (math.inf, 2.5), (math.nan, 2.5)])
def test_a_run_that_diverges_leaves_the_others_their_place(loss: float, top: float) -> None:
    figure = overlaid([line("A", 2.0, 1.5), line("B", 2.0, loss)], "loss")
    assert figure.layout.yaxis.range == pytest.approx((0, 1.02 * top))


def test_a_curve_that_leaves_the_picture_says_so() -> None:
    shown = letters(overlaid([line("A", 2.0, 1.5), line("B", 2.0, 9e9)], "loss"))
    assert set(shown) == {"A", "B ↑"}
    assert shown["B ↑"].y == 4


def test_letters_stand_at_the_ends() -> None:
    shown = letters(overlaid([line("A", 2.0, 1.5), line("B", 2.0, 1.9, 0.5)], "loss"))
    assert (shown["A"].x, shown["A"].y) == (2, 1.5)
    assert (shown["B"].x, shown["B"].y) == (3, 0.5)
    assert shown["A"].font.color == SIGNS[0][0]


@pytest.mark.parametrize("loss", [0.0, 0.05, 1.5, 2.4])
def test_letters_never_lie_on_each_other(loss: float) -> None:
    ends = [line(letter, 2.0, loss) for letter in "ABCDEF"]
    heights = [note.y for note in overlaid(ends, "loss").layout.annotations]
    assert all(abs(a - b) > 0.22 for a, b in itertools.combinations(heights, 2))
    assert min(heights) > 0
    assert max(heights) <= 2.5


def test_a_stranger_s_title_is_text() -> None:
    shown = curves(overlaid([line("A", 2.0, title='<a href="//x">free</a>')], "loss"))
    assert "<a" not in shown["A"].hovertemplate
    assert "&lt;a href" in shown["A"].hovertemplate


def test_a_metric_that_was_not_counted_has_no_curve() -> None:
    other = Line("A", "Mine", [EpochRecord(0, 600, 1.0, {"loss": 2.0})], 1)
    assert overlaid([other], "accuracy").data == ()
    assert overlaid([], "loss").data == ()


@pytest.mark.parametrize("ground", ["#ffffff", "#14161c"])
def test_colours_are_seen_on_both_grounds(ground: str) -> None:
    for color, _, _ in SIGNS:
        brighter, darker = sorted((luminance(color), luminance(ground)), reverse=True)
        assert (brighter + 0.05) / (darker + 0.05) >= 2.9


def luminance(color: str) -> float:
    """WCAG's relative luminance."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_recall_is_a_pair_of_signs_for_each_digit() -> None:
    first, second = [0.1 * digit for digit in range(10)], [0.5] * 10
    figure = recall_pairs(first, second)
    shown = {trace.name: trace for trace in figure.data if trace.name}
    assert shown["A"].y == tuple(first)
    assert shown["B"].y == (0.5,) * 10
    assert shown["A"].marker.symbol != shown["B"].marker.symbol
    between = [trace for trace in figure.data if not trace.name]
    assert between[3].y == (first[3], 0.5)
    assert [round(x) for x in between[3].x] == [3, 3]
    assert set(letters(figure)) == {"A", "B"}
