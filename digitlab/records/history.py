"""A training's History in the forms that people read: Keras's log, a table, CSV."""

import csv
import io
from collections.abc import Mapping, Sequence

from digitlab.records.training import EpochRecord, Progress
from digitlab.specs import TrainSpec

_BAR_WIDTH = 20  # of Keras's progress bar


def keras_log(
    history: Sequence[EpochRecord], progress: Progress | None, training: TrainSpec
) -> list[str]:
    """The lines that `fit(verbose=1)` prints, up to the batches under way.

    The form is that of `keras.utils.Progbar`: the metrics by name, those of the validation last.
    The time a step is left out while the epoch runs. Where the learning rate changes, the code
    shown has Keras's `LearningRateScheduler`, which adds the rate at the end of each epoch.
    """
    lines, epochs = [], training.epochs
    for record in history:
        lines.append(f"Epoch {record.epoch + 1}/{epochs}")
        times = f"{record.seconds:.0f}s {_per_step(record.seconds / record.batches)}"
        line = _line(record.batches, record.batches, times, record.logs)
        if training.rate_changes:
            line += f" - learning_rate: {_value(training.rate_at(record.epoch))}"
        lines.append(line)
    if progress and progress.epoch >= len(history) and progress.epoch < epochs:
        lines.append(f"Epoch {progress.epoch + 1}/{epochs}")
        lines.append(_line(progress.batch, progress.batches, "", progress.logs))
    return lines


def _line(batch: int, batches: int, times: str, logs: Mapping[str, float]) -> str:
    done = _BAR_WIDTH * batch // batches
    bar = "━" * done + " " * (_BAR_WIDTH - done)
    names = sorted(logs, key=lambda name: (name.startswith("val_"), name))
    values = [f"{name}: {_value(logs[name])}" for name in names]
    way = f"{batch:>{len(str(batches))}}/{batches} {bar}"
    return " - ".join([f"{way} {times}" if times else way, *values])


def _per_step(seconds: float) -> str:
    """The time of a step in the unit that `Progbar` takes."""
    if seconds >= 1 or seconds == 0:
        return f"{seconds:.0f}s/step"
    return f"{1e3 * seconds:.0f}ms/step" if seconds >= 1e-3 else f"{1e6 * seconds:.0f}us/step"


def _value(value: float) -> str:
    """A metric as `Progbar` writes it."""
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"


def history_columns(history: Sequence[EpochRecord]) -> dict[str, list[float]]:
    """`History.history` with the epoch numbers in front: one list a column."""
    columns: dict[str, list[float]] = {"epoch": [record.epoch + 1 for record in history]}
    for name in history[0].logs if history else ():
        columns[name] = [record.logs[name] for record in history]
    return columns


def history_csv(history: Sequence[EpochRecord]) -> str:
    """The History as CSV, in full precision: reading it back gives the same floats."""
    columns = history_columns(history)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()
