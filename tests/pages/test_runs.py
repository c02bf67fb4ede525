"""The page Runs: the visitor's runs, two beside each other, and what can be done with one."""

import math
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import recall_score
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.exam import exam_key
from digitlab.records.job import Job, new_id
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord
from digitlab.runs import RunRepository
from digitlab.runs.errors import StoreProblem
from digitlab.specs import ARTICLE, PRESETS, RunSpec, TrainSpec
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.wording.numerals import day
from digitlab.wording.problems.store import store_words
from digitlab.wording.settings.choices import plain
from tests import reading
from tests.pages.test_pages import ROOT, control, words
from tests.reading import checked, press

ARTICLE_7173 = "The article's network, training 71.73\N{NO-BREAK SPACE}%"

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def lab(queue: TrainingQueue) -> Lab:
    """A session of a new visitor."""
    return Lab(owner=new_id())


@pytest.fixture
def keep(lab: Lab, trained: TrainedNetwork) -> Callable[..., Job]:
    """Keep a finished run of this visitor, each a minute younger than the one before."""
    count = 0

    def keep_one(
        accuracy: float = 0.7,
        spec: RunSpec = ARTICLE,
        owner: str = "",
        name: str = "",
        validation: float | None = None,
    ) -> Job:
        """A run whose accuracies all differ: of training digits, validation digits, test digits."""
        nonlocal count
        count += 1
        logs = {"loss": 2 - accuracy, spec.training.metric: accuracy}
        if validation is not None:
            logs["val_accuracy"] = validation
        history = tuple(EpochRecord(i, 600, 0.5, logs) for i in range(spec.training.epochs))
        job = Job(spec, owner or lab.owner, created=START + timedelta(minutes=count))
        job.finish(replace(trained, spec=spec, history=history, test_accuracy=accuracy / 2))
        services.repository().save(job)
        assert services.repository().flush(10)
        if name:
            assert services.repository().rename(job.id, job.owner, name)
        return job

    return keep_one


def open_runs(lab: Lab) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/12_Runs.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    return checked(test.run())


def tick(test: AppTest, *rows: int) -> AppTest:
    selection = {"rows": list(rows), "columns": [], "cells": []}
    key = test.dataframe[0].key
    assert key is not None
    test.session_state[key] = {"selection": selection}
    return checked(test.run())


def table(test: AppTest) -> Any:
    return test.dataframe[0].value


def labels(test: AppTest) -> list[str]:
    return [button.label for button in test.button]


def folds(test: AppTest) -> list[str]:
    return [fold.label for fold in test.expander]


def curves(test: AppTest, name: str = "loss") -> list[dict[str, Any]]:
    return reading.chart(test, f"runs_{name}")["data"]


def curve_names(test: AppTest) -> list[str]:
    return [trace["name"] for trace in curves(test)]


def numbers(values: Any) -> list[float]:
    """The numbers of a trace, which Plotly may pack."""
    if isinstance(values, dict):
        return np.frombuffer(b64decode(values["bdata"]), values["dtype"]).tolist()
    return values


def test_without_runs_the_page_leads_to_train(lab: Lab) -> None:
    test = open_runs(lab)
    assert "You have no runs yet" in words(test)
    assert not test.dataframe


def test_table_has_settings_and_results_newest_first(lab: Lab, keep: Callable[..., Job]) -> None:
    old = keep(0.7173, ARTICLE.with_seed(8))
    keep(0.9742, PRESETS["ReLU 128"], name="Mine", validation=0.9691)
    lab.shared.exams = {exam_key(old.spec, old.history)}
    shown = table(open_runs(lab))
    assert list(shown["Run"]) == ["Mine", ARTICLE_7173]
    assert list(shown["Validation accuracy"].fillna(-1)) == [0.9691, -1]
    assert list(shown["Training accuracy"]) == [0.9742, 0.7173]
    assert list(shown["Test accuracy"].fillna(-1)) == [-1, 0.7173 / 2]  # after the exam only
    assert list(shown["Seed"]) == [0, 8]
    assert list(shown["State"]) == ["finished", "finished"]
    assert list(shown["When"]) == [START + timedelta(minutes=2), START + timedelta(minutes=1)]
    assert shown["Recipe"][0] == "Adam, learning rate 0.001, batches of 128, 5 epochs"
    assert shown["Network"][0] == "1 hidden layer of 128 units, relu"
    assert shown["Seconds"][0] > 0


