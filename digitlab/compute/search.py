"""A search under way: trainings that follow from those before them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from digitlab.compute.job_group import JobGroup
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.score import DigitSet, choosing_score
from digitlab.records.training import EpochRecord
from digitlab.specs import RunSpec
from digitlab.specs.search import SearchSpec


def validation_score(state: JobState, history: tuple[EpochRecord, ...]) -> float | None:
    """What a search knows of a run: its share of validation digits at the end of its training.

    0 if its loss became no number: it reads nothing. None if it has not come to its end.
    """
    if state is JobState.DIVERGED:
        return 0.0
    score = choosing_score(history) if state is JobState.FINISHED else None
    return score.accuracy if score and score.digits is DigitSet.VALIDATION else None


@dataclass(eq=False, kw_only=True)
class Search(JobGroup):
    """The trainings of a search, rung by rung.

    Attributes:
        plan: what is searched.
        known: scores of runs that were trained before.
        start_of: where a run of the rung before can go on, with its arrays; None if they are lost.
    """

    specs: tuple[RunSpec, ...] = ()
    plan: SearchSpec
    known: Mapping[RunSpec, float] = field(default_factory=dict)
    start_of: Callable[[Job], Checkpoint | None] = lambda job: job.checkpoint
    _rung: int = -1

    @property
    def scores(self) -> dict[RunSpec, float]:
        """The score of each run that has one."""
        trained = {
            job.spec: score
            for job in list(self.jobs)
            if (score := validation_score(job.state, job.history)) is not None
        }
        return {**self.known, **trained}

    def advance(self, submit: Callable[[Job], Job]) -> None:
        """As `JobGroup.advance`; when a rung has ended, the next one begins.

        It stops where a run has no score: what failed, or was stopped, can't be compared.
        """
        with self._lock:
            self._begin_rungs()
        super().advance(submit)

    def _begin_rungs(self) -> None:
        while not self.stopped and self._rung + 1 < len(self.plan.rungs) and not super().left:
            scores = self.scores
            settings = self.plan.in_rung(self._rung + 1, scores)
            if settings is None:
                self.stopped = True
                return
            self._rung += 1
            runs = self.plan.runs(settings, self._rung)
            self.specs += tuple(run for run in runs if run not in scores)

    def _job(self, spec: RunSpec) -> Job:
        before = self._before(spec)
        start = self.start_of(before) if before else None
        if before is None or start is None:
            return super()._job(spec)
        return Job(spec, self.owner, start=start, parent=before.id, origin=self.origin)

    def _before(self, spec: RunSpec) -> Job | None:
        """The run of the rung before with which this one goes on."""
        if self._rung < 1:
            return None
        earlier = spec.ended_after(self.plan.rungs[self._rung - 1].epochs)
        return next((job for job in self.jobs if job.spec == earlier), None)

    @property
    def left(self) -> int:
        """How many still train, wait, or will come in later rungs."""
        if self.stopped:
            return super().left
        later = self.plan.rungs[self._rung + 1 :]
        return super().left + sum(rung.settings for rung in later) * len(self.plan.seeds)

    @property
    def share_done(self) -> float:
        """By epochs: those of later rungs are longer."""
        scores = self.scores
        done, before = 0, 0
        for rung, (epochs, _) in enumerate(self.plan.rungs[: self._rung + 1]):
            settings = self.plan.in_rung(rung, scores) or ()
            for run in self.plan.runs(settings, rung):
                history = next((job.history for job in self.jobs if job.spec == run), ())
                reached = run.training.epochs if run in scores else len(history)
                done += max(0, reached - before)
            before = epochs
        return min(1.0, done / self.plan.total_epochs)
