"""What all figures share: colours readable on light and dark ground, sizes, layout."""

import textwrap
from typing import Any

import plotly.graph_objects as go

ACCENT = "#5f6ee0"
"""What is looked at or chosen; 4.4 : 1 on white, 4.1 : 1 on the dark ground."""

DEEP = "#4c58c4"
"""The same where white text stands on it."""

MISTAKE = "#dd6b20"
"""What is wrong or warns; never alone, a sign or a word goes with it."""

MUTED = "#8a8f9c"
"""What stands beside for comparison."""

INK_SCALE = [[0, "#ffffff"], [1, "#000000"]]
"""Digits: 0 is paper, 255 is ink, in both themes."""

AMOUNT_SCALE = [
    *([0, "#f1f2fb"], [0.25, "#c3c9f3"], [0.45, "#aab3ee"]),
    *([0.4501, "#5563c9"], [1, "#2d3587"]),  # Plotly samples no two colours at one place
]
"""Amounts: one hue, light to dark. It jumps over the blues on which no number can be read."""

SIGN_SCALE: list[tuple[float, str]] = [
    (0, "#8a3a06"),
    (0.25, "#e08a4a"),
    (0.5, "#ffffff"),
    (0.75, "#7f8ae6"),
    (1, "#2d3587"),
]
"""Numbers for and against: blue above 0, orange below, white is 0; the range is symmetric."""

WRITTEN_SIGN_SCALE = [
    *([0, "#7a3305"], [0.25, "#a34a0f"], [0.2501, "#f0b58c"], [0.5, "#ffffff"]),
    *([0.75, "#aab3ee"], [0.7501, "#5563c9"], [1, "#2d3587"]),
]
"""The same for cells that have their number written on them: without the tones between."""

DIGIT_COLORS = (
    *("#1f77b4", "#d2561a", "#2a8f3c", "#d63a46", "#8d5fd3"),
    *("#8f6248", "#d04fa5", "#7a7f8a", "#908200", "#12909e"),
)
"""One for each digit, 3 : 1 and more on both grounds; the digit itself is written with it."""

CAMERA = {"color": MUTED, "activecolor": ACCENT, "bgcolor": "rgba(0, 0, 0, 0)"}
"""The button that downloads the picture: on a phone it is always there, in both themes."""


TITLE_LETTERS = 32
"""Of one line of a title: on the narrowest phone, 320 pixels, it ends before the camera."""

_LINE_HEIGHT = 19  # pixels, of a title


def title_lines(title: str) -> list[str]:
    """A title in as few lines as fit on a phone, about equally long.

    >>> title_lines("Test accuracy of each run; the bar is the mean")
    ['Test accuracy of each', 'run; the bar is the mean']
    """
    few = textwrap.wrap(title, TITLE_LETTERS) or [""]
    for width in range(1 + len(title) // len(few), TITLE_LETTERS):
        if len(lines := textwrap.wrap(title, width)) == len(few):
            return lines
    return few


def above(lines: list[str]) -> dict[str, Any]:
    """These lines as the title of a figure, from its left edge."""
    return {"text": "<br>".join(lines), "font": {"size": 15}, "x": 0, "xanchor": "left"}


def figure(*traces: go.Scatter, title: str, height: int = 320, **layout: Any) -> go.Figure:
    """A figure in the lab's layout: a title that says what is seen, no clutter.

    `layout` has the last word; what it says of an axis or a margin is added to the lab's own.
    """
    axis = {"automargin": True, "fixedrange": True}
    lines = title_lines(title)
    # In one piece: each later update costs Plotly some 10 ms.
    settings: dict[str, Any] = {
        "title": above(lines),
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 44, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"size": 14}},
        "modebar": CAMERA,
        "xaxis": axis,
        "yaxis": axis,
    }
    for name, value in layout.items():
        before = settings.get(name)
        settings[name] = before | value if isinstance(before, dict) else value
    more = _LINE_HEIGHT * (len(lines) - 1)
    settings["height"] += more
    settings["margin"]["t"] += more
    return go.Figure(traces, settings)