def test_only_the_visitors_own_runs_are_listed(lab: Lab, keep: Callable[..., Job]) -> None:
    keep(0.7)
    keep(0.8, owner=new_id())
    assert len(table(open_runs(lab))) == 1


def test_nothing_ticked_shows_the_two_newest(lab: Lab, keep: Callable[..., Job]) -> None:
    for accuracy in (0.5, 0.6, 0.7):
        keep(accuracy)
    test = open_runs(lab)
    assert "you see the two newest ones" in words(test)
    assert curve_names(test) == ["A", "B"]
    assert "**B has the better training accuracy**" in words(test)
    assert "**That is not fair:**" in words(test)
    assert "In the exam" not in words(test)


def test_curves_are_those_of_the_ticked_runs_the_oldest_first(
    lab: Lab, keep: Callable[..., Job]
) -> None:
    for accuracy in (0.5, 0.6, 0.7):
        keep(accuracy)
    test = tick(open_runs(lab), 0, 2)
    assert [numbers(trace["y"])[-1] for trace in curves(test, "accuracy")] == [0.5, 0.7]
    (legend,) = [markdown.value for markdown in test.markdown if "**A**" in markdown.value]
    assert "**A**]" in legend.split("50.00")[0]
    assert "**B**]" in legend.split("50.00")[1].split("70.00")[0]


def test_alternative_text_says_the_numbers(lab: Lab, keep: Callable[..., Job]) -> None:
    keep(0.7173)
    keep(0.9)
    test = open_runs(lab)
    alts = [chart.proto.alt for chart in test.get("plotly_chart")]
    assert f"A, {ARTICLE_7173}: from 0.7173 to 0.7173 in 5 epochs." in alts[1]
    assert alts[0].startswith("Loss over the epochs.")


def test_more_ticks_than_curves_are_said(lab: Lab, keep: Callable[..., Job]) -> None:
    for _ in range(8):
        keep()
    test = tick(open_runs(lab), *range(8))
    assert "You have selected 8 runs. You see the curves of the 6 newest ones." in words(test)
    assert len(curve_names(test)) == 6


def test_two_ticked_show_what_differs(lab: Lab, keep: Callable[..., Job]) -> None:
    keep(0.6)
    keep(0.7)
    keep(0.8, RunSpec(training=TrainSpec(optimizer="adam", learning_rate=0.001)))
    test = tick(open_runs(lab), 0, 2)
    shown = test.table[0].value
    assert list(shown["Setting"]) == ["Optimizer", "Learning rate"]
    assert list(shown["A"]) == ["SGD", "0.01"]
    assert list(shown["B"]) == ["Adam", "0.001"]
    assert "**B has the better training accuracy**" in words(test)
    assert "2 settings differ. So nobody can tell which of them made the difference." in words(test)
    assert "Is it luck? Compare recipes with several seeds" in words(test)
    test = tick(test, 1, 2)
    assert not test.table
    assert "to the last digit" not in words(test)  # the same settings, other numbers


@pytest.mark.parametrize("same", [{"seed": 7}, {"metric": "top_k_categorical_accuracy"}])
def test_what_is_luck_or_changes_nothing_is_not_asked_about(
    lab: Lab, keep: Callable[..., Job], same: dict[str, Any]
) -> None:
    keep(0.6)
    keep(0.7, RunSpec(training=TrainSpec(**same)))
    test = tick(open_runs(lab), 0, 1)
    assert len(test.table[0].value) == 1
    assert "Is it luck?" not in words(test)


