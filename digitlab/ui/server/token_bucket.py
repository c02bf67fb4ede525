"""A token bucket: so many at once, and so many a second after that."""

from collections.abc import Callable


class TokenBucket:
    """Counts what comes against a steady rate.

    Args:
        size: what may come at once, after a pause that is long enough.
        rate: what may come a second in the long run.
        clock: seconds from any start.
    """

    def __init__(self, size: float, rate: float, clock: Callable[[], float]) -> None:
        self._size, self._rate, self._clock = size, rate, clock
        self._tokens, self._seen = float(size), clock()

    def allows(self) -> bool:
        """Take a token if there is one."""
        if self._filled() < 1:
            return False
        self._tokens -= 1
        return True

    def owed(self) -> float:
        """Take a token in any case; the seconds until it would have been there."""
        self._tokens = self._filled() - 1
        return max(0.0, -self._tokens / self._rate)

    @property
    def full(self) -> bool:
        """Whether it has forgotten all that came."""
        return self._filled() >= self._size

    def _filled(self) -> float:
        now = self._clock()
        self._tokens = min(self._size, self._tokens + (now - self._seen) * self._rate)
        self._seen = now
        return self._tokens
