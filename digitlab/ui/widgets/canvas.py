"""The one adapter around streamlit-drawable-canvas, and the buttons below the canvas."""

import contextlib
import logging
from typing import Any

import streamlit as st
from streamlit_drawable_canvas import st_canvas

from digitlab.preprocess import png
from digitlab.preprocess.canvas import SIDE, canvas_pixels, canvas_strokes
from digitlab.ui.session.drawings import DRAWINGS
from digitlab.ui.session.sketch import Sketch
from digitlab.wording.say import say

_INK, _PAPER = "#000000", "#ffffff"  # the same in both themes, like the digits everywhere


_SEND = "setTimeout(() => this.querySelector('.dc-toolbar button')?.click())"
"""JavaScript: when a stroke has ended, press the toolbar's button that sends the drawing."""


def _register_without_toolbar() -> None:
    """Register the component as its package does, with a style that hides its toolbar.

    The toolbar lies over the top 30 pixels of the right half, unseen until a mouse comes: strokes
    that begin there are lost, and a tap undoes or resets. Its place is the component's own, out of
    any theme's reach.

    The component sends a stroke after 0.2 s only, and forgets it if the page is left meanwhile. So
    the end of each stroke presses the button that sends at once.
    """
    log = logging.getLogger("streamlit.components.v2.component_registry")
    warns, log.disabled = log.disabled, True  # of a second registration: it is meant
    try:
        st.components.v2.component(
            "streamlit-drawable-canvas.streamlit_drawable_canvas",
            js="index-*.js",
            css="index-*.css",
            html=f'<div class="canvas-root" onpointerup="{_SEND}"></div>'
            "<style>.dc-toolbar { display: none !important; }</style>",
            isolate_styles=True,
        )
    finally:
        log.disabled = warns


_register_without_toolbar()


def drawing_canvas(owner: str, sketch: Sketch, brush: int, name: str) -> None:
    """A canvas for mouse, pen and touch, with Undo, Redo, Clear and Save; it draws into `sketch`.

    Args:
        owner: who draws; after a reload they find their drawing again.
        sketch: what was drawn so far; a new `generation` gives an empty canvas.
        brush: width of a stroke, in pixels.
        name: of the canvas; no two pages share one.
    """

    def take() -> None:
        drawing = _sent(key)
        picture = drawing.get("data")
        if picture != sketch.latest_picture and (pixels := canvas_pixels(picture)) is not None:
            sketch.take(picture, pixels, canvas_strokes(drawing.get("raw")))
            DRAWINGS.save(owner, name, sketch)

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
            on_change=take,  # before the page runs: its run may end at once, for the next page
        )
    take()
    _buttons(owner, sketch, name)


def _buttons(owner: str, sketch: Sketch, name: str) -> None:
    def clear() -> None:
        sketch.clear()
        DRAWINGS.save(owner, name, sketch)

    with st.container(horizontal=True, gap="xsmall"):
        for action, label, icon, what, works in (
            ("undo", say("Undo"), "undo", sketch.undo, sketch.can_undo),
            ("redo", say("Redo"), "redo", sketch.redo, sketch.can_redo),
            ("clear", say("Clear"), "delete", clear, sketch.pixels is not None),
        ):
            st.button(
                label,
                key=f"{name}_{action}",
                icon=f":material/{icon}:",
                on_click=what,
                disabled=not works,
            )
        if sketch.pixels is not None:
            st.download_button(
                say("Save"),
                png(sketch.pixels),
                "drawing.png",
                "image/png",
                key=f"{name}_save",
                icon=":material/save:",
                on_click="ignore",
            )


def _sent(key: str) -> dict[str, Any]:
    """What the browser sent of the canvas with this key."""
    state = st.session_state.get(key)
    drawing = state.get("drawing") if isinstance(state, dict) else None
    return drawing if isinstance(drawing, dict) else {}
