"""The first minute: the network learns beside the canvas, then the way to the article's network."""

from typing import TYPE_CHECKING

import streamlit as st

from digitlab.analysis.article_band import BANDS, RUNS
from digitlab.records.score import DigitSet, choosing_score
from digitlab.specs import ARTICLE, FIRST
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import open_step
from digitlab.ui.train.curves import draw_curves
from digitlab.ui.train.outcome import read_words
from digitlab.ui.widgets.announcing import announce
from digitlab.ui.widgets.progress import follow_training
from digitlab.wording.say import say
from digitlab.wording.shares import hundredths

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def show_learning(lab: Lab, place: "DeltaGenerator") -> None:
    """How the training goes on, beside a canvas that can be drawn on already."""
    with place:
        announce("", key="said_drawing")
        st.markdown(
            say(
                "Your network is learning. You can already draw. It reads your digit when it is "
                "trained."
            )
        )
        # Without the lines that Keras prints: for a piece of code the browser reads all languages
        # that can be highlighted, and does nothing else for half a second.
        follow_training(lab, lambda job: draw_curves(job, with_log=False))


def trained_words(lab: Lab) -> str:
    """What the current network reads, to stand before what to do; "" if it is from a file."""
    trained = lab.trained if lab.uploaded is None else None
    return f"{read_words(choosing_score(trained.history))}\n\n" if trained else ""


def has_way_to_article(lab: Lab) -> bool:
    """Whether the network is that of the front page's button, and the article's is not locked."""
    trained = lab.trained if lab.uploaded is None else None
    first = trained is not None and trained.spec.with_seed(0) == FIRST.with_seed(0)
    return first and lab.article.is_article


def way_to_article(lab: Lab) -> None:
    """After a first drawing: from the network of the front page's button to the article's.

    It stands here as long as that network is the current one, also after a reload. A lesson that
    locks another network has no way to the article's.
    """
    trained = lab.trained
    if trained is None or not has_way_to_article(lab) or "Draw" not in lab.seen:
        return
    own = hundredths(trained.history[-1].logs["accuracy"])
    article = hundredths(BANDS[DigitSet.TRAINING].median)
    with st.container(border=True):
        st.markdown(
            say(
                "**Now build a network yourself, as the article does.** The article's network is "
                "smaller: its hidden layer has {units} units, and yours has {own_units}. It reads "
                "fewer digits. In its last epoch yours read {own} of 100 training digits. The "
                "article's network reads about {article}, the middle of {runs} runs in this lab. "
                "Find out why!",
                units=ARTICLE.network.hidden[0].units,
                own_units=FIRST.network.hidden[0].units,
                own=own,
                article=article,
                runs=RUNS,
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                say("Build the article's network"), key="to_article", icon=":material/hub:"
            ):
                lab.choose(lab.article)
                open_step(path.step("Network"))
            st.caption(
                say(
                    "This sets the controls to the article's network and recipe. You keep your "
                    "network until you train another one."
                ),
                width="stretch",
            )
