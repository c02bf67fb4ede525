"""A picture of ablations: what a network reads when more and more of it is changed."""

from collections.abc import Sequence

import plotly.graph_objects as go

from digitlab.figures.style.theme import ACCENT, MISTAKE, MUTED, figure
from digitlab.wording.numerals import significant
from digitlab.wording.say import say

_GUESSING = 0.1
_READ = {"range": [0, 1.05], "tickvals": [0, 0.25, 0.5, 0.75, 1]}


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
    places = ["0", *map(significant, amounts)]
    shares = [unchanged, *accuracies]
    marked = places.index(significant(chosen))
    colors = [MISTAKE if place == marked else ACCENT for place in range(len(places))]
    hovered = say("{amount}: share of right answers {share}", amount="%{x}", share="%{y:.3f}")
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
            hovertemplate=f"{hovered}<extra></extra>",
        ),
        title=say("Share of the unseen digits read correctly"),
        height=300,
    )
    result.add_hline(_GUESSING, line={"color": MUTED, "dash": "dot", "width": 1.5})
    result.update_xaxes(type="category", title=what, fixedrange=True)
    return result.update_yaxes(**_READ, title=say("share of right answers"), fixedrange=True)
