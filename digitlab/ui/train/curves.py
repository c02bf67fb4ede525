"""The curves of a training as they grow, and what Keras prints."""

import streamlit as st

from digitlab.figures.live_curves import HEIGHT, live_curves
from digitlab.figures.training import chart_title, curves
from digitlab.records.history import keras_log
from digitlab.records.training_view import TrainingView
from digitlab.specs import TrainSpec
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say

_LOG_LINES, _LOG_HEIGHT = 4, 180  # two epochs; the height stays while it fills


def draw_curves(job: TrainingView, with_log: bool = True) -> None:
    """The curves so far and the lines that Keras prints.

    While it trains the curves are a plain picture: a browser that has no chart's code yet shows it
    at once.

    Args:
        job: the training.
        with_log: whether the lines stand below the curves.
    """
    training = job.spec.training
    if job.active:
        picture = live_curves(job.history, training.epochs, training.metric, _ink())
        show.vector(picture, _curves_alt(job), HEIGHT)
    else:
        figure = curves(job.history, training.epochs, training.metric)
        show.chart(figure, key="curves", alt=_curves_alt(job))
    if not with_log:
        return
    lines = keras_log(job.history, job.progress if job.active else None, training)
    if job.active:
        lines = lines[-_LOG_LINES:]
    st.caption(say("What Keras prints"))
    st.code("\n".join(lines) or " ", language=None, wrap_lines=True, height=_LOG_HEIGHT)


def draw_axes(training: TrainSpec) -> None:
    """The empty curves of a training to come: the browser reads a chart's code meanwhile."""
    figure = curves((), training.epochs, training.metric)
    show.chart(
        figure,
        key="curves",
        alt=say("Axes for two charts, loss and accuracy. They are empty until you train."),
    )


def _ink() -> str:
    """The theme's colour of words: a picture does not inherit it."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))


def _curves_alt(job: TrainingView) -> str:
    if not job.history:
        return say(
            "Axes for two charts, loss and accuracy. They are empty until the first epoch is done."
        )
    metric = job.spec.training.metric
    first, last = job.history[0].logs, job.history[-1].logs
    return say(
        "Two charts with curves. Epochs done: {done} of {asked}. Training loss: from {first_loss} "
        "to {last_loss}. {metric}: from {first} to {last}.",
        done=len(job.history),
        asked=job.spec.training.epochs,
        first_loss=decimal(first["loss"], 4),
        last_loss=decimal(last["loss"], 4),
        metric=chart_title(metric),
        first=decimal(first[metric], 4),
        last=decimal(last[metric], 4),
    )
