"""The way in to pages that need a trained network."""

import streamlit as st

from digitlab.records.networks import TrainedNetwork
from digitlab.specs import ARTICLE, RunSpec
from digitlab.specs.ablations import ablations_in
from digitlab.ui.session.begin_training import train, train_article
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.train.outcome import ANSWERS_LOST, show_outcome
from digitlab.ui.widgets.progress import follow_training
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.problems.store import store_words
from digitlab.wording.say import say, say_message
from digitlab.wording.settings.choices import recipe
from digitlab.wording.settings.network_names import preset_or_layers


def _chosen(spec: RunSpec) -> str:
    """What stands on Network and Train, in a few words."""
    return say(
        "{network}: {recipe}. The other button trains the article's network, and brings its "
        "settings to the pages Network and Train.",
        network=preset_or_layers(spec.network),
        recipe=recipe(spec),
    )


def need_network(lab: Lab) -> TrainedNetwork | UploadedModel:
    """The current network; without one the page offers to train it here, and ends."""
    if lab.network is not None:
        return lab.network
    if lab.job is None or not lab.job.active:
        if lab.source is not None:  # but its arrays can't be had
            problem = repository().problem
            st.warning(
                store_words(problem) if problem else say_message(ANSWERS_LOST),
                icon=":material/warning:",
            )
        elif lab.job is not None:
            show_outcome(lab.job)
        sentences = [say("This page needs a trained network.")]
        if lab.article.is_article:
            sentences.append(say("The article's network takes a few seconds."))
        st.info(" ".join(sentences))
        # A lesson may lock another one.
        own = lab.article.network != ARTICLE.network or bool(ablations_in(lab.article))
        article = say("Train the article's network here")
        label = say("Train the network here") if own else article
        with st.container(horizontal=True):
            pressed = st.button(
                label, key="train_article", type="primary", icon=":material/play_arrow:"
            )
            mine = lab.spec != lab.article and st.button(
                say("Train what you have chosen"),
                key="train_chosen",
                icon=":material/tune:",
                help=_chosen(lab.spec),
            )
        if (pressed and train_article(lab)) or (mine and train(lab, lab.spec)):
            st.rerun()
        link(path.RUNS, say("Or upload a network from a file"), ":material/upload_file:")
    follow_training(lab)
    st.stop()


def network_or_training(lab: Lab) -> TrainedNetwork | UploadedModel | None:
    """The current network; None while the first one is trained.

    With neither the page offers to train one here, and ends.
    """
    return None if lab.network is None and lab.training else need_network(lab)