def test_digits_that_two_runs_find_are_compared(
    lab: Lab, keep: Callable[..., Job], trained: TrainedNetwork, mnist: Dataset
) -> None:
    """A answers as a trained network does, B takes every 8 for a 3."""
    keep(0.6)
    job = keep(0.7)
    answers = trained.probabilities.copy()
    answers[mnist.y_test == 8] = np.eye(10, dtype=np.float32)[3]
    job.result = replace(job.result.with_arrays, probabilities=answers)
    services.repository().save(job)
    assert services.repository().flush(10)
    a, b = (
        recall_score(mnist.y_test, probabilities.argmax(axis=1), average=None)
        for probabilities in (trained.probabilities, answers)
    )
    assert "Digit by digit" not in folds(open_runs(lab))
    lab.shared.exams = {exam_key(job.spec, job.history)}  # the same recipe and seed: one network
    test = open_runs(lab)
    assert "Digit by digit" in folds(test)
    assert "In the exam A read 3,000 of the 10,000 test digits, and B read 3,500." in words(test)
    said = (
        f"digit **8**: A finds **{100 * a[8]:.1f}\N{NO-BREAK SPACE}%** of its pictures, and B "
        "finds **0.0\N{NO-BREAK SPACE}%**."
    )
    assert said in words(test)
    signs = [trace for trace in reading.chart(test, "recall")["data"] if trace.get("name")]
    assert [numbers(trace["y"]) for trace in signs] == [pytest.approx(a), pytest.approx(b)]
    shown = test.dataframe[-1].value
    assert list(shown["B minus A"]) == pytest.approx(list(b - a))


def test_digits_are_not_compared_without_answers(lab: Lab, keep: Callable[..., Job]) -> None:
    keep(0.6)
    services.repository().save(Job(ARTICLE, lab.owner, state=JobState.FAILED))
    assert "Digit by digit" not in folds(open_runs(lab))


def test_several_ticked_show_the_settings_that_differ(lab: Lab, keep: Callable[..., Job]) -> None:
    keep(0.6)
    keep(0.7, ARTICLE.with_seed(4))
    keep(0.8, RunSpec(training=TrainSpec(optimizer="adam")))
    test = tick(open_runs(lab), 0, 1, 2)
    shown = test.table[0].value
    assert list(shown["Setting"]) == ["Seed", "Optimizer"]
    assert [list(shown[letter]) for letter in "ABC"] == [["0", "SGD"], ["4", "SGD"], ["0", "Adam"]]
    assert "Digit by digit" not in folds(test)


def test_other_losses_and_metrics_are_remarked(lab: Lab, keep: Callable[..., Job]) -> None:
    keep()
    keep(spec=RunSpec(training=TrainSpec(loss="mean_squared_error")))
    keep(spec=RunSpec(training=TrainSpec(metric="top_k_categorical_accuracy")))
    test = open_runs(lab)
    assert "different losses" in words(test)
    assert "B counted another metric, so it has no accuracy for each epoch." in words(test)
    assert "different losses" not in words(tick(test, 0, 2))


@pytest.mark.parametrize(("loss", "outside"), [(2.4, False), (4.5, True), (math.nan, True)])
def test_a_loss_that_leaves_the_chart_is_remarked(lab: Lab, loss: float, outside: bool) -> None:
    history = (EpochRecord(0, 422, 1.0, {"loss": loss, "accuracy": 0.1}),)
    job = Job(ARTICLE, lab.owner, state=JobState.STOPPED, history=history)
    services.repository().save(job)
    said = words(open_runs(lab))
    assert ("A loss above 4 is outside the chart." in said) == outside


def test_rename(lab: Lab, keep: Callable[..., Job]) -> None:
    job = keep(0.7173)
    test = tick(open_runs(lab), 0)
    field = control(test.text_input, "Name")
    assert field.value == ""
    assert field.placeholder == ARTICLE_7173
    assert field.max_chars == limits.MAX_RUN_NAME_LENGTH
    test = checked(field.set_value("  My   *first* one ").run())
    assert list(table(test)["Run"]) == ["My *first* one"]
    assert control(test.text_input, "Name").value == "My *first* one"
    assert services.repository().find(job.id).name == "My *first* one"
    assert r"My \*first\* one" in words(test)
    test = checked(control(test.text_input, "Name").set_value("").run())
    assert list(table(test)["Run"]) == [ARTICLE_7173]


