"""The pictures of one step of learning hold the numbers that they are given, and no others."""

import numpy as np
import pytest

from digitlab.analysis.chain_rule import StepSize
from digitlab.figures.first_batch import gradients_of_digits, optimizer_steps
from digitlab.figures.learning import (
    Factor,
    answer_and_errors,
    errors_from_behind,
    factor_chain,
    loss_over_rate,
)
from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED

PROBABILITIES = np.array([0.05] * 9 + [0.55], np.float32)
ERRORS = (PROBABILITIES - np.eye(10, dtype=np.float32)[3]).astype(np.float32)


def test_the_true_digit_is_marked_in_words_and_colour() -> None:
    bars, errors = answer_and_errors(PROBABILITIES, ERRORS, 3).data
    assert bars.x[3] == "3 ✓"
    assert [label for label in bars.x if "✓" in label] == ["3 ✓"]
    assert [bars.marker.color[digit] == ACCENT for digit in range(10)] == [
        digit == 3 for digit in range(10)
    ]
    np.testing.assert_array_equal(bars.y, PROBABILITIES)
    np.testing.assert_array_equal(errors.y, ERRORS)


def test_errors_below_zero_have_another_colour_and_the_real_minus_sign() -> None:
    errors = answer_and_errors(PROBABILITIES, ERRORS, 3).data[1]
    assert [color == ACCENT for color in errors.marker.color] == [value > 0 for value in ERRORS]
    assert errors.text[3] == "−0.95"
    assert errors.text[9] == "0.55"


def test_every_error_is_within_its_axis_also_where_all_are_zero_or_nan() -> None:
    low, high = answer_and_errors(PROBABILITIES, ERRORS, 3).layout.yaxis2.range
    assert low < ERRORS.min() < ERRORS.max() < high
    low, high = answer_and_errors(PROBABILITIES, np.zeros(10, np.float32), 3).layout.yaxis2.range
    assert low < 0 < high
    lost = np.full(10, np.nan, np.float32)  # after far too long a step
    low, high = answer_and_errors(lost, lost, 3).layout.yaxis2.range
    assert low < 0 < high


def test_the_chain_multiplies_all_but_the_last_and_hides_what_is_not_known() -> None:
    chart = factor_chain(
        [
            Factor("input", 0.5, "the input"),
            Factor("error", -0.2, "the error"),
            Factor("gradient", None, "to find"),
        ],
        "One gradient",
    )
    (cells,) = chart.data
    assert list(cells.text[0]) == ["0.5", "−0.2", "?"]
    assert [np.sign(value) for value in cells.z[0]] == [1, -1, 0]
    assert list(cells.customdata[0]) == ["the input", "the error", "to find"]
    assert [(sign.x, sign.text) for sign in chart.layout.annotations] == [(0.5, "×"), (1.5, "=")]
    assert list(chart.layout.xaxis.ticktext) == ["input", "error", "gradient"]


def test_small_errors_are_written_with_more_digits_and_never_as_0() -> None:
    errors = np.array([-0.0157, 0.0012, 0.0001, 0.0], np.float32)
    written = answer_and_errors(np.ones(4, np.float32), errors, 0).data[1].text
    assert list(written) == ["−0.016", "0.001", "≈ 0", "0.000"]


def test_what_comes_from_behind_is_each_weight_times_the_error_there() -> None:
    weights, errors = np.array([0.5, -0.2], np.float32), np.array([-0.1, -0.3], np.float32)
    (bars,) = errors_from_behind(weights, errors, "From behind").data
    np.testing.assert_array_equal(bars.y, weights * errors)
    assert [color == ACCENT for color in bars.marker.color] == [False, True]
    np.testing.assert_array_equal(bars.customdata, np.stack([weights, errors], axis=1))


RATES = [0.001, 0.01, 0.1, 1.0, 10.0]
LOSSES = [2.29, 2.2, 1.1, 9.0, float("nan")]
SIZES = [StepSize.TOO_SMALL] * 2 + [StepSize.RIGHT] + [StepSize.TOO_FAR] * 2


def test_each_rate_has_its_size_as_colour_sign_and_word() -> None:
    chart = loss_over_rate(RATES, LOSSES, SIZES, 2.3, 0.1)
    (curve,) = chart.data
    assert list(curve.marker.color) == [MUTED, MUTED, ACCENT, MISTAKE, MISTAKE]
    assert len({*curve.marker.symbol}) == 3
    words = {note.text: note.x for note in chart.layout.annotations if note.yref == "paper"}
    assert words == {
        "<b>too small</b>": pytest.approx(-2.5),  # between 0.001 and 0.01 on an axis of powers
        "<b>right</b>": pytest.approx(-1),
        "<b>too far</b>": pytest.approx(0.5),
    }


def test_a_loss_beyond_the_axis_stays_at_its_edge_and_its_own_value_is_told() -> None:
    chart = loss_over_rate(RATES, LOSSES, SIZES, 2.3, 0.1)
    (curve,) = chart.data
    assert list(curve.y) == pytest.approx([2.29, 2.2, 1.1, 4.6, 4.6])
    assert chart.layout.yaxis.range[1] > 4.6
    assert "loss 2.3000 → <b>9.0000</b>" in curve.customdata[3]
    assert "nan" in curve.customdata[4]


def test_the_chosen_rate_is_the_only_large_mark_and_the_start_is_a_line() -> None:
    chart = loss_over_rate(RATES, LOSSES, SIZES, 2.3, 0.1)
    sizes = chart.data[0].marker.size
    assert [size == max(sizes) for size in sizes] == [False, False, True, False, False]
    (line,) = chart.layout.shapes
    assert line.y0 == line.y1 == 2.3


def test_a_word_that_no_rate_has_is_not_written() -> None:
    chart = loss_over_rate([0.1], [1.0], [StepSize.RIGHT], 2.3, 0.1)
    assert [note.text for note in chart.layout.annotations if note.yref == "paper"] == [
        "<b>right</b>"
    ]


def test_a_batch_has_a_bar_for_each_digit_and_a_line_at_the_mean() -> None:
    gradients = np.array([0.2, -0.1, 0.0, 0.3], np.float32)
    chart = gradients_of_digits(gradients, 0.1)
    (bars,) = chart.data
    assert list(bars.x) == [1, 2, 3, 4]
    np.testing.assert_array_equal(bars.y, gradients)
    assert [color == ACCENT for color in bars.marker.color] == [True, False, False, True]
    (line,) = chart.layout.shapes
    assert line.y0 == line.y1 == 0.1


CHANGES = [
    np.array([[-0.5, 0.1], [-0.25, 0.05]], np.float32),
    np.array([[0.001, -0.001], [0.001, -0.001]], np.float32),
]


@pytest.mark.parametrize("weights", [1, 2])
def test_each_step_of_each_weight_is_a_trace_with_its_length(weights: int) -> None:
    traces = optimizer_steps(["SGD", "SGD with momentum"], CHANGES, weights).data
    assert [trace.name for trace in traces] == [
        f"{kind}, step {step}"
        for kind in ("larger gradient", "smaller gradient")[:weights]
        for step in (1, 2)
    ]
    for number, trace in enumerate(traces):
        weight, step = divmod(number, 2)
        assert list(trace.x) == pytest.approx([abs(change[step, weight]) for change in CHANGES])
        assert list(trace.y) == ["SGD", "SGD with<br>momentum"]
    assert {trace.marker.pattern.shape for trace in traces} == {"", "/"}
