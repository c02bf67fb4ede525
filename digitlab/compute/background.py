"""A study: what takes longer than a page can wait, in steps on the workers, with a Stop."""

import logging
import pickle
import threading
import time
from collections.abc import Generator
from typing import Any, Generic, TypeVar

from digitlab import limits
from digitlab.caching.pool import Key, Pool
from digitlab.compute.errors import EngineError, Problem

T = TypeVar("T")

Steps = Generator[float, None, T]
"""Yields the share that is done, 0 to 1, after each step; returns the result."""

_at_work = threading.BoundedSemaphore(limits.STUDIES_AT_ONCE)

POOL: Pool[Any] = Pool(limits.MAX_FINDINGS_MEGABYTES)
"""Of the process: what the studies of all sessions have found out."""

logger = logging.getLogger(__name__)


class BackgroundTask(Generic[T]):
    """Runs its steps in a thread, one after the other.

    Each step is a short task, so that others' questions come in between; let the workers know
    with `ask(..., patient=True)`. What no page looks at any more ends by itself.

    Args:
        steps: they run in a thread: never `st.*` in there.
        pool: that holds the result.

    Attributes:
        share: how much is done, 0 to 1.
    """

    def __init__(self, steps: Steps[T], pool: Pool[T] = POOL) -> None:
        self._steps, self._pool = steps, pool
        self._stopped = threading.Event()
        self._found: Key[T] | None = None
        self._problem: Problem | None = None
        self.share = 0.0
        self._seen = self._started = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="digitlab-study", daemon=True)
        if not _at_work.acquire(blocking=False):
            self._problem = Problem.TOO_MANY_TASKS
            return
        try:
            self._thread.start()
        except RuntimeError:  # the machine has no thread left
            _at_work.release()
            self._problem = Problem.TOO_MANY_TASKS

    @property
    def active(self) -> bool:
        """Whether it still works."""
        return self._thread.is_alive() and not self._stopped.is_set()

    @property
    def result(self) -> T | None:
        """What it has found out; None before all is done, and once the pool has let it go."""
        return self._found.get() if self._found else None

    @property
    def problem(self) -> Problem | None:
        """Why there is no result, and will be none; None otherwise."""
        return Problem.RESULT_LET_GO if self._found and self.result is None else self._problem

    @property
    def remaining(self) -> float | None:
        """Seconds that are probably left, None while that can't be told."""
        share = self.share
        return (time.monotonic() - self._started) * (1 - share) / share if share else None

    def seen(self) -> None:
        """Note that somebody still waits for it."""
        self._seen = time.monotonic()

    def stop(self) -> None:
        """End it after the step under way, without a result."""
        self._stopped.set()

    def wait(self, seconds: float) -> None:
        """Wait until its thread has ended: for tests and programs, not for pages."""
        if self._thread.ident is not None:  # it was started
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._given_up():
                self.share = next(self._steps)
        except StopIteration as end:
            self._found = self._pool.put(end.value, len(pickle.dumps(end.value)))
            self.share = 1.0
        except EngineError as error:
            self._problem = error.problem
        except Exception:  # whatever it is, the page shall say that there is no result
            logger.exception("A study failed.")
            self._problem = Problem.TASK_FAILED
        finally:
            self._steps.close()
            _at_work.release()

    def _given_up(self) -> bool:
        abandoned = time.monotonic() - self._seen > limits.ABANDONED_AFTER_SECONDS
        return abandoned or self._stopped.is_set()
