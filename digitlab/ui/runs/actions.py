"""What can be done with one run: rename it, delete it, take it as the current network."""

from functools import partial
from typing import Final

import streamlit as st

from digitlab import limits
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.record import Run
from digitlab.runs.scores import can_be_taken, has_network
from digitlab.ui.runs.table import is_current
from digitlab.ui.session import address
from digitlab.ui.session.exam import is_taken_of
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets.downloads import GONE, take_home_kept
from digitlab.wording.say import say, say_message, to_say
from digitlab.wording.settings.choices import plain
from digitlab.wording.settings.descriptions import automatic_name, state_words

_STILL_TRAINING: Final = to_say("This run is in training. Stop it first, then you can delete it.")


def take(lab: Lab, run_id: str) -> None:
    """Make a run the session's own: address, sidebar and all pages follow."""
    if lab.training:
        return  # one at a time; the button was there before it began
    if lab.uploaded and lab.source and lab.source.id == run_id:
        lab.uploaded = None  # it is there, under the network from a file
    elif job := address.recall(run_id):
        if job.owner != lab.owner:
            repository().opened(run_id, lab.owner)
        lab.start(job)
    else:
        _say_gone(lab)


def show_actions(lab: Lab, run: Run, title: str) -> None:
    """The one run that is ticked: its name and its buttons."""
    with st.container(border=True):
        state = state_words(run)
        named = f"**{plain(title)}**"
        told = state in title
        st.markdown(named if told else say("{name}: {state}", name=named, state=state))
        if run.owner == lab.owner:
            _show_name(lab, run)
        else:
            st.caption(
                say(
                    "You opened this run by its address. You can look at it and use it. Only the "
                    "person who trained it can change its name or delete it."
                )
            )
        reason = _why_not_taken(lab, run)
        with st.container(horizontal=True, vertical_alignment="center"):
            _show_take(lab, run, bool(reason))
            if run.owner == lab.owner:
                _show_delete(lab, run)
        if lab.address == run.id:
            st.caption(
                say(
                    "Everybody who has the address of this page can see this network and can stop "
                    "its training."
                )
            )
        else:
            leads = say("When you use it, the address of this page leads to it.")
            st.caption(reason or leads)
        if run.state.active:
            st.caption(say_message(_STILL_TRAINING))
            link(path.step("Train"), say("Go to the training"), ":material/play_arrow:")
    if run.has_predictions:
        find, exam = partial(network_of, lab, run), is_taken_of(lab, run)
        take_home_kept(find, run.id, lab.selection, run.has_model, exam, title)


def network_of(lab: Lab, run: Run) -> TrainedNetwork | None:
    """What the run left: here in the session, or kept; None if it is gone."""
    here = (job.result for job in (lab.job, lab.earlier) if job and job.id == run.id)
    return next(filter(None, here), None) or repository().network(run.id)


def _show_name(lab: Lab, run: Run) -> None:
    key = control_key(f"run_name_{run.id}", run.name)
    st.text_input(
        say("Name"),
        run.name,
        max_chars=limits.MAX_RUN_NAME_LENGTH,
        key=key,
        placeholder=automatic_name(run),
        on_change=_rename,
        args=(lab, run, key),
        help=say("Press Enter to save the name. If it is empty, the lab makes a name."),
    )


def _why_not_taken(lab: Lab, run: Run) -> str:
    if not can_be_taken(run):
        return say("This run has no network.")
    if not lab.training:
        return ""
    return say("A network is being trained. Wait until it has ended, or stop it.")


def _show_take(lab: Lab, run: Run, disabled: bool) -> None:
    if lab.uploaded or lab.job is None or lab.job.id != run.id:
        st.button(
            say("Use this network"),
            type="primary",
            key=f"take_{run.id}",
            disabled=disabled,
            on_click=take,
            args=(lab, run.id),
        )
    elif is_current(lab, run):
        st.markdown(f":material/check: {say('You are using this network')}")


def _show_delete(lab: Lab, run: Run) -> None:
    with st.popover(say("Delete"), key=f"ask_{run.id}", disabled=run.state.active):
        st.markdown(say("Nobody can get this run back, not even people who have its address."))
        st.button(
            say("Delete it for ever"),
            key=f"delete_{run.id}",
            on_click=_delete,
            args=(lab, run),
        )


def _rename(lab: Lab, run: Run, key: str) -> None:
    if not repository().rename(run.id, lab.owner, st.session_state[key]):
        _say_gone(lab)


def _delete(lab: Lab, run: Run) -> None:
    """Delete a run; if it was the current one, the newest other network takes its place."""
    if queue().find(run.id):
        lab.notice = say_message(_STILL_TRAINING)
        return
    if not repository().delete(run.id, lab.owner) and repository().problem:
        return  # the page says what the problem is
    if lab.job and lab.job.id == run.id:
        lab.job = None
    if lab.earlier and lab.earlier.id == run.id:
        lab.earlier = None
    if lab.job is None:
        newest = next(filter(has_network, repository().owned(lab.owner)), None)
        lab.job = lab.earlier or (address.recall(newest.id) if newest else None)


def _say_gone(lab: Lab) -> None:
    if not repository().problem:  # which the page says anyway
        lab.notice = say_message(GONE)