@pytest.mark.parametrize("sign", "=+-@＝")
def test_a_name_in_the_table_is_no_formula_for_a_spreadsheet(
    lab: Lab, keep: Callable[..., Job], sign: str
) -> None:
    name = f'{sign}HYPERLINK("http://x.test";"a")'
    job = keep(0.7, name=name)
    test = tick(open_runs(lab), 0)
    assert list(table(test)["Run"]) == [f"'{name}"]
    assert services.repository().find(job.id).name == name  # as it was given
    assert control(test.text_input, "Name").value == name
    for _, column in table(test).items():
        texts = [value for value in column if isinstance(value, str)]
        assert not [
            text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        ]


def test_take_makes_it_the_current_network(lab: Lab, keep: Callable[..., Job]) -> None:
    old, new = keep(0.6), keep(0.8, PRESETS["ReLU 128"])
    lab.start(new)
    test = tick(open_runs(lab), 1)
    assert list(table(test)["State"]) == ["in use, finished", "finished"]
    assert "When you use it, the address of this page leads to it." in words(test)
    test = press(test, "Use this network")
    assert lab.job.id == old.id
    assert lab.spec == old.spec
    assert lab.trained.test_accuracy == 0.3
    assert (lab.trained.probabilities == old.result.probabilities).all()
    assert list(table(test)["State"]) == ["finished", "in use, finished"]
    assert "Everybody who has the address of this page can see this network" in words(test)
    assert "60.0\N{NO-BREAK SPACE}%" in words(test)  # the sidebar's line
    assert test.query_params["run"] == old.id
    assert "Use this network" not in labels(test)


def test_take_waits_while_a_network_is_trained(lab: Lab, keep: Callable[..., Job]) -> None:
    keep()
    lab.job = Job(ARTICLE, lab.owner)
    test = tick(open_runs(lab), 1)
    assert control(test.button, "Use this network").disabled
    assert "A network is being trained" in words(test)


def test_delete_is_for_good_and_the_newest_other_becomes_current(
    lab: Lab, keep: Callable[..., Job]
) -> None:
    oldest, older, current = keep(0.5), keep(0.6), keep(0.7)
    lab.start(current)
    test = tick(open_runs(lab), 0)
    assert "Nobody can get this run back" in words(test)
    test = press(test, "Delete it for ever")
    assert services.repository().find(current.id) is None
    assert lab.job.id == older.id
    assert lab.trained.test_accuracy == 0.3
    assert test.query_params["run"] == older.id
    assert "using **The article's network, training 60.00\N{NO-BREAK SPACE}%**" in words(test)
    assert len(table(test)) == 2
    assert services.repository().find(oldest.id) is not None


def test_the_network_before_becomes_current_when_its_successor_is_deleted(
    lab: Lab, keep: Callable[..., Job]
) -> None:
    before, _, current = keep(0.5), keep(0.6), keep(0.7)
    lab.start(before)
    lab.start(current)
    press(tick(open_runs(lab), 0), "Delete it for ever")
    assert lab.source is before


def test_deleting_the_last_one_leaves_nothing(lab: Lab, keep: Callable[..., Job]) -> None:
    lab.start(keep())
    test = press(tick(open_runs(lab), 0), "Delete it for ever")
    assert lab.job is lab.trained is lab.address is None
    assert "You have no runs yet" in words(test)
    assert "run" not in test.query_params


def test_a_deleted_network_is_not_current_behind_one_that_diverged(
    lab: Lab, keep: Callable[..., Job]
) -> None:
    lab.start(keep(0.7))
    diverged = Job(ARTICLE, lab.owner, state=JobState.DIVERGED)
    lab.start(diverged)
    services.repository().save(diverged)
    press(tick(open_runs(lab), 1), "Delete it for ever")
    assert lab.trained is None


