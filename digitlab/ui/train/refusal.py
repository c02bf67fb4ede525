"""Labels that don't fit: Keras's own words, and what mends it."""

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.specs.ablations import with_fitting_loss
from digitlab.ui.session.state import Lab
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import setting_name


def show_refusal(lab: Lab, spec: RunSpec, words: str, key: str) -> None:
    """Show why Keras does not train a run, with a button that mends it.

    Args:
        lab: the session.
        spec: that was refused.
        words: Keras's own.
        key: where this is shown.
    """
    st.error(say("Keras does not train this, because the labels don't fit. Keras says:"))
    st.code(words, language=None, wrap_lines=True)
    fitting = with_fitting_loss(spec)
    remedy = _remedy(spec, fitting)
    if spec.preparation.one_hot:
        why = say(
            "For each picture the network gives ten numbers. The label is one-hot, so it is ten "
            "numbers too. But this loss needs a label that is one whole number."
        )
    else:
        why = say(
            "For each picture the network gives ten numbers. The label is one whole number. But "
            "to compare it with the answer, Keras needs ten numbers here."
        )
    st.markdown(f"{why} {say('What helps: **{remedy}**.', remedy=remedy)}")
    if lab.lesson.lock(fitting) == fitting:
        st.button(
            remedy,
            key=f"{key}_fitting",
            icon=":material/healing:",
            on_click=lab.choose,
            args=(fitting,),
            disabled=lab.spec == fitting,
        )
    else:
        st.caption(
            say(
                "This lesson fixes the loss or the metric, so you can't change them. If you left "
                "one-hot out, take that change back. If you can't, tell your teacher."
            )
        )


def _remedy(spec: RunSpec, fitting: RunSpec) -> str:
    """What to choose instead."""
    loss, metric = setting_name(fitting.training.loss), setting_name(fitting.training.metric)
    if fitting.training.metric == spec.training.metric:
        return say("Take the loss {loss}", loss=loss)
    if fitting.training.loss == spec.training.loss:
        return say("Take the metric {metric}", metric=metric)
    return say("Take the loss {loss} and the metric {metric}", loss=loss, metric=metric)
