"""What the network reads in a picture, and how the picture became its input."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.analysis.stability import MOVES, Reading, moved
from digitlab.compute.errors import EngineError
from digitlab.figures.evaluation import empty_bars
from digitlab.preprocess import DrawnDigit, DrawnDigits
from digitlab.records.networks import Network
from digitlab.ui.draw.reading_words import (
    DOUBTS,
    MOVED,
    MOVED_ALOUD,
    about_moves,
    in_one,
    of_several,
    share_of,
)
from digitlab.ui.session.hour import saw
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import read_digits
from digitlab.ui.widgets import show
from digitlab.ui.widgets.announcing import announce
from digitlab.ui.widgets.answer import PICTURE_WIDTH, show_answer
from digitlab.ui.widgets.fold import fold
from digitlab.wording.drawings.drawing_steps import step_caption, step_name
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.numerals import by
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import say, say_message

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_MOVED_WIDTH = 72  # four side by side on a phone


def show_no_reading(place: "DeltaGenerator", words: str, source: str) -> None:
    """Say in `place` why nothing is read.

    A screen reader then says what is read later, from the first time on.
    """
    with place:
        announce("", key=f"said_{source}")
        st.info(words)


def show_empty_bars(place: "DeltaGenerator") -> None:
    """The ten bars to come: the browser reads a chart's code before the first answer needs it."""
    with place:
        show.chart(
            empty_bars(), key="bars_empty", alt=say("Ten bars. They are empty until you draw.")
        )


def show_reading(
    lab: Lab,
    network: Network,
    drawn: DrawnDigits,
    place: "DeltaGenerator",
    source: str,
    resized: NDArray[np.uint8] | None,
    *,
    fold_steps: bool = False,
) -> None:
    """The answer in `place`, and below how the pixels became the network's input."""
    images = [moved(digit.digit) for digit in drawn.digits]
    if resized is not None:
        images.append(resized[None])
    try:
        probabilities = read_digits(network, np.concatenate(images))
    except EngineError as error:
        place.error(problem_words(error.problem))
        return
    count = len(drawn.digits)
    readings = [Reading(probabilities[5 * index : 5 * index + 5]) for index in range(count)]
    with place:
        sentence = in_one(readings[0]) if count == 1 else of_several(readings)
        announce(sentence.replace("*", ""), key=f"said_{source}")
        st.markdown(sentence)
        for doubt in sorted(drawn.ambiguities):
            st.markdown(f":material/help: {say_message(DOUBTS[doubt])}")
        chosen = _choose(readings, source)
        show_answer(readings[chosen].probabilities, drawn.digits[chosen].digit, source)
    if resized is not None:
        said = share_of(probabilities[-1])
        st.markdown(say("**Only with simple resizing**, it reads {answer}.", answer=said))
        show.digit(
            resized,
            alt=say("The whole picture, made smaller: {size} pixels", size=by(28, 28)),
            width=PICTURE_WIDTH,
        )
    if fold_steps:
        with fold(_steps_title(), source):
            _show_steps(drawn.digits[chosen])
    else:
        st.markdown(f"**{_steps_title()}**")
        _show_steps(drawn.digits[chosen])
    _show_moved(drawn.digits[chosen], readings[chosen], source)
    done = source == "drawing" and _do_card(lab, readings)
    if done or "Draw" not in lab.seen:
        lab.seen.add("Draw")
        st.rerun()  # the page's end and the tick in the sidebar follow


def _do_card(lab: Lab, readings: list[Reading]) -> bool:
    """Tell the guided hour what was read; whether its card is done with that.

    The card is about one digit. Who draws it in pieces that lie apart is told what to do.
    """
    if len(readings) == 1:
        return saw(lab, "own_three", answer=readings[0].answer, share=readings[0].share)
    hour = lab.shared.hour
    if hour.current == "own_three" and "own_three" not in hour.observed:
        st.info(
            say(
                "The card *{title}* needs one digit only. Clear the drawing. Then draw one 3, and "
                "leave no gaps in it.",
                title=say_message(CARD_WORDS["own_three"].title),
            )
        )
    return False


def _choose(readings: list[Reading], source: str) -> int:
    """Which of several digits is shown below."""
    if len(readings) == 1:
        return 0
    chosen: int = st.segmented_control(
        say("Show"),
        range(len(readings)),
        default=0,
        required=True,
        format_func=lambda index: say(
            "{place}. digit: {answer}", place=index + 1, answer=readings[index].answer
        ),
        key=f"which_{source}_{len(readings)}",
    )
    return chosen


def _steps_title() -> str:
    return say("From your pixels to what the network receives")


def _show_steps(drawn: DrawnDigit) -> None:
    show.gallery(
        [show.squared(step.pixels) for step in drawn.steps],
        captions=[
            f"{number}. {step_caption(step)}" for number, step in enumerate(drawn.steps, start=1)
        ],
        alts=[f"{step_name(step)}: {step_caption(step)}" for step in drawn.steps],
        width=PICTURE_WIDTH,
    )


def _show_moved(drawn: DrawnDigit, reading: Reading, source: str) -> None:
    shares = [share_of(ten).replace("*", "") for ten in reading.all[1:]]
    captions, alts = (
        [say_message(words[move], reading=said) for move, said in zip(MOVES, shares, strict=True)]
        for words in (MOVED, MOVED_ALOUD)
    )
    with fold(say("The same digit, one pixel further"), source):
        st.markdown(about_moves(reading))
        show.gallery(moved(drawn.digit)[1:], captions, alts, _MOVED_WIDTH)


def compare_switch(name: str) -> bool:
    """Whether to show, beside it, what a picture that is only made smaller would give."""
    return st.toggle(
        say("Compare with simple resizing"), key=f"compare_{name}", persist_state="session"
    )
