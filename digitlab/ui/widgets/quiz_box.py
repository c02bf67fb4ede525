"""Check yourself: the questions at the end of a page, and how many are answered."""

import streamlit as st

from digitlab.data.mnist import load_mnist
from digitlab.quiz import Answer, Question, QuizContext, progress, questions
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.fold import fold
from digitlab.wording.say import say


def check_yourself(lab: Lab, step: str, folded: bool = False) -> None:
    """Ask the questions of this step; nothing on a page that has none.

    Args:
        lab: of this session.
        step: name of the page.
        folded: whether they open at a press: on a page that is high without them.
    """
    context = QuizContext(lab.spec, lab.selection, load_mnist(), lab.network, is_taken(lab))
    asked = questions(step, context)
    if asked:
        st.fragment(_ask)(lab, asked, folded)


def ask_question(lab: Lab, question: Question) -> None:
    """Ask one question, in a frame of its page."""
    st.fragment(_ask_one)(lab, question)


def show_progress(lab: Lab) -> None:
    """One line for the sidebar, as soon as there is something to tell."""
    right, total = progress(lab.checks.values())
    if right:
        words = say("Check yourself: {right} of {total} right", right=right, total=total)
        st.caption(f":material/task_alt: {words}")


def _ask(lab: Lab, asked: tuple[Question, ...], folded: bool) -> None:
    heading = f"**{say('Check yourself')}**"
    not_graded = say("Nobody grades your answers. The lab forgets them when you reload the page.")
    with fold(heading) if folded else st.container(border=True):
        st.markdown(f":gray[{not_graded}]" if folded else f"{heading} :gray[{not_graded}]")
        columns = st.columns(2, gap="large")
        for column, question in zip(columns, asked, strict=False):
            with column:
                _ask_one(lab, question)


def _ask_one(lab: Lab, question: Question) -> None:
    attempt = lab.checks.get(question.id)
    # The form stays when it is answered: the keyboard would lose its place with it.
    with st.form(f"check_{question.id}", border=False):
        before = any(
            attempt_before.right and attempt_before.name == question.name
            for attempt_before in lab.checks.values()
        )
        if before and not (attempt and attempt.settled):
            again = say("Your last answer was right. Here is a new question:")
            st.caption(f":material/check_circle: {again}")
        given = _answer_field(question)
        pressed = st.form_submit_button(say("Check"), icon=":material/check:")
    if attempt and attempt.settled:
        _show_answer(question, attempt.right)
        return
    if pressed and given is None:
        choose, write = say("Choose an answer first."), say("Type a number first.")
        st.warning(choose if question.options else write)
        return
    if pressed and given is not None:
        attempt = lab.checks[question.id] = question.attempt(given)
        if attempt.right:
            st.rerun()  # the sidebar counts it too
    if attempt:
        st.warning(
            say(
                "**{given}** is not right yet. {hint}",
                given=question.shown(attempt.given),
                hint=question.hint_for(attempt.given),
            ),
            icon=":material/replay:",
        )
        st.button(
            say("Show the answer"),
            key=f"tell_{question.id}",
            type="tertiary",
            on_click=_tell,
            args=(lab, question),
        )


def _answer_field(question: Question) -> Answer | None:
    """The control that suits the question. Its label is the question, for those who can't see."""
    key = f"answer_{question.id}"
    if question.options:
        return st.radio(
            question.text,
            [*question.options],
            index=None,
            key=key,
            format_func=question.options.__getitem__,
            persist_state="session",
        )
    step, form = (1, "%d") if question.is_whole else (None, "%g")
    given: int | float | None = st.number_input(
        question.text,
        value=None,
        step=step,
        format=form,
        key=key,
        persist_state="session",
        placeholder=say("Your answer"),
    )
    return given


def _show_answer(question: Question, right: bool) -> None:
    answer, reason = question.shown(question.answer), question.reason
    if right:
        words = say("Right: **{answer}**. {reason}", answer=answer, reason=reason)
        st.success(words, icon=":material/check_circle:")
    else:
        words = say("The answer is **{answer}**. {reason}", answer=answer, reason=reason)
        st.info(words, icon=":material/lightbulb:")


def _tell(lab: Lab, question: Question) -> None:
    lab.checks[question.id] = lab.checks[question.id].give_up()
