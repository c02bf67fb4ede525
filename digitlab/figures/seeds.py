"""Pictures of luck: the same recipe with several seeds, alone or beside another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from digitlab.figures.runs import LOSS_TOP, SIGNS, finish_curves
from digitlab.figures.style.theme import MUTED, figure
from digitlab.records.score import DigitSet
from digitlab.wording.say import Message, say, say_message, to_say

_BANDS: Final[dict[str, Message]] = {
    "loss": to_say("Loss on the training digits"),
    "accuracy": to_say("Accuracy on the training digits"),
}
_POINTS: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("Validation accuracy of each run. The bar is the mean"),
    DigitSet.TEST: to_say("Test accuracy of each run. The bar is the mean"),
}
_SINGLE: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("Validation accuracy of each run"),
    DigitSet.TEST: to_say("Test accuracy of each run"),
}
"""Where no recipe has more than one run: one run has no mean."""
_SHARES: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("share of the validation digits"),
    DigitSet.TEST: to_say("share of the test digits"),
}

_DASHES = ("solid", "dash")
_NARROWEST = 0.02  # of accuracy: fewer differences than this are no picture of luck
_EXTRA = "<extra></extra>"  # no second box on hover
_ROW = 60  # pixels
_APART = 0.13  # of a row: two runs that read the same stay two points


@dataclass(frozen=True)
class Curves:
    """One quantity of all runs of a recipe.

    Attributes:
        letter: of the recipe.
        runs: a value for each finished epoch; of runs in training too.
        lowest, mean, highest: their band over the epochs; empty before a run has ended.
        epochs: how many the recipe asks for.
    """

    letter: str
    runs: Sequence[Sequence[float]]
    lowest: Sequence[float]
    mean: Sequence[float]
    highest: Sequence[float]
    epochs: int


def bands(recipes: Sequence[Curves], name: str) -> go.Figure:
    """From the lowest to the highest run of up to two recipes, the mean as a line.

    Args:
        recipes: A, and B if there is one; B's lines are dashed.
        name: "loss" or "accuracy"; the axes are those of `training.curves`.
    """
    epochs = max((recipe.epochs for recipe in recipes), default=1)
    values = [value for recipe in recipes for run in recipe.runs for value in run]
    top = max([LOSS_TOP, *filter(math.isfinite, values)]) if name == "loss" else 1.0
    result = figure(title=say_message(_BANDS[name]), height=260)
    ends = []
    for recipe, (color, _, _), dash in zip(recipes, SIGNS, _DASHES, strict=False):
        for run in filter(len, recipe.runs):
            result.add_trace(_line(run, color, dash, width=1, opacity=0.5, hoverinfo="skip"))
        if len(recipe.mean):
            _add_band(result, recipe, color, dash)
            ends.append((len(recipe.mean), recipe.mean[-1], recipe.letter, color))
    finish_curves(result, ends, epochs, top)
    return result


def accuracy_points(
    recipes: Sequence[tuple[str, Sequence[float], Sequence[int]]], digits: DigitSet
) -> go.Figure:
    """Accuracies as points on a line for each recipe; a bar marks the mean of several.

    Runs of two recipes with the same seed are joined by a line.

    Args:
        recipes: letter, accuracies and seeds of its runs.
        digits: that the accuracies are of.
    """
    everything = [value for _, values, _ in recipes for value in values]
    several = max((len(values) for _, values, _ in recipes), default=0) > 1
    result = figure(
        title=say_message((_POINTS if several else _SINGLE)[digits]),
        height=80 + _ROW * len(recipes),
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
    )
    if len(recipes) > 1:
        result.add_trace(_same_seeds(*recipes))
    for row, (letter, values, seeds) in enumerate(recipes):
        color, symbol, _ = SIGNS["AB".index(letter)]
        if len(values) > 1:
            mean = sum(values) / len(values)
            result.add_trace(
                go.Scatter(
                    x=[mean],
                    y=[row],
                    mode="markers",
                    marker={"symbol": "line-ns", "size": 30, "line": {"color": color, "width": 3}},
                    hovertemplate=say("mean of {letter}: {value}", letter=letter, value="%{x:.4f}")
                    + _EXTRA,
                )
            )
        result.add_trace(
            go.Scatter(
                x=list(values),
                y=[_height(row, index) for index in range(len(values))],
                customdata=list(seeds),
                name=letter,
                mode="markers",
                marker={"symbol": symbol, "size": 13, "color": color, "opacity": 0.75},
                hovertemplate=say(
                    "{letter}, seed {seed}: {value}",
                    letter=letter,
                    seed="%{customdata}",
                    value="%{x:.4f}",
                )
                + _EXTRA,
            )
        )
    result.update_xaxes(range=_around(everything), nticks=8, title=say_message(_SHARES[digits]))
    letters = [letter for letter, _, _ in recipes]
    return result.update_yaxes(
        range=[len(recipes) - 0.5, -0.5],
        tickvals=list(range(len(recipes))),
        ticktext=[f"<b>{letter}</b>" for letter in letters],
        showgrid=False,
        zeroline=False,
    )


def _height(row: int, index: int) -> float:
    """Where a run's point lies in its recipe's row."""
    return row + _APART * (index % 3 - 1)


def _same_seeds(
    first: tuple[str, Sequence[float], Sequence[int]],
    second: tuple[str, Sequence[float], Sequence[int]],
) -> go.Scatter:
    """A thin line from each run of A to the run of B with the same seed."""
    x: list[float | None] = []
    y: list[float | None] = []
    _, there, seeds = second
    places = {seed: index for index, seed in enumerate(seeds)}
    for index, (value, seed) in enumerate(zip(first[1], first[2], strict=True)):
        if (place := places.get(seed)) is not None:
            x += [value, there[place], None]
            y += [_height(0, index), _height(1, place), None]
    return go.Scatter(
        x=x,
        y=y,
        name=say("same seed"),
        mode="lines",
        line={"color": MUTED, "width": 1},
        opacity=0.6,
        hoverinfo="skip",
    )


def _around(values: Sequence[float]) -> list[float]:
    """An axis a little wider than these values, not wider than it needs."""
    middle = (min(values) + max(values)) / 2
    half = max(_NARROWEST, 1.2 * (max(values) - min(values))) / 2
    return [max(0.0, middle - half), min(1.0, middle + half)]


def _add_band(result: go.Figure, recipe: Curves, color: str, dash: str) -> None:
    sides = [float(epoch) for epoch in range(1, len(recipe.mean) + 1)]
    low, high = list(recipe.lowest), list(recipe.highest)
    if len(sides) == 1:  # an epoch is a point; a band needs some width
        sides, low, high = [0.95, 1.05], 2 * low, 2 * high
    result.add_trace(
        go.Scatter(
            x=[*sides, *sides[::-1]],
            y=[*high, *low[::-1]],
            fill="toself",
            fillcolor=color,
            opacity=0.22,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            name=say("{letter}, band", letter=recipe.letter),
        )
    )
    result.add_trace(
        _line(
            recipe.mean,
            color,
            dash,
            width=3,
            name=say("{letter}, mean", letter=recipe.letter),
            customdata=list(zip(recipe.lowest, recipe.highest, strict=True)),
            hovertemplate=say(
                "{letter}, epoch {epoch}: mean {mean}, from {lowest} to {highest}",
                letter=recipe.letter,
                epoch="%{x}",
                mean="%{y:.4f}",
                lowest="%{customdata[0]:.4f}",
                highest="%{customdata[1]:.4f}",
            )
            + _EXTRA,
        )
    )


def _line(
    values: Sequence[float], color: str, dash: str, width: float, **more: object
) -> go.Scatter:
    return go.Scatter(
        x=list(range(1, len(values) + 1)),
        y=list(values),
        mode="lines" if len(values) > 1 else "markers",  # one point is no line
        line={"color": color, "dash": dash, "width": width},
        marker={"color": color, "size": 4 + 2 * width},
        **more,
    )
