"""What sigmoid, its relatives and softmax do to numbers, as pictures."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.figures.style.theme import ACCENT, MUTED, figure
from digitlab.wording.lists import with_commas
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.numerals import decimal, with_minus
from digitlab.wording.say import say

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
    """Softmax: shares of 1 in proportion to e to the power of each score.

    >>> softmax([0, 0]).tolist()
    [0.5, 0.5]
    """
    # The largest is taken off first: the shares stay the same and nothing overflows.
    powers = np.exp(np.asarray(scores, dtype=float) - max(scores))
    shares: Array = powers / powers.sum()
    return shares


@memoized_words
def curves(total: float, chosen: Collection[str]) -> go.Figure:
    """The four activations, each with a dot at `total`; those in `chosen` stand out."""
    traces: list[go.Scatter] = []
    titles: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    for number, name in enumerate(FUNCTIONS, start=1):
        traces += _curve(name, total, ACCENT if name in chosen else MUTED, number)
        titles.append(_curve_title(name, total, name in chosen, number))
        axes |= _axes(number, _TOPS[name])
    return figure(
        *traces,
        title=say("Outputs for the sum {sum}", sum=_number(total)),
        height=470,
        margin={"l": 28, "r": 8, "t": 104, "b": 24},
        annotations=titles,
        **axes,
    )


@memoized_words
def shares(scores: Mapping[str, float]) -> go.Figure:
    """What softmax makes of some scores: bars that sum to 1."""
    values = softmax(list(scores.values()))
    labels = [
        say("<b>{digit}</b><br>score {score}", digit=name, score=_number(score))
        for name, score in scores.items()
    ]
    bars = go.Bar(
        x=labels,
        y=values,
        text=[decimal(value, 3) for value in values],
        textposition="outside",
        marker={"color": ACCENT},
        cliponaxis=False,
        hoverinfo="skip",
    )
    return figure(
        bars,
        title=say("Three probabilities that add up to 1"),
        height=400,
        bargap=0.45,
        yaxis={"range": [0, 1.1], "dtick": 0.5, "fixedrange": True},
    )


def describe_curves(total: float) -> str:
    """The four curves in words."""
    values = with_commas([_curve_text(name, total) for name in FUNCTIONS])
    return say("Four curves with a dot on each of them: {values}.", values=values)


def describe_shares(scores: Mapping[str, float]) -> str:
    """The bars in words."""
    pairs = zip(scores.items(), softmax(list(scores.values())), strict=True)
    bars = [
        say(
            "The digit {digit} has the score {score} and the probability {probability}.",
            digit=name,
            score=_number(score),
            probability=decimal(share, 3),
        )
        for (name, score), share in pairs
    ]
    return " ".join([say("A bar for each digit."), *bars])


def value(name: str, total: float) -> float:
    """What one activation makes of one sum."""
    return float(FUNCTIONS[name](np.array([total]))[0])


def _axes(number: int, top: float) -> dict[str, Any]:
    """Axes of one of the four small charts, two by two.

    Plain dicts, because `make_subplots` takes 0.1 s for every move of the slider.
    """
    row, column = divmod(number - 1, 2)
    left, bottom = 0.55 * column, 0.6 * (1 - row)
    common = {"fixedrange": True, "nticks": 5}
    x_range, y_range = [-SUM_LIMIT, SUM_LIMIT], [-top, top]
    return {
        f"xaxis{number}": common
        | {"domain": [left, left + 0.45], "anchor": f"y{number}", "range": x_range},
        f"yaxis{number}": common
        | {"domain": [bottom, bottom + 0.4], "anchor": f"x{number}", "range": y_range},
    }


def _curve_text(name: str, total: float) -> str:
    return f"{name}({_number(total)}) = {_number(value(name, total), 2)}"


def _curve_title(name: str, total: float, chosen: bool, number: int) -> dict[str, Any]:
    """An annotation above one of the small charts, in two lines: on a phone it has 130 pixels."""
    result = _number(value(name, total), 2)
    suffix = str(number) if number > 1 else ""  # Plotly calls the first ones x and y
    return {
        "text": say("<b>{name}</b> (yours)<br>{result}", name=name, result=result)
        if chosen
        else f"{name}<br>{result}",
        "xref": f"x{suffix} domain",
        "yref": f"y{suffix} domain",
        "x": 0.5,
        "y": 1,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 14},
    }


def _curve(name: str, total: float, color: str, axes: int) -> tuple[go.Scatter, go.Scatter]:
    z = np.linspace(-SUM_LIMIT, SUM_LIMIT, 101)
    axes_names = {"xaxis": f"x{axes}", "yaxis": f"y{axes}"}
    line = go.Scatter(
        x=z,
        y=FUNCTIONS[name](z),
        mode="lines",
        line={"color": color, "width": 3},
        hovertemplate=f"{name}(%{{x:.1f}}) = %{{y:.2f}}<extra></extra>",
        **axes_names,
    )
    dot = go.Scatter(
        x=[total],
        y=[value(name, total)],
        mode="markers",
        marker={"color": color, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
        **axes_names,
    )
    return line, dot


def _number(number: float, digits: int = 1) -> str:
    """With a proper minus sign, and no minus before zero."""
    return with_minus(decimal(round(number, digits) + 0.0, digits))
