"""The picture of the network and the curves: what is drawn is what the spec says."""

import doctest
import json
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from digitlab.architecture.summary import layer_rows, total_parameters
from digitlab.figures import activations, architecture
from digitlab.figures.style.theme import ACCENT
from digitlab.specs import ACTIVATIONS, PRESETS, HiddenLayer, NetworkSpec
from digitlab.wording.settings.parameter_count import arithmetic

NETWORKS = {
    **{name: run.network for name, run in PRESETS.items()},
    "no hidden layer": NetworkSpec(hidden=()),
    "one unit": NetworkSpec((HiddenLayer(1),)),
    "everything": NetworkSpec((HiddenLayer(512, "tanh"),) * 4, convolutions=(32, 32)),
}
SAMPLE = np.tile(np.arange(28, dtype=np.uint8), (28, 1))


def picture(name: str) -> Any:
    return architecture.network(NETWORKS[name], SAMPLE)


def labels(figure: Any) -> list[Any]:
    texts = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
    return [text for text in texts if text != "⋮"]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_column_a_layer_with_at_most_ten_marks(name: str) -> None:
    network = NETWORKS[name]
    lines, *columns = picture(name).data
    rows: Any = layer_rows(network)  # Keras knows each output's shape here
    assert lines.mode == "lines"
    for x, (column, row) in enumerate(zip(columns, rows, strict=True), start=1):
        assert set(column.x) == {x}
        assert len(column.y) == min(row.output_shape[-1], architecture.DRAWN)
        assert arithmetic(row) in column.hovertemplate
    left_out = [row for row in rows if row.output_shape[-1] > architecture.DRAWN]
    assert [note.text for note in picture(name).layout.annotations].count("⋮") == len(left_out)


@pytest.mark.parametrize("name", NETWORKS)
def test_title_counts_the_parameters(name: str) -> None:
    assert f"{total_parameters(NETWORKS[name]):,}" in picture(name).layout.title.text


def test_labels_say_what_stands_there() -> None:
    assert labels(picture("The article's network")) == [
        "28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 = 784 pixels",
        "10 units sigmoid",
        "10 units softmax",
    ]
    assert labels(picture("Small CNN")) == [
        "28\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}28 pixels",
        "8 maps 26\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}26",
        "8 maps 13\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}13",
        "16 maps 11\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}11",
        "16 maps 5\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}5",
        "400 numbers",
        "64 units relu",
        "10 units softmax",
    ]
    assert labels(picture("one unit"))[1] == "1 unit sigmoid"


def test_answers_are_numbered_from_above() -> None:
    answers = picture("ReLU 128").data[-1]
    assert answers.text == tuple("0123456789")
    assert list(answers.y) == sorted(answers.y, reverse=True)


def test_dense_connects_each_with_each_and_pooling_one_with_one() -> None:
    lines = picture("Small CNN").data[0]
    gaps = [sum(1 for x in lines.x[1::3] if x == column) for column in range(1, 8)]
    # pixels-maps, maps-pooled, pooled-maps, maps-pooled, pooled-numbers, numbers-units,
    # units-answers
    assert gaps == [5 * 8, 8, 8 * 10, 10, 10, 10 * 10, 10 * 10]


@pytest.mark.parametrize("name", NETWORKS)
def test_all_lies_within_fixed_axes(name: str) -> None:
    figure = picture(name)
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    (image,) = figure.layout.images
    assert left <= image.x - image.sizex / 2
    for trace in figure.data:
        assert all(left < x < right for x in trace.x if x is not None)
        assert all(bottom < y < top for y in trace.y if y is not None)
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange


def test_same_spec_same_figure() -> None:
    assert picture("Small CNN").to_json() == picture("Small CNN").to_json()
    assert SAMPLE[0, 5] == 5


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_those_of_keras(name: str) -> None:
    import keras

    sums = np.linspace(-activations.SUM_LIMIT, activations.SUM_LIMIT, 21)
    expected = keras.ops.convert_to_numpy(keras.activations.get(name)(sums))
    np.testing.assert_allclose(activations.FUNCTIONS[name](sums), expected, atol=1e-6)


@pytest.mark.parametrize("scores", [[2, 1, 0], [0, 0, 0], [-5, 5, 5], [1000, 999, 0]])
def test_softmax_is_that_of_keras(scores: list[int]) -> None:
    import keras

    result = activations.softmax(scores)
    expected = keras.ops.convert_to_numpy(keras.ops.softmax(np.array(scores, float)))
    np.testing.assert_allclose(result, expected, atol=1e-6)
    assert result.sum() == pytest.approx(1)


def test_one_point_more_is_2_7_times_as_probable_against_the_others() -> None:
    before, after = activations.softmax([1, 0.5, -2]), activations.softmax([2, 0.5, -2])
    odds = (after[0] / after[1:]) / (before[0] / before[1:])
    np.testing.assert_allclose(odds, np.e)
    assert round(np.e, 1) == 2.7


def test_curves_mark_the_sum_and_the_networks_own() -> None:
    figure = activations.curves(-1.5, {"tanh", "softmax"})
    titles = [note.text for note in figure.layout.annotations]
    assert titles == [
        "sigmoid<br>0.18",
        "<b>tanh</b> (yours)<br>−0.91",
        "relu<br>0.00",
        "linear<br>−1.50",
    ]
    for dot, name in zip(figure.data[1::2], activations.FUNCTIONS, strict=True):
        assert dot.x == (-1.5,)
        assert dot.y[0] == pytest.approx(activations.value(name, -1.5))
    colors = [line.line.color for line in figure.data[::2]]
    assert colors.count(ACCENT) == 1
    assert colors[1] == ACCENT


def test_bars_are_the_probabilities() -> None:
    scores = {"3": 2.0, "5": 1.0, "8": -0.0}
    (bars,) = activations.shares(scores).data
    np.testing.assert_allclose(bars.y, activations.softmax([2, 1, 0]))
    assert bars.text == ("0.665", "0.245", "0.090")
    assert bars.x[2] == "<b>8</b><br>score 0.0"


def test_figures_in_words() -> None:
    assert (
        "The digit 5 has the score 1.0 and the probability 0.245."
        in activations.describe_shares({"3": 2.0, "5": 1.0, "8": 0.0})
    )
    assert "sigmoid(2.0) = 0.88" in activations.describe_curves(2.0)


def test_figures_travel_as_json() -> None:
    for figure in (picture("everything"), activations.curves(0, ()), activations.shares({"3": 1})):
        assert len(json.loads(figure.to_json())["data"]) > 0


@pytest.mark.parametrize("module", [activations, architecture])
def test_examples_in_the_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
