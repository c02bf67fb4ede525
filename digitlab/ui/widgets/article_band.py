"""A run of the article's recipe among 200 runs of this lab, and the number that is printed."""

from dataclasses import astuple
from typing import Final

import streamlit as st

from digitlab.analysis.article_band import BANDS, PRINTED, RUNS, Place, place
from digitlab.figures.training import article_band
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import DigitSet
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal
from digitlab.wording.say import Message, say, say_message, to_say

_PLACES: Final[dict[Place, Message]] = {
    Place.BELOW_ALL: to_say(
        "Yours is lower than all {runs}. This is bad luck, and it is rare: about 1 of 100 new runs "
        "lies outside of all the others."
    ),
    Place.LOW: to_say(
        "Yours is lower than 95 of 100 of these runs. This is bad luck: the seed decides it."
    ),
    Place.USUAL: to_say("Yours is one of these 90."),
    Place.HIGH: to_say(
        "Yours is higher than 95 of 100 of these runs. This is good luck: the seed decides it."
    ),
    Place.ABOVE_ALL: to_say(
        "Yours is higher than all {runs}. This is good luck, and it is rare: about 1 of 100 new "
        "runs lies outside of all the others."
    ),
}


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
    printed = decimal(PRINTED, 4)
    with fold(say("The article has {printed}. Why is yours different?", printed=printed)):
        show.chart(
            article_band(accuracy, astuple(band), digits, RUNS, PRINTED),
            key="article_band",
            alt=_alt(accuracy, digits),
        )
        st.markdown(
            say_message(
                _SPREAD[digits],
                runs=RUNS,
                low=decimal(band.low, 3),
                high=decimal(band.high, 3),
                lowest=decimal(band.lowest, 3),
                highest=decimal(band.highest, 3),
                yours=say_message(_PLACES[place(accuracy, band)], runs=RUNS),
            )
        )
        st.markdown(
            say(
                "The article's {printed} is a test accuracy. None of the {runs} runs reaches it: "
                "the best one has {best}. So this number very probably belongs to other settings "
                "than those in the article.",
                printed=printed,
                runs=RUNS,
                best=decimal(test.highest, 3),
            )
        )
        st.markdown(
            say(
                "**How can you get there?** Change one control and try. You can change how long "
                "the network learns (**epochs**), how far each step goes (**learning rate**), or "
                "the rule for the steps (**optimizer**)."
            )
        )


_SPREAD: Final[dict[DigitSet, Message]] = {
    DigitSet.TRAINING: to_say(
        "This lab trained the same recipe {runs} times. Each run had another **seed**, which "
        "chooses its random numbers. Of 100 runs, 90 have a training accuracy of **{low} to "
        "{high}**. The lowest run has {lowest}, the highest run has {highest}. {yours}"
    ),
    DigitSet.TEST: to_say(
        "This lab trained the same recipe {runs} times. Each run had another **seed**, which "
        "chooses its random numbers. Of 100 runs, 90 have a test accuracy of **{low} to "
        "{high}**. The lowest run has {lowest}, the highest run has {highest}. {yours}"
    ),
}


def _alt(accuracy: float, digits: DigitSet) -> str:
    band = BANDS[digits]
    words = say(
        "A line with accuracies. Yours: {accuracy}. {runs} other runs of the same recipe: 90 of "
        "100 lie between {low} and {high}.",
        accuracy=decimal(accuracy, 4),
        runs=RUNS,
        low=decimal(band.low, 3),
        high=decimal(band.high, 3),
    )
    if digits is not DigitSet.TEST:
        return words
    return f"{words} {say('In the article: {printed}.', printed=decimal(PRINTED, 4))}"
