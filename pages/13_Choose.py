"""Compare settings by validation digits, and take the exam once, with the winner."""

import streamlit as st

from digitlab.analysis.search import winner
from digitlab.export import snippets
from digitlab.ui.choose.controls import choose_search
from digitlab.ui.choose.exam import show_winner
from digitlab.ui.choose.search import (
    follow_search,
    offer_search,
    scores_of,
    search_under_way,
    show_found,
)
from digitlab.ui.choose.selection_bias import show_selection_bias
from digitlab.ui.session.services import repository
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.widgets import show
from digitlab.wording.search import setting_words

lab, data = open_page("Choose")
st.markdown(
    "Which settings are best? Train the network with several and compare. You compare by the "
    "**validation digits**: a part of the training digits that the network does not learn from. "
    "The **test digits** stay closed until the end: they are the exam, for the winner only."
)

group = search_under_way(lab)
chosen = None
plan = lab.shared.search
best = None
if group is not None:
    plan = group.plan
    follow_search(lab, group)
else:
    with st.container(border=True):
        chosen = choose_search(lab)
        runs = repository().owned(lab.owner)
        scores = scores_of(lab, runs)
        if chosen is not None:
            offer_search(lab, chosen, scores)
    if chosen is not None and winner(chosen, scores):
        plan = chosen  # else what was searched last stays in view while the controls move
    if plan is not None:
        show_found(plan, scores)
        best = winner(plan, scores)
        if best is not None:
            show_winner(lab, plan, best, runs)
        else:
            st.caption("Not every setting came to its end. Train and compare once more.")

st.header("Why the best looks better than it is", anchor=False)
show_selection_bias()

if code := chosen or plan:
    show.code(snippets.search(code), key="choose")
close_page(
    lab,
    "Choose",
    f"by validation digits, {setting_words(plan, best.setting)} reads most: {best.mean:.4f}."
    if plan and best
    else "",
)
