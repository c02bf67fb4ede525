"""The frame of every page: title, sidebar with the path, a gate for missing data."""

import streamlit as st

from digitlab.data.mnist import DataError, Dataset, load_mnist
from digitlab.ui.session import address, views
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.hour import follow_hour
from digitlab.ui.session.services import queue, repository, start_services
from digitlab.ui.session.state import Lab, lab
from digitlab.ui.shell import path
from digitlab.ui.shell.board_code import open_lesson
from digitlab.ui.shell.copy_link import copy_link
from digitlab.ui.shell.glossary import words_of_page
from digitlab.ui.shell.hour_line import hour_line, is_card_here
from digitlab.ui.shell.links import link
from digitlab.ui.shell.stylesheet import stylesheet
from digitlab.ui.widgets.exam import reads
from digitlab.ui.widgets.quiz_box import check_yourself, show_progress
from digitlab.wording.language import speak
from digitlab.wording.problems.digits_file import digits_file_words
from digitlab.wording.problems.store import store_words
from digitlab.wording.say import say, say_count, say_message
from digitlab.wording.settings.choices import plain, recipe
from digitlab.wording.settings.network_names import network_name

_LOOK_SECONDS = 3  # at the end of a training; the page that shows it looks more often
DONE, HERE, OPEN = ":material/check_circle:", ":material/arrow_right:", ":material/circle:"


def open_page(name: str) -> tuple[Lab, Dataset]:
    """Start a page: first call of each. Ends the run with a sentence if the digits are missing.

    Args:
        name: of the step, or "Start" for the front page.
    """
    front = name == path.FRONT.name
    current = lab()
    start_services()  # the workers start in the background while the first page is read
    address.arrive(current)
    speak(current.language)
    if current.destination is not None:  # a code in the address leads there
        (page, view), current.destination = current.destination, None
        open_lesson(current, page, view)
    title = path.step(name).title
    st.set_page_config(
        page_title="DigitLab" if front else f"{title} – DigitLab",
        page_icon="✏️",
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(stylesheet())
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
            st.title(title, anchor=False)
            words_of_page(name, current.spec)
    notice, current.notice = current.notice, ""
    if notice:
        st.warning(notice)
    hour_line(current, name)
    try:
        return current, load_mnist()
    except DataError as error:
        st.error(digits_file_words(error))
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
    if quiz and not is_card_here(current, name):  # a card has its own question
        check_yourself(current, name, fold_quiz)
    following = path.after(name)
    if seen or following:
        st.divider()
    if seen:
        current.seen.add(name)
        sentences = [say("**What you have seen:**"), seen]
        if view := _next_view(name):
            sentences.append(say("Now choose *{view}* at the top of this page.", view=view))
        st.markdown(" ".join(sentences))
    if following:
        with st.container(horizontal=True):
            title = following.title
            link(following, say("Next: **{page}**", page=title), ":material/arrow_forward:")
            if name == path.STEPS[-1].name:  # here the path ends, and See why begins
                end = path.NEXT.title
                link(path.NEXT, say("Or finish here: **{page}**", page=end), ":material/flag:")
        st.caption(say_message(following.idea))  # a phone would cut it off in the link
    follow_hour(current)


def _next_view(page: str) -> str:
    """The words of the view after the one that is chosen; empty at the last, and without views."""
    of_page = path.step(page).views
    names = list(of_page)
    following = names[names.index(views.chosen(page, of_page)) + 1 :] if names else []
    return say_message(of_page[following[0]]) if following else ""


def _sidebar(current: Lab, here: str) -> None:
    with st.sidebar:
        link(path.FRONT, "**DigitLab**", "✏️")
        link(path.HOUR, path.HOUR.title, HERE if here == path.HOUR.name else ":material/timer:")
        for step in path.STEPS:
            _step_link(current, step, here)
        st.caption(say("Ask why"))
        for step in path.WHY:
            _step_link(current, step, here)
        for step, icon in ((path.NEXT, ":material/flag:"), (path.RUNS, ":material/history:")):
            link(step, step.title, HERE if here == step.name else icon)
        show_progress(current)
        st.divider()
        _let_go(current)
        under_way = _under_way(current)
        every = _LOOK_SECONDS if under_way else None
        st.fragment(_network_status, run_every=every)(current, under_way)
        copy_link(current)
        teachers = path.TEACHERS  # at the end, where no pupil looks for the next step
        link(
            teachers,
            teachers.title,
            HERE if here == teachers.name else ":material/co_present:",
        )


def _under_way(current: Lab) -> int:
    """How many trainings and job groups go on."""
    return bool(current.training) + sum(group.active for group in current.job_groups.values())


def _put_lost_away(current: Lab) -> None:
    """Say that a network from a file is gone, if it is: the lab holds so many only."""
    if (uploaded := current.uploaded) and not uploaded.there:
        current.uploaded = None
        lost = say(
            "{name} is no longer in the lab's memory, because other visitors have uploaded many "
            "networks. Upload the file again on the page Runs.",
            name=plain(uploaded.name),
        )
        current.notice += f"\n\n{lost}"


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
    title = step.title
    link(step, say("{page} :small[:gray[done]]", page=title) if done else title, icon)


def _network_status(current: Lab, were_under_way: int) -> None:
    """The current network, its recipe and what it reads; live while one is trained."""
    address.refresh(current)
    if were_under_way:
        many = _keep_alive(current)
        if _under_way(current) < were_under_way:
            st.rerun()  # the page follows the end
        st.caption(
            say_count("A network is being trained.", "{count} networks are being trained.", many)
        )
    elif uploaded := current.uploaded:
        st.caption(say("Your network, from a file"))
        _name_and_score(plain(uploaded.name), current)
        st.caption(say("The lab does not keep this network."))
    elif (source := current.source) and (trained := source.result):
        epochs = len(trained.history) if trained.interruption else None
        st.caption(say("Your network"))
        _name_and_score(network_name(trained.spec.network), current)
        st.caption(say("It was trained with {recipe}.", recipe=recipe(trained.spec, epochs)))
        if unkept := repository().unkept(source.id):
            st.caption(f":material/warning: {store_words(unkept)}")
        else:
            st.caption(say("The lab keeps it. You find it again at the address of this page."))
    else:
        st.caption(say("You are not using a network. Train one, or choose an earlier one on Runs."))


def _name_and_score(name: str, current: Lab) -> None:
    """What a network is called, and what it reads; the exam is named where that is its result."""
    exam = f"{say('Exam:')} " if is_taken(current) else ""
    st.markdown(f"**{name}**  \n{exam}{reads(current)}")
