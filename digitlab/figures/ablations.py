"""A picture of ablations: what a network reads when more and more of it is changed."""

from collections.abc import Sequence

import plotly.graph_objects as go

from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED, figure

_GUESSING = 0.1
_READ = {"range": [0, 1.05], "tickvals": [0, 0.25, 0.5, 0.75, 1], "title": "share right"}


def accuracy_over_amount(
    amounts: Sequence[float],
    accuracies: Sequence[float],
    chosen: float,
    unchanged: float,
    what: str,
) -> go.Figure:
    """Share of digits read correctly over the amount of a change; dotted: guessing.

    Args:
        amounts: of the change; each has a place of its own, at equal distances.
        accuracies: at each of them, 0 to 1.
        chosen: the amount that is marked.
        unchanged: accuracy without a change.
        what: the amount, as the axis has it.
    """
    places = ["0", *(f"{amount:g}" for amount in amounts)]
    shares = [unchanged, *accuracies]
    marked = places.index(f"{chosen:g}")
    colors = [MISTAKE if place == marked else ACCENT for place in range(len(places))]
    result = figure(
        go.Scatter(
            x=places,
            y=shares,
            mode="lines+markers",
            line={"color": ACCENT, "width": 2.5},
            marker={
                "size": [13 if place == marked else 8 for place in range(len(places))],
                "color": colors,
            },
            hovertemplate="%{x}: %{y:.3f} right<extra></extra>",
        ),
        title="Share of the unseen digits read correctly",
        height=300,
    )
    result.add_hline(_GUESSING, line={"color": MUTED, "dash": "dot", "width": 1.5})
    result.update_xaxes(type="category", title=what, fixedrange=True)
    return result.update_yaxes(**_READ, fixedrange=True)
