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
from digitlab.ui.train.rate_changes import rate_changes
from digitlab.ui.widgets.fold import fold
from digitlab.ui.widgets.layout import side_by_side
from digitlab.wording.numerals import short_per_cent, significant
from digitlab.wording.say import say
from digitlab.wording.settings.control_names import control_name
from digitlab.wording.settings.descriptions import setting_name

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
        with fold(say("More settings"), expanded=_is_unfolded(lab.spec)):
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
        LEARNING_RATES,
        significant,
        say(
            "How far each step goes. With a small rate the network learns slowly. With a large "
            "rate a step can jump over the goal."
        ),
    )
    rate_changes(lab)


def _validation_share(lab: Lab) -> None:
    _steps(
        lab,
        "validation_share",
        VALIDATION_SHARES,
        short_per_cent,
        say(
            "The network does not learn from this last part of the training pictures. After each "
            "epoch the lab checks how well it reads them: see the view *Three sets*."
        ),
    )


def _more_settings(lab: Lab) -> None:
    """What a first training does not need: batch size, loss, metric and seed."""
    _steps(
        lab,
        "batch_size",
        limits.BATCH_SIZES,
        str,
        say("How many pictures the network looks at before each step."),
    )
    _loss_and_metric(lab)
    if not is_hidden(lab, "seed"):
        _seed(lab)


def _epochs(lab: Lab) -> None:
    key = control_key("train_epochs", lab.spec.training.epochs)
    st.slider(
        control_name("epochs"),
        1,
        limits.MAX_EPOCHS,
        lab.spec.training.epochs,
        key=key,
        on_change=_take,
        args=(lab, "epochs", key),
        disabled=is_fixed(lab, "epochs"),
        help=explained(
            lab,
            "epochs",
            say("How many times the network goes through all the pictures that it learns from."),
        ),
    )


def _optimizer(lab: Lab) -> None:
    _choice(
        lab,
        "optimizer",
        tuple(OPTIMIZERS),
        say(
            "The rule that changes the weights in each step. **SGD** moves each weight against "
            "its gradient. **Momentum** adds a part of the step before. **RMSprop** and **Adam** "
            "choose the length of the step for each weight."
        ),
    )


def _loss_and_metric(lab: Lab) -> None:
    _choice(
        lab,
        "loss",
        LOSSES,
        say(
            "One number for how far the answers are from the labels. Training makes it smaller. "
            "**Cross-entropy** looks at the probability of the true digit. The smaller this "
            "probability is, the larger is the loss. **Mean squared error** takes the difference "
            "between each of the ten answers and 0 or 1, and squares it. **Sparse cross-entropy** "
            "is cross-entropy for labels that are one number."
        ),
    )
    _choice(
        lab,
        "metric",
        METRICS,
        say("A number for people to read, such as the accuracy. It does not change the learning."),
    )


def _seed(lab: Lab) -> None:
    key = control_key("train_seed", lab.spec.training.seed)
    st.number_input(
        control_name("seed"),
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
            say(
                "The seed chooses the random numbers of the training. In this lab the same seed "
                "and settings give exactly the same run."
            ),
        ),
    )


def _steps(
    lab: Lab,
    field: str,
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
        control_name(field),
        values if value in values else sorted({*values, value}),  # a value of another origin
        value,
        key=key,
        format_func=format_value,
        on_change=_take,
        args=(lab, field, key),
        disabled=is_fixed(lab, field),
        help=explained(lab, field, explanation),
    )


def _choice(lab: Lab, field: str, options: Sequence[str], explanation: str) -> None:
    """A list of names for one field of the `TrainSpec`."""
    if is_hidden(lab, field):
        return
    value = getattr(lab.spec.training, field)
    key = control_key(f"train_{field}", value)
    st.selectbox(
        control_name(field),
        options,
        options.index(value),
        key=key,
        format_func=setting_name,
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
