"""Which workers still give heartbeats, on this process's own clock."""

import time
from collections.abc import Callable, Mapping

from digitlab import limits

_LONGEST_LOOK_SECONDS = 2.0
"""What one look adds at most. Between two looks the computer may have slept, or this process may
have had no time itself; neither is the workers' silence."""


class Liveness:
    """How long each worker has been silent.

    A worker's heartbeats come from its event loop, also while its other thread trains. When the
    latest one came is only compared with what it was at the look before: the computer's clock may
    be set back or forth.

    Args:
        clock: gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._heartbeats: dict[str, float | None] = {}
        self._silences: dict[str, float] = {}

    def look(self, heartbeats: Mapping[str, float | None]) -> None:
        """Note when each worker's latest heartbeat came; None if none of it is known."""
        now = self._clock()
        passed, self._last = min(now - self._last, _LONGEST_LOOK_SECONDS), now
        silences = {}
        for name, heartbeat in heartbeats.items():
            new = name not in self._silences or (
                heartbeat is not None and heartbeat != self._heartbeats.get(name)
            )
            silences[name] = 0.0 if new else self._silences[name] + passed
        self._silences = silences
        self._heartbeats = {
            name: self._heartbeats.get(name) if heartbeat is None else heartbeat
            for name, heartbeat in heartbeats.items()
        }

    def silence(self, name: str) -> float:
        """Seconds since a worker's latest heartbeat; a start counts as one."""
        return self._silences.get(name, 0.0)

    def hangs(self, name: str) -> bool:
        """Whether a worker has been silent for too long."""
        begun = self._heartbeats.get(name) is not None
        limit = limits.WORKER_SILENCE_SECONDS if begun else limits.WORKER_START_SECONDS
        return self.silence(name) > limit
