"""The controls, the buttons, and the curves that grow beside them."""

import streamlit as st

from digitlab.architecture.summary import total_parameters
from digitlab.records.score import DigitSet
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.train.buttons import training_buttons
from digitlab.ui.train.continue_training import continue_training
from digitlab.ui.train.curves import draw_axes, draw_curves
from digitlab.ui.train.form import training_form
from digitlab.ui.train.keras_code import show_code
from digitlab.ui.train.outcome import show_outcome
from digitlab.ui.widgets.article_band import is_whole_article, show_article_band
from digitlab.ui.widgets.progress import follow_training
from digitlab.wording.numerals import whole
from digitlab.wording.say import say
from digitlab.wording.settings.choices import recipe


def show_training(lab: Lab) -> None:
    """The words that the controls use, the buttons, the controls, and what the training does."""
    st.markdown(
        say(
            "An **epoch** is one pass through all the pictures that the network learns from. The "
            "**loss** is one number for how far its answers are from the labels. The **accuracy** "
            "is the share of pictures that it reads correctly. The **optimizer** makes the steps. "
            "The **learning rate** sets how far each step goes. The **validation share** is a part "
            "of the pictures that the network does not learn from: see *Three sets*."
        )
    )
    training_buttons(lab)
    result, controls = st.columns([5, 4], gap="medium")
    with controls:
        training_form(lab)
        locked = "network" in lab.lesson.locked
        words = say("Look at the network") if locked else say("Change the network")
        link(path.step("Network"), words, ":material/hub:")
        parameters = whole(total_parameters(lab.spec.network))
        st.caption(say("Your network has {count} parameters.", count=parameters))
        if lab.job is not None and not lab.job.resumable:
            continue_training(lab, lab.job)
    with result:
        _show_result(lab)
    show_code(lab, folded=True)


def _show_result(lab: Lab) -> None:
    """How the latest training goes or ended, its curves, and the way to go on with it."""
    job = lab.job
    if job is None:
        st.info(
            say(
                "The controls have the settings of the article. A training with them takes a few "
                "seconds."
            )
            if lab.spec.is_article
            else say("Press **Train**. The curves appear here while the network learns.")
        )
        draw_axes(lab.spec.training)
        follow_training(lab, draw_curves)
        return
    show_outcome(job, earlier=lab.earlier is not None)
    if job.spec != lab.spec:
        st.caption(
            say(
                "You see your last training here ({recipe}). The controls have other settings "
                "now. Press **Train** to try them.",
                recipe=recipe(job.spec),
            )
        )
    if job.resumable:
        continue_training(lab, job)
    if not job.refusal:  # else there is nothing to draw
        follow_training(lab, draw_curves)
    if job.result and not job.resumable and is_whole_article(job.result):
        show_article_band(job.history[-1].logs["accuracy"], DigitSet.TRAINING)
