"""What Keras tells the lab while it trains, and how the lab tells it to stop."""

import math
import time
from collections.abc import Callable
from typing import Any

import keras

from digitlab.training.records import EpochRecord, Progress, Record


class Reporter(keras.callbacks.Callback):
    """Hands each epoch, and the way through it, to `report`; stops when told to.

    Args:
        report: called with a `Progress` after each group of batches and an
            `EpochRecord` after each finished epoch.
        should_stop: asked after each group of batches; a sentence that says why ends the
            training there, with the weights as they are.

    Attributes:
        history: the finished epochs.
        stopped: what `should_stop` said, if it ended the training.
        diverged: whether a loss that is NaN or infinite did.
    """

    def __init__(self, report: Callable[[Record], None], should_stop: Callable[[], str]) -> None:
        super().__init__()
        self._report = report
        self._should_stop = should_stop
        self.history: list[EpochRecord] = []
        self.stopped = ""
        self.diverged = False

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Start the epoch's clock."""
        self._epoch = epoch
        self._started = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Report the way through the epoch; end the training if it diverged or is to stop."""
        logs = {name: float(value) for name, value in (logs or {}).items()}
        batches = self.params["steps"]
        done = min(batch + 1, batches)  # Keras counts a last group of batches as if it were full
        self._report(Progress(self._epoch, done, batches, logs))
        self.diverged = not math.isfinite(logs["loss"])
        if self.diverged:
            self.model.stop_training = True
        elif done < batches:  # a finished epoch counts as finished
            self._stop_if_asked()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Keep and report the epoch, unless it was cut short."""
        if self.stopped:
            return  # the epoch was cut short: its numbers can't be compared
        logs = {name: float(value) for name, value in (logs or {}).items()}
        seconds = time.perf_counter() - self._started
        record = EpochRecord(epoch, self.params["steps"], seconds, logs)
        self.history.append(record)
        self._report(record)
        self.diverged = self.diverged or not math.isfinite(logs["loss"])
        if not self.diverged and epoch + 1 < self.params["epochs"]:
            self._stop_if_asked()

    def _stop_if_asked(self) -> None:
        self.stopped = self._should_stop()
        self.model.stop_training = bool(self.stopped)
