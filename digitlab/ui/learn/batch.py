"""A batch, an epoch: the first step of the training, and all that follow."""

from functools import partial

import numpy as np
import streamlit as st

from digitlab.compute import learning_tasks
from digitlab.figures.first_batch import gradients_of_digits
from digitlab.records.learning import BatchStep, WeightChoice
from digitlab.ui.inside.number_words import decimals, number
from digitlab.ui.learn.subject import Subject
from digitlab.ui.session.state import Lab
from digitlab.ui.train.curves import draw_curves
from digitlab.ui.train.start import train
from digitlab.ui.widgets import show
from digitlab.ui.widgets.progress import follow_training
from digitlab.wording.descriptions import NAMES, counted
from digitlab.wording.numerals import significant

_SHOWN = 20


def show_batch(lab: Lab, subject: Subject) -> str:
    """The batch's step and the way to an epoch; returns what was seen."""
    step = subject.ask(learning_tasks.batch_step, WeightChoice())
    if step is None:
        return ""
    training, size = subject.spec.training, len(step.digits)
    st.markdown(
        f"Training takes {counted(size, 'digit')} at a time: a **batch**. It works out the "
        "gradient for each of them. The **mean** of these gradients is the gradient of the batch, "
        "and the weights make one step. Here is the first batch of your training:"
    )
    shown = step.digits[:_SHOWN]
    show.strip(
        subject.images[shown],
        alt="The first digits of the batch, labelled "
        + ", ".join(str(label) for label in subject.labels[shown]),
    )
    chart, words = st.columns([3, 2], gap="large")
    with chart:
        show.chart(
            gradients_of_digits(step.gradients, float(step.gradient)),
            key="learn_batch",
            alt=f"The gradient of one weight for each of {size} digits, from "
            f"{significant(step.gradients.min())} to {significant(step.gradients.max())}. Their "
            f"mean is {significant(step.gradient)}.",
        )
    with words:
        _say_step(subject, step)
    st.header("An epoch", anchor=False)
    words, curves = st.columns([2, 3], gap="medium")
    words.markdown(
        f"An **epoch** is this step {counted(step.batches, 'time')}: then every digit that the "
        f"network learns from was in one batch. Your training has "
        f"{counted(training.epochs, 'epoch')}: {counted(step.batches * training.epochs, 'step')}. "
        "Press the button: the lab makes them all, and the curve of the loss grows."
    )
    with words:
        _offer_training(lab, subject)
    with curves:
        if lab.job is not None and lab.job.spec == subject.spec and not lab.job.refusal:
            follow_training(lab, partial(draw_curves, with_log=False))
    return (
        f"the first step of your training takes the loss of its batch from {step.loss:.4f} to "
        f"**{step.loss_after:.4f}**. An epoch has {counted(step.batches, 'such step')}."
    )


def _say_step(subject: Subject, step: BatchStep) -> None:
    place, size = step.place, len(step.digits)
    up, down = int(np.sum(step.gradients < 0)), int(np.sum(step.gradients > 0))
    change = float(step.stepped) - float(step.weight)
    digits = min(max(decimals(abs(change)), 4), 9)
    network = (
        "These are the numbers of the training itself, with this seed."
        if subject.fresh
        else "Your network is trained already. So this is the step that it would make now, with an "
        "optimizer that is new."
    )
    st.markdown(
        f"Look at the weight from input {place.source} to output {place.unit}. Of {size} digits "
        f"{up} would move it up and {down} down. The mean gradient is "
        f"**{significant(step.gradient)}**.\n\n"
        f"{NAMES[subject.spec.training.optimizer]} with learning rate {subject.rate_words} moves "
        f"it from {number(float(step.weight), digits)} to "
        f"**{number(float(step.stepped), digits)}**. All other weights move too. The mean loss of "
        f"this batch was {step.loss:.4f}. After the step it is **{step.loss_after:.4f}**. {network}"
    )


def _offer_training(lab: Lab, subject: Subject) -> None:
    training = lab.training
    pressed = st.button(
        "Train",
        type="primary",
        icon=":material/play_arrow:",
        disabled=bool(training),
        key="learn_train",
    )
    if pressed and train(lab, subject.spec):
        st.rerun()
