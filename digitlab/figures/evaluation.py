"""Pictures of a network's answers: the confusion matrix, ten probabilities."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, AMOUNT_SCALE, MISTAKE, MUTED, figure
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import say


def _cell_hover() -> str:
    words = say(
        "digit {true} read as {predicted}<br>{count} digits, {share} of the row",
        true="%{y}",
        predicted="%{x}",
        count="%{customdata[0]}",
        share="%{customdata[1]:.1f}\N{NO-BREAK SPACE}%",
    )
    return f"{words}<extra></extra>"


@memoized_words
def confusion_heat_map(
    matrix: NDArray[np.int64], row_percent: bool = False, cell: tuple[int, int] | None = None
) -> go.Figure:
    """Test digits by true label (down) and predicted label (across).

    Args:
        matrix: counts, shape (10, 10), rows are true labels.
        row_percent: show each count as a share of its row.
        cell: true and predicted label of the cell that gets a frame; each cell then is a point
            that can be chosen.

    The colour follows the square root: the few mistakes would vanish beside the diagonal.
    """
    percent = 100 * matrix / np.maximum(1, matrix.sum(axis=1, keepdims=True))
    shown = percent if row_percent else matrix
    text = [[f"{value:.1f}" if row_percent else f"{value:,}" for value in row] for row in shown]
    digits = [str(digit) for digit in range(len(matrix))]
    result = figure(
        go.Heatmap(
            z=np.sqrt(shown),
            x=digits,
            y=digits,
            text=text,
            texttemplate="%{text}",
            customdata=np.dstack([matrix, percent]),
            hovertemplate=_cell_hover(),
            colorscale=AMOUNT_SCALE,
            showscale=False,
            xgap=1,
            ygap=1,
        ),
        title=say("True and predicted labels, in per cent of the row")
        if row_percent
        else say("Test digits by true and predicted label"),
        height=430,
        xaxis={"title": say("Predicted label"), "type": "category", "showgrid": False},
        yaxis={
            "title": say("True label"),
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
        },
    )
    return result if cell is None else _with_cells(result, cell)


def _with_cells(result: go.Figure, chosen: tuple[int, int]) -> go.Figure:
    """Make the cells of a heat map points that can be chosen, and frame the chosen one."""
    heat_map = result.data[0]
    true_labels, predicted_labels = np.meshgrid(heat_map.y, heat_map.x, indexing="ij")
    unseen = {"marker": {"opacity": 0}}
    result.add_trace(
        # Plotly tells nothing of a click on a heat map; on these points over its cells it does.
        go.Scatter(
            x=predicted_labels.ravel(),
            y=true_labels.ravel(),
            customdata=heat_map.customdata.reshape(true_labels.size, -1),
            mode="markers",
            marker={"opacity": 0, "size": 30, "symbol": "square"},
            selected=unseen,
            unselected=unseen,
            hovertemplate=_cell_hover(),
        )
    )
    true, predicted = chosen
    result.add_shape(
        type="rect",
        x0=predicted - 0.5,
        x1=predicted + 0.5,
        y0=true - 0.5,
        y1=true + 0.5,
        line={"color": MISTAKE if true != predicted else ACCENT, "width": 4},
    )
    # The points would widen the axes; and a wide cell is chosen beside its middle, too.
    side = len(heat_map.x)
    result.update_xaxes(range=[-0.5, side - 0.5])
    result.update_yaxes(range=[side - 0.5, -0.5], autorange=False)
    return result.update_layout(hoverdistance=60)


def probability_bars(
    probabilities: NDArray[np.float32], true_label: int | None = None
) -> go.Figure:
    """Ten probabilities as bars from 0 to 1; the largest is the answer.

    Args:
        probabilities: shape (10,).
        true_label: marked with a sign, where it is known.
    """
    answer = int(probabilities.argmax())
    names = [
        f"{digit} ✓" if digit == true_label else str(digit) for digit in range(len(probabilities))
    ]
    return figure(
        go.Bar(
            x=probabilities,
            y=names,
            orientation="h",
            marker_color=[ACCENT if digit == answer else MUTED for digit in range(len(names))],
            text=[_percent(value) for value in probabilities],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        ),
        title=say(
            "The answer: {digit}, with {share}",
            digit=answer,
            share=_percent(probabilities[answer]),
        ),
        **_bars(),
    )


@memoized_words
def empty_bars() -> go.Figure:
    """The axes of `probability_bars` before there is an answer."""
    bars = go.Bar(x=[0.0] * 10, y=[str(digit) for digit in range(10)], orientation="h")
    return figure(bars.update(hoverinfo="skip"), title=say("The answer: none yet"), **_bars())


def _bars() -> dict[str, Any]:
    return {
        "height": 340,
        "bargap": 0.25,
        "xaxis": {"range": [0, 1.25], "tickvals": [0, 0.5, 1], "title": say("probability")},
        "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False},
    }


def _percent(share: float) -> str:
    """With one decimal; softmax never gives it all to one digit, so that is not said either."""
    return per_cent(share, 1) if share < 0.9995 else "> 99.9\N{NO-BREAK SPACE}%"
