"""Leave one thing out, and see what it is for."""

import streamlit as st

from digitlab.export.snippets import ablations as snippets
from digitlab.specs.ablations import ABLATIONS, BASELINE, LONGER_STEPS
from digitlab.ui.ablation.choice import choose_ablation, show_baseline
from digitlab.ui.ablation.comparison import compare
from digitlab.ui.ablation.line import take_to_train
from digitlab.ui.ablation.weights import change_weights, choose_change
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.page_views import choose_page_view
from digitlab.ui.widgets import show
from digitlab.wording.say import say

lab, data = open_page("Ablations")
st.markdown(
    say(
        "What is each setting for? Change **one** thing and compare. Such an experiment is called "
        "an **ablation**. You compare the changed network with a normal one, the **baseline**. "
        "First say what you expect. Then see what happens."
    )
)
view = choose_page_view("Ablations")
if view == "steps":
    st.markdown(
        say(
            "The article's network learns slowly. After five epochs it still makes many mistakes. "
            "Its **steps** are too small. A step is one change of the weights. Here are three ways "
            "to make the steps longer. One of them looks strange. The last experiment shows why."
        )
    )
seed = lab.spec.training.seed

if view == "weights":
    change = choose_change()
    show_baseline(BASELINE.with_seed(seed))
    seen = change_weights(lab, data, change)
    code = f"{snippets.ablation(BASELINE.with_seed(seed))}\n{snippets.change_weights(change, seed)}"
else:
    ablation, value = choose_ablation(
        say("How do you make the steps longer?") if view == "steps" else say("What do you change?"),
        LONGER_STEPS if view == "steps" else ABLATIONS,
        key="ablation_steps" if view == "steps" else "ablation_training",
    )
    show_baseline(ablation.baseline.with_seed(seed))
    changed = ablation.applied_to(ablation.baseline.with_seed(seed), value)
    seen = compare(lab, data, ablation, value)
    take_to_train(lab, changed)
    code = snippets.ablation(changed)
show.code(code, key=f"ablations_{view}", folded=True)
close_page(lab, "Ablations", seen, quiz=view == "weights")
