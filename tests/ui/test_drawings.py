"""What was drawn is there again in a browser's next session."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from digitlab import limits
from digitlab.preprocess.canvas import SIDE
from digitlab.ui.session.drawings import Drawings
from digitlab.ui.session.sketch import Sketch

STROKES = {"objects": [{"path": [["M", 1, 2]]}]}


def drawn(seed: int = 0) -> Sketch:
    """A canvas after one stroke of ink."""
    pixels = np.full((SIDE, SIDE), 255, np.uint8)
    pixels[100:180, 100 + seed : 120 + seed] = 0
    file = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(file, "PNG")
    sketch = Sketch(brush=12)
    picture = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    sketch.take(picture, pixels, STROKES)
    return sketch


def test_a_drawing_comes_back_with_its_strokes_and_its_brush() -> None:
    drawings, before = Drawings(), drawn()
    drawings.save("me", "canvas", before)
    after = drawings.recall("me", "canvas")
    np.testing.assert_array_equal(after.pixels, before.pixels)
    assert (after.strokes, after.brush, after.latest_picture) == (
        STROKES,
        12,
        before.latest_picture,
    )
    assert after.strokes is not before.strokes
    assert after.can_undo


@pytest.mark.parametrize(("owner", "canvas"), [("you", "canvas"), ("me", "scribble")])
def test_nobody_else_and_no_other_canvas_has_it(owner: str, canvas: str) -> None:
    drawings = Drawings()
    drawings.save("me", "canvas", drawn())
    assert drawings.recall(owner, canvas) == Sketch()


def test_what_was_cleared_stays_away() -> None:
    drawings, sketch = Drawings(), drawn()
    drawings.save("me", "canvas", sketch)
    sketch.clear()
    drawings.save("me", "canvas", sketch)
    assert drawings.recall("me", "canvas") == Sketch()


def test_the_oldest_go_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limits, "MAX_DRAWINGS_MEGABYTES", 2.5 * len(str(drawn().latest_picture)) / 1024**2
    )
    drawings = Drawings()
    for owner in ("first", "second", "third"):
        drawings.save(owner, "canvas", drawn())
    can_undo = [drawings.recall(owner, "canvas").can_undo for owner in ("first", "second", "third")]
    assert can_undo == [False, True, True]
