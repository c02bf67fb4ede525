"""The fair queue of trainings: who is in it, who is next, and how long that takes."""

import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from statistics import fmean

from digitlab import limits
from digitlab.architecture.summary import total_parameters
from digitlab.compute.errors import Limit, LimitError, QueueFullError
from digitlab.records.job import Job
from digitlab.records.training_view import TrainingView

_FIRST_GUESS_SECONDS = 2.0  # the article's recipe on two cores, before one was timed


def fair_order(
    waiting: Iterable[Job], running: Iterable[Job] = (), served: Mapping[str, float] = {}
) -> list[Job]:
    """The waiting jobs, next first: fair among owners, then in order of arrival.

    Everybody's first job comes before anybody's second, and a job that runs counts as its
    owner's first. An owner who has just had a time slice waits as if come at its end. So who
    wants much delays nobody else by more than a time slice. A job that is only to be stopped or
    paused goes ahead: it takes no time.

    Whoever claims to be many is told by the place that they come from: its first class of owners
    waits with all others, a second class of them behind those.

    Args:
        waiting: the jobs to put in order.
        running: those that a worker has.
        served: when each owner's latest time slice ended, on the clock of `Job.queued`.
    """
    before_of_owner = Counter(job.owner for job in running)
    ranked = []
    for job in sorted(waiting, key=lambda job: job.queued):
        since = max(job.queued, served.get(job.owner, job.queued))
        ranked.append((not job.ends_at_once, before_of_owner[job.owner], since, job.queued, job))
        before_of_owner[job.owner] += 1
    ranked.sort(key=lambda entry: entry[:-1])
    before_of_origin: Counter[tuple[bool, int, str]] = Counter()
    placed = []
    for position, (waits, nth, _, _, job) in enumerate(ranked):
        crowd = before_of_origin[waits, nth, job.origin] // limits.CLASS_SIZE
        before_of_origin[waits, nth, job.origin] += 1
        placed.append((waits, nth, crowd, position, job))
    return [entry[-1] for entry in sorted(placed, key=lambda entry: entry[:-1])]


def _rest_of_slice(job: Job, usual: float) -> float:
    """Seconds for which this one will still hold a worker; `usual` if that can't be told."""
    remaining, held = job.remaining, job.held_seconds
    rest = max(0.0, usual - held) if remaining is None else remaining
    return min(rest, max(0.0, limits.TIME_SLICE_SECONDS - held))


class FairQueue:
    """The jobs that wait or run. Safe to use from several threads.

    Its lock guards which jobs are in it. What becomes of a job, the job itself guards.
    """

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._sent: dict[str, Job] = {}  # by id, those with the workers, in the order of sending
        self._served: dict[str, float] = {}  # when each owner's latest time slice ended
        self._slice_seconds: deque[float] = deque(maxlen=20)  # seconds of the last time slices
        self._lock = threading.RLock()

    def join(self, job: Job) -> None:
        """Put a new job in.

        An owner's first one always finds a place, whatever the others have in the queue.

        Raises:
            QueueFullError: if others must end first.
            LimitError: if it is past a limit of the lab.
        """
        parameters = total_parameters(job.spec.network)
        if parameters > limits.MAX_PARAMETERS:
            raise LimitError(Limit.PARAMETERS, parameters)
        with self._lock:
            if job.id in self._jobs:
                raise LimitError(Limit.UNDER_WAY)
            self._check_limits(job)
            self._jobs[job.id] = job

    def _check_limits(self, job: Job) -> None:
        owners = Counter(other.owner for other in self._jobs.values())
        own = owners[job.owner]
        if own >= limits.JOBS_PER_OWNER:
            raise QueueFullError(Limit.OWNER, own)
        if own and own >= limits.QUEUE_LENGTH // len(owners):
            raise QueueFullError(Limit.CROWDED, own)
        here = sum(other.origin == job.origin for other in self._jobs.values())
        if here >= limits.JOBS_PER_ORIGIN:
            raise QueueFullError(Limit.ORIGIN, here)
        if len(self._jobs) >= limits.MAX_JOBS:
            raise QueueFullError(Limit.JOBS, len(self._jobs))

    def find(self, job_id: str) -> Job | None:
        """The job with this id, if it is in the queue."""
        return self._jobs.get(job_id)

    def jobs(self) -> list[Job]:
        """All that are with the workers, then all that wait, next first."""
        with self._lock:
            running = list(self._sent.values())
            waiting = [job for job in self._jobs.values() if job.id not in self._sent]
            return running + fair_order(waiting, running, self._served)

    def send(self, slots: int) -> list[Job]:
        """Take the next ones, until so many are with the workers."""
        with self._lock:
            already = len(self._sent)
            chosen = self.jobs()[already : max(already, slots)]
            self._sent.update({job.id: job for job in chosen})
            return chosen

    @property
    def idle(self) -> bool:
        """Whether no worker has a job."""
        return not self._sent

    @property
    def memory_used_up(self) -> bool:
        """Whether the epochs under way take as much memory as they may."""
        size = sum(job.partial.size for job in self.jobs() if job.partial)
        return size > limits.MAX_PARTIAL_MEGABYTES * 10**6

    def back(self, job: Job, at_the_end: bool) -> None:
        """A worker has given this one back unfinished; `Job.wait_again` has said where it waits."""
        with self._lock:
            if self._jobs.get(job.id) is not job:
                return  # it was ended meanwhile
            self._sent.pop(job.id, None)
            if at_the_end:
                self._note_slice(job)

    def leave(self, job: Job) -> bool:
        """This one has ended; whether it was still in the queue, and not another one of its id."""
        with self._lock:
            if self._jobs.get(job.id) is not job:
                return False
            del self._jobs[job.id]
            if self._sent.pop(job.id, None):
                self._note_slice(job)
            if not any(other.owner == job.owner for other in self._jobs.values()):
                self._served.pop(job.owner, None)
            return True

    def position(self, job: TrainingView) -> int:
        """How many are before this one."""
        return len(self._before(job))

    def expected_wait(self, job: TrainingView, trainers: int) -> float:
        """Seconds until its time slice, from what runs now and how long the last ones took."""
        usual = fmean(self._slice_seconds) if self._slice_seconds else _FIRST_GUESS_SECONDS
        return sum(_rest_of_slice(other, usual) for other in self._before(job)) / max(1, trainers)

    def _before(self, training: TrainingView) -> list[Job]:
        jobs = self.jobs()
        positions = [position for position, job in enumerate(jobs) if job is training]
        return jobs[: positions[0]] if positions else []

    def _note_slice(self, job: Job) -> None:
        self._served[job.owner] = time.monotonic()
        if job.slice_seconds:
            self._slice_seconds.append(job.slice_seconds)
