"""A run of the article's recipe among 200 runs of this lab, and the number that is printed."""

from dataclasses import astuple

import streamlit as st

from digitlab.analysis.article_band import BANDS, PRINTED, RUNS, Place, place
from digitlab.figures.training import article_band
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import DigitSet
from digitlab.ui.widgets import show

_PLACES = {
    Place.BELOW_ALL: (
        f"Yours is lower than all {RUNS}. That is luck, and it is rare: of 100 new runs about one "
        "lies outside of all the others."
    ),
    Place.LOW: "Yours is lower than 95 of 100 of these runs. That is luck: the seed chooses it.",
    Place.USUAL: "Yours lies among these 90.",
    Place.HIGH: "Yours is higher than 95 of 100 of these runs. That is luck: the seed chooses it.",
    Place.ABOVE_ALL: (
        f"Yours is higher than all {RUNS}. That is luck, and it is rare: of 100 new runs about one "
        "lies outside of all the others."
    ),
}
_NEXT = (
    "**What would it take to get there?** Change one control and try: how long it learns "
    "(**epochs**), how far each step goes (**learning rate**), or the rule by which it steps "
    "(**optimizer**)."
)


def is_whole_article(network: TrainedNetwork) -> bool:
    """Whether this is a run of the article's recipe with all of its epochs."""
    return network.spec.is_article and len(network.history) == network.spec.training.epochs


def show_article_band(accuracy: float, digits: DigitSet) -> None:
    """Show where this run lies, and why the article's number is another.

    Args:
        accuracy: of a finished run of the article's recipe, by these digits.
        digits: the training digits, or the test digits, once the exam was taken.
    """
    band, test = BANDS[digits], BANDS[DigitSet.TEST]
    with st.expander(f"The article prints {PRINTED}. Why not yours?"):
        show.chart(
            article_band(accuracy, astuple(band), digits, RUNS, PRINTED),
            key="article_band",
            alt=f"A line: your {digits} accuracy {accuracy:.4f}; {RUNS} other runs of the same "
            f"recipe, of which 90 of 100 lie between {band.low:.3f} and {band.high:.3f}"
            + (f"; and {PRINTED}, as the article prints it." if digits is DigitSet.TEST else "."),
        )
        st.markdown(
            f"This lab trained the same recipe {RUNS} times, each time with another **seed** (the "
            f"start of the random numbers). Of 100 runs, 90 have a {digits} accuracy of "
            f"**{band.low:.3f} to {band.high:.3f}**. The lowest run has {band.lowest:.3f}, the "
            f"highest {band.highest:.3f}. {_PLACES[place(accuracy, band)]}"
        )
        st.markdown(
            f"The article's {PRINTED} is a test accuracy. None of the {RUNS} runs reaches it: the "
            f"best one reads {test.highest:.3f} of the test digits. So the printed number very "
            f"probably belongs to other settings than those printed beside it. {_NEXT}"
        )
