"""The page Luck: runs of a recipe that are kept, those it trains, and which recipe is better."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.errors import Limit, LimitError
from digitlab.compute.job_group import JobGroup
from digitlab.compute.service import TrainingQueue
from digitlab.records.job import Job, new_id
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord
from digitlab.runs import RunRepository
from digitlab.runs.errors import StoreProblem
from digitlab.specs import ARTICLE, HiddenLayer, LessonSpec, NetworkSpec, RunSpec, TrainSpec
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.ui.widgets.progress import GROUP_PACE, is_far
from tests import reading
from tests.conftest import wait_until
from tests.pages.test_pages import ROOT, control, words
from tests.reading import checked, press

FAST = RunSpec(training=TrainSpec(learning_rate=0.1))


@pytest.fixture
def lab(queue: TrainingQueue) -> Lab:
    return Lab(owner=new_id(), spec=ARTICLE.with_seed(7))


@pytest.fixture
def keep(lab: Lab, trained: TrainedNetwork) -> Callable[..., None]:
    """Keep finished runs of this visitor, with the seeds from 7 on."""

    def keep_all(*accuracies: float, spec: RunSpec = ARTICLE) -> None:
        for seed, accuracy in enumerate(accuracies, start=7):
            logs = {"loss": 2 - accuracy, spec.training.metric: accuracy}
            if spec.training.validation_share:
                logs["val_accuracy"] = accuracy
                accuracy = accuracy / 2  # the test's: seen where it must not be
            history = tuple(EpochRecord(i, 600, 0.5, logs) for i in range(spec.training.epochs))
            job = Job(spec.with_seed(seed), lab.owner)
            changes: dict[str, Any] = {
                "spec": job.spec,
                "history": history,
                "test_accuracy": accuracy,
            }
            job.finish(replace(trained, **changes))
            services.repository().save(job)
        assert services.repository().flush(10)

    return keep_all


def open_luck(lab: Lab, view: str = "seeds") -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/10_Luck.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    test.session_state[key_of("Luck")] = view
    return checked(test.run())


def test_a_newcomer_is_offered_five_seeds(lab: Lab) -> None:
    test = open_luck(lab)
    assert not control(test.button, "Train it with five seeds").disabled
    assert "0 of 5 runs." in words(test)
    assert not test.get("plotly_chart")
    assert control(test.radio, "You train your recipe twice with seed 7")  # the quiz
    assert "Luck" not in lab.done
    test = open_luck(lab, "rivals")
    assert "You have no other recipe yet." in words(test)
    assert not test.get("plotly_chart")
    assert not test.radio
    test = open_luck(lab, "curves")
    assert "There is no run yet." in words(test)
    assert not test.get("plotly_chart")
    assert "seeds = [7, 8, 9, 10, 11]" in reading.code(open_luck(lab))


def test_five_kept_runs_show_how_far_luck_goes(lab: Lab, keep: Callable[..., None]) -> None:
    keep(0.6771, 0.70, 0.72, 0.75, 0.7884)
    test = open_luck(lab)
    assert "5 of 5 runs: seeds 7, 8, 9, 10, 11." in words(test)
    said = words(test)
    assert "the recipe reads **68 to 79 of 100** test digits. The difference between" in said
    assert "Lowest 0.6771, mean 0.7271, highest 0.7884." in said
    assert reading.chart(test, "luck_points")
    assert list(test.dataframe[0].value["Test accuracy"]) == [0.6771, 0.70, 0.72, 0.75, 0.7884]
    assert "The same recipe reads 68 to 79 of 100 test digits with 5 seeds." in said
    assert "Luck" in lab.done
    test = open_luck(lab, "curves")
    names = {trace.get("name") for trace in reading.chart(test, "luck_loss")["data"]}
    assert {"A, band", "A, mean"} <= names
    assert list(test.dataframe[0].value["Lowest"]) == pytest.approx([2 - 0.7884] * 5)
    assert "- **A.** Network: 1 hidden layer of 10 units" in words(test)


def test_of_one_run_no_mean_and_no_band_is_said(lab: Lab, keep: Callable[..., None]) -> None:
    keep(0.7)
    test = open_luck(lab, "curves")
    said = words(test)
    assert "The line is your only run." in said
    assert "band" not in said
    assert "The thick line" not in said
    assert list(test.dataframe[0].value) == ["Epoch", "The only run"]
    keep(0.7, 0.8)
    said = words(open_luck(lab, "curves"))
    assert "The **band** goes from the lowest run to the highest run." in said
    assert "only run" not in said


def test_a_press_makes_the_second_recipe(lab: Lab, keep: Callable[..., None]) -> None:
    keep(0.7)
    assert lab.spec.training.learning_rate == 0.01
    test = open_luck(lab, "rivals")
    checked(control(test.button, "Change the learning rate to 0.1").click().run())
    assert lab.spec.training.learning_rate == 0.1
    said = words(test)
    assert "You have no other recipe yet" not in said
    assert "B is another of your recipes" in str([box.label for box in test.selectbox])


def test_a_locked_learning_rate_is_not_changed(lab: Lab, keep: Callable[..., None]) -> None:
    keep(0.7)
    lab.lesson, lab.arrived = LessonSpec(lab.spec, fixed=frozenset({"learning_rate"})), True
    test = open_luck(lab, "rivals")
    assert "You have no other recipe yet" in words(test)
    assert not [button for button in test.button if "learning rate" in button.label]


def test_the_answer_comes_when_both_have_the_chosen_number_of_seeds(
    lab: Lab, keep: Callable[..., None]
) -> None:
    keep(0.70, 0.71, 0.72, 0.73, 0.74)
    keep(0.90, 0.91, spec=FAST)
    said = words(open_luck(lab, "rivals"))
    assert "**Not yet:** A and B share 2 of 5 seeds." in said
    assert "confidence interval** of this difference" not in said
    keep(0.90, 0.92, 0.92, 0.93, 0.95, spec=FAST)
    test = open_luck(lab, "rivals")
    said = words(test)
    assert "**B reads more than A.** With the same seed, B reads on average **20.4** more" in said
    assert "B reads more with 5 of 5 seeds." in said
    assert "**So up to 1 in 20 is wrong, because of luck.**" in said
    assert "one setting only: **Learning rate**. What is not luck" in said
    assert "better" not in said.partition("B reads more than A")[2]
    assert not [button for button in test.button if "seeds" in button.label]  # none is missing


def test_another_number_asks_for_more_seeds_before_it_answers(
    lab: Lab, keep: Callable[..., None]
) -> None:
    keep(0.70, 0.71, 0.72, 0.73, 0.74)
    keep(0.90, 0.92, 0.92, 0.93, 0.95, spec=FAST)
    test = open_luck(lab, "rivals")
    checked(control(test.segmented_control, "How many seeds?").set_value(10).run())
    assert lab.luck_seeds == 10
    assert "**Not yet:** A and B share 5 of 10 seeds." in words(test)
    assert control(test.button, "Train the 5 missing runs")
    assert "5 of 10 runs: seeds 7, 8, 9, 10, 11." in words(test)


def test_recipes_with_a_validation_share_never_show_a_test_accuracy(
    lab: Lab, keep: Callable[..., None]
) -> None:
    own = RunSpec(training=TrainSpec(validation_share=0.1))
    lab.spec = own.with_seed(7)
    keep(0.70, 0.71, 0.72, 0.73, 0.74, spec=own)
    keep(0.90, 0.92, spec=FAST)
    assert "These are **validation accuracies**: 10" in words(open_luck(lab))  # A alone
    test = open_luck(lab, "rivals")
    assert "because A and B have different validation digits" in words(test)
    lab.rival = RunSpec(training=TrainSpec(validation_share=0.1, learning_rate=0.1))
    keep(0.90, 0.92, 0.93, 0.94, 0.96, spec=lab.rival)
    test = open_luck(lab, "rivals")
    said = words(test)
    assert "These are **validation accuracies**: 10" in said
    assert "B reads on average **21.0** more of 100 validation digits than A" in said
    assert "test digits. The difference" not in said
    columns = test.dataframe[0].value.columns
    assert "Validation accuracy" in columns
    assert not [name for name in columns if name.startswith("Test")]
    assert reading.chart(test, "luck_points")["layout"]["title"]["text"].startswith("Validation")


def test_of_several_settings_none_is_named_as_the_reason(
    lab: Lab, keep: Callable[..., None]
) -> None:
    keep(0.70, 0.71, 0.72, 0.73, 0.74)
    other = RunSpec(training=TrainSpec(learning_rate=0.1, batch_size=32))
    keep(0.90, 0.92, 0.92, 0.93, 0.95, spec=other)
    assert "The recipes differ in 2 settings: Learning rate, Batch size." in words(
        open_luck(lab, "rivals")
    )


def test_a_metric_that_is_not_accuracy_is_said(lab: Lab, keep: Callable[..., None]) -> None:
    lab.spec = RunSpec(training=TrainSpec(metric="top_k_categorical_accuracy"))
    keep(0.7, 0.8, spec=lab.spec)
    test = open_luck(lab, "curves")
    assert "A counts another metric: it has no accuracy for each epoch." in words(test)
    assert not reading.chart(test, "luck_accuracy")["data"]


def test_another_rival_is_chosen_and_stays(lab: Lab, keep: Callable[..., None]) -> None:
    adam = RunSpec(training=TrainSpec(optimizer="adam"))
    keep(0.7)
    keep(0.9, 0.91, spec=FAST)
    keep(0.92, spec=adam)
    test = open_luck(lab, "rivals")
    box = test.selectbox[0]
    assert box.options == ["Learning rate: 0.1 (2 runs)", "Optimizer: Adam (1 run)"]
    assert box.value == FAST
    checked(box.set_value(adam).run())
    assert lab.rival == adam
    assert open_luck(lab, "rivals").selectbox[0].value == adam
    lab.spec = adam.with_seed(7)  # a recipe is no rival of itself
    assert len(open_luck(lab).selectbox) == 0  # one recipe has no rival
    assert adam not in open_luck(lab, "rivals").selectbox[0].options


def test_what_did_not_finish_is_said(lab: Lab, keep: Callable[..., None]) -> None:
    keep(0.7)
    job = Job(ARTICLE.with_seed(8), lab.owner)
    job.give_up(JobState.FAILED, Reason(ReasonCode.WORKER_DIED))
    services.repository().save(job)
    test = open_luck(lab)
    assert "they don't count: seed 8 (failed)" in words(test)
    assert "1 of 5 runs: seed 7." in words(test)


def test_only_the_missing_seeds_are_trained(
    lab: Lab, keep: Callable[..., None], queue: TrainingQueue
) -> None:
    one_epoch = RunSpec(training=TrainSpec(epochs=1))
    lab.spec = one_epoch.with_seed(7)
    keep(0.5, 0.6, 0.7, spec=one_epoch)
    test = press(open_luck(lab), "Train the 2 missing runs")
    jobs = lab.job_groups["luck"].jobs
    assert [job.spec for job in jobs] == [one_epoch.with_seed(10), one_epoch.with_seed(11)]
    assert lab.job is None
    assert "2 networks are being trained." in words(test)  # the sidebar's line
    wait_until(lambda: not any(job.active for job in jobs), "both to be trained")
    test = checked(test.run())
    assert "5 of 5 runs: seeds 7, 8, 9, 10, 11." in words(test)
    read = [job.result.test_accuracy for job in jobs]
    assert list(test.dataframe[0].value["Test accuracy"]) == [0.5, 0.6, 0.7, *read]
    assert not [button for button in test.button if "seeds" in button.label]
    assert lab.job_groups == {}  # its networks are kept, not held


def test_what_trains_already_is_followed_not_doubled(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Job(lab.spec, lab.owner)
    others = [Job(lab.spec, new_id()), Job(FAST, lab.owner)]
    monkeypatch.setattr(services.queue(), "active", lambda: [running, *others])
    monkeypatch.setattr(services.queue(), "submit", lambda job: job)
    press(open_luck(lab), "Train it with five seeds")
    jobs = lab.job_groups["luck"].jobs
    assert jobs[0] is running
    assert [job.spec.training.seed for job in jobs] == [7, 8, 9, 10, 11]


def test_a_series_goes_on_and_stops(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    series = lab.job_groups["luck"] = JobGroup(
        tuple(ARTICLE.with_seed(seed) for seed in (7, 8)), lab.owner
    )
    monkeypatch.setattr(services.queue(), "submit", lambda job: job)
    monkeypatch.setattr(services.queue(), "stop", lambda job: job.give_up(JobState.STOPPED))
    test = open_luck(lab)
    series.jobs[0].state = JobState.RUNNING
    series.jobs[0].history = (EpochRecord(0, 600, 0.5, {"loss": 2.1, "accuracy": 0.3}),)
    test = checked(test.run())
    assert control(test.button, "Train it with five seeds").disabled
    for view in ("seeds", "rivals"):  # each view follows it
        assert control(open_luck(lab, view).button, "Stop")
    test = open_luck(lab, "curves")
    curves = reading.chart(test, "luck_loss")["data"]
    assert [trace["y"] for trace in curves if len(trace["y"])] == [[2.1]]
    test = press(test, "Stop")
    assert not series.active
    test = open_luck(lab)
    assert not control(test.button, "Train it with five seeds").disabled


def test_any_page_keeps_the_series_alive(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.queue(), "submit", lambda job: job)
    series = lab.job_groups["luck"] = JobGroup((ARTICLE, FAST), lab.owner)
    test = AppTest.from_file(str(ROOT / "pages/1_Data.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    checked(test.run())
    assert len(series.jobs) == 2
    assert "2 networks are being trained." in words(test)
    for job in series.jobs:
        job.attention.last_touched = 0
    checked(test.run())
    assert all(job.attention.last_touched > 0 for job in series.jobs)


def test_a_limit_is_one_sentence(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.spec = RunSpec(NetworkSpec((HiddenLayer(512, "relu"),), convolutions=(32,)))
    test = press(open_luck(lab), "Train it with five seeds")
    assert "Choose fewer units." in words(test)
    assert lab.job_groups == {}

    def full(job: Job) -> None:
        raise LimitError(Limit.JOBS, 60)

    monkeypatch.setattr(services.queue(), "submit", full)
    lab.job_groups["luck"] = JobGroup((ARTICLE,), lab.owner, [])
    assert "60 trainings are already waiting." in words(open_luck(lab))


def test_while_the_memory_fails_the_session_s_runs_count(
    lab: Lab, trained: TrainedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = lab.job_groups["luck"] = JobGroup((trained.spec,), lab.owner)
    series.jobs.append(Job(trained.spec, lab.owner))
    series.jobs[0].finish(trained)
    lab.spec = trained.spec
    monkeypatch.setattr(RunRepository, "owned", lambda self, owner: [])
    monkeypatch.setattr(RunRepository, "problem", StoreProblem.UNREACHABLE)
    assert "1 of 5 runs: seed 5." in words(open_luck(lab))


def test_who_waits_behind_others_asks_seldom_and_who_trains_often(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: dict[Any, Any] = {}
    monkeypatch.setattr(
        "digitlab.ui.widgets.progress.queue",
        lambda: SimpleNamespace(position=lambda job: places[job.id]),
    )
    jobs = [Job(FAST.with_seed(seed), lab.owner) for seed in range(2)]
    series = JobGroup((*(job.spec for job in jobs), FAST), lab.owner, jobs)
    places |= {jobs[0].id: 12, jobs[1].id: 40}
    assert is_far(series)
    places[jobs[0].id] = 1
    assert not is_far(series)
    places[jobs[0].id] = 0
    jobs[0].state = JobState.RUNNING
    assert not is_far(series)
    jobs[0].state = JobState.FINISHED
    assert is_far(series)  # the second one of theirs comes after everybody's first
    assert GROUP_PACE.far > 2 * GROUP_PACE.near


def test_who_waits_reads_where_they_stand(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes of "0 of 5 networks" look as if nothing happened."""
    jobs = [Job(FAST.with_seed(seed), lab.owner) for seed in range(2)]
    lab.job_groups["luck"] = JobGroup(tuple(job.spec for job in jobs), lab.owner, jobs)
    queue = services.queue()
    monkeypatch.setattr(queue, "position", lambda job: 2 + jobs.index(job))
    monkeypatch.setattr(queue, "expected_wait", lambda job: 80.0)
    waiting = "Trained: 0 of 2 networks · Number 3 in the queue: about 80 s"
    assert [bar.proto.text for bar in open_luck(lab).get("progress")] == [waiting]
    jobs[1].state = JobState.RUNNING
    monkeypatch.setattr(queue, "position", lambda job: 0)
    assert [bar.proto.text for bar in open_luck(lab).get("progress")] == [
        "Trained: 0 of 2 networks"
    ]
