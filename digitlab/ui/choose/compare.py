"""The view of Choose in which settings are compared: the controls, and beside them the result."""

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
    show_numbers,
)
from digitlab.ui.session.hour import saw
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.say import say


def compare_settings(lab: Lab) -> None:
    """Choose what to vary, train it, and see which setting reads most."""
    if (group := search_under_way(lab)) is not None:
        follow_search(lab, group)
        show.code(snippets.search(group.plan), key="choose", folded=True)
        return
    scores = scores_of(lab, repository().owned(lab.owner))
    controls, result = st.columns(2, gap="medium")
    with controls.container(border=True):
        chosen = choose_search(lab)
        if chosen is not None:
            offer_search(lab, chosen, scores)
    if chosen is not None and winner(chosen, scores):
        lab.shared.search = chosen  # else what was searched last stays in view: controls move
    plan = lab.shared.search
    best = plan and winner(plan, scores)
    with result:
        if plan is None:
            st.markdown(
                say("After the training you see here which setting reads most digits correctly.")
            )
        else:
            show_found(plan, scores)
            if best:
                show_winner(plan, best)
                if [name for name, _ in plan.grid] == ["learning_rate"]:
                    saw(lab, "change", rate=best.setting[0], score=best.mean)
                link(
                    path.step("Choose"),
                    say("Go to the winner's exam"),
                    ":material/school:",
                    view="exam",
                )
            else:
                st.caption(
                    say("Not every setting was trained to its end. Train and compare once more.")
                )
    if plan is not None:
        show_numbers(plan, scores)
    if code := chosen or plan:
        show.code(snippets.search(code), key="choose", folded=True)
