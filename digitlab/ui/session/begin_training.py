"""Put a training of this session into the queue, or several."""

import streamlit as st

from digitlab.compute.errors import LimitError
from digitlab.compute.job_group import JobGroup
from digitlab.records.job import Job
from digitlab.specs import RunSpec
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.wording.problems.reasons import limit_words


def submit(lab: Lab, job: Job) -> bool:
    """Queue a training; on a limit, say so on the page and return False.

    One at a time in a session: a second click on Train that was quicker than the page does nothing.
    """
    if lab.training:
        return True
    try:
        lab.start(queue().submit(job))
    except LimitError as error:
        st.warning(limit_words(error))
        return False
    return True


def begin_group(lab: Lab, name: str, group: JobGroup) -> None:
    """Queue the first of these trainings, and follow them all; on a limit, the next page says so.

    Args:
        lab: the session.
        name: of what they are for, as in `lab.job_groups`.
        group: the trainings.
    """
    group.advance(queue().submit)
    if group.jobs or not group.active:
        lab.job_groups[name] = group
    elif group.problem:
        lab.notice = limit_words(group.problem)


def train(lab: Lab, spec: RunSpec) -> bool:
    """Queue a run from its beginning."""
    return submit(lab, Job(spec, lab.owner, origin=lab.origin))


def train_article(lab: Lab) -> bool:
    """Queue the article's network and recipe, with this session's seed and its lesson's locks."""
    return train(lab, lab.article)


def train_first(lab: Lab) -> bool:
    """Queue the network of the first minute: see `Lab.first`."""
    return train(lab, lab.first)
