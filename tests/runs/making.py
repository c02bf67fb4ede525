"""Jobs and networks for the tests of kept runs, made by hand: no training is needed."""

import io
import math
import os
import zipfile
from dataclasses import fields
from typing import Any

import numpy as np
import sqlalchemy as sa

from digitlab.records.checkpoint import EpochWeights
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord, Interruption
from digitlab.runs.record import Snapshot
from digitlab.runs.store import RunStore
from digitlab.specs import PRESETS, RunSpec

SPEC = PRESETS["Small CNN"]


def model_file(size: int = 3000) -> bytes:
    """A zip like a `.keras` file, of about this many bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("config.json", "{}")
        archive.writestr("model.weights.h5", os.urandom(size))
    return file.getvalue()


def history(epochs: int, loss: float = 0.1 + 0.2) -> tuple[EpochRecord, ...]:
    return tuple(
        EpochRecord(epoch, 600, 1 / 3, {"accuracy": 0.7 + epoch / 1000, "loss": loss})
        for epoch in range(epochs)
    )


def replay(epochs: int) -> tuple[EpochWeights, ...]:
    """Two small arrays for the untrained network and each epoch but the last."""
    random = np.random.default_rng(epochs)
    return tuple(
        EpochWeights(epoch, (random.random((2, 3), np.float32), random.random(3, np.float32)))
        for epoch in range(epochs)
    )


def network(
    spec: RunSpec = SPEC, epochs: int = 3, size: int = 3000, **changes: Any
) -> TrainedNetwork:
    values = {
        "spec": spec,
        "history": history(epochs),
        "model": model_file(size),
        "probabilities": np.random.default_rng().random((10_000, 10), np.float32),
        "test_accuracy": 0.9123,
        "test_loss": 1 / 7,
        "test_metric": 0.9123,
        "seconds": 2 / 3,
        "versions": {"keras": "3.15.0", "tensorflow": "2.21.0"},
        "replay": replay(epochs),
    }
    return TrainedNetwork(**{**values, **changes})


def job(owner: str = "ada", spec: RunSpec = SPEC, **changes: Any) -> Job:
    """A job that is under way."""
    new = Job(spec, owner)
    new.state = JobState.RUNNING
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def ended(
    owner: str = "ada",
    state: JobState = JobState.FINISHED,
    result: TrainedNetwork | None = None,
    **changes: Any,
) -> Job:
    """A job that has ended with a network."""
    result = result or network()
    return job(owner, result.spec, state=state, result=result, history=result.history, **changes)


def diverged() -> Job:
    nan = math.nan
    result = network(
        history=history(2, loss=nan),
        probabilities=np.full((10_000, 10), nan, np.float32),
        test_loss=math.inf,
        test_metric=nan,
        diverged=True,
        interruption=Interruption.STOP,
    )
    return ended(state=JobState.DIVERGED, result=result)


def save(store: RunStore, *jobs: Job) -> None:
    for each in jobs:
        each.revision += 1
        snapshot = Snapshot.of(each)
        store.save(snapshot.run, snapshot.checkpoint, snapshot.probabilities)


def assert_same_network(kept: TrainedNetwork | None, expected: TrainedNetwork | None) -> None:
    """Every value is the same, NaN and infinity included, to the last bit."""
    assert kept is not None
    assert expected is not None
    for field in fields(TrainedNetwork):
        value, expected_value = getattr(kept, field.name), getattr(expected, field.name)
        if isinstance(expected_value, np.ndarray):
            assert value.dtype == expected_value.dtype
            np.testing.assert_array_equal(value, expected_value)
        else:
            assert repr(value) == repr(expected_value), field.name


def sql(url: str, text: str, **values: str | int | bytes) -> list[Any]:
    """Look or change behind the store's back."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        done = connection.execute(sa.text(text), values)
        return list(done) if done.returns_rows else []
