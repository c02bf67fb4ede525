"""The tab Draw: the canvas, its controls, and what the network reads after each stroke."""

import streamlit as st

from digitlab.preprocess import (
    DrawingError,
    NoDigit,
    drawing_to_digits,
    plain_resize,
)
from digitlab.preprocess.canvas import SIDE
from digitlab.preprocess.ready_drawings import READY, as_strokes
from digitlab.ui.draw.first_minute import (
    has_way_to_article,
    show_learning,
    trained_words,
    way_to_article,
)
from digitlab.ui.draw.reading import (
    compare_switch,
    show_empty_bars,
    show_no_reading,
    show_reading,
)
from digitlab.ui.session.sketch import Sketch
from digitlab.ui.session.state import CANVAS, Lab
from digitlab.ui.shell.gate import network_or_training
from digitlab.ui.widgets.canvas import drawing_canvas
from digitlab.ui.widgets.layout import side_by_side
from digitlab.wording.drawings.ready_drawings import ready_name
from digitlab.wording.problems.no_digit import on_canvas
from digitlab.wording.say import say


@st.fragment
def draw_and_read(lab: Lab) -> None:
    """The canvas and, after each stroke, what the network reads; until then how it learns."""
    network = network_or_training(lab)  # here: what a fragment is given, its session holds
    sketch = lab.sketch
    left, right = side_by_side(SIDE, SIDE)
    with left:
        drawing_canvas(lab.owner, sketch, st.session_state.get("brush", sketch.brush), CANVAS)
    below = st.container()  # it stays, also empty: what follows keeps its place
    # Below both: on a tablet the answer stands under the canvas, and is to be seen at once.
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        sketch.brush = st.slider(
            say("Thickness of the brush"), 8, 40, sketch.brush, key="brush", width=SIDE
        )
        _ready_drawings(sketch)
        compare = compare_switch("drawing")
    if network is None or (sketch.pixels is None and lab.training):
        show_learning(lab, right)
        return
    with below:
        way_to_article(lab)
    if sketch.pixels is None:
        show_no_reading(right, f"{trained_words(lab)}{on_canvas(NoDigit.EMPTY)}", "drawing")
        show_empty_bars(right)
        return
    try:
        drawn = drawing_to_digits(sketch.pixels, complete=True)
    except DrawingError as error:
        show_no_reading(right, on_canvas(error.reason), "drawing")
        return
    resized = plain_resize(sketch.pixels) if compare else None
    # The way to the article's network needs room: with the steps open the page would be too high.
    folded = has_way_to_article(lab)
    show_reading(lab, network, drawn, right, "drawing", resized, fold_steps=folded)


def _ready_drawings(sketch: Sketch) -> None:
    """Drawings to choose from, for those who can't draw here; the chosen one stands on it."""

    def show_chosen() -> None:
        if (name := st.session_state[key]) is not None:
            sketch.show(as_strokes(name, sketch.brush))

    key = f"ready_{sketch.generation}"  # an empty canvas has none
    st.selectbox(
        say("Or take a ready drawing"),
        [*READY],
        index=None,
        key=key,
        format_func=ready_name,
        on_change=show_chosen,
        placeholder=say("Choose one"),
        width=SIDE,
        help=say("Ten digits, other ways to write 7, 1 and 0, and a small 3 in a corner."),
    )
