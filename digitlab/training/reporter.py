"""What the lab is told while a network trains, and how it tells the training to end."""

import math
from collections.abc import Callable, Mapping

from digitlab.training.records import EpochRecord, Interruption, Progress, Record

_AT_ONCE = (Interruption.STOP, Interruption.TOO_LONG)


class Reporter:
    """Hands each epoch, and the way through it, to `report`; ends the training when told to.

    Args:
        report: called with a `Progress` after each group of batches and an
            `EpochRecord` after each finished epoch.
        interruption: asked after each group of batches and after each epoch but the last.
            STOP and TOO_LONG take effect at once, the others after a full epoch only.
        epochs: how many there are in all.
        history: those that were finished earlier.

    Attributes:
        history: the finished epochs, the earlier ones included.
        interruption: what ended the training, None if nothing did.
        diverged: whether a loss that is NaN or infinite did, after its epoch: plain `fit` with as
            many epochs gives the same History.
    """

    def __init__(
        self,
        report: Callable[[Record], None],
        interruption: Callable[[], Interruption | None],
        epochs: int,
        history: tuple[EpochRecord, ...],
    ) -> None:
        self._report = report
        self._asked = interruption
        self._epochs = epochs
        self.history = list(history)
        self.interruption: Interruption | None = None
        self.diverged = False

    def on_batches_end(self, done: int, batches: int, logs: Mapping[str, float]) -> bool:
        """Report the way through the epoch; return whether to go on with it."""
        self._report(Progress(len(self.history), done, batches, logs))
        if done < batches:  # a finished epoch counts as finished
            asked = self._asked()
            self.interruption = asked if asked in _AT_ONCE else None
        return self.interruption is None

    def on_epoch_end(self, batches: int, seconds: float, logs: Mapping[str, float]) -> bool:
        """Keep and report the epoch; return whether another one follows."""
        record = EpochRecord(len(self.history), batches, seconds, logs)
        self.history.append(record)
        self._report(record)
        self.diverged = not math.isfinite(logs["loss"])
        if not self.diverged and len(self.history) < self._epochs:
            self.interruption = self._asked()
        return not (self.diverged or self.interruption)
