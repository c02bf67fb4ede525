"""Pictures of a search: what its settings read of the validation digits."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from digitlab.figures.style.theme import ACCENT, AMOUNT_SCALE, MISTAKE, MUTED, figure
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say, say_count

_EXTRA = "<extra></extra>"  # no second box on hover
_NARROWEST = 0.02  # of accuracy, that the axis shows
_MARGIN = 0.15  # of what is shown, above and below
_WINNER = 24  # pixels below the title: the best setting can stand at the top of the axis


@dataclass(frozen=True)
class Point:
    """A setting in the picture.

    Attributes:
        names: of its values, one for each axis.
        scores: shares of validation digits, one for each seed.
        mean: of them.
        epochs: that its runs had.
        given_up: whether it was given up early.
        wins: whether it is the winner.
    """

    names: tuple[str, ...]
    scores: Sequence[float]
    mean: float
    epochs: int
    given_up: bool = False
    wins: bool = False


def search_line(points: Sequence[Point], axis: str, names: Sequence[str]) -> go.Figure:
    """Validation accuracy over one hyperparameter: a dot for each run, a line through the means.

    Args:
        points: the settings that have scores.
        axis: what the hyperparameter is called.
        names: of all its values, in order: the axis stays while they come.
    """
    result = figure(
        title=say("Validation accuracy of each setting"),
        height=340 + _WINNER,
        margin={"t": 44 + _WINNER},
    )
    full = [point for point in points if not point.given_up]
    result.add_trace(
        go.Scatter(
            x=[point.names[0] for point in full],
            y=[point.mean for point in full],
            mode="lines+markers",
            line={"color": ACCENT, "width": 2},
            marker={"symbol": "line-ew", "size": 26, "line": {"color": ACCENT, "width": 3}},
            hovertemplate=say("{setting}: mean {mean}", setting="%{x}", mean="%{y:.4f}") + _EXTRA,
        )
    )
    for point in points:
        color = MUTED if point.given_up else ACCENT
        result.add_trace(
            go.Scatter(
                x=[point.names[0]] * len(point.scores),
                y=list(point.scores),
                mode="markers",
                marker={
                    "symbol": "circle-open" if point.given_up else "circle",
                    "size": 10,
                    "color": color,
                    "opacity": 0.8,
                },
                hovertemplate=f"%{{x}}: {_after(point, '%{y:.4f}')}{_EXTRA}",
            )
        )
    for point in points:
        if point.wins:
            result.add_annotation(
                x=point.names[0], y=max(point.scores), text=say("★ winner"), showarrow=False,
                yshift=16, font={"color": MISTAKE, "size": 14},
            )  # fmt: skip
    result.update_xaxes(
        title=axis, type="category", categoryorder="array", categoryarray=list(names),
        range=[-0.5, len(names) - 0.5], showgrid=False,
    )  # fmt: skip
    return result.update_yaxes(range=_around(points), title=say("share of validation digits"))


def search_map(
    points: Sequence[Point], axes: tuple[str, str], names: tuple[Sequence[str], Sequence[str]]
) -> go.Figure:
    """Mean validation accuracy over two hyperparameters, as a heat map; the winner has a star.

    Args:
        points: the settings that have scores.
        axes: what the hyperparameters are called: down, across.
        names: of all their values, in order.
    """
    down, across = names
    by_names = {point.names: point for point in points}
    cells = [[by_names.get((row, column)) for column in across] for row in down]
    text = [[_cell(point) for point in row] for row in cells]
    spread = [[_spread(point) for point in row] for row in cells]
    low, high = _around(points)
    result = figure(
        go.Heatmap(
            z=[[point.mean if point else None for point in row] for row in cells],
            x=list(across),
            y=list(down),
            text=text,
            texttemplate="%{text}",
            customdata=spread,
            hovertemplate=f"{axes[0]} %{{y}}, {axes[1]} %{{x}}: %{{customdata}}{_EXTRA}",
            colorscale=AMOUNT_SCALE,
            zmin=low,
            zmax=high,
            showscale=False,
            xgap=2,
            ygap=2,
        ),
        title=say("Mean validation accuracy of each setting"),
        height=110 + 52 * len(down),
    )
    result.update_xaxes(title=axes[1], type="category", showgrid=False,
                        categoryarray=list(across), range=[-0.5, len(across) - 0.5])  # fmt: skip
    return result.update_yaxes(title=axes[0], type="category", showgrid=False,
                               categoryarray=list(down), range=[len(down) - 0.5, -0.5])  # fmt: skip


def bias_curve(
    counts: Sequence[int], chosen_by: Sequence[float], others: Sequence[float]
) -> go.Figure:
    """What the best of so many networks reads: of the digits it was chosen by, and of others.

    Args:
        counts: how many networks were chosen from.
        chosen_by: shares of the digits that they were chosen by.
        others: shares of all other digits.
    """
    result = figure(title=say("The best of several networks"), height=300)
    for values, name, color, dash in (
        (chosen_by, say("digits it was chosen by"), MISTAKE, "solid"),
        (others, say("other digits"), ACCENT, "dash"),
    ):
        result.add_trace(
            go.Scatter(
                x=list(counts), y=list(values), mode="lines+markers", name=name,
                line={"color": color, "dash": dash},
                hovertemplate=say(
                    "best of {count}, {digits}: {share}",
                    count="%{x}", digits=name, share="%{y:.4f}",
                )
                + _EXTRA,
            )
        )  # fmt: skip
        result.add_annotation(
            x=counts[-1], y=values[-1], text=name, showarrow=False, xanchor="right", yshift=12,
            font={"color": color},
        )  # fmt: skip
    result.update_xaxes(title=say("networks to choose from"), rangemode="tozero")
    return result.update_yaxes(title=say("share read correctly"), range=[0.965, 1.0])


def _epochs(point: Point) -> str:
    return say_count("{count} epoch", "{count} epochs", point.epochs)


def _after(point: Point, scores: str) -> str:
    """Scores, and after how many epochs."""
    return say_count(
        "{scores} after {count} epoch", "{scores} after {count} epochs", point.epochs, scores=scores
    )


def _cell(point: Point | None) -> str:
    if point is None:
        return ""
    after = f"<br><i>{_epochs(point)}</i>" if point.given_up else ""
    return f"{'★ ' * point.wins}{decimal(point.mean, 3)}{after}"


def _spread(point: Point | None) -> str:
    if point is None:
        return say("not yet")
    return _after(point, with_commas([decimal(score, 4) for score in point.scores]))


def _around(points: Sequence[Point]) -> list[float]:
    """An axis around all scores; those of networks that only guess do not press the others flat."""
    scores = [score for point in points for score in point.scores]
    if not scores:
        return [0.0, 1.0]
    low, high = min(scores), max(scores)
    margin = _MARGIN * max(_NARROWEST, high - low)
    return [max(0.0, low - margin), min(1.0, high + 1.5 * margin)]
