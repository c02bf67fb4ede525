"""Attribution: what in the picture speaks for an answer, by saliency and by occlusion."""

import numpy as np
import streamlit as st

from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.compute import inspect_parts
from digitlab.export.snippets import inside
from digitlab.figures.inside import over_digit
from digitlab.records.inside import PATCH, STEP, Attribution
from digitlab.records.networks import Network
from digitlab.specs import CLASSES
from digitlab.ui.inside.keras_code import show_code
from digitlab.ui.inside.number_words import number
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.inside.worker import ask_in_parts
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.wording.descriptions import a, percent
from digitlab.wording.numerals import by, per_cent


def show_attribution(lab: Lab, network: Network, sample: Sample) -> str:
    """Saliency and occlusion over the digit for a chosen answer; returns what was seen."""
    answer = st.segmented_control(
        "Which answer?",
        range(CLASSES),
        default=sample.answer,
        required=True,
        # Another picture, another answer: the control starts at the network's own.
        key=f"inside_answer_{sample.index}_{sample.answer}",
        format_func=str,
    )
    attribution = ask_in_parts(inspect_parts.attribution, network, sample.pixels, answer)
    if attribution is None:
        return ""
    stack = stack_of(network.architecture)
    left, right = st.columns(2, gap="large")
    with left:
        _show_gradient(stack, attribution, sample, answer)
        if network.preprocessing.normalized_axis is not None:
            st.caption(
                "Your network takes normalized pixels. So this is the gradient for the numbers "
                "that it takes, not for the ink."
            )
    with right:
        _show_drops(attribution, sample, answer)
    st.markdown(
        "Neither picture tells the network's reasons. The first says how **sensitive** the sum is "
        "to small changes, also where no digit ever has ink; the second what happens to a picture "
        "with a hole in it, which the network has never seen."
    )
    with st.expander("The numbers behind both pictures"):
        st.caption("Slope of the sum for each pixel")
        st.dataframe(attribution.gradient.round(4))
        st.caption(f"Fall of the probability, for the patch at each place, {STEP} pixels apart")
        st.dataframe(attribution.drops.round(4))
    other = None if answer == sample.answer else answer
    index = lab.selection.test_index
    show_code(
        lab,
        inside.attribution(stack, index, other, network.preprocessing),
        "attribution",
        folded=True,
    )
    largest = float(attribution.drops.max())
    return (
        f"a patch of {by(PATCH, PATCH)} pixels of paper lowers the probability of {answer} "
        f"(now {percent(sample.probabilities[answer])}) by up to {100 * max(largest, 0):.1f} "
        "percentage points."
    )


def _show_gradient(
    stack: LayerStack, attribution: Attribution, sample: Sample, answer: int
) -> None:
    row, column = np.unravel_index(int(attribution.gradient.argmax()), attribution.gradient.shape)
    title = f"Saliency: where more ink would speak for {answer}"
    show.chart(
        over_digit(
            attribution.gradient,
            sample.pixels,
            title,
            "row %{y}, column %{x}<br>slope <b>%{z:.3f}</b><extra></extra>",
        ),
        key="inside_saliency",
        alt=f"{title}; most of all at row {row}, column {column}, with a slope of "
        f"{number(float(attribution.gradient.max()))}.",
    )
    st.markdown(
        f"**Saliency** is the **gradient** of the sum for {answer} (its **logit**, before the "
        f"{'sigmoid' if stack.gives_sigmoids else 'softmax'}): how fast it changes when one "
        "pixel gets a little more ink. The number is the change for full ink, if the sum kept "
        "changing at this rate. **Blue** raises it, **orange** lowers it. The line is the digit."
    )


def _show_drops(attribution: Attribution, sample: Sample, answer: int) -> None:
    chance = float(sample.probabilities[answer])
    top, left = (
        STEP * cell
        for cell in np.unravel_index(int(attribution.drops.argmax()), attribution.drops.shape)
    )
    corners = STEP * np.arange(len(attribution.drops))
    rows, columns = np.meshgrid(corners, corners, indexing="ij")
    told = np.dstack(
        [rows, rows + PATCH - 1, columns, columns + PATCH - 1, 100 * (chance - attribution.drops)]
    )
    title = f"Occlusion: what {answer} loses under a patch"
    show.chart(
        over_digit(
            attribution.drops,
            sample.pixels,
            title,
            "paper on rows %{customdata[0]} to %{customdata[1]},<br>columns %{customdata[2]} to "
            f"%{{customdata[3]}}:<br>{per_cent(chance, 1)} → "
            f"<b>%{{customdata[4]:.1f}}\N{NO-BREAK SPACE}%</b><extra></extra>",
            cell=STEP,
            told=told,
        ),
        key="inside_occlusion",
        alt=f"{title}: at most {100 * attribution.drops.max():.1f} percentage points, with the "
        f"patch at rows {top} to {top + PATCH - 1}, columns {left} to {left + PATCH - 1}.",
    )
    st.markdown(
        f"**Occlusion** lays a patch of paper, {by(PATCH, PATCH)} pixels, on the digit, place "
        f"after place, and asks again. **Blue**: without this part {a(answer)} becomes less "
        "probable, so this part speaks for it. **Orange**: it becomes more probable."
    )
