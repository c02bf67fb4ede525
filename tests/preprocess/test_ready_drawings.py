"""Ready drawings: strokes as the canvas keeps them, on the canvas, of every digit."""

import pytest

from digitlab.preprocess.canvas import SIDE, canvas_strokes
from digitlab.preprocess.ready_drawings import READY, as_strokes


def test_there_is_one_of_each_digit_and_some_that_are_written_differently() -> None:
    assert [*READY][:10] == [str(digit) for digit in range(10)]
    assert len(READY) > 10


@pytest.mark.parametrize("name", READY)
def test_its_strokes_begin_and_end_where_they_should_and_stay_on_the_canvas(name: str) -> None:
    drawn = as_strokes(name, 20)
    assert canvas_strokes({"objects": drawn}) is not None
    for stroke, points in zip(drawn, READY[name], strict=True):
        (first, *start), *_, (last, *end) = stroke["path"]
        assert (first, last) == ("M", "L")
        assert (tuple(start), tuple(end)) == (points[0], points[-1])
        controls = [part[1:3] for part in stroke["path"] if part[0] == "Q"]
        assert [tuple(control) for control in controls] == [*points[1:-1]]
        assert all(10 <= coordinate <= SIDE - 10 for point in points for coordinate in point)
        assert stroke["strokeWidth"] == 20
