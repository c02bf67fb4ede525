"""The address bar names the run: a reload, a bookmark or another device finds it again.

It can bring settings too: docs/link.md. They are taken and leave the address, but for those that
a lesson holds: they stay, and links within the lab carry them along.
"""

from typing import Final

import streamlit as st

from digitlab.hour import card
from digitlab.records.training_view import TrainingView
from digitlab.specs import LessonSpec
from digitlab.specs.link import CARD, CODE, LANGUAGE, RUN, from_link, locked_parameters, to_link
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.short_links import follow_code, why_unknown
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import as_parameter, note_written
from digitlab.wording.language import ENGLISH, languages
from digitlab.wording.problems.link_problems import link_notice
from digitlab.wording.problems.store import store_words
from digitlab.wording.say import say, say_message, to_say
from digitlab.wording.settings.choices import plain

_UNKNOWN: Final = to_say(
    "The lab has no run for this address. Somebody deleted the run, or it was too old, or the "
    "address is not complete. Train a network: then the address leads to it."
)


def arrive(lab: Lab) -> None:
    """Take the run and the settings that the address names, once a session; say what it can't."""
    if lab.arrived:
        return
    lab.arrived = True
    if (asked := st.query_params.get(LANGUAGE)) in languages():
        lab.language = asked
    notices = []
    if named := st.query_params.get(RUN):
        if recalled := recall(named):
            lab.job, lab.spec = recalled, recalled.spec
            if recalled.owner != lab.owner:
                repository().opened(recalled.id, lab.owner)
        else:
            problem = repository().problem
            notices.append(store_words(problem) if problem else say_message(_UNKNOWN))
    lab.lesson, problems = from_link(_query(), LessonSpec(lab.spec, lab.selection))
    lab.spec, lab.selection = lab.lesson.spec, lab.lesson.selection
    lab.shared.hour.current = _card(lab)
    if code := st.query_params.get(CODE):
        lab.destination = follow_code(lab, code)
        if lab.destination is None:
            notices.append(why_unknown(code))
    if problems:
        not_all = say("The lab can't use all the settings in this address:")
        listed = "\n".join(f"- {plain(link_notice(problem))}" for problem in problems)
        notices.append(f"{not_all}\n\n{listed}")
    lab.notice = "\n\n".join(notices)


def _card(lab: Lab) -> str:
    """Name of the card of the guided hour that the address opens; else the one that is open."""
    named = st.query_params.get(CARD, "")
    return named if card(named) else lab.shared.hour.current


def write(lab: Lab, page: str, view: str) -> None:
    """Put the run, what the lesson holds and the page's view into the address bar; all else goes.

    Args:
        lab: of this session.
        page: its name.
        view: its view, as `views.in_address` names it.
    """
    expected = parameters(lab, view)
    note_written(page, view)
    if _query() != {name: [value] for name, value in expected.items()}:
        st.query_params.from_dict(expected)  # at once: each change is a step back in the browser


def parameters(lab: Lab, view: str = "") -> dict[str, str]:
    """What a link within the lab carries along: the run, what a lesson holds, a page's view.

    And the language, if it is not English. Before there is a run, a lesson's other settings too: a
    reload begins it anew.
    """
    if lab.address:
        here = {RUN: lab.address} | locked_parameters(lab.lesson)
    else:
        here = to_link(lab.lesson) if lab.lesson.locked else {}
    language = {LANGUAGE: lab.language} if lab.language != ENGLISH else {}
    return here | as_parameter(view) | language


def _query() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def recall(run_id: str) -> TrainingView | None:
    """The training with this id: a live job, or a run that is kept. None if it is unknown."""
    return queue().find(run_id) or repository().training(run_id)


def refresh(lab: Lab) -> None:
    """Look again at a training that another process of the lab runs."""
    job = lab.job
    if job and job.active and queue().find(job.id) is None and job.active:
        queue().touch(job.id)
        if recalled := recall(job.id):
            lab.job = recalled
