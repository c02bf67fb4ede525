"""The controls of Train: widgets to `TrainSpec` and back."""

from dataclasses import asdict, fields, replace

import streamlit as st

from digitlab import limits
from digitlab.specs import ARTICLE, LOSSES, METRICS, OPTIMIZERS, TrainSpec
from digitlab.ui.state import Lab

LEARNING_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
VALIDATION_SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)

_NAMES = {
    "categorical_crossentropy": "Cross-entropy",
    "mean_squared_error": "Mean squared error",
    "accuracy": "Accuracy",
    "top_k_categorical_accuracy": "Right among five guesses",
    "sgd": "SGD",
    "momentum": "SGD with momentum",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}


def _name(choice: str) -> str:
    return _NAMES[choice]


def _key(name: str) -> str:
    return f"train_{name}"


def set_controls(training: TrainSpec) -> None:
    """Put every control at this spec's value."""
    for name, value in asdict(training).items():
        st.session_state[_key(name)] = value


def _back_to_article(lab: Lab) -> None:
    lab.run = ARTICLE.with_seed(lab.run.training.seed)
    set_controls(lab.run.training)


def _usual_rate() -> None:
    """A new optimizer starts at its own usual learning rate."""
    st.session_state[_key("learning_rate")] = OPTIMIZERS[st.session_state[_key("optimizer")]]


def training_form(lab: Lab) -> None:
    """Show the controls and take what they say into `lab.run`."""
    if _key("epochs") not in st.session_state:  # first view, or the page was left
        set_controls(lab.run.training)
    left, right = st.columns(2)
    with left:
        _how_much()
    with right:
        _what_by()
    values = {field.name: st.session_state[_key(field.name)] for field in fields(TrainSpec)}
    lab.run = replace(lab.run, training=TrainSpec(**values))
    st.button(
        "Back to the article",
        on_click=_back_to_article,
        args=(lab,),
        type="tertiary",
        icon=":material/undo:",
        disabled=lab.run.is_article,
        help="Puts the article's network and recipe back. The seed stays.",
    )


def _how_much() -> None:
    """Epochs, learning rate, batch size and validation share."""
    st.slider(
        "Epochs",
        1,
        limits.MAX_EPOCHS,
        key=_key("epochs"),
        help="How many times it sees all the training pictures.",
    )
    st.select_slider(
        "Learning rate",
        LEARNING_RATES,
        key=_key("learning_rate"),
        format_func="{:g}".format,
        help="How far each step goes. Too small: slow. Too large: it jumps over the goal.",
    )
    st.select_slider(
        "Batch size",
        limits.BATCH_SIZES,
        key=_key("batch_size"),
        help="How many pictures it looks at before each step.",
    )
    st.select_slider(
        "Validation share",
        VALIDATION_SHARES,
        key=_key("validation_share"),
        format_func="{:.0%}".format,
        help="This last part of the training pictures is kept aside and only checked.",
    )


def _what_by() -> None:
    """Optimizer, loss, metric and seed."""
    st.selectbox(
        "Optimizer",
        list(OPTIMIZERS),
        key=_key("optimizer"),
        format_func=_name,
        on_change=_usual_rate,
        help="The rule by which each step changes the weights.",
    )
    st.selectbox(
        "Loss",
        LOSSES,
        key=_key("loss"),
        format_func=_name,
        help="One number for how far the answers are from the labels. Training makes it smaller.",
    )
    st.selectbox(
        "Metric",
        METRICS,
        key=_key("metric"),
        format_func=_name,
        help="What is counted for people to read. It does not change the learning.",
    )
    st.number_input(
        "Seed",
        0,
        limits.MAX_SEED,
        key=_key("seed"),
        step=1,
        help="Where its random numbers start. The same seed gives the same run, to the last digit.",
    )
