"""The History in the forms that people read, against what Keras prints."""

import contextlib
import csv
import io
import re
from dataclasses import replace

import keras
import numpy as np
import pytest

from digitlab.records.history import history_columns, history_csv, keras_log
from digitlab.records.training import EpochRecord, Progress
from digitlab.specs import TrainSpec


@pytest.fixture(scope="module")
def printed_by_keras() -> tuple[str, list[EpochRecord], dict[str, list[float]]]:
    """What `fit(verbose=1)` prints, its records and its History, on random numbers."""
    random = np.random.default_rng(0)
    x = random.random((450, 20)).astype("float32")
    y = keras.utils.to_categorical(random.integers(0, 10, 450), 10)
    model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    records = []
    note = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: records.append(EpochRecord(epoch, 41, 0.1, dict(logs)))
    )
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        history = model.fit(
            x, y, batch_size=10, epochs=2, validation_split=0.1, callbacks=[note], verbose=1
        )
    return output.getvalue(), records, history.history


def last_lines(output: str) -> list[str]:
    """The final state of each line on a terminal, without colours and times."""
    plain = re.sub(r"\x1b\[[0-9;]*m|\x08", "", output)
    lines = [line.split("\r")[-1] for line in plain.splitlines()]
    return [
        without_times(line) for line in lines if re.match(r"Epoch|\s*(\d+)/\1 .*val_loss", line)
    ]


def without_times(line: str) -> str:
    return re.sub(r"\d+s \S+/step", "TIME", " ".join(line.split()))


def test_log_is_what_keras_prints(
    printed_by_keras: tuple[str, list[EpochRecord], dict[str, list[float]]],
) -> None:
    output, records, _ = printed_by_keras
    expected = last_lines(output)
    assert len(expected) == 4
    assert [
        without_times(line) for line in keras_log(records, None, TrainSpec(epochs=2))
    ] == expected
    other_order = [replace(record, logs=dict([*record.logs.items()][::-1])) for record in records]
    assert [
        without_times(line) for line in keras_log(other_order, None, TrainSpec(epochs=2))
    ] == expected


def test_a_learning_rate_that_changes_stands_where_keras_prints_it() -> None:
    x, y = np.zeros((30, 4), "float32"), np.eye(10, dtype="float32")[np.arange(30) % 10]
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    training = TrainSpec(epochs=2, rate_changes=((1, 0.0005),))
    records: list[EpochRecord] = []
    note = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: records.append(EpochRecord(epoch, 2, 0.1, dict(logs)))
    )
    schedule = keras.callbacks.LearningRateScheduler(training.rate_at)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        model.fit(
            x,
            y,
            batch_size=20,
            epochs=2,
            validation_data=(x, y),
            callbacks=[note, schedule],
            verbose=1,
        )
    assert [without_times(line) for line in keras_log(records, None, training)] == last_lines(
        output.getvalue()
    )


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.59, 0.61, 3.4, 12.0, 599.0, 601.0, 9000.0])
@pytest.mark.parametrize("loss", [2.30259, 0.0011, 0.0009, 3e-9, 0.0, float("nan")])
def test_units_and_digits_are_those_of_progbar(
    seconds: float, loss: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("keras.src.utils.progbar.time.time", lambda: now[0])
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        bar = keras.utils.Progbar(600, stateless_metrics=set())
        now[0] = seconds
        bar.update(600, [("loss", loss)], finalize=True)
    plain = re.sub(r"\x1b\[[0-9;]*m|[\x08\r\n]", "", output.getvalue())
    record = EpochRecord(0, 600, seconds, {"loss": loss})
    assert keras_log([record], None, TrainSpec(epochs=1))[-1] == plain


def test_log_shows_the_epoch_under_way(
    printed_by_keras: tuple[str, list[EpochRecord], dict[str, list[float]]],
) -> None:
    _, records, _ = printed_by_keras
    progress = Progress(1, 9, 45, {"accuracy": 0.25, "loss": 1.5})
    lines = keras_log(records[:1], progress, TrainSpec(epochs=2))
    assert lines[2] == "Epoch 2/2"
    assert lines[3] == " 9/45 ━━━━" + 16 * " " + " - accuracy: 0.2500 - loss: 1.5000"


def test_table_and_csv_hold_the_history(
    printed_by_keras: tuple[str, list[EpochRecord], dict[str, list[float]]],
) -> None:
    _, records, history = printed_by_keras
    columns = history_columns(records)
    assert columns == {"epoch": [1, 2], **history}
    rows = list(csv.DictReader(io.StringIO(history_csv(records))))
    assert [float(row["val_loss"]) for row in rows] == history["val_loss"]  # to the last bit
    assert history_columns([]) == {"epoch": []}
