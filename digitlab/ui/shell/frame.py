"""The frame of every page: title, sidebar with the path, a gate for missing data."""

import streamlit as st

from digitlab.data.mnist import DataError, Dataset, load_mnist
from digitlab.specs import preset_name
from digitlab.ui.session import address, views
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.hour import follow_hour
from digitlab.ui.session.services import queue, repository, start_services
from digitlab.ui.session.state import Lab, lab
from digitlab.ui.shell import path
from digitlab.ui.shell.copy_link import copy_link
from digitlab.ui.shell.glossary import words_of_page
from digitlab.ui.shell.hour_line import hour_line
from digitlab.ui.shell.links import link
from digitlab.ui.shell.stylesheet import stylesheet
from digitlab.ui.widgets.exam import reads
from digitlab.ui.widgets.quiz_box import check_yourself, show_progress
from digitlab.wording.choices import plain, recipe
from digitlab.wording.store import store_words

_LOOK_SECONDS = 3  # at the end of a training; the page that shows it looks more often
DONE, HERE, OPEN = ":material/check_circle:", ":material/arrow_right:", ":material/circle:"


def open_page(name: str) -> tuple[Lab, Dataset]:
    """Start a page: first call of each. Ends the run with a sentence if the digits are missing.

    Args:
        name: of the step, or "Start" for the front page.
    """
    front = name == path.FRONT.name
    st.set_page_config(
        page_title="DigitLab" if front else f"{name} – DigitLab",
        page_icon="✏️",
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(stylesheet())
    current = lab()
    start_services()  # the workers start in the background while the first page is read
    address.arrive(current)
    _put_lost_away(current)
    page_views = path.step(name).views
    views.follow_address(current, name, page_views)
    address.write(current, name, views.in_address(name, page_views))
    _sidebar(current, name)
    if not front:
        # Plotly asks it for its classes as soon as anybody has begun to import it: another
        # visitor's thread, half a second ago. So it is here in full before the first figure.
        import pandas  # noqa: F401

        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.title(name, anchor=False)
            words_of_page(name, current.spec)
    notice, current.notice = current.notice, ""
    if notice:
        st.warning(notice)
    hour_line(current, name)
    try:
        return current, load_mnist()
    except DataError as error:
        st.error(str(error))
        st.stop()


def close_page(
    current: Lab, name: str, seen: str = "", quiz: bool = True, fold_quiz: bool = False
) -> None:
    """End a page: what the learner has seen, and the way on.

    Args:
        current: the session's lab.
        name: of the step.
        seen: one line with the learner's own number; empty while there is nothing to see yet.
        quiz: whether its questions stand here; of a page with views they may belong to one.
        fold_quiz: whether they open at a press: on a page that is high without them.
    """
    if quiz:
        check_yourself(current, name, fold_quiz)
    following = path.after(name)
    if seen or following:
        st.divider()
    if seen:
        current.seen.add(name)
        more = f" Next on this page, above: *{view}*." if (view := _next_view(name)) else ""
        st.markdown(f"**What you have seen:** {seen}{more}")
    if following:
        with st.container(horizontal=True):
            link(following, f"Next: **{following.name}**", ":material/arrow_forward:")
            if name == path.STEPS[-1].name:  # here the path ends, and See why begins
                link(path.NEXT, f"Or finish here: **{path.NEXT.name}**", ":material/flag:")
        st.caption(following.idea)  # a phone would cut it off in the link
    follow_hour(current)


def _next_view(page: str) -> str:
    """The words of the view after the one that is chosen; empty at the last, and without views."""
    of_page = path.step(page).views
    names = list(of_page)
    following = names[names.index(views.chosen(page, of_page)) + 1 :] if names else []
    return of_page[following[0]] if following else ""


def _sidebar(current: Lab, here: str) -> None:
    with st.sidebar:
        link(path.FRONT, "**DigitLab**", "✏️")
        link(path.HOUR, path.HOUR.name, HERE if here == path.HOUR.name else ":material/timer:")
        for step in path.STEPS:
            _step_link(current, step, here)
        st.caption("See why")
        for step in path.WHY:
            _step_link(current, step, here)
        link(path.NEXT, path.NEXT.name, HERE if here == path.NEXT.name else ":material/flag:")
        link(path.RUNS, path.RUNS.name, HERE if here == path.RUNS.name else ":material/history:")
        show_progress(current)
        st.divider()
        _let_go(current)
        under_way = _under_way(current)
        every = _LOOK_SECONDS if under_way else None
        st.fragment(_network_status, run_every=every)(current, under_way)
        copy_link(current)


def _under_way(current: Lab) -> int:
    """How many trainings and job groups go on."""
    return bool(current.training) + sum(group.active for group in current.job_groups.values())


def _put_lost_away(current: Lab) -> None:
    """Say that a network from a file is gone, if it is: the lab holds so many only."""
    if (uploaded := current.uploaded) and not uploaded.there:
        current.uploaded = None
        current.notice += (
            f"\n\n{plain(uploaded.name)} is no longer in the lab's memory: visitors have brought "
            "many networks since. Bring the file again, on the page Runs."
        )


def _let_go(current: Lab) -> None:
    """Forget the job groups that have ended: what they trained is kept elsewhere."""
    if any(not group.active for group in current.job_groups.values()) and not repository().problem:
        for name, group in list(current.job_groups.items()):
            if not group.active:
                current.job_groups.pop(name, None)


def _keep_alive(current: Lab) -> int:
    """Note, whichever page is open, that somebody is there; how many networks are still trained."""
    training = current.training  # once: it can end at any moment
    if training:
        queue().touch(training.id)
    for group in list(current.job_groups.values()):
        group.advance(queue().submit)
    return bool(training) + sum(group.left for group in current.job_groups.values())


def _step_link(current: Lab, step: path.Step, here: str) -> None:
    """A line of the path: where one is, what is done, what is open."""
    done = step.name in current.done
    icon = HERE if step.name == here else DONE if done else OPEN
    link(step, f"{step.name} :small[:gray[done]]" if done else step.name, icon)


def _network_status(current: Lab, were_under_way: int) -> None:
    """The current network, its recipe and what it reads; live while one is trained."""
    address.refresh(current)
    if were_under_way:
        many = _keep_alive(current)
        if _under_way(current) < were_under_way:
            st.rerun()  # the page follows the end
        st.caption(
            f"{many} networks are being trained." if many > 1 else "A network is being trained."
        )
    elif uploaded := current.uploaded:
        st.caption("Network from a file")
        st.markdown(f"**{plain(uploaded.name)}**  \n{_exam(current)}{reads(current)}")
        st.caption("It is not kept.")
    elif (source := current.source) and (trained := source.result):
        name = preset_name(trained.spec.network) or "A network of your own"
        epochs = len(trained.history) if trained.interruption else None
        st.caption("Your network")
        st.markdown(f"**{name}**  \n{_exam(current)}{reads(current)}")
        st.caption(f"Trained with {recipe(trained.spec, epochs)}.")
        unkept = repository().unkept(source.id)
        kept = "It is kept: the address of this page brings it back."
        st.caption(f":material/warning: {store_words(unkept)}" if unkept else kept)
    else:
        st.caption("No network trained yet.")


def _exam(current: Lab) -> str:
    """Names the exam, where the score is its result."""
    return "Exam: " if is_taken(current) else ""