def deleting(test: AppTest) -> list[Any]:
    """What opens to ask whether a run is to be deleted; the glossary opens beside the title."""
    return [block for block in test.get("popover") if block.proto.popover.label != "Words"]


def test_a_training_under_way_cannot_be_deleted(lab: Lab, keep: Callable[..., Job]) -> None:
    keep()
    lab.job = Job(ARTICLE, lab.owner, state=JobState.RUNNING)
    test = tick(open_runs(lab), 0)
    assert list(table(test)["State"]) == ["in training", "finished"]
    assert "Stop it first, then you can delete it." in words(test)
    assert deleting(test)[0].proto.popover.disabled


def test_a_training_that_began_meanwhile_is_not_deleted(
    lab: Lab, keep: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = keep()
    test = tick(open_runs(lab), 0)
    monkeypatch.setattr(services.queue(), "find", lambda run_id: job)
    test = press(test, "Delete it for ever")
    assert services.repository().find(job.id) is not None
    assert "Stop it first" in words(test)


def test_a_run_without_a_network_cannot_be_taken(lab: Lab, keep: Callable[..., Job]) -> None:
    keep()
    lost = Job(ARTICLE, lab.owner, state=JobState.FAILED, reason=Reason(ReasonCode.WORKER_DIED))
    services.repository().save(lost)
    test = tick(open_runs(lab), 0)
    assert control(test.button, "Use this network").disabled
    assert "This run has no network." in words(test)


def test_somebody_elses_run_is_seen_but_neither_renamed_nor_deleted(
    lab: Lab, keep: Callable[..., Job]
) -> None:
    keep(0.6)
    lab.start(keep(0.8, owner=new_id(), name="Lena's"))
    test = open_runs(lab)
    assert list(table(test)["Run"]) == [
        "Lena's",
        "The article's network, training 60.00\N{NO-BREAK SPACE}%",
    ]
    assert table(test)["State"][0] == "in use, finished, opened by its address"
    test = tick(test, 0)
    assert not test.text_input
    assert not deleting(test)
    assert "You opened this run by its address." in words(test)


def test_a_run_deleted_elsewhere_is_said(lab: Lab, keep: Callable[..., Job]) -> None:
    job = keep()
    keep()
    test = tick(open_runs(lab), 1)
    assert services.repository().delete(job.id, lab.owner)
    test = press(test, "Use this network")
    assert "no longer keeps this run" in words(test)
    assert lab.job is None


def test_without_a_memory_the_page_shows_what_the_session_has(
    lab: Lab, trained: TrainedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job(trained.spec, lab.owner)
    job.finish(trained)
    lab.start(job)
    monkeypatch.setattr(RunRepository, "owned", lambda self, owner: [])
    monkeypatch.setattr(RunRepository, "find", lambda self, run_id: None)
    monkeypatch.setattr(RunRepository, "problem", StoreProblem.UNREACHABLE)
    test = open_runs(lab)
    assert [warning.value for warning in test.warning] == [store_words(StoreProblem.UNREACHABLE)]
    assert list(table(test)["State"]) == ["in use, finished"]
    assert curve_names(test) == ["A"]


def test_ticks_do_not_move_to_another_run(lab: Lab, keep: Callable[..., Job]) -> None:
    keep(0.5)
    test = tick(open_runs(lab), 0)
    assert (
        control(test.text_input, "Name").placeholder
        == "The article's network, training 50.00\N{NO-BREAK SPACE}%"
    )
    keep(0.6)
    test = checked(test.run())
    assert not test.text_input


def test_best_run_is_named_at_the_end(lab: Lab, keep: Callable[..., Job]) -> None:
    """By validation digits, never by test digits; without them none is called the best."""
    for accuracy in (0.5, 0.9, 0.7):
        keep(accuracy)
    assert "What you have seen" not in words(open_runs(lab))
    relu = PRESETS["ReLU 128"]
    for accuracy, validation in ((0.9, 0.8), (0.7, 0.85)):
        keep(accuracy, relu, validation=validation)
    said = words(open_runs(lab))
    best = "**ReLU 128, validation 85.00\N{NO-BREAK SPACE}%** has the best validation accuracy"
    assert f"{best} of your runs." in said


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("ReLU 128, 97.40\N{NO-BREAK SPACE}%", "ReLU 128, 97.40\N{NO-BREAK SPACE}%"),
        ("**a** [b](c)", r"\*\*a\*\* \[b\]\(c\)"),
        ("$x$ :red[y] <b>", r"\$x\$ \:red\[y\] \<b\>"),
        ("http://a.b", "http\\:\u2060//a.b"),
        ("www.a.b", "www\u2060.a.b"),
        ("a@b.c", "a\u2060@b.c"),
    ],
)
def test_a_title_is_text_in_markdown(title: str, shown: str) -> None:
    assert plain(title) == shown


