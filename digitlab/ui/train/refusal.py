"""Labels that don't fit: Keras's own words, and what mends it."""

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.specs.ablations import with_fitting_loss
from digitlab.ui.session.state import Lab
from digitlab.wording.descriptions import NAMES


def show_refusal(lab: Lab, spec: RunSpec, words: str, key: str) -> None:
    """Show why Keras does not train a run, with a button that mends it.

    Args:
        lab: the session.
        spec: that was refused.
        words: Keras's own.
        key: where this is shown.
    """
    st.error("Keras does not train this: the labels don't fit. In its own words:")
    st.code(words, language=None, wrap_lines=True)
    fitting = with_fitting_loss(spec)
    training = fitting.training
    parts = [
        f"the {kind} **{NAMES[getattr(training, kind)]}**"
        for kind in ("loss", "metric")
        if getattr(training, kind) != getattr(spec.training, kind)
    ]
    remedy = " and ".join(parts)
    st.markdown(
        "For each picture the network gives ten numbers. "
        + (
            "Its label is one-hot, ten numbers too, but this loss takes one whole number. "
            if spec.preparation.one_hot
            else "Its label is one whole number, but here ten are needed to compare them with. "
        )
        + f"Take {remedy}: made for such labels."
    )
    if lab.lesson.lock(fitting) == fitting:
        st.button(
            f"Take {remedy}".replace("**", ""),
            key=f"{key}_fitting",
            icon=":material/healing:",
            on_click=lab.choose,
            args=(fitting,),
            disabled=lab.spec == fitting,
        )
    else:
        st.caption("This lesson holds the loss or the metric: mend the labels instead.")
