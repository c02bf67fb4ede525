"""Runs to rows of the database and back. What comes back is checked: a file may be damaged.

All functions that read raise ValueError (or a subclass), TypeError or KeyError on damage.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitlab.data.npy import read_npy, read_npz
from digitlab.records.checkpoint import Checkpoint, EpochWeights
from digitlab.records.job_state import JobState
from digitlab.records.reason import Reason
from digitlab.records.training import EpochRecord, Interruption
from digitlab.runs.record import Run, is_id
from digitlab.specs import CLASSES, RunSpec

DAMAGE = (ValueError, TypeError, KeyError, RecursionError)
"""What reading a damaged row raises."""


def time_text(time: datetime) -> str:
    """A time as it is kept: texts of this form sort as the times do."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: object) -> datetime:
    """The time that `time_text` wrote."""
    time = datetime.fromisoformat(_text(text))
    if time.tzinfo is None:
        raise ValueError("A time has no zone.")
    return time.astimezone(UTC)


def interruption_of(text: object) -> Interruption | None:
    """What was asked for, if anything."""
    return None if text is None else Interruption(_text(text))


def to_row(run: Run) -> dict[str, Any]:
    """The columns of `runs` that a snapshot knows."""
    result = {
        "seconds": run.seconds,
        "test_accuracy": run.test_accuracy,
        "test_loss": run.test_loss,
        "test_metric": run.test_metric,
        "interruption": run.interruption,
        "versions": dict(run.versions),
    }
    return {
        "id": run.id,
        "owner": run.owner,
        "name": run.name,
        "spec": run.spec.to_json(),
        "state": run.state.value,
        "reason": run.reason.to_json() if run.reason else "",
        "history": history_text(run.history),
        "result": json.dumps(result),
        "created": time_text(run.created),
        "changed": time_text(run.changed),
        "parent": run.parent,
        "revision": run.revision,
        "asked": run.asked,
    }


def from_row(row: Mapping[str, Any]) -> Run:
    """The run of a row, which also has `has_model` and `has_predictions`."""
    result = _object(row["result"])
    if not is_id(row["id"]) or not (row["parent"] is None or is_id(row["parent"])):
        raise ValueError("An id is no id.")
    return Run(
        id=row["id"],
        owner=_text(row["owner"]),
        name=_text(row["name"]),
        spec=RunSpec.from_json(_text(row["spec"])),
        state=JobState(row["state"]),
        reason=Reason.from_json(text) if (text := _text(row["reason"])) else None,
        history=_history(row["history"]),
        created=time_of(row["created"]),
        changed=time_of(row["changed"]),
        parent=row["parent"],
        seconds=_number(result["seconds"]),
        test_accuracy=_score(result["test_accuracy"]),
        test_loss=_score(result["test_loss"]),
        test_metric=_score(result["test_metric"]),
        interruption=interruption_of(result["interruption"]),
        versions={_text(key): _text(value) for key, value in result["versions"].items()},
        has_model=bool(row["has_model"]),
        has_predictions=bool(row["has_predictions"]),
        revision=_count(row["revision"]),
        number=_count(row["number"]),
        size=_count(row["size"]),
        asked=interruption_of(row["asked"]),
        process=None if row["process"] is None else _text(row["process"]),
        beat=_score(row["beat"]),
    )


def to_model_row(run_id: str, checkpoint: Checkpoint) -> dict[str, Any]:
    """The columns of `models`."""
    return {
        "run_id": run_id,
        "history": history_text(checkpoint.history),
        "result": json.dumps({"seconds": checkpoint.seconds}),
        **_file(checkpoint.model),
    }


def from_model_row(row: Mapping[str, Any]) -> Checkpoint:
    """The checkpoint of a row of `models`, its file readable."""
    model = _checked(row)
    try:
        with zipfile.ZipFile(io.BytesIO(model)) as archive:
            broken = archive.testzip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError("The model's file is no zip.") from error
    if broken is not None:
        raise ValueError("The model's file is damaged.")
    seconds = _number(_object(row["result"])["seconds"])
    return Checkpoint(_history(row["history"]), model, seconds)


def to_prediction_row(run_id: str, probabilities: NDArray[np.float32]) -> dict[str, Any]:
    """The columns of `predictions`."""
    file = io.BytesIO()
    np.save(file, np.asarray(probabilities, np.float32), allow_pickle=False)
    return {"run_id": run_id, **_file(file.getvalue())}


def from_prediction_row(row: Mapping[str, Any]) -> NDArray[np.float32]:
    """The probabilities of a row of `predictions`, shape (n, 10)."""
    array: NDArray[np.float32] = read_npy(_checked(row))
    if array.dtype != np.float32 or array.ndim != 2 or array.shape[1] != CLASSES:
        raise ValueError("These are no probabilities.")
    return array


def to_replay_row(run_id: str, replay: Sequence[EpochWeights]) -> dict[str, Any]:
    """The columns of `replays`. Each array is called after its epoch and its place: `2_0`."""
    arrays = {
        f"{moment.epoch}_{place}": np.asarray(array, np.float32)
        for moment in replay
        for place, array in enumerate(moment.arrays)
    }
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return {"run_id": run_id, **_file(file.getvalue())}


def from_replay_row(row: Mapping[str, Any]) -> tuple[EpochWeights, ...]:
    """The moments of a row of `replays`, in their order."""
    try:
        stored = read_npz(_checked(row))
    except (zipfile.BadZipFile, EOFError) as error:
        raise ValueError("The weights' file is no zip.") from error
    moments: dict[int, list[NDArray[np.float32]]] = {}
    for name, array in stored.items():
        epoch, place = map(int, name.split("_"))
        arrays = moments.setdefault(epoch, [])
        if array.dtype != np.float32 or place != len(arrays):
            raise ValueError("These are no weights.")
        arrays.append(array)
    return tuple(EpochWeights(epoch, tuple(arrays)) for epoch, arrays in moments.items())


def history_text(history: Sequence[EpochRecord]) -> str:
    """Finished epochs as JSON; NaN and infinity stay as Python writes them."""
    records = [
        {
            "epoch": record.epoch,
            "batches": record.batches,
            "seconds": record.seconds,
            "logs": {name: float(value) for name, value in record.logs.items()},
        }
        for record in history
    ]
    return json.dumps(records)


def _history(text: object) -> tuple[EpochRecord, ...]:
    records = json.loads(_text(text))
    if not isinstance(records, list):
        raise TypeError("The history is no list.")
    return tuple(
        EpochRecord(
            epoch=_count(record["epoch"]),
            batches=_count(record["batches"]),
            seconds=_number(record["seconds"]),
            logs={_text(name): _number(value) for name, value in record["logs"].items()},
        )
        for record in map(_mapping, records)
    )


def _file(content: bytes) -> dict[str, bytes]:
    return {"digest": hashlib.sha256(content).digest(), "file": content}


def _checked(row: Mapping[str, Any]) -> bytes:
    content, digest = row["file"], row["digest"]
    if not isinstance(content, bytes) or hashlib.sha256(content).digest() != digest:
        raise ValueError("A file is damaged.")
    return content


def _object(text: object) -> dict[str, Any]:
    return _mapping(json.loads(_text(text)))


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(
        isinstance(value.get(key, {}), dict) for key in ("logs", "versions")
    ):
        raise TypeError("Names and values were expected.")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("A text was expected.")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("A count was expected.")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("A number was expected.")
    return value


def _score(value: object) -> float | None:
    return None if value is None else _number(value)
