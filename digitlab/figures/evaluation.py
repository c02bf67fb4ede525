"""Pictures of a network's answers: the confusion matrix, ten probabilities."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style import ACCENT, AMOUNT_SCALE, MUTED, figure


def confusion_heat_map(matrix: NDArray[np.int64], row_percent: bool = False) -> go.Figure:
    """Test digits by true label (down) and predicted label (across).

    Args:
        matrix: counts, shape (10, 10), rows are true labels.
        row_percent: show each count as a share of its row.

    The colour follows the square root: the few mistakes would vanish beside the diagonal.
    """
    percent = 100 * matrix / np.maximum(1, matrix.sum(axis=1, keepdims=True))
    shown = percent if row_percent else matrix
    text = [[f"{value:.1f}" if row_percent else f"{value}" for value in row] for row in shown]
    digits = [str(digit) for digit in range(len(matrix))]
    return figure(
        go.Heatmap(
            z=np.sqrt(shown),
            x=digits,
            y=digits,
            text=text,
            texttemplate="%{text}",
            customdata=np.dstack([matrix, percent]),
            hovertemplate="true %{y}, read as %{x}<br>%{customdata[0]} digits, "
            "%{customdata[1]:.1f} % of all %{y}s<extra></extra>",
            colorscale=AMOUNT_SCALE,
            showscale=False,
            xgap=1,
            ygap=1,
        ),
        title="True and predicted labels, % of the row"
        if row_percent
        else "Test digits by true and predicted label",
        height=430,
        xaxis={"title": "Predicted label", "type": "category", "showgrid": False},
        yaxis={
            "title": "True label",
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
        },
    )


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
            text=[f"{100 * value:.1f} %" for value in probabilities],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        ),
        title=f"The answer: {answer}, with {100 * float(probabilities[answer]):.1f} %",
        height=340,
        bargap=0.25,
        xaxis={"range": [0, 1.12], "tickvals": [0, 0.5, 1], "title": "probability"},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False},
    )
