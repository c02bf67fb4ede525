"""The address bar names the run: a reload, a bookmark or another device finds it again."""

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.training.jobs import Job
from digitlab.ui.names import plain
from digitlab.ui.shared import keeper, queue
from digitlab.ui.state import Lab

_PARAMETER = "run"
_SETTINGS = "spec"  # a `RunSpec` as JSON
_INSTEAD = "The article's stand here instead."

_UNKNOWN = (
    "No run is kept under this address: it was deleted, or it is too old, or the address is not "
    "complete. Train a network, and the address will name the new one."
)


def arrive(lab: Lab) -> None:
    """Take the run or the settings that the address names, once a session; say so if it can't."""
    if lab.arrived:
        return
    lab.arrived = True
    if named := st.query_params.get(_PARAMETER):
        if found := recall(named):
            lab.job, lab.run = found, found.run
        else:
            lab.notice = keeper().problem or _UNKNOWN
            del st.query_params[_PARAMETER]
    elif settings := st.query_params.get(_SETTINGS):
        try:
            lab.run = RunSpec.from_json(settings)
        except ValueError as error:
            lab.notice = (
                f"The address brings settings that can't be used. {plain(str(error))} {_INSTEAD}"
            )
        del st.query_params[_SETTINGS]


def write(lab: Lab) -> None:
    """Put the session's run into the address bar."""
    if lab.address and st.query_params.get(_PARAMETER) != lab.address:
        st.query_params[_PARAMETER] = lab.address


def parameters(lab: Lab) -> dict[str, str]:
    """What a link within the lab carries along."""
    return {_PARAMETER: lab.address} if lab.address else {}


def recall(run_id: str) -> Job | None:
    """The run with this id: the living job, or one made of what is kept. None if unknown."""
    if living := queue().find(run_id):
        return living
    run = keeper().find(run_id)
    if run is None:
        return None
    return Job(
        run.spec,
        run.owner,
        run.id,
        # Nothing of this process needs the arrays of a training that another one runs.
        start=None if run.state.active else keeper().checkpoint(run_id),
        parent=run.parent,
        created=run.created,
        state=run.state,
        history=run.history,
        result=None if run.state.active else keeper().network(run_id),
        reason=run.reason,
    )


def refresh(lab: Lab) -> None:
    """Look again at a training that another process of the lab runs."""
    job = lab.job
    if job and job.active and queue().find(job.id) is None and job.active:
        queue().seen(job)
        lab.job = recall(job.id) or job
