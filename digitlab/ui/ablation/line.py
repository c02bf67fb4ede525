"""What was changed on purpose: a line with its way back, and the way to the page Ablations."""

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.specs.ablations import without_ablations
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.shell.locks import is_hidden
from digitlab.wording.lists import with_commas
from digitlab.wording.say import say
from digitlab.wording.settings.ablations import ablation_words


def ablation_line(lab: Lab, page: str) -> None:
    """Say what is changed on purpose, with a button that takes it back; nothing if nothing is.

    Args:
        lab: the session.
        page: the same line stands on several pages; this tells its buttons apart.
    """
    words = ablation_words(lab.spec)
    # The place is there in any case: what stands below it would else be made anew when the line
    # comes or goes, and the keyboard would lose its place.
    place = st.container(horizontal=True, vertical_alignment="center")
    if not words or is_hidden(lab, "preparation"):
        return
    with place:
        said = say("**Changed on purpose: {changes}.**", changes=with_commas(words))
        st.markdown(f":material/construction: {said}", width="content")
        baseline = without_ablations(lab.spec)
        if lab.lesson.lock(baseline) != lab.spec:
            st.button(
                say("Take it back"),
                key=f"take_back_{page}",
                icon=":material/undo:",
                on_click=lab.choose,
                args=(baseline,),
            )


def way_to_ablations() -> None:
    """A link to the page that shows what each step is for."""
    link(path.step("Ablations"), say("What is each setting for?"), ":material/science:")


def take_to_train(lab: Lab, spec: RunSpec) -> None:
    """A button that puts these settings on Network and Train, as far as a lesson allows it."""
    if lab.lesson.lock(spec) == spec:
        st.button(
            say("Use these settings on Train"),
            key="ablation_take",
            icon=":material/tune:",
            disabled=lab.spec == spec,
            on_click=lab.choose,
            args=(spec,),
        )
