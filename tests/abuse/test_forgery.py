"""Another visitor neither renames nor deletes a run, and stops only that whose id they know."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.job import Job, new_id
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.record import Run
from digitlab.specs import RunSpec, TrainSpec
from digitlab.ui.runs import actions
from digitlab.ui.session import address, services
from digitlab.ui.session.state import Lab
from tests.conftest import wait_until
from tests.pages.test_pages import words
from tests.pages.test_runs import ROOT, open_runs, tick
from tests.reading import control

_LONG = RunSpec(training=TrainSpec(epochs=50, batch_size=16))


@pytest.fixture
def adas(queue: TrainingQueue, trained: TrainedNetwork) -> Run:
    """A run of Ada's that is kept, with a name."""
    job = Job(trained.spec, new_id())
    job.finish(trained)
    repository = services.repository()
    repository.save(job)
    assert repository.flush(10)
    assert repository.rename(job.id, job.owner, "Ada's")
    return kept_run(job.id)


@pytest.fixture
def eve() -> Lab:
    return Lab(owner=new_id())


def kept_run(run_id: str) -> Run:
    run = services.repository().find(run_id)
    assert run is not None
    return run


def test_the_store_heeds_the_owner_only(adas: Run, eve: Lab) -> None:
    repository = services.repository()
    for owner in (eve.owner, "", adas.owner.upper() + " ", "%", "' OR 1=1 --", f"{adas.owner}\0"):
        assert not repository.rename(adas.id, owner, "mine")
        assert not repository.delete(adas.id, owner)
    for run_id in ("", "%", "_" * 22, adas.id[:-1], f"{adas.id} ", "' OR '1'='1"):
        assert not repository.delete(run_id, adas.owner)
    assert kept_run(adas.id) == adas


def test_pages_callbacks_run_by_another_session_change_nothing(
    adas: Run, eve: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if Eve's browser could press Ada's buttons: who she is comes from her own cookie."""
    monkeypatch.setattr("streamlit.session_state", {"name": "mine"})
    actions._rename(eve, adas, "name")
    actions._delete(eve, adas)
    assert kept_run(adas.id) == adas
    # Nor does it help to bring a description of the run in which it is hers.
    forged = replace(adas, owner=eve.owner)
    actions._rename(eve, forged, "name")
    actions._delete(eve, forged)
    assert kept_run(adas.id) == adas


def test_who_opens_it_by_its_address_gets_no_such_buttons(adas: Run, eve: Lab) -> None:
    test = AppTest.from_file(str(ROOT / "pages/12_Runs.py"), default_timeout=30)
    test.session_state["digitlab"] = eve
    test.query_params["run"] = adas.id
    test = tick(test.run(), 0)
    assert eve.address == adas.id  # she looks at it
    assert not test.text_input
    assert not [button for button in test.button if "Delete" in button.label]
    # What a forged message would set is no widget of this page.
    test.session_state[f"run_name_{adas.id}"] = "mine"
    test.run()
    assert not test.exception
    assert kept_run(adas.id) == adas


def test_her_list_does_not_name_it(adas: Run, eve: Lab, trained: TrainedNetwork) -> None:
    mine = Job(trained.spec, eve.owner)
    mine.finish(trained)
    services.repository().save(mine)
    assert services.repository().flush(10)
    test = open_runs(eve)
    assert len(test.dataframe[0].value) == 1
    assert adas.id not in str(test._tree)


def test_stopping_takes_the_id(queue: TrainingQueue, eve: Lab) -> None:
    job = queue.submit(Job(_LONG, new_id()))
    try:
        wait_until(lambda: job.state is JobState.RUNNING, "the training to begin")
        for guess in (job.id[:-1], job.id.swapcase(), new_id(), "", "*"):
            assert address.recall(guess) is None
        test = train_page(eve, job.id[:-1] + ("A" if job.id[-1] != "A" else "B"))
        assert "The lab has no run for this address" in words(test)
        assert all(button.disabled for button in test.button if button.label == "Stop")
        assert job.state is JobState.RUNNING
        assert job.requested is None
        # Whoever has the id may stop it: that is how a phone gets at what began on a laptop.
        control(train_page(Lab(owner=new_id()), job.id).button, "Stop").click().run()
        wait_until(lambda: not job.active, "the training to end")
        assert job.state is JobState.STOPPED
    finally:
        queue.stop(job)
        wait_until(lambda: not job.active, "the training to end")


def train_page(lab: Lab, run_id: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/4_Train.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    test.query_params["run"] = run_id
    test.run()
    assert not test.exception
    return test


def test_ids_can_not_be_guessed() -> None:
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {len(run_id) for run_id in ids} == {22}  # 128 bits in letters of 6
    assert len({run_id[:4] for run_id in ids}) > 1950  # no counter, no clock in front
