"""What sigmoid, its relatives and softmax do to numbers, as pictures."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from digitlab.figures.style import ACCENT, MUTED, figure

Array = NDArray[np.float64]

FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "linear": lambda z: z,
}
"""The activations of hidden layers: `(n,) -> (n,)`, each number by itself."""

SUM_LIMIT = 5.0
"""The curves are drawn from -5 to 5: beyond, sigmoid and tanh hardly change."""

_TOPS = {"sigmoid": 1.2, "tanh": 1.2, "relu": 5.5, "linear": 5.5}


def softmax(scores: Sequence[float]) -> Array:
    """Shares of 1 in proportion to e to the power of each score.

    >>> softmax([0, 0]).tolist()
    [0.5, 0.5]
    """
    # The largest is taken off first: the shares stay the same and nothing overflows.
    powers = np.exp(np.asarray(scores, dtype=float) - max(scores))
    shares: Array = powers / powers.sum()
    return shares


def curves(total: float, chosen: Collection[str]) -> go.Figure:
    """The four activations, each with a dot at `total`; those in `chosen` stand out."""
    names = list(FUNCTIONS)
    result = make_subplots(
        rows=2,
        cols=2,
        subplot_titles=[_curve_title(name, total, name in chosen) for name in names],
        vertical_spacing=0.2,
        horizontal_spacing=0.12,
    )
    for index, name in enumerate(names):
        place = {"row": index // 2 + 1, "col": index % 2 + 1}
        color = ACCENT if name in chosen else MUTED
        for trace in _curve(name, total, color):
            result.add_trace(trace, **place)
        result.update_yaxes(range=[-_TOPS[name], _TOPS[name]], nticks=5, **place)
    base = figure(title=f"What becomes of a sum of {_number(total)}", height=400)
    result.update_layout(base.layout)
    result.update_layout(margin={"t": 72})
    result.update_xaxes(range=[-SUM_LIMIT, SUM_LIMIT], dtick=5, fixedrange=True)
    result.update_yaxes(fixedrange=True, zeroline=True)
    return result


def shares(scores: Mapping[str, float]) -> go.Figure:
    """What softmax makes of some scores: bars that sum to 1."""
    values = softmax(list(scores.values()))
    labels = [f"<b>{name}</b><br>score {_number(score)}" for name, score in scores.items()]
    bars = go.Bar(
        x=labels,
        y=values,
        text=[f"{value:.3f}" for value in values],
        textposition="outside",
        marker={"color": ACCENT},
        cliponaxis=False,
        hoverinfo="skip",
    )
    return figure(
        bars,
        title="Three probabilities that add up to 1",
        height=400,
        bargap=0.45,
        yaxis={"range": [0, 1.1], "dtick": 0.5, "fixedrange": True},
    )


def describe_curves(total: float) -> str:
    """The four curves in words."""
    return "Four curves: " + "; ".join(_curve_title(name, total, False) for name in FUNCTIONS) + "."


def describe_shares(scores: Mapping[str, float]) -> str:
    """The bars in words."""
    pairs = zip(scores.items(), softmax(list(scores.values())), strict=True)
    return "Bars: " + "; ".join(
        f"digit {name}, score {_number(score)}, probability {share:.3f}"
        for (name, score), share in pairs
    )


def value(name: str, total: float) -> float:
    """What one activation makes of one sum."""
    return float(FUNCTIONS[name](np.array([total]))[0])


def _curve_title(name: str, total: float, chosen: bool) -> str:
    text = f"{name}({_number(total)}) = {_number(value(name, total), 2)}"
    return f"<b>{text}</b> (yours)" if chosen else text


def _curve(name: str, total: float, color: str) -> tuple[go.Scatter, go.Scatter]:
    z = np.linspace(-SUM_LIMIT, SUM_LIMIT, 101)
    line = go.Scatter(
        x=z,
        y=FUNCTIONS[name](z),
        mode="lines",
        line={"color": color, "width": 3},
        hovertemplate=f"{name}(%{{x:.1f}}) = %{{y:.2f}}<extra></extra>",
    )
    dot = go.Scatter(
        x=[total],
        y=[value(name, total)],
        mode="markers",
        marker={"color": color, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
    )
    return line, dot


def _number(number: float, digits: int = 1) -> str:
    """With a proper minus sign, and no minus before zero."""
    return f"{round(number, digits) + 0.0:.{digits}f}".replace("-", "−")
