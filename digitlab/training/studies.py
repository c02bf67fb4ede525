"""A study: what takes longer than a page can wait, in steps on the workers, with a Stop."""

import logging
import threading
import time
from collections.abc import Generator
from typing import Generic, TypeVar

from digitlab import limits
from digitlab.training.errors import EngineError

T = TypeVar("T")

Steps = Generator[float, None, T]
"""Yields the share that is done, 0 to 1, after each step; returns the result."""

_FAILED = "It could not be worked out. Try again, or tell whoever runs this lab."

logger = logging.getLogger(__name__)


class Study(Generic[T]):
    """Runs its steps in a thread, one after the other.

    Each step is a short task, so that others' questions come in between; let the workers know
    with `ask(..., patient=True)`. What no page looks at any more ends by itself.

    Args:
        steps: they run in a thread: never `st.*` in there.

    Attributes:
        share: how much is done, 0 to 1.
        result: once all is done.
        problem: why there will be none, a sentence for the learner.
    """

    def __init__(self, steps: Steps[T]) -> None:
        self._steps = steps
        self._stopped = threading.Event()
        self.share = 0.0
        self.result: T | None = None
        self.problem = ""
        self._seen = self._started = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="digitlab-study", daemon=True)
        self._thread.start()

    @property
    def active(self) -> bool:
        """Whether it still works."""
        return self._thread.is_alive() and not self._stopped.is_set()

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
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._given_up():
                self.share = next(self._steps)
        except StopIteration as end:
            self.share, self.result = 1.0, end.value
        except EngineError as error:
            self.problem = str(error)
        except Exception:  # whatever it is, the page shall say that there is no result
            logger.exception("A study failed.")
            self.problem = _FAILED
        finally:
            self._steps.close()

    def _given_up(self) -> bool:
        abandoned = time.monotonic() - self._seen > limits.ABANDONED_AFTER_SECONDS
        return abandoned or self._stopped.is_set()
