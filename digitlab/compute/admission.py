"""Which question goes to a worker next: drawings first, and nobody's many before others' first.

A worker does one thing at a time. A long question is asked in short parts, and each part waits here
for its turn, so that what comes meanwhile, and is more urgent, goes in between.
"""

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from enum import IntEnum

from digitlab import limits
from digitlab.compute.errors import EngineError, Problem

_LOOK_SECONDS = 0.2  # between two looks whether the question is still wanted


class Urgency(IntEnum):
    """How soon a question wants its answer; the lower goes first."""

    DRAWING = 0  # on few digits: milliseconds, and somebody holds the pen
    PAGE = 1  # a page waits for it
    STUDY = 2  # it goes on in the background


def still_wanted() -> None:
    """What a question does while it waits, unless it is told otherwise: nothing."""


class Question:
    """A place among those who ask. See `Admission.question`."""

    def __init__(self, urgency: Urgency, owner: str, number: int) -> None:
        self.urgency, self.owner, self.number = urgency, owner, number
        self.granted = threading.Event()


class Admission:
    """Lets so many parts of questions be with the workers at once. For use from many threads.

    Args:
        places: how many.
        clock: gives seconds.
    """

    def __init__(self, places: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = places
        self._clock = clock
        self._open: list[Question] = []  # in the order in which they came
        self._waiting: list[Question] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether anybody asks."""
        return bool(self._open)

    @contextlib.contextmanager
    def question(self, urgency: Urgency, owner: str) -> Iterator[Question]:
        """Ask something, in as many turns as it has parts.

        Args:
            urgency: how soon it wants its answer.
            owner: who asks, if that is known; nobody's second question comes before another's
                first of the same urgency.

        Raises:
            EngineError: if too many wait, of this owner or of all.
        """
        question = Question(urgency, owner, next(self._numbers))
        with self._lock:
            # Long ones must not take the drawings' places.
            drawing = urgency is Urgency.DRAWING
            alike = [one for one in self._open if (one.urgency is Urgency.DRAWING) is drawing]
            if len(alike) >= limits.QUESTIONS_WAITING:
                raise EngineError(Problem.BUSY)
            own = sum(one.owner == owner for one in alike)
            if not drawing and owner and own >= limits.QUESTIONS_PER_OWNER:
                raise EngineError(Problem.TOO_MANY)
            self._open.append(question)
        try:
            yield question
        finally:
            with self._lock:
                self._open.remove(question)

    @contextlib.contextmanager
    def turn(
        self, question: Question, waits: Callable[[], object] = still_wanted
    ) -> Iterator[None]:
        """Wait for a turn, then hold it.

        Args:
            question: whose turn it is to be.
            waits: called several times a second meanwhile; what it raises gives the turn up.

        Raises:
            EngineError: if its turn did not come in time.
        """
        deadline = self._clock() + limits.PREDICTION_TIMEOUT_SECONDS
        with self._lock:
            self._waiting.append(question)
            self._grant()
        try:
            while not question.granted.wait(_LOOK_SECONDS):
                waits()
                if self._clock() > deadline:
                    raise EngineError(Problem.BUSY)
            yield
        finally:
            with self._lock:
                if question.granted.is_set():
                    question.granted.clear()
                    self._free += 1
                else:
                    self._waiting.remove(question)
                self._grant()

    def _grant(self) -> None:
        while self._free and self._waiting:
            chosen = min(self._waiting, key=self._order)
            self._waiting.remove(chosen)
            self._free -= 1
            chosen.granted.set()

    def _order(self, question: Question) -> tuple[int, int, int]:
        before = sum(
            bool(one.owner)
            and one.owner == question.owner
            and one.urgency == question.urgency
            and one.number < question.number
            for one in self._open
        )
        return question.urgency, before, question.number
