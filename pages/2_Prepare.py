"""Four steps from a picture and its label to what a network takes."""

import streamlit as st

from digitlab.ui.ablation.line import ablation_line, way_to_ablations
from digitlab.ui.prepare.arrays import show_arrays
from digitlab.ui.prepare.casting import cast_step
from digitlab.ui.prepare.reshaping import reshape_step
from digitlab.ui.prepare.steps import one_hot_step, scale_step
from digitlab.ui.prepare.subject import choose_subject
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.wording.say import say

lab, data = open_page("Prepare")
st.markdown(
    say(
        "A network calculates with decimal numbers. The numbers should be small, and they need a "
        "fixed order. Four steps prepare the digits.  \nChoose a digit. Then go from step to "
        "step, and watch how the digit changes."
    )
)
ablation_line(lab, "prepare")
view = choose_page_view("Prepare")
if view == "arrays":
    seen = show_arrays(lab, data)
else:
    subject = choose_subject(lab, data)
    if view == "scale":
        seen = scale_step(lab.spec.preparation, subject)
    elif view == "reshape":
        seen = reshape_step(lab.spec, subject)
    elif view == "one_hot":
        seen = one_hot_step(lab.spec.preparation, subject)
    else:
        seen = cast_step(lab.spec, data, subject)
way_to_ablations()
close_page(lab, "Prepare", seen, quiz=view in ("scale", "one_hot", "arrays"))
