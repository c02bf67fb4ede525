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
from digitlab.ui.inside.sample_choice import Sample
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.asking import ask_in_parts
from digitlab.ui.widgets.fold import fold
from digitlab.wording.calculations import number
from digitlab.wording.numerals import SPACE, by, decimal, per_cent
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import percent


def show_attribution(lab: Lab, network: Network, sample: Sample) -> str:
    """Saliency and occlusion over the digit for a chosen answer; returns what was seen."""
    answer = st.segmented_control(
        say("Which answer?"),
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
                say(
                    "Your network takes normalized pixels. So this gradient is for these numbers, "
                    "not for the ink."
                )
            )
    with right:
        _show_drops(attribution, sample, answer)
    st.markdown(
        say(
            "Neither picture tells the reasons of the network. Saliency tells how **sensitive** "
            "the sum is to small changes, also at pixels where no digit has ink. Occlusion tells "
            "what happens to a picture with a hole. The network has never seen such a picture."
        )
    )
    with fold(say("The numbers behind both pictures")):
        st.caption(say("The gradient of the sum for each pixel"))
        st.dataframe(attribution.gradient.round(4))
        st.caption(
            say(
                "The fall of the probability for each place of the patch. The places are {step} "
                "pixels apart.",
                step=STEP,
            )
        )
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
    return say(
        "A patch of {size} pixels of paper lowers the probability of {answer} (now {chance}) by up "
        "to {points} percentage points.",
        size=by(PATCH, PATCH),
        answer=answer,
        chance=percent(sample.probabilities[answer]),
        points=decimal(100 * max(largest, 0), 1),
    )


def _show_gradient(
    stack: LayerStack, attribution: Attribution, sample: Sample, answer: int
) -> None:
    row, column = np.unravel_index(int(attribution.gradient.argmax()), attribution.gradient.shape)
    title = say("Saliency: where more ink raises the sum of {answer}", answer=answer)
    show.chart(
        over_digit(
            attribution.gradient,
            sample.pixels,
            title,
            say(
                "row {row}, column {column}<br>gradient {value}",
                row="%{y}",
                column="%{x}",
                value="<b>%{z:.3f}</b>",
            )
            + "<extra></extra>",
        ),
        key="inside_saliency",
        alt=say(
            "{title}. The largest gradient is {value}, in row {row}, column {column}.",
            title=title,
            value=number(float(attribution.gradient.max())),
            row=row,
            column=column,
        ),
    )
    if stack.gives_sigmoids:
        which = say(
            "**Saliency** is the **gradient** of the sum for the answer {answer}. This sum is the "
            "**logit**, before the sigmoid.",
            answer=answer,
        )
    else:
        which = say(
            "**Saliency** is the **gradient** of the sum for the answer {answer}. This sum is the "
            "**logit**, before softmax.",
            answer=answer,
        )
    how = say(
        "The gradient tells how fast the sum changes when one pixel gets a little more ink. Its "
        "number is the change for full ink, if the sum kept changing at this rate. **Blue** raises "
        "the sum, and **orange** lowers it. The line is the edge of the digit."
    )
    st.markdown(f"{which} {how}")


def _show_drops(attribution: Attribution, sample: Sample, answer: int) -> None:
    chance = float(sample.probabilities[answer])
    after = f"<b>%{{customdata[4]:.1f}}{SPACE}%</b>"
    top, left = (
        STEP * cell
        for cell in np.unravel_index(int(attribution.drops.argmax()), attribution.drops.shape)
    )
    corners = STEP * np.arange(len(attribution.drops))
    rows, columns = np.meshgrid(corners, corners, indexing="ij")
    told = np.dstack(
        [rows, rows + PATCH - 1, columns, columns + PATCH - 1, 100 * (chance - attribution.drops)]
    )
    title = say("Occlusion: what {answer} loses under a patch", answer=answer)
    show.chart(
        over_digit(
            attribution.drops,
            sample.pixels,
            title,
            say(
                "paper on rows {top} to {bottom},<br>columns {left} to {right}:<br>{before} → "
                "{after}",
                top="%{customdata[0]}",
                bottom="%{customdata[1]}",
                left="%{customdata[2]}",
                right="%{customdata[3]}",
                before=per_cent(chance, 1),
                after=after,
            )
            + "<extra></extra>",
            cell=STEP,
            told=told,
        ),
        key="inside_occlusion",
        alt=say(
            "{title}. It loses most with the patch on rows {top} to {bottom}, columns {left} to "
            "{right}: {points} percentage points.",
            title=title,
            top=top,
            bottom=top + PATCH - 1,
            left=left,
            right=left + PATCH - 1,
            points=decimal(100 * attribution.drops.max(), 1),
        ),
    )
    st.markdown(
        say(
            "**Occlusion** covers {size} pixels with a patch of paper, at one place after another. "
            "Each time the network reads the picture again. **Blue**: without this part the answer "
            "{answer} becomes less probable. The network needs this part for it. **Orange**: "
            "without this part the answer {answer} becomes more probable.",
            size=by(PATCH, PATCH),
            answer=answer,
        )
    )
