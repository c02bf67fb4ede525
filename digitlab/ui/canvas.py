"""The one adapter around streamlit-drawable-canvas."""

import numpy as np
import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from digitlab.ui.state import Sketch

SIDE = 280  # pixels; fits a phone, and is ten times MNIST's 28
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
    canvas = st_canvas(
        stroke_width=brush,
        stroke_color=_INK,
        background_color=_PAPER,
        width=SIDE,
        height=SIDE,
        initial_drawing=sketch.initial,
        return_image_data=True,
        key=key,
    )
    if canvas.image_data is not None:  # None until the first stroke on this visit
        sketch.pixels = np.asarray(Image.fromarray(canvas.image_data).convert("L"))
        sketch.strokes = canvas.json_data
