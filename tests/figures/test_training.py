"""Pictures of a training and of a network's answers, as pure functions."""

import math
from dataclasses import astuple
from typing import Any

import numpy as np
import pytest

from digitlab.analysis.article_band import BANDS
from digitlab.figures.evaluation import confusion_heat_map, probability_bars
from digitlab.figures.training import article_band, curves
from digitlab.records.score import DigitSet
from digitlab.records.training import EpochRecord


def history(*losses: float, validation: bool = False) -> list[EpochRecord]:
    extra = {"val_loss": 9.0, "val_accuracy": 0.1} if validation else {}
    return [
        EpochRecord(epoch, 600, 0.5, {"loss": loss, "accuracy": 0.1 * epoch, **extra})
        for epoch, loss in enumerate(losses)
    ]


def curve(figure: Any, name: str, axis: str) -> Any:
    return next(t for t in figure.data if t.name == name and t.xaxis == axis)


def test_curves_show_the_history() -> None:
    figure = curves(history(2.0, 1.5, validation=True), epochs=5)
    loss, accuracy = curve(figure, "training", "x"), curve(figure, "training", "x2")
    assert (loss.x, loss.y) == ((1, 2), (2.0, 1.5))
    assert (accuracy.x, accuracy.y) == ((1, 2), (0.0, 0.1))
    assert curve(figure, "validation", "x").y == (9.0, 9.0)
    assert accuracy.text[-1].strip() == "training"


def test_axes_stay_where_they_are_while_the_curves_grow() -> None:
    empty, full = curves([], epochs=5), curves(history(2.0, 1.5, 1.2), epochs=5)
    for axis in ("xaxis", "xaxis2", "yaxis", "yaxis2"):
        assert empty.layout[axis].range == full.layout[axis].range
    assert full.layout.yaxis.range[0] == 0
    assert full.layout.yaxis2.range == pytest.approx((0, 1.02))
    assert all(len(trace.x) == 0 for trace in empty.data)


def test_a_loss_that_is_no_number_leaves_the_axes_alone() -> None:
    figure = curves(history(2.0, math.nan), epochs=5)
    assert all(math.isfinite(end) for end in figure.layout.yaxis.range)


def test_a_large_loss_fits() -> None:
    assert curves(history(40.0), epochs=5).layout.yaxis.range[1] >= 40


BAND = BANDS[DigitSet.TEST]


def test_band_has_yours_others_and_the_printed_figure() -> None:
    figure = article_band(0.7321, astuple(BAND), DigitSet.TEST, 200, 0.9018)
    assert tuple(figure.data[0].x) == (0.7321, 0.9018)
    spans = [(shape.x0, shape.x1) for shape in figure.layout.shapes]
    assert spans == [
        (BAND.low, BAND.high),
        (BAND.lower, BAND.upper),
        (BAND.lowest, BAND.highest),
        (BAND.median, BAND.median),
    ]
    assert {note.text for note in figure.layout.annotations} == {
        "yours: 0.7321",
        "200 runs of this lab",
        "in the article: 0.9018",
    }


def test_the_printed_test_accuracy_does_not_stand_among_training_accuracies() -> None:
    figure = article_band(0.3, astuple(BANDS[DigitSet.TRAINING]), DigitSet.TRAINING, 200, 0.9018)
    assert tuple(figure.data[0].x) == (0.3,)
    assert "in the article: 0.9018" not in {note.text for note in figure.layout.annotations}
    assert figure.layout.xaxis.range[0] < 0.3


@pytest.fixture
def matrix() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 50, (10, 10))


def test_heat_map_shows_counts_true_label_down(matrix: np.ndarray) -> None:
    figure = confusion_heat_map(matrix)
    cells = figure.data[0]
    assert [[int(text) for text in row] for row in cells.text] == matrix.tolist()
    assert figure.layout.yaxis.title.text == "True label"
    assert figure.layout.xaxis.title.text == "Predicted label"
    assert figure.layout.yaxis.autorange == "reversed"  # 0 on top
    np.testing.assert_allclose(cells.z, np.sqrt(matrix))


def test_heat_map_shows_row_per_cent(matrix: np.ndarray) -> None:
    matrix[3] = 0  # a digit that is not among the test images
    cells = confusion_heat_map(matrix, row_percent=True).data[0]
    sums = np.array([[float(text) for text in row] for row in cells.text]).sum(axis=1)
    np.testing.assert_allclose(np.delete(sums, 3), 100, atol=0.6)
    assert sums[3] == 0


def test_cells_can_be_chosen_and_the_chosen_one_is_framed(matrix: np.ndarray) -> None:
    figure = confusion_heat_map(matrix, cell=(4, 9))
    points = figure.data[1]
    assert len(points.x) == 100
    for x, y, (count, percent) in zip(points.x, points.y, points.customdata, strict=True):
        assert count == matrix[int(y), int(x)]
        assert percent == pytest.approx(100 * count / matrix[int(y)].sum())
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (8.5, 9.5, 3.5, 4.5)
    assert figure.layout.yaxis.range == (9.5, -0.5)  # 0 stays on top
    assert len(confusion_heat_map(matrix).data) == 1


def test_bars_mark_the_answer_and_the_true_label() -> None:
    probabilities = np.array([0.05] * 8 + [0.5, 0.1], np.float32)
    figure = probability_bars(probabilities, true_label=9)
    bars = figure.data[0]
    np.testing.assert_array_equal(bars.x, probabilities)
    assert [i for i, color in enumerate(bars.marker.color) if color == bars.marker.color[8]] == [8]
    assert [name for name in bars.y if "✓" in name] == ["9 ✓"]
    assert "8, with 50.0\N{NO-BREAK SPACE}%" in figure.layout.title.text
    assert bars.text[8] == "50.0\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(("training", "validation"), [(0.9, 0.91), (0.91, 0.9), (0.9, 0.9)])
def test_labels_at_the_ends_never_lie_on_each_other(training: float, validation: float) -> None:
    logs = {"loss": 0.3, "val_loss": 0.3, "accuracy": training, "val_accuracy": validation}
    figure = curves([EpochRecord(0, 540, 1.0, logs)], 1, "accuracy")
    places = {trace.name: trace.textposition for trace in figure.data if trace.xaxis == "x2"}
    assert set(places.values()) == {"top right", "bottom right"}
    higher = "training" if training > validation else "validation"
    assert places[higher] == "top right"
