"""A batch, an epoch: the first step of the training, and all that follow."""

from functools import partial

import numpy as np
import streamlit as st

from digitlab.compute.tasks import learning
from digitlab.figures.first_batch import gradients_of_digits
from digitlab.records.learning import BatchStep, WeightChoice
from digitlab.ui.learn.subject import Subject
from digitlab.ui.session.begin_training import train
from digitlab.ui.session.state import Lab
from digitlab.ui.train.curves import draw_curves
from digitlab.ui.widgets import show
from digitlab.ui.widgets.progress import follow_training
from digitlab.wording.calculations import decimals, number
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import decimal, significant, whole
from digitlab.wording.say import say, say_count
from digitlab.wording.settings.descriptions import setting_name

_SHOWN = 20


def show_batch(lab: Lab, subject: Subject) -> str:
    """The batch's step and the way to an epoch; returns what was seen."""
    step = subject.ask(learning.batch_step, WeightChoice())
    if step is None:
        return ""
    training, size = subject.spec.training, len(step.digits)
    shown = step.digits[:_SHOWN]
    st.markdown(
        say(
            "Training takes {count} digits at a time. They are a **batch**. Each of these digits "
            "gives a gradient for each weight. The **mean** of these gradients is the gradient of "
            "the batch. Then all weights make one step. Here are the first {shown} digits of your "
            "first batch:",
            count=size,
            shown=len(shown),
        )
    )
    show.strip(
        subject.images[shown],
        alt=say(
            "The first digits of the batch. Their labels: {labels}.",
            labels=with_commas([str(label) for label in subject.labels[shown]]),
        ),
    )
    chart, words = st.columns([3, 2], gap="large")
    with chart:
        show.chart(
            gradients_of_digits(step.gradients, float(step.gradient)),
            key="learn_batch",
            alt=say(
                "The gradient of one weight for each of {count} digits. The smallest is {low}, and "
                "the largest is {high}. The mean is {mean}.",
                count=size,
                low=significant(step.gradients.min()),
                high=significant(step.gradients.max()),
                mean=significant(step.gradient),
            ),
        )
    with words:
        _say_step(subject, step)
    st.header(say("An epoch"), anchor=False)
    words, curves = st.columns([2, 3], gap="medium")
    words.markdown(f"{_an_epoch(step.batches)} {_whole_training(step.batches, training.epochs)}")
    with words:
        _offer_training(lab, subject)
    with curves:
        if lab.job is not None and lab.job.spec == subject.spec and not lab.job.refusal:
            follow_training(lab, partial(draw_curves, with_log=False))
    return say(
        "One step changes the loss of the batch from {before} to **{after}**. Steps in an epoch: "
        "{steps}.",
        before=decimal(step.loss, 4),
        after=decimal(step.loss_after, 4),
        steps=whole(step.batches),
    )


def _an_epoch(steps: int) -> str:
    return say_count(
        "An **epoch** is {count} such step. After it, every digit that the network learns from was "
        "in a batch.",
        "An **epoch** is {count} such steps. After them, every digit that the network learns from "
        "was in a batch.",
        steps,
    )


def _whole_training(steps: int, epochs: int) -> str:
    return say(
        "Epochs in your training: {epochs}. Steps in your training: {all}. Press the button: the "
        "lab makes all the steps, and it draws the curve of the loss.",
        epochs=epochs,
        all=whole(steps * epochs),
    )


def _say_step(subject: Subject, step: BatchStep) -> None:
    place, size = step.place, len(step.digits)
    up, down = int(np.sum(step.gradients < 0)), int(np.sum(step.gradients > 0))
    change = float(step.stepped) - float(step.weight)
    digits = min(max(decimals(abs(change)), 4), 9)
    network = (
        say("Your training begins with these numbers: it has the same seed.")
        if subject.fresh
        else say(
            "Your network is already trained. So you see the step that it would make now, with a "
            "new optimizer."
        )
    )
    others = say("For the others the gradient is 0.") if up + down < size else ""
    gradients = say(
        "Look at the weight from input {source} to output {unit}. The batch has {size} digits. "
        "{up} of them would move this weight up, and {down} would move it down. {others} The mean "
        "gradient is **{gradient}**.",
        source=place.source,
        unit=place.unit,
        size=size,
        up=up,
        down=down,
        others=others,
        gradient=significant(step.gradient),
    )
    moved = say(
        "{optimizer} with learning rate {rate} moves the weight from {before} to **{after}**. The "
        "other weights make their step at the same time. The mean loss of this batch was "
        "{loss_before}. After the step it is **{loss_after}**.",
        optimizer=setting_name(subject.spec.training.optimizer),
        rate=subject.rate_words,
        before=number(float(step.weight), digits),
        after=number(float(step.stepped), digits),
        loss_before=decimal(step.loss, 4),
        loss_after=decimal(step.loss_after, 4),
    )
    st.markdown(f"{gradients}\n\n{moved} {network}")


def _offer_training(lab: Lab, subject: Subject) -> None:
    training = lab.training
    pressed = st.button(
        say("Train"),
        type="primary",
        icon=":material/play_arrow:",
        disabled=bool(training),
        key="learn_train",
    )
    if pressed and train(lab, subject.spec):
        st.rerun()
