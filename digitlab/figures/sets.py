"""The set as a whole: how many of each digit, the average digit, and what its parts are for."""

from functools import cache

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.figures.style.theme import ACCENT, MUTED, figure
from digitlab.specs import CLASSES
from digitlab.wording.memoized_words import memoized_words
from digitlab.wording.numerals import whole
from digitlab.wording.say import Message, say, say_message, to_say

VALIDATION = "#1f9d8a"
"""The validation set, beside the accent for training and grey for test."""


@cache
def class_counts(data: Dataset) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many of each digit in the training and in the test set: two arrays of ten."""
    return (
        np.bincount(data.y_train, minlength=CLASSES),
        np.bincount(data.y_test, minlength=CLASSES),
    )


@cache
def average_digits(data: Dataset) -> NDArray[np.uint8]:
    """Each digit's average picture in the training set: (10, 28, 28), to the nearest value."""
    means = [data.x_train[data.y_train == digit].mean(axis=0) for digit in range(CLASSES)]
    return np.rint(means).astype(np.uint8)


@memoized_words
def counts(train: NDArray[np.int64], test: NDArray[np.int64]) -> go.Figure:
    """Bars: how many of each digit the two sets hold."""
    result = figure(
        _count_bars(
            train,
            to_say("training: {count}"),
            say(
                "The training set has {count} pictures of the digit {digit}.",
                count="%{x:,}",
                digit="<b>%{y}</b>",
            ),
            ACCENT,
        ),
        _count_bars(
            test,
            to_say("test: {count}"),
            say(
                "The test set has {count} pictures of the digit {digit}.",
                count="%{x:,}",
                digit="<b>%{y}</b>",
            ),
            MUTED,
        ),
        title=say("How many there are of each digit"),
        height=400,
        bargap=0.25,
    )
    many = say("number of pictures")
    result.update_xaxes(range=[0, 1.7 * max(train)], tickformat=",", title=many)
    return result.update_yaxes(dtick=1, autorange="reversed", title=say("label"))


def _count_bars(counted: NDArray[np.int64], named: Message, hovered: str, color: str) -> go.Bar:
    first, *others = (whole(count) for count in counted)
    labels = [say_message(named, count=first), *others]  # named once, on the first bar
    return go.Bar(
        y=np.arange(CLASSES),
        x=counted,
        orientation="h",
        text=labels,
        textposition="outside",
        textfont={"size": 12},
        constraintext="none",
        cliponaxis=False,
        marker={"color": color},
        hovertemplate=f"{hovered}<extra></extra>",
    )


@memoized_words
def three_sets(training: int, validation: int, test: int) -> go.Figure:
    """How the digits are divided, each part on its own line, with what it is for."""
    parts = (
        (
            say("<b>Training set</b>: {count} to learn from", count=whole(training)),
            say("Training set: {count} digits", count=whole(training)),
            training,
            ACCENT,
        ),
        (
            say("<b>Validation set</b>: {count} to compare settings", count=whole(validation)),
            say("Validation set: {count} digits", count=whole(validation)),
            validation,
            VALIDATION,
        ),
        (
            say("<b>Test set</b>: {count} for the exam at the end", count=whole(test)),
            say("Test set: {count} digits", count=whole(test)),
            test,
            MUTED,
        ),
    )
    total = training + validation + test
    title = say("{count} digits for three purposes", count=whole(total))
    result = figure(title=title, height=300)
    start = 0
    for place, (words, hovered, count, color) in enumerate(parts):
        result.add_bar(
            y=[place],
            x=[count],
            base=start,
            orientation="h",
            marker={"color": color},
            hovertemplate=f"{hovered}<extra></extra>",
        )
        result.add_annotation(
            x=0,
            y=place,
            yshift=28,
            xanchor="left",
            text=words,
            font={"size": 14},
            showarrow=False,
        )
        start += count
    result.update_xaxes(range=[0, total], visible=False)
    result.update_yaxes(visible=False, autorange="reversed")
    return result.update_layout(barmode="overlay", bargap=0.68)
