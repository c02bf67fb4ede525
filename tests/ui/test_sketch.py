"""Undo and redo of a drawing: what the browser's canvas says, and what the lab makes of it."""

from typing import Any

import numpy as np
import pytest

from digitlab.ui.session.sketch import Sketch


class Browser:
    """A canvas that draws what it is given, and sends its picture and strokes like the real one."""

    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.strokes: list[Any] = []

    def draw(self, stroke: int) -> None:
        self.strokes = [*self.strokes, stroke]
        self.send()

    def follow(self) -> None:
        """It starts anew with the strokes that the page gives, and sends them."""
        assert self.sketch.initial is not None
        self.strokes = list(self.sketch.initial["objects"])
        self.send()

    def send(self) -> None:
        """As the adapter does it on each run."""
        picture = repr(self.strokes)
        pixels = np.full((280, 280), 255, np.uint8)
        for stroke in self.strokes:
            pixels[stroke] = 0
        if picture != self.sketch.latest_picture:
            self.sketch.take(picture, pixels, {"version": "6", "objects": list(self.strokes)})


@pytest.fixture
def sketch() -> Sketch:
    return Sketch()


@pytest.fixture
def browser(sketch: Sketch) -> Browser:
    return Browser(sketch)


def lines(sketch: Sketch) -> list[int]:
    """The rows that hold ink."""
    return [] if sketch.pixels is None else sorted({*np.nonzero(sketch.pixels == 0)[0].tolist()})


def test_stroke_by_stroke_back_and_forth(sketch: Sketch, browser: Browser) -> None:
    for stroke in (10, 20, 30):
        browser.draw(stroke)
    for expected in ([10, 20], [10], []):
        sketch.undo()
        browser.follow()
        assert lines(sketch) == expected
    assert not sketch.can_undo
    assert sketch.pixels is None  # an empty canvas is no drawing
    for expected in ([10], [10, 20], [10, 20, 30]):
        sketch.redo()
        browser.follow()
        assert lines(sketch) == expected
    assert not sketch.can_redo


def test_undo_twice_before_the_browser_answers(sketch: Sketch, browser: Browser) -> None:
    for stroke in (10, 20, 30):
        browser.draw(stroke)
    sketch.undo()
    browser.send()  # its last word, once more: nothing of it is news
    sketch.undo()
    browser.send()
    assert sketch.strokes is not None
    assert [*sketch.strokes["objects"]] == [10]
    browser.follow()
    assert lines(sketch) == [10]
    sketch.redo()
    browser.follow()
    assert lines(sketch) == [10, 20]


def test_a_new_stroke_ends_redo(sketch: Sketch, browser: Browser) -> None:
    for stroke in (10, 20):
        browser.draw(stroke)
    sketch.undo()
    browser.follow()
    assert sketch.can_redo
    browser.draw(40)
    assert not sketch.can_redo
    sketch.redo()
    assert lines(sketch) == [10, 40]


def test_nothing_to_undo_changes_nothing(sketch: Sketch) -> None:
    sketch.undo()
    sketch.redo()
    assert sketch == Sketch()


def test_clear_keeps_the_brush_and_nothing_else(sketch: Sketch, browser: Browser) -> None:
    sketch.brush = 33
    browser.draw(10)
    sketch.undo()
    sketch.clear()
    assert sketch == Sketch(generation=1, brush=33)


def test_too_many_strokes_can_not_be_undone(sketch: Sketch) -> None:
    sketch.take("p", np.zeros((280, 280), np.uint8), None)
    assert sketch.pixels is not None
    assert not sketch.can_undo


def test_what_the_canvas_keeps_beside_the_strokes_stays(sketch: Sketch, browser: Browser) -> None:
    browser.draw(10)
    sketch.undo()
    assert sketch.initial == {"version": "6", "objects": []}
