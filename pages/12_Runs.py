"""All networks of this visitor side by side."""

import streamlit as st

from digitlab.figures.runs import MAX_LINES
from digitlab.runs.errors import StoreProblem
from digitlab.runs.scores import best
from digitlab.ui.runs.actions import show_actions
from digitlab.ui.runs.curves import show_curves, show_differences, show_settings
from digitlab.ui.runs.recall import show_recall
from digitlab.ui.runs.table import choose_rows, is_current, listed, show_room
from digitlab.ui.runs.uploading import bring_network
from digitlab.ui.session.exam import is_taken_of
from digitlab.ui.session.services import repository
from digitlab.ui.shell import path
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.links import link
from digitlab.wording.problems.store import store_words
from digitlab.wording.say import say
from digitlab.wording.settings.choices import plain
from digitlab.wording.settings.descriptions import titles

lab, data = open_page("Runs")
st.markdown(
    say(
        "The lab keeps each training as a **run**: its network, its settings and its results. "
        "Select **two** runs to see what differs, or up to {most}. Select **one** to change its "
        "name, to delete it or to use it. Compare runs by **validation accuracy**: the exam on "
        "Evaluate is not for choosing.",
        most=MAX_LINES,
    )
)
runs = listed(lab)
lost = StoreProblem.LOST if repository().lost else None
for problem in filter(None, (repository().problem, lost)):
    st.warning(store_words(problem), icon=":material/warning:")
if not runs:
    st.info(say("You have no runs yet. Train a network, and you find it here."))
    link(path.step("Train"), say("Train a network"), ":material/play_arrow:")
    bring_network(lab, data)
    close_page(lab, "Runs")
    st.stop()

st.caption(
    say(
        "With the keyboard: the arrow keys move in the table. Shift and the space bar select a row."
    )
)
called = titles(runs)
ticked = choose_rows(lab, runs, called)
current = next((called[run.id] for run in runs if is_current(lab, run)), None)
if lab.uploaded:
    current = lab.uploaded.name
if current:
    remarks = [say("You are using **{name}**.", name=plain(current))]
else:
    remarks = [say("You are not using any of these networks.")]
if not ticked and len(runs) > 1:
    remarks.append(say("You have selected no run, so you see the two newest ones."))
if len(ticked) > MAX_LINES:
    remarks.append(
        say(
            "You have selected {count} runs. You see the curves of the {most} newest ones.",
            count=len(ticked),
            most=MAX_LINES,
        )
    )
st.caption(" ".join(remarks))
show_room(lab, runs)

shown = (ticked or runs[:2])[:MAX_LINES][::-1]  # the oldest is A
exam_of_all = all(is_taken_of(lab, run) for run in shown)
if len(ticked) == 1 or len(shown) == 2:
    words, pictures = st.columns([2, 3], gap="large")
    with words:
        if len(ticked) == 1:
            show_actions(lab, ticked[0], called[ticked[0].id])
        else:
            show_differences(shown[0], shown[1], exam_of_all)
else:
    pictures = st.container()
with pictures:
    show_curves(shown, called)
if len(shown) > 2:
    show_settings(shown)
if len(shown) == 2 and exam_of_all:
    show_recall(lab, data, *shown)

bring_network(lab, data)
top = best(runs)
close_page(
    lab,
    "Runs",
    say("**{name}** has the best validation accuracy of your runs.", name=plain(called[top.id]))
    if top
    else "",
)
