"""Pictures of robustness: distortions, the reject option, calibration."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from digitlab.analysis.confidence import Bin, RejectOption
from digitlab.figures.style.theme import ACCENT, CAMERA, MISTAKE, MUTED, above, figure
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.wording.drawings.distortions import strength_label
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import say

_EXTRA = "<extra></extra>"  # no second box on hover
_GUESSING = 0.1
_STARTS = (0.95, 0.9, 0.75, 0.5, 0.0)
"""Where an axis of shares may begin, so that its ticks are round."""

_PERCENT = {"range": [0, 1.05], "tickvals": [0, 0.25, 0.5, 0.75, 1]}


def accuracy_over_strength(survey: Mapping[str, Sequence[float]]) -> go.Figure:
    """Four panels, one a distortion: share read correctly over strength, with the same axis.

    Args:
        survey: by the name of each distortion, the share at each of its strengths.
    """
    titles = [strength_label(kind) for kind in DISTORTIONS]
    result = make_subplots(
        rows=2, cols=2, subplot_titles=titles, vertical_spacing=0.2, horizontal_spacing=0.12
    )
    for index, (kind, shares) in enumerate(survey.items()):
        row, column = index // 2 + 1, index % 2 + 1
        strengths = DISTORTIONS[kind].strengths
        result.add_trace(
            go.Scatter(
                x=strengths,
                y=shares,
                mode="lines+markers",
                line={"color": ACCENT, "width": 2.5},
                marker={"size": 7},
                hovertemplate=say(
                    "{change}: {strength}<br>{share} of the answers are right",
                    change=strength_label(kind),
                    strength="%{x}",
                    share="%{y:.3f}",
                )
                + _EXTRA,
            ),
            row=row,
            col=column,
        )
        result.update_xaxes(tickvals=_apart(strengths), row=row, col=column)
    result.add_hline(_GUESSING, line={"color": MUTED, "dash": "dot", "width": 1.5})
    result.update_layout(
        height=440,
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
        showlegend=False,
        dragmode=False,
        modebar=CAMERA,
    )
    result.update_xaxes(fixedrange=True)
    result.update_yaxes(**_PERCENT, fixedrange=True, automargin=True)
    return result.update_yaxes(title=say("share of right answers"), col=1)


def _apart(strengths: Sequence[int]) -> list[int]:
    """Those whose labels have room beside each other in half of a phone's width."""
    least = (strengths[-1] - strengths[0]) / 6
    shown = [strengths[0]]
    for strength in strengths[1:]:
        if strength - shown[-1] >= least:
            shown.append(strength)
    return shown


def accuracy_over_coverage(
    reject_options: Sequence[RejectOption], chosen: RejectOption
) -> go.Figure:
    """Accuracy over coverage with a reject option; the chosen threshold is marked."""
    shown = [option for option in reject_options if option.accuracy is not None]
    answered = _near([option.coverage for option in shown])
    result = figure(
        go.Scatter(
            x=[option.coverage for option in shown],
            y=[option.accuracy for option in shown],
            customdata=[100 * option.threshold for option in shown],
            mode="lines",
            line={"color": MUTED, "width": 2.5},
            hovertemplate=say(
                "threshold {threshold}<br>{answered} answered, {right} of these right",
                threshold="%{customdata:.0f}\N{NO-BREAK SPACE}%",
                answered="%{x:.3f}",
                right="%{y:.3f}",
            )
            + _EXTRA,
        ),
        title=say("How much it answers, and how much of that is right"),
        height=340,
        xaxis={"title": say("share answered"), **answered},
        yaxis={
            "title": say("share of right answers"),
            **_near([option.accuracy for option in shown if option.accuracy is not None]),
        },
    )
    if chosen.accuracy is None:
        return result
    left = chosen.coverage < sum(answered["range"]) / 2
    result.add_trace(
        go.Scatter(
            x=[chosen.coverage],
            y=[chosen.accuracy],
            mode="markers+text",
            marker={"size": 14, "color": ACCENT, "symbol": "diamond"},
            text=[say("threshold {threshold}", threshold=per_cent(chosen.threshold))],
            textposition="bottom right" if left else "bottom left",
            textfont={"color": ACCENT},
            hoverinfo="skip",
        )
    )
    return result


def _near(shares: Sequence[float]) -> dict[str, list[float]]:
    """An axis that ends at 1 and begins close below these shares: a good network's curve is short.

    >>> _near([0.97, 0.99])["tickvals"]
    [0.95, 0.96, 0.97, 0.98, 0.99, 1.0]
    """
    start = next(start for start in _STARTS if start <= min(shares, default=0))
    room = 1 - start
    ticks = [round(start + room * part / 5, 2) for part in range(6)]
    return {"range": [start, 1 + 0.05 * room], "tickvals": ticks}


def reliability_bars(bins: Sequence[Bin], chosen: int) -> go.Figure:
    """The reliability diagram: share right over confidence; below, how many answers.

    Args:
        bins: the answers by their probability.
        chosen: index of the bin that stands out.
    """
    result = make_subplots(rows=2, cols=1, row_heights=[0.74, 0.26], vertical_spacing=0.1)
    shares, counts = [bin_.accuracy for bin_ in bins], [bin_.count for bin_ in bins]
    result.add_trace(
        _bars(bins, chosen, shares, say("{share} of these right", share="%{y:.3f}")), row=1, col=1
    )
    result.add_trace(
        _bars(bins, chosen, counts, say("digits: {count}", count="%{y:,}")), row=2, col=1
    )
    diagonal = go.Scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": MISTAKE, "dash": "dash", "width": 2},
        hoverinfo="skip",
    )
    result.add_trace(diagonal, row=1, col=1)
    result.update_layout(
        title=above(
            [say("Bars: how often it is right."), say("Dashed line: how often it should be.")]
        ),
        height=450,
        margin={"l": 8, "r": 8, "t": 64, "b": 8},
        showlegend=False,
        dragmode=False,
        modebar=CAMERA,
    )
    ticks = [tenth / 10 for tenth in range(0, 11, 2)]
    labels = [per_cent(tick) for tick in ticks]
    result.update_xaxes(range=[0, 1.02], tickvals=ticks, ticktext=labels, fixedrange=True)
    result.update_xaxes(title=say("how sure it is"), row=2, col=1)
    result.update_yaxes(fixedrange=True, automargin=True)
    result.update_yaxes(title=say("share of right answers"), **_PERCENT, row=1, col=1)
    return result.update_yaxes(title=say("digits"), nticks=3, tickformat=",", row=2, col=1)


def _bars(bins: Sequence[Bin], chosen: int, heights: Sequence[float], hover: str) -> go.Bar:
    """A bar for each bin; the chosen one stands out."""
    return go.Bar(
        x=[(bin_.low + bin_.high) / 2 for bin_ in bins],
        y=heights,
        width=0.09,
        marker_color=[ACCENT if index == chosen else MUTED for index in range(len(bins))],
        hovertemplate=hover + _EXTRA,
    )
