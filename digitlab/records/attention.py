"""Whether somebody still watches what goes on for them."""

import time
from dataclasses import dataclass, field

from digitlab import limits


@dataclass(eq=False)
class Attention:
    """When a page last looked. What nobody looks at any more is given up.

    Attributes:
        last_touched: `time.monotonic()` of the latest look.
        watched: the last `RemoteRequest.watched`.
    """

    last_touched: float = field(default_factory=time.monotonic)
    watched: int = 0

    @property
    def abandoned(self) -> bool:
        """Whether no page has looked for a long time."""
        return time.monotonic() - self.last_touched > limits.ABANDONED_AFTER_SECONDS

    def touch(self) -> None:
        """Note that somebody still watches."""
        self.last_touched = time.monotonic()

    def touch_from_elsewhere(self, watched: int) -> None:
        """Note that a page of another process watches, if it has said so once more."""
        if watched != self.watched:
            self.watched = watched
            self.touch()
