from dataclasses import replace

import numpy as np
import pytest

from digitlab.figures.replay import curves_at, probability_history
from tests.figures.test_training import history


def test_the_curves_start_before_the_first_epoch_and_mark_one() -> None:
    figure = curves_at(history(2.0, 1.5), 5, "accuracy", 0, {2: 0.6, 0: 0.1})
    assert {axis.range[0] for axis in figure.select_xaxes()} == {-0.2}
    lines = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1 == 0]
    assert len(lines) == 2
    tests = figure.data[-1]
    assert (list(tests.x), list(tests.y)) == ([0, 2], [0.1, 0.6])
    assert tests.xaxis == "x2"  # beside the accuracy


def test_test_accuracy_is_not_drawn_on_another_metrics_axis() -> None:
    name = "top_k_categorical_accuracy"
    records = [replace(record, logs={**record.logs, name: 0.9}) for record in history(2.0, 1.5)]
    figure = curves_at(records, 5, name, 1, {0: 0.1})
    assert all(list(trace.x) != [0] for trace in figure.data)


@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_ten_labels_stand_apart_in_the_order_of_their_lines(spread: float) -> None:
    """On a heap at 0.1, or one digit near 1 and the others near 0."""
    last = np.full(10, 0.1 - 0.1 * spread, np.float32) + np.arange(10) / 1000
    last[6] += spread * 0.95
    answers = np.stack([np.full(10, 0.1, np.float32), last])
    figure = probability_history([0, 4], answers, label=6, epoch=4)
    for digit in range(10):
        (line,) = [trace for trace in figure.data if f"{digit}:" in trace.hovertemplate]
        np.testing.assert_array_equal(line.y, answers[:, digit])
    labels = {note.text: note for note in figure.layout.annotations if note.text}
    assert set(labels) == {"6 ✓", *"012345789"}
    pixels = 234 / 1.05  # of the axis, for a probability of 1
    heights = {text[0]: note.y * pixels - note.ay for text, note in labels.items()}
    ordered = [heights[str(digit)] for digit in np.argsort(last, kind="stable")]
    assert np.diff(ordered).min() >= 13 - 1e-6
    assert max(ordered) <= 234
    assert labels["6 ✓"].font.color != labels["5"].font.color


def test_a_wrong_last_answer_is_dashed_too() -> None:
    answers = np.full((2, 10), 0.05, np.float32)
    answers[1, 3], answers[1, 8] = 0.5, 0.3
    figure = probability_history([0, 1], answers, label=8, epoch=0)
    told = {trace.hovertemplate.split("<br>")[1][0]: trace.line.dash for trace in figure.data}
    assert told["3"] == "dash"
    assert told["8"] == told["5"] == "solid"
