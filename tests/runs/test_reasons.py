"""Why a run ended early: kept as a code, and a database of sentences is brought along."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from digitlab.records.job_state import JobState
from digitlab.records.reason import Reason, ReasonCode, refusal_words
from digitlab.runs.record import Snapshot
from digitlab.runs.sql import rows, schema
from digitlab.runs.store import RunStore
from digitlab.wording.problems.reasons import reason_words
from tests.runs.making import job, save, sql
from tests.runs.test_opening import migrations

KERAS = "ValueError: Arguments `target` and `output` must have the same rank (ndim). {0}"

SENTENCES = {
    f"Keras says: {KERAS}": (ReasonCode.REFUSED, {"words": KERAS}),
    "The training failed (OSError). Change a control and try again.": (
        ReasonCode.FAILED,
        {"error": "OSError"},
    ),
    "The workers can't be reached. Try again in a minute, or tell whoever runs this lab.": (
        ReasonCode.NO_WORKERS,
        {},
    ),
    "The lab can't start its workers now. It tries again by itself. Come back in a minute, or tell "
    "whoever runs this lab: the server's log says why.": (ReasonCode.NO_START, {}),
    "The worker that trained this network stopped twice. Press Continue to try once more.": (
        ReasonCode.WORKER_DIED,
        {},
    ),
    "The server stopped while this network was training. Continue: the numbers will be those of a "
    "training that never stopped.": (ReasonCode.SERVER_STOPPED, {}),
    "It was stopped within its first epoch: there is nothing to keep yet.": (
        ReasonCode.NOTHING_LEARNED,
        {},
    ),
    "It left the queue before its turn came.": (ReasonCode.NOT_BEGUN, {}),
    "It was stopped before its turn came – in 2025.": (
        ReasonCode.OTHER,
        {"words": "It was stopped before its turn came – in 2025."},
    ),
}
"""All that version 0004 kept, and one sentence that it no longer knew; what each became."""


def at_0004(url: str) -> sa.Engine:
    """A database with the tables of version 0004, and nothing in them."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()
    old = sa.create_engine(url, poolclass=sa.NullPool)
    with old.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
    return old


def test_each_sentence_of_an_old_database_becomes_its_reason(url: str) -> None:
    jobs = {sentence: job(state=JobState.FAILED) for sentence in ("", *SENTENCES)}
    with at_0004(url).begin() as connection:
        for sentence, failed in jobs.items():
            row = {**rows.to_row(Snapshot.of(failed).run), "reason": sentence}
            counters = {"size": 1, "number": 1, "used": 1, "watched": 0}
            connection.execute(schema.runs.insert().values(**row, **counters))
    store = RunStore(url)
    for sentence, failed in jobs.items():
        reason = store.find(failed.id).reason
        assert reason == (Reason(*SENTENCES[sentence]) if sentence else None)
        if reason and reason.values:  # the lab's own words may have changed
            assert reason_words(reason) == sentence
        assert refusal_words(reason) == (KERAS if sentence.startswith("Keras") else "")
    store.close()
    assert sql(url, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


def test_two_runs_with_the_same_sentence_are_both_brought_along(url: str) -> None:
    sentence = next(iter(SENTENCES))
    jobs = [job(state=JobState.FAILED) for _ in range(2)]
    with at_0004(url).begin() as connection:
        for failed in jobs:
            row = {**rows.to_row(Snapshot.of(failed).run), "reason": sentence}
            counters = {"size": 1, "number": 1, "used": 1, "watched": 0}
            connection.execute(schema.runs.insert().values(**row, **counters))
    store = RunStore(url)
    assert [refusal_words(store.find(failed.id).reason) for failed in jobs] == [KERAS, KERAS]
    store.close()


@pytest.mark.parametrize(
    "reason", [Reason(*coded) for coded in SENTENCES.values()], ids=lambda reason: reason.code
)
def test_a_reason_is_kept_and_comes_back(store: RunStore, reason: Reason) -> None:
    failed = job(state=JobState.FAILED, reason=reason)
    save(store, failed)
    assert store.find(failed.id).reason == reason


def test_every_reason_has_been_a_sentence() -> None:
    assert {code for code, _ in SENTENCES.values()} == set(ReasonCode)


@pytest.mark.parametrize(
    "damaged",
    [
        "The worker stopped.",
        "null",
        json.dumps({"code": "tired", "values": {}}),
        json.dumps({"code": "refused", "values": {}}),
        json.dumps({"code": "refused", "values": {"words": 3}}),
        json.dumps({"code": "not_begun", "values": ["words"]}),
    ],
)
def test_what_is_no_reason_is_damage(damaged: str) -> None:
    with pytest.raises(rows.DAMAGE):
        Reason.from_json(damaged)
