"""Test digits as points in a plane, each written as what it is, its picture on hover."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, DIGIT_COLORS, MISTAKE, figure
from digitlab.specs import CLASSES
from digitlab.wording.say import say

_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""The bits of a braille character, by row and column of its eight dots."""

_EMPTY = 0x2800
_MARGIN = 2  # rows and columns of paper that every digit of MNIST has around it
_INK = 100  # from this ink on a dot is set


def braille(pixels: NDArray[np.uint8]) -> list[str]:
    """Pictures (n, 28, 28) in braille characters, 24 × 24 dots each, lines joined by <br>."""
    inked = pixels[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN] >= _INK
    count, height, width = inked.shape
    cells = inked.reshape(count, height // 4, 4, width // 2, 2)
    codes = _EMPTY + np.einsum("nrdcs,ds->nrc", cells, _DOTS)
    return ["<br>".join("".join(map(chr, row)) for row in picture) for picture in codes]


def digit_map(
    positions: NDArray[np.float32],
    pictures: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    predictions: NDArray[np.int64] | None,
    star: NDArray[np.float32],
    title: str,
) -> go.Figure:
    """Digits at their places, those that are read wrongly in a ring, and a star.

    Args:
        positions: (n, 2).
        pictures: (n, 28, 28), for the hover.
        labels: true digits, (n,).
        predictions: what the network reads, (n,); None to leave that out.
        star: place of the sample, (2,).
        title: says what is seen.
    """
    wrong = np.zeros(len(labels), bool) if predictions is None else labels != predictions
    named = say("test digit {index}: {label}", index="%{customdata[0]}", label="%{text}")
    digits = go.Scatter(
        x=positions[:, 0],
        y=positions[:, 1],
        mode="text",
        text=labels.astype(str),
        textfont={"size": 12, "color": [DIGIT_COLORS[label] for label in labels]},
        customdata=[
            [index, picture, reading]
            for index, (picture, reading) in enumerate(
                zip(braille(pictures), _readings(labels, predictions), strict=True)
            )
        ],
        hovertemplate=f"%{{customdata[1]}}<br>{named}%{{customdata[2]}}<extra></extra>",
    )
    rings = go.Scatter(
        x=positions[wrong, 0],
        y=positions[wrong, 1],
        mode="markers",
        marker={"symbol": "circle-open", "size": 15, "color": MISTAKE, "line": {"width": 1}},
        opacity=0.7,
        hoverinfo="skip",
    )
    sample = go.Scatter(
        x=star[:1],
        y=star[1:],
        mode="markers",
        marker={
            "symbol": "star",
            "size": 22,
            "color": ACCENT,
            "line": {"width": 2, "color": "#ffffff"},
        },
        hoverinfo="skip",
    )
    result = figure(rings, digits, sample, title=title, height=540)
    result.update_layout(hoverlabel={"font": {"family": "monospace", "size": 16}})
    result.update_xaxes(visible=False)
    result.update_yaxes(visible=False)
    return result


def _readings(labels: NDArray[np.uint8], predictions: NDArray[np.int64] | None) -> list[str]:
    """What the hover says of each answer, behind the label."""
    if predictions is None:
        return [""] * len(labels)
    said = [say("your network reads {answer}", answer=answer) for answer in range(CLASSES)]
    return [
        f"<br>{said[answer]}" + (" ✗" if answer != label else "")
        for label, answer in zip(labels, predictions, strict=True)
    ]
