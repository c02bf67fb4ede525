"""The controls of Train: widgets to `TrainSpec` and back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from digitlab import limits
from digitlab.specs import ARTICLE, LOSSES, METRICS, OPTIMIZERS, PRESETS, RunSpec, preset_name
from digitlab.specs.lesson import TRAINING
from digitlab.ui.network.back_to_article import back_to_article
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden, lesson_line
from digitlab.ui.widgets.layout import side_by_side
from digitlab.wording.descriptions import NAMES
from digitlab.wording.numerals import per_cent

LEARNING_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
VALIDATION_SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)

_MORE = ("batch_size", "loss", "metric")  # the fields of "More settings", and the seed
_UNFOLDED = "more_settings_unfolded"  # in the session's state
_FIELD_WIDTH = 150  # pixels: its label with the question mark stays whole


def training_form(lab: Lab) -> None:
    """Show the controls; `lab.spec` already has what they say.

    Every change comes through a callback into `lab.spec`, the only truth.
    """
    lesson_line(lab, TRAINING)
    left, right = side_by_side(_FIELD_WIDTH, _FIELD_WIDTH)
    with left:
        _how_far(lab)
    with right:
        _optimizer(lab)
        _validation_share(lab)
    if not all(is_hidden(lab, field) for field in (*_MORE, "seed")):
        with st.expander("More settings", expanded=_is_unfolded(lab.spec)):
            _more_settings(lab)
    back_to_article(lab)


def _is_unfolded(spec: RunSpec) -> bool:
    """Whether what is folded away stands open: once a setting there was unusual, for the session.

    It does not close when the setting is usual again: the learner may hold its control just then.
    """
    unfolded: bool = st.session_state.get(_UNFOLDED, False) or _has_unusual(spec)
    st.session_state[_UNFOLDED] = unfolded
    return unfolded


def _has_unusual(spec: RunSpec) -> bool:
    """Whether a setting that is folded away has another value than the network's usual recipe."""
    usual = PRESETS.get(preset_name(spec.network) or "", ARTICLE).training
    return any(getattr(spec.training, field) != getattr(usual, field) for field in _MORE)


def _how_far(lab: Lab) -> None:
    """Epochs and learning rate."""
    if not is_hidden(lab, "epochs"):
        _epochs(lab)
    _steps(
        lab,
        "learning_rate",
        "Learning rate",
        LEARNING_RATES,
        "{:g}".format,
        "How far each step goes. Too small: slow. Too large: it jumps over the goal.",
    )
    _rate_changes(lab)


def _validation_share(lab: Lab) -> None:
    _steps(
        lab,
        "validation_share",
        "Validation share",
        VALIDATION_SHARES,
        per_cent,
        "This last part of the training pictures is kept aside and only checked: see the view "
        "*Three sets*.",
    )


def _more_settings(lab: Lab) -> None:
    """What a first training does not need: batch size, loss, metric and seed."""
    _steps(
        lab,
        "batch_size",
        "Batch size",
        limits.BATCH_SIZES,
        str,
        "How many pictures it looks at before each step.",
    )
    _loss_and_metric(lab)
    if not is_hidden(lab, "seed"):
        _seed(lab)


def _epochs(lab: Lab) -> None:
    key = control_key("train_epochs", lab.spec.training.epochs)
    st.slider(
        "Epochs",
        1,
        limits.MAX_EPOCHS,
        lab.spec.training.epochs,
        key=key,
        on_change=_take,
        args=(lab, "epochs", key),
        disabled=is_fixed(lab, "epochs"),
        help=explained(
            lab, "epochs", "How many times it goes through all the pictures that it learns from."
        ),
    )


def _rate_changes(lab: Lab) -> None:
    """What a continued training changed of the learning rate; a click drops the change."""
    if is_hidden(lab, "learning_rate"):
        return
    fixed = is_fixed(lab, "learning_rate")
    for epoch, rate in lab.spec.training.rate_changes:
        st.button(
            f"{rate:g} from epoch {epoch + 1}",
            type="tertiary",
            icon=":material/close:",
            key=f"rate_from_{epoch}",
            on_click=_drop_rate_change,
            args=(lab, epoch),
            disabled=fixed,
            help=explained(
                lab,
                "learning_rate",
                "The learning rate was changed here." + " Click to drop the change." * (not fixed),
            ),
        )


def _drop_rate_change(lab: Lab, epoch: int) -> None:
    left = tuple(change for change in lab.spec.training.rate_changes if change[0] != epoch)
    lab.choose(replace(lab.spec, training=replace(lab.spec.training, rate_changes=left)))


def _optimizer(lab: Lab) -> None:
    _choice(
        lab,
        "optimizer",
        "Optimizer",
        tuple(OPTIMIZERS),
        "The rule by which each step changes the weights. **SGD** goes downhill on the loss of "
        "this batch; with **momentum** it keeps some of the direction of earlier steps; "
        "**RMSprop** and **Adam** fit the length of the step to each weight.",
    )


def _loss_and_metric(lab: Lab) -> None:
    _choice(
        lab,
        "loss",
        "Loss",
        LOSSES,
        "One number for how far the answers are from the labels. Training makes it smaller. "
        "**Cross-entropy** looks at the probability of the right digit: the smaller that is, the "
        "larger the loss. **Mean squared error** squares how far each of the ten answers is from "
        "0 or 1. **Sparse cross-entropy** is cross-entropy for labels that are one number.",
    )
    _choice(
        lab,
        "metric",
        "Metric",
        METRICS,
        "What is counted for people to read. It does not change the learning.",
    )


def _seed(lab: Lab) -> None:
    key = control_key("train_seed", lab.spec.training.seed)
    st.number_input(
        "Seed",
        0,
        limits.MAX_SEED,
        lab.spec.training.seed,
        step=1,
        key=key,
        on_change=_take,
        args=(lab, "seed", key),
        disabled=is_fixed(lab, "seed"),
        help=explained(
            lab,
            "seed",
            "Where its random numbers start. In this lab, the same seed and settings give the same "
            "run, to the last digit.",
        ),
    )


def _steps(
    lab: Lab,
    field: str,
    label: str,
    values: Sequence[float],
    format_value: Callable[[Any], str],
    explanation: str,
) -> None:
    """A slider over given values of one field of the `TrainSpec`."""
    if is_hidden(lab, field):
        return
    value = getattr(lab.spec.training, field)
    key = control_key(f"train_{field}", value)
    st.select_slider(
        label,
        values if value in values else sorted({*values, value}),  # a value of another origin
        value,
        key=key,
        format_func=format_value,
        on_change=_take,
        args=(lab, field, key),
        disabled=is_fixed(lab, field),
        help=explained(lab, field, explanation),
    )


def _choice(lab: Lab, field: str, label: str, options: Sequence[str], explanation: str) -> None:
    """A list of names for one field of the `TrainSpec`."""
    if is_hidden(lab, field):
        return
    value = getattr(lab.spec.training, field)
    key = control_key(f"train_{field}", value)
    st.selectbox(
        label,
        options,
        options.index(value),
        key=key,
        format_func=NAMES.__getitem__,
        on_change=_take,
        args=(lab, field, key),
        disabled=is_fixed(lab, field),
        help=explained(lab, field, explanation),
    )


def _take(lab: Lab, field: str, key: str) -> None:
    changes = {field: st.session_state[key]}
    if field == "optimizer":  # a new one starts at its own usual learning rate
        changes["learning_rate"] = OPTIMIZERS[changes[field]]
        changes["rate_changes"] = ()
    lab.choose(replace(lab.spec, training=replace(lab.spec.training, **changes)))
