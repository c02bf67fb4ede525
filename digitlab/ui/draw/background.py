"""Why a drawing is fitted to MNIST before it is read, and what no step can mend."""

import streamlit as st

from digitlab.preprocess.ready_drawings import CROSSED_ZERO, LONG_ONE
from digitlab.preprocess.shaping import MNIST_STROKE


def show_background() -> None:
    """Two texts that open at a press."""
    thin, thick = MNIST_STROKE
    left, right = st.columns(2, gap="small")
    with left.expander("Why all these steps?"):
        st.markdown(
            "The makers of MNIST fitted every digit into "
            "20\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}20 pixels and put its **centre of mass**, the "
            "middle of its ink, in the middle of the picture. The lab does the same to your "
            "digit. It also straightens the digit and makes its lines thicker or thinner. These "
            "two steps are the lab's own: in MNIST, digits lean, and nine of ten have lines of "
            f"{thin:g} to {thick:g} pixels. A network knows only what it has seen: a digit of "
            "another size or in a corner looks new to it. Switch on *What a plain resize would "
            "have read*, and draw a small digit in a corner."
        )
    with right.expander("What can no step mend?"):
        st.markdown(
            "Two ways of writing are rare in MNIST. Take them from the ready drawings: "
            f"*{LONG_ONE}* and *{CROSSED_ZERO}*. Of the 50 training digits that look most like "
            "this 1, only about 10 are ones; the others are fours, sevens and nines. Of the 50 "
            "most like this 0, only about half are zeros. To read them, a network must learn from "
            "digits that are written so."
        )
