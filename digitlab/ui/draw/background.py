"""Why a drawing is fitted to MNIST before it is read, and what no step can mend."""

import streamlit as st

from digitlab.preprocess.ready_drawings import CROSSED_ZERO, LONG_ONE
from digitlab.preprocess.shaping import MNIST_STROKE
from digitlab.ui.widgets.fold import fold
from digitlab.wording.drawings.ready_drawings import ready_name
from digitlab.wording.numerals import by, decimal
from digitlab.wording.say import say


def show_background() -> None:
    """Two texts that open at a press."""
    thin, thick = MNIST_STROKE
    left, right = st.columns(2, gap="small")
    with left, fold(say("Why does the lab change your digit?")):
        st.markdown(
            say(
                "The makers of MNIST fitted every digit into {size} pixels. Then they moved its "
                "**centre of mass**, the middle of its ink, to the middle of the picture. The lab "
                "does the same with your digit. It also straightens the digit, but only by half: "
                "the digits of MNIST lean too. It makes thin lines thicker and thick lines "
                "thinner. In MNIST, 9 of 10 digits have lines of {thin} to {thick} pixels. The lab "
                "itself adds these two steps.\n\nA network only knows what it has seen. A digit "
                "of another size or in a corner looks new to it. Switch on *Compare with simple "
                "resizing*, and draw a small digit in a corner.",
                size=by(20, 20),
                thin=decimal(thin, 1),
                thick=decimal(thick, 1),
            )
        )
    with right, fold(say("Which digits stay hard to read?")):
        st.markdown(
            say(
                "Two ways of writing are rare in MNIST. You find them in the ready drawings: "
                "*{one}* and *{zero}*. Of the 50 training digits that look most like this 1, "
                "only about 10 are ones. The others are fours, sevens and nines. Of the 50 that "
                "look most like this 0, only about half are zeros. To read such digits, a network "
                "must learn from digits that people write in this way.",
                one=ready_name(LONG_ONE),
                zero=ready_name(CROSSED_ZERO),
            )
        )
