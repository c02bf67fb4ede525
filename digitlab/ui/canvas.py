"""The one adapter around streamlit-drawable-canvas."""

import contextlib
from typing import Any

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from digitlab.preprocess.canvas import SIDE, canvas_pixels, canvas_strokes
from digitlab.ui.state import Sketch

_INK, _PAPER = "#000000", "#ffffff"  # the same in both themes, like the digits everywhere


def drawing_canvas(sketch: Sketch, brush: int, name: str = "canvas") -> None:
    """A canvas for mouse, pen and touch, with undo in its toolbar; what is drawn goes to `sketch`.

    Args:
        sketch: what was drawn so far; a new `generation` gives an empty canvas.
        brush: width of a stroke, in pixels.
        name: of the canvas; no two pages share one.
    """
    key = f"{name}_{sketch.generation}"
    if key not in st.session_state:  # the page was opened: bring back what was drawn before
        sketch.initial = sketch.strokes
    if brush != sketch.brush:  # the component may lose the drawing when the width changes
        sketch.initial = sketch.strokes
    # The component looks into what the browser sent only when it stands on the page already. What
    # it returns is left alone: it would decode a picture of any format and any size.
    with contextlib.suppress(AttributeError, KeyError, TypeError):
        st_canvas(
            stroke_width=brush,
            stroke_color=_INK,
            background_color=_PAPER,
            width=SIDE,
            height=SIDE,
            initial_drawing=sketch.initial,
            return_image_data=True,
            key=key,
        )
    drawing = _sent(key)
    pixels = canvas_pixels(drawing.get("data"))  # None until the first stroke on this visit
    if pixels is not None:
        sketch.pixels = pixels
        sketch.strokes = canvas_strokes(drawing.get("raw"))


def _sent(key: str) -> dict[str, Any]:
    """What the browser sent of the canvas with this key."""
    state = st.session_state.get(key)
    drawing = state.get("drawing") if isinstance(state, dict) else None
    return drawing if isinstance(drawing, dict) else {}
