"""The networks of this page: trained by a click, found again when they are kept."""

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from digitlab.analysis.ablation import Reading, is_over, refusal
from digitlab.compute.errors import EngineError
from digitlab.compute.job_group import JobGroup
from digitlab.data.mnist import Dataset
from digitlab.records.job_state import JobState
from digitlab.records.networks import Network, TrainedNetwork
from digitlab.records.training_view import TrainingView
from digitlab.runs.record import Run
from digitlab.specs import RunSpec
from digitlab.specs.ablations import UNSEEN_DIGITS
from digitlab.ui.session.begin_training import begin_group
from digitlab.ui.session.services import queue, repository
from digitlab.ui.session.state import Lab
from digitlab.ui.session.waiting import while_it_waits
from digitlab.ui.widgets.progress import follow_group
from digitlab.wording.numerals import per_cent
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.say import say

_NAME = "ablations"


def under_way(lab: Lab) -> JobGroup | None:
    """The trainings of this page that wait or run."""
    group = lab.job_groups.get(_NAME)
    return group if group and group.active else None


def known_runs(lab: Lab, specs: Collection[RunSpec]) -> dict[RunSpec, Run]:
    """Of these, the newest run of this visitor that shows what comes of it."""
    runs = [*map(Run.of, _jobs(lab)), *repository().owned(lab.owner)]
    return {
        run.spec: run
        for run in reversed(runs)
        if run.spec in specs and is_over(run) and (has_network(run) or not can_have_network(run))
    }


def _jobs(lab: Lab) -> list[TrainingView]:
    """The trainings that the session holds."""
    group = lab.job_groups.get(_NAME)
    own = (job for job in (lab.earlier, lab.job) if job is not None)
    return [*(group.jobs if group else ()), *own]


def can_have_network(run: Run) -> bool:
    """Whether a run that is over left weights that can be used."""
    return not refusal(run) and run.state is not JobState.DIVERGED


def has_network(run: Run) -> bool:
    """Whether the weights of a run are kept, as far as the run itself says."""
    return can_have_network(run) and run.has_model


def network_of(lab: Lab, run: Run) -> TrainedNetwork | None:
    """The network of a run, of the session or kept; None if it is lost."""
    for job in _jobs(lab):
        if job.id == run.id and job.result:
            return job.result
    network = repository().network(run.id)
    return network if network and network.weights else None


def read_unseen(data: Dataset, network: Network) -> Reading | None:
    """How a network reads the digits that no ablation learns from; None, and why, if unknown."""
    try:
        with while_it_waits() as asker:
            probabilities = queue().asking.predict_training(network, UNSEEN_DIGITS, *asker)
    except EngineError as error:
        st.warning(problem_words(error.problem), icon=":material/warning:")
        return None
    return Reading.of(probabilities, data.y_train[-UNSEEN_DIGITS:])


def train_button(lab: Lab, label: str, specs: Sequence[RunSpec], expected: bool) -> None:
    """A button that trains these.

    Args:
        lab: the session.
        label: of the button.
        specs: what is trained, in this order.
        expected: whether the learner has said what to expect; before that it can't be pressed.
    """
    busy = under_way(lab)
    st.button(
        label,
        key="ablation_train",
        type="primary",
        icon=":material/play_arrow:",
        disabled=not expected or busy is not None,
        help=None if expected else say("First say what you expect."),
        on_click=_start,
        args=(lab, tuple(specs)),
    )
    if busy:
        st.caption(
            say(
                "The lab is still training another experiment of yours. You can train this one "
                "when that has ended."
            )
        )


def _start(lab: Lab, specs: tuple[RunSpec, ...]) -> None:
    if not specs or under_way(lab):  # a second click that was quicker than the page
        return
    begin_group(lab, _NAME, JobGroup(specs, lab.owner, origin=lab.origin))


def follow(group: JobGroup, draw: Callable[[], None]) -> None:
    """Show the trainings until all have ended; then the page runs once more."""
    follow_group(
        group,
        "ablation_stop",
        words=lambda: say("{share} of the training is done", share=per_cent(group.share_done)),
        draw=draw,
    )
