"""What the address bar names is found again, and nonsense in it is answered in words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.records.job import Job, new_id
from digitlab.records.job_state import JobState
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.score import choosing_score
from digitlab.specs import RunSpec, TrainSpec
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.ui.session.visitor import visitor
from digitlab.wording.problems.reasons import reason_words
from digitlab.wording.results.exam import score_words
from tests.conftest import wait_until
from tests.pages.test_pages import ROOT, words

SPEC = RunSpec(training=TrainSpec(epochs=1, seed=21))


def visit(page: str = "pages/4_Train.py", **parameters: str) -> AppTest:
    """Open a page by an address, as a new visitor."""
    test = AppTest.from_file(str(ROOT / page), default_timeout=30)
    for name, value in parameters.items():
        test.query_params[name] = value
    return test.run()


def lab_of(test: AppTest) -> Any:
    return test.session_state["digitlab"]


@pytest.fixture(scope="module")
def kept(queue: TrainingQueue) -> Job:
    """A run that was trained, and is kept."""
    job = queue.submit(Job(SPEC, "somebody"))
    wait_until(lambda: not job.active, "the training to end")
    assert services.repository().flush(10)
    return job


@pytest.mark.parametrize("page", ["pages/4_Train.py", "pages/5_Evaluate.py", "pages/7_Draw.py"])
def test_address_brings_a_run_back(kept: Job, page: str) -> None:
    test = visit(page, run=kept.id)
    assert not test.exception
    lab = lab_of(test)
    assert lab.spec == SPEC
    assert lab.trained.history == kept.result.history
    assert lab.trained.model == kept.result.model
    assert (lab.trained.probabilities == kept.result.probabilities).all()
    score = choosing_score(kept.result.history)
    assert score is not None
    assert score_words(score) in words(test)


def test_a_training_under_way_is_found_again(queue: TrainingQueue) -> None:
    job = queue.submit(Job(RunSpec(training=TrainSpec(epochs=50)), "somebody"))
    test = visit(run=job.id)
    assert lab_of(test).job is job
    assert not next(b for b in test.button if b.label == "Pause").disabled
    queue.stop(job)
    wait_until(lambda: not job.active, "the training to end")


def test_the_address_follows_the_current_run(queue: TrainingQueue) -> None:
    test = visit()
    assert "run" not in test.query_params
    next(b for b in test.button if b.label == "Train").click().run()
    job = lab_of(test).job
    assert test.query_params["run"] == job.id
    queue.stop(job)
    wait_until(lambda: not job.active, "the training to end")


@pytest.mark.parametrize("forged", ["", "x", "../../etc/passwd", "A" * 22, "A" * 100_000, "'; --"])
def test_forged_address_is_answered_in_words(queue: TrainingQueue, forged: str) -> None:
    test = visit(run=forged)
    assert not test.exception
    assert not test.error
    assert lab_of(test).job is None
    assert ("The lab has no run for this address" in words(test)) == bool(forged)
    assert "The lab has no run" not in words(test.run())  # said once
    assert "run" not in test.query_params or not forged


def test_a_guess_near_a_real_id_finds_nothing(kept: Job) -> None:
    last = "A" if kept.id[-1] != "A" else "Q"
    assert lab_of(visit(run=kept.id[:-1] + last)).job is None


def test_a_run_whose_server_is_gone_can_be_continued(
    kept: Job, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Job(SPEC, "somebody", new_id())
    services.repository().save(lost)
    assert services.repository().flush(10)
    monkeypatch.setattr(limits, "LOST_AFTER_SECONDS", -1)
    test = visit(run=lost.id)
    assert lab_of(test).job.state is JobState.INTERRUPTED
    assert reason_words(Reason(ReasonCode.SERVER_STOPPED)) in words(test)
    monkeypatch.undo()
    next(b for b in test.button if b.label == "Continue").click().run()
    again = lab_of(test).job
    wait_until(lambda: not again.active, "the training to end")
    assert again.result.history[0].logs == kept.result.history[0].logs


def test_lost_weights_are_said_and_nothing_else_is_lost(kept: Job, queue: TrainingQueue) -> None:
    gone = Job(SPEC, "somebody", new_id())
    gone.finish(replace(kept.result.with_arrays, model=b""))
    test = AppTest.from_file(str(ROOT / "pages/4_Train.py"), default_timeout=30)
    test.session_state["digitlab"] = Lab(job=gone)
    test.run()
    assert not test.exception
    assert "Continue" not in [b.label for b in test.button]
    assert gone.result is not None
    with pytest.raises(EngineError) as told:
        queue.predict(gone.result, np.zeros((1, 28, 28), np.uint8))
    assert told.value.problem is Problem.NO_WEIGHTS


def test_what_went_on_in_another_tab_is_not_overwritten(queue: TrainingQueue, kept: Job) -> None:
    paused = Job(SPEC, visitor(), new_id(), state=JobState.PAUSED)
    lab = Lab(job=paused, owner=paused.owner)
    done = Job(SPEC, paused.owner, paused.id)  # the other tab has finished it
    assert kept.result is not None
    done.finish(kept.result)
    services.repository().save(done)
    assert services.repository().flush(10)
    test = AppTest.from_file(str(ROOT / "pages/4_Train.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    next(b for b in test.run().button if b.label == "Continue").click().run()
    again = lab.job
    assert (again.id == paused.id, again.parent) == (False, paused.id)
    wait_until(lambda: not again.active, "the training to end")
    assert services.repository().find(paused.id).state is JobState.FINISHED


def test_a_network_whose_arrays_are_lost_is_missed_in_a_sentence(kept: Job) -> None:
    """Another visitor's page deleted it, and the array cache has let it go."""
    lab = Lab(job=kept)
    assert lab.trained is not None
    assert services.repository().delete(kept.id, kept.owner)
    assert lab.trained is None
    test = AppTest.from_file(str(ROOT / "pages/6_Predict.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    test.run()
    assert not test.exception
    assert any("no longer keeps this network" in warning.value for warning in test.warning)
    assert "Train the article's network here" in [button.label for button in test.button]