def test_the_page_says_how_much_room_is_taken(
    lab: Lab, keep: Callable[..., Job], trained: TrainedNetwork
) -> None:
    keep()
    size = len(trained.model) + 400_000
    assert 0 < size < 3_000_000
    said = words(open_runs(lab))
    megabytes = next(line for line in said.splitlines() if line.startswith("Your runs take"))
    (run,) = services.repository().owned(lab.owner)
    assert size < run.size < size + 2_000_000
    assert megabytes == (
        f"Your runs take {math.ceil(run.size / 10**6)} of 100\N{NO-BREAK SPACE}MB. The lab "
        "keeps at most 50 of your runs. When there is no more space, the lab deletes your oldest "
        "run."
    )
    assert "to make space" not in said


@pytest.mark.parametrize(("many", "words_"), [(1, "one of your runs"), (2, "2 of your runs")])
def test_the_page_says_what_was_removed(
    lab: Lab, keep: Callable[..., Job], monkeypatch: pytest.MonkeyPatch, many: int, words_: str
) -> None:
    monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 1)
    for _ in range(many + 1):
        keep()
    today = day(datetime.now(UTC))
    said = words(open_runs(lab))
    assert f"The lab has deleted {words_} to make space, " in said
    assert f"on {today}. Take home" in said
    assert "to make space" not in words(open_runs(Lab(owner=new_id())))


def test_a_lost_memory_is_said(
    lab: Lab, keep: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep()
    assert store_words(StoreProblem.LOST) not in words(open_runs(lab))
    monkeypatch.setattr(RunRepository, "lost", True)
    assert store_words(StoreProblem.LOST) in words(open_runs(lab))


def test_kept_is_said_of_what_is_kept_only(lab: Lab, keep: Callable[..., Job]) -> None:
    job = keep()
    lab.start(job)
    assert "The lab keeps it. You find it again" in words(open_runs(lab))
    assert services.repository().delete(job.id, lab.owner)
    said = words(open_runs(lab))
    assert "The lab keeps it. You find it again" not in said
    assert store_words(StoreProblem.NOT_KEPT) in said


def test_opening_somebody_elses_run_is_noted(lab: Lab, keep: Callable[..., Job]) -> None:
    theirs, mine = keep(owner=new_id()), keep()
    noted = []
    store = services.repository()._store
    for job in (theirs, mine):
        test = AppTest.from_file(str(ROOT / "pages/12_Runs.py"), default_timeout=30)
        test.session_state["digitlab"] = Lab(owner=lab.owner)
        test.query_params["run"] = job.id
        checked(test.run())
        checked(test.run())
    assert services.repository().flush(10)
    with store._queries() as queries:
        for job in (theirs, mine):
            rows = queries._connection.exec_driver_sql(
                "SELECT opened FROM runs WHERE id = ?", (job.id,)
            )
            noted.append(rows.scalar() is not None)
    assert noted == [True, False]
