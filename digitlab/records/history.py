"""A training's History in the forms that people read: Keras's log, a table, CSV."""

import csv
import io
from collections.abc import Mapping, Sequence

from digitlab.records.training import EpochRecord, Progress

_BAR_WIDTH = 20  # of Keras's progress bar


def keras_log(history: Sequence[EpochRecord], progress: Progress | None, epochs: int) -> list[str]:
    """The lines that `fit(verbose=1)` prints, up to the batches under way.

    The form is that of `keras.utils.Progbar`; the time a step is left out while the epoch runs.
    """
    lines = []
    for record in history:
        lines.append(f"Epoch {record.epoch + 1}/{epochs}")
        per_step = record.seconds / record.batches * 1000
        times = f"{record.seconds:.0f}s {per_step:.0f}ms/step"
        lines.append(_line(record.batches, record.batches, times, record.logs))
    if progress and progress.epoch >= len(history) and progress.epoch < epochs:
        lines.append(f"Epoch {progress.epoch + 1}/{epochs}")
        lines.append(_line(progress.batch, progress.batches, "", progress.logs))
    return lines


def _line(batch: int, batches: int, times: str, logs: Mapping[str, float]) -> str:
    done = _BAR_WIDTH * batch // batches
    bar = "━" * done + " " * (_BAR_WIDTH - done)
    values = [f"{name}: {value:.4f}" for name, value in logs.items()]
    way = f"{batch:>{len(str(batches))}}/{batches} {bar}"
    return " - ".join([f"{way} {times}" if times else way, *values])


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
