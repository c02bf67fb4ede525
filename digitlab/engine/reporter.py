"""Progress reports of a training, and its interruption."""

import math
from collections.abc import Callable, Mapping

from digitlab.records.training import (
    EpochRecord,
    Interruption,
    Progress,
    Record,
)


class Reporter:
    """Hands progress and finished epochs to `report`; ends the training when it is interrupted.

    Args:
        report: called with a `Progress` after each group of batches and an
            `EpochRecord` after each finished epoch.
        interruption: asked after each group of batches and after each epoch but the last.
            STOP, TOO_LONG and PREEMPTED take effect at once, PAUSE after a full epoch only. What
            was learned in a full epoch is not thrown away: during validation and test, only
            PREEMPTED takes effect.
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
        self._requested_interruption = interruption
        self._epochs = epochs
        self.history = list(history)
        self.interruption: Interruption | None = None
        self.diverged = bool(history) and not math.isfinite(history[-1].logs["loss"])

    def on_batches_end(self, progress: Progress) -> bool:
        """Report the progress of the epoch; return whether to go on with it."""
        self._report(progress)
        if progress.batch < progress.batches:  # a finished epoch counts as finished
            self._check(Interruption.STOP, Interruption.TOO_LONG, Interruption.PREEMPTED)
        return self.goes_on

    def on_validation(self) -> bool:
        """Between two groups of validation batches: return whether to go on."""
        self._check(Interruption.PREEMPTED)
        return self.goes_on

    def on_prediction(self) -> bool:
        """Between two batches of test digits: return whether to go on."""
        return self._requested_interruption() is not Interruption.PREEMPTED

    def _check(self, *effective: Interruption) -> None:
        requested = self._requested_interruption()
        self.interruption = requested if requested in effective else None

    def on_epoch_end(self, batches: int, seconds: float, logs: Mapping[str, float]) -> bool:
        """Keep and report the epoch; return whether another one follows."""
        record = EpochRecord(len(self.history), batches, seconds, logs)
        self.history.append(record)
        self._report(record)
        self.diverged = not math.isfinite(logs["loss"])
        if not self.diverged and len(self.history) < self._epochs:
            self.interruption = self._requested_interruption()
        return self.goes_on

    @property
    def goes_on(self) -> bool:
        """Whether nothing has ended the training yet."""
        return not (self.diverged or self.interruption)
