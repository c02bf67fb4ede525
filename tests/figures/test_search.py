"""Pictures of a search."""

import pytest

from digitlab.figures.search import Point, bias_curve, search_line, search_map

POINTS = [
    Point(("0.01",), (0.70, 0.74), 0.72, 1, given_up=True),
    Point(("0.1",), (0.90, 0.92), 0.91, 5, wins=True),
]


def test_a_line_goes_through_the_means_of_what_was_trained_to_the_end() -> None:
    figure = search_line(POINTS, "learning rate", ["0.01", "0.1", "1"])
    means, *runs = figure.data
    assert (list(means.x), list(means.y)) == (["0.1"], [0.91])
    assert [(list(run.x), list(run.y)) for run in runs] == [
        (["0.01", "0.01"], [0.70, 0.74]),
        (["0.1", "0.1"], [0.90, 0.92]),
    ]
    assert [run.marker.symbol for run in runs] == ["circle-open", "circle"]
    assert list(figure.layout.xaxis.categoryarray) == ["0.01", "0.1", "1"]
    (star,) = [note for note in figure.layout.annotations if "winner" in note.text]
    assert star.x == "0.1"
    low, high = figure.layout.yaxis.range
    assert low < 0.70
    assert high > 0.92


def test_the_winner_at_the_top_of_the_axis_has_room_below_the_title() -> None:
    best = Point(("0.1",), (1.0,), 1.0, 5, wins=True)
    figure = search_line([best], "learning rate", ["0.1", "1"])
    (star,) = figure.layout.annotations
    usual = bias_curve([1, 2], [0.9, 0.9], [0.9, 0.9])
    room = figure.layout.margin.t - usual.layout.margin.t
    assert figure.layout.yaxis.range[1] == star.y
    assert room >= star.yshift, "without it the label stands in the title"


def test_an_empty_picture_keeps_its_axes() -> None:
    assert list(search_line([], "epochs", ["1", "5"]).layout.yaxis.range) == [0, 1]
    empty = search_map([], ("epochs", "batch size"), (["1", "5"], ["50", "100"]))
    assert [list(row) for row in empty.data[0].z] == [[None, None], [None, None]]


def test_a_map_has_the_first_parameter_down_and_says_what_was_given_up() -> None:
    points = [
        Point(("0.1", "8"), (0.5,), 0.5, 2, given_up=True),
        Point(("1", "16"), (0.875,), 0.875, 5, wins=True),
    ]
    (cells,) = search_map(points, ("rate", "units"), (["0.1", "1"], ["8", "16"])).data
    assert [list(row) for row in cells.z] == [[0.5, None], [None, 0.875]]
    assert [list(row) for row in cells.text] == [
        ["0.500<br><i>2 epochs</i>", ""],
        ["", "★ 0.875"],
    ]


def test_both_curves_of_the_best_are_there_with_their_names() -> None:
    figure = bias_curve([1, 50], [0.97, 0.99], [0.97, 0.975])
    assert [list(curve.y) for curve in figure.data] == [[0.97, 0.99], [0.97, 0.975]]
    assert [note.text for note in figure.layout.annotations] == [
        "digits it was chosen by",
        "other digits",
    ]
    assert figure.layout.yaxis.range[1] == pytest.approx(1.0)
