"""Pauses between tries of what has failed."""

import time
from collections.abc import Callable

from digitlab import limits

_FIRST_SECONDS = 1.0


class Backoff:
    """Each pause is twice as long as the last one, up to a limit.

    Args:
        clock: gives seconds.

    Attributes:
        failures: in a row.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._over = clock()
        self.failures = 0

    @property
    def pausing(self) -> bool:
        """Whether it is too early for another try."""
        return self._clock() < self._over

    def failed(self) -> None:
        """Begin the next pause."""
        self._over = self._clock() + min(_FIRST_SECONDS * 2**self.failures, limits.RETRY_SECONDS)
        self.failures += 1

    def succeeded(self) -> None:
        """The next pause is a short one again."""
        self.failures = 0
