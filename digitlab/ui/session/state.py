"""One typed object a session: the learner's choices, training and network."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digitlab import limits
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training_view import TrainingView
from digitlab.specs import ARTICLE, FIRST, LessonSpec, RunSpec, SampleSelection
from digitlab.specs.ablations import Outcome, with_fitting_loss
from digitlab.ui.session.answer_cache import AnswerCache
from digitlab.ui.session.drawings import DRAWINGS
from digitlab.ui.session.shared import SHARED, Shared
from digitlab.ui.session.sketch import Sketch
from digitlab.ui.session.visitor import origin, visitor
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.language import ENGLISH, find_with

if TYPE_CHECKING:  # they bring packages that the first page should not wait for
    from digitlab.compute.background import BackgroundTask
    from digitlab.compute.job_group import JobGroup
    from digitlab.export.snippets.changes import ShownCode
    from digitlab.quiz import Attempt
    from digitlab.ui.replay.training_replay import TrainingReplay

CANVAS, SCRIBBLE = "canvas", "scribble"
"""Names of the canvases, on Draw and on Robustness."""

_KEY = "digitlab"
_SEEDS = 1000  # three digits are easy to tell a neighbour


@dataclass(eq=False)
class Lab:
    """What this session has chosen and done.

    Attributes:
        owner: whose the runs are that are trained here.
        origin: the place that this visitor comes from, as in `Job`.
        spec: the choices as they stand; the seed differs from session to session.
        job: the latest training asked for: a live job, or a run that is kept.
        earlier: the training before it that gave a network.
        uploaded: a network from a file, until the next training.
        seen: names of the steps that have shown their result.
        selection: which digits are looked at.
        lesson: what a lesson link holds of `spec` and `selection`; nothing without one.
        sketch: what stands on the canvas.
        scribble: what stands on the canvas of Robustness.
        cell: of the confusion matrix whose digits are shown: true and predicted label.
        replay: the network's training, seen again.
        background_tasks: what is worked out in the background, by its name; the latest of each.
        shared: what this browser's other sessions have too.
        rival: the recipe that Luck puts beside the one on the controls; None lets it choose.
        luck_seeds: with how many seeds Luck compares.
        expected: what the learner expects of a change, by the JSON of its spec or by its name.
        checks: answers to the questions of "Check yourself", by the question's id.
        shown_code: the code that pages show, and what the latest change of a control changed of
            it, by the name of its place.
        inside_own: the test digit in whose place Look inside shows the drawing; a page that sets
            another one is followed.
        answered: what networks said to drawings and a few digits lately.
        language: in which the lab speaks to this session.
        arrived: whether the address was read, which a session does once.
        notice: what the next page says on top, once.
        destination: page and view that a code in the address leads to; the next page goes there.
    """

    owner: str = field(default_factory=visitor)
    origin: str = field(default_factory=origin)
    spec: RunSpec = field(default_factory=lambda: ARTICLE.with_seed(secrets.randbelow(_SEEDS)))
    job: TrainingView | None = None
    earlier: TrainingView | None = None
    uploaded: UploadedModel | None = None
    seen: set[str] = field(default_factory=set)
    selection: SampleSelection = field(default_factory=SampleSelection)
    lesson: LessonSpec = field(default_factory=LessonSpec)
    sketch: Sketch = field(default_factory=Sketch)
    scribble: Sketch = field(default_factory=Sketch)
    cell: tuple[int, int] | None = None
    replay: "TrainingReplay | None" = None
    background_tasks: dict[str, "BackgroundTask[Any]"] = field(default_factory=dict)
    shared: Shared = field(default_factory=Shared)
    rival: RunSpec | None = None
    luck_seeds: int = limits.SEED_COUNTS[0]
    expected: dict[str, Outcome] = field(default_factory=dict)
    checks: dict[str, "Attempt"] = field(default_factory=dict)
    shown_code: dict[str, "ShownCode"] = field(default_factory=dict)
    inside_own: int | None = None
    answered: AnswerCache = field(default_factory=AnswerCache)
    language: str = ENGLISH
    arrived: bool = False
    notice: str = ""
    destination: tuple[str, str] | None = None

    @property
    def job_groups(self) -> dict[str, "JobGroup"]:
        """Trainings that belong together, by the name of what they are for."""
        return self.shared.job_groups

    @property
    def source(self) -> TrainingView | None:
        """The training that gave the current network: the latest that learned something useful."""
        return self.job if self.job and self.job.has_usable_model else self.earlier

    @property
    def trained(self) -> TrainedNetwork | None:
        """The network trained here; None also if what is kept of it is lost."""
        result = self.source.result if self.source else None
        return result if result and result.there else None

    @property
    def network(self) -> TrainedNetwork | UploadedModel | None:
        """The current network, for Evaluate, Predict and Draw."""
        return self.uploaded or self.trained

    @property
    def address(self) -> str | None:
        """Id of the run that a reload brings back: one that goes on, or the current network's."""
        if self.job and (self.job.active or self.job.resumable or not self.source):
            return self.job.id
        return self.source.id if self.source else None

    @property
    def done(self) -> set[str]:
        """Names of the steps that are ticked on the path."""
        return self.seen | ({"Train"} if self.trained else set())

    @property
    def training(self) -> TrainingView | None:
        """The training that waits or runs, if any."""
        return self.job if self.job and self.job.active else None

    @property
    def article(self) -> RunSpec:
        """The article's network and recipe, with this session's seed and what its lesson holds."""
        locked = self.lesson.lock(ARTICLE.with_seed(self.spec.training.seed))
        return self.lesson.lock(with_fitting_loss(locked))  # a lesson may have left out one-hot

    @property
    def first(self) -> RunSpec:
        """What the front page trains at a press: a network that reads well, with this seed.

        Under a lesson that locks a part of the recipe it is the lesson's own: what is left of
        another recipe beside the locked part may not learn.
        """
        if self.lesson.locked - {"sample", "seed"}:
            return self.article
        return self.lesson.lock(FIRST.with_seed(self.spec.training.seed))

    def start(self, job: TrainingView) -> None:
        """Take a new training; the network trained so far stays current until it has one."""
        self.earlier = self.source
        self.job = job
        self.uploaded = None
        self.choose(job.spec)

    def choose(self, spec: RunSpec) -> None:
        """Take these choices, as far as the lesson leaves them free."""
        self.spec = self.lesson.lock(spec)

    def select_samples(self, selection: SampleSelection) -> None:
        """Look at these digits, as far as the lesson leaves them free."""
        self.selection = self.lesson.lock_selection(selection)


def lab() -> Lab:
    """This session's lab."""
    if _KEY not in st.session_state:
        fresh = st.session_state[_KEY] = Lab()
        fresh.shared = SHARED.of(fresh.owner)
        fresh.sketch = DRAWINGS.recall(fresh.owner, CANVAS)
        fresh.scribble = DRAWINGS.recall(fresh.owner, SCRIBBLE)
    current: Lab = st.session_state[_KEY]
    return current


def _language() -> str:
    """This session's language; English in a thread that belongs to none."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH
    current: Lab | None = st.session_state.get(_KEY)
    return current.language if current else ENGLISH


find_with(_language)
