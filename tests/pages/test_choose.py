"""The page Choose: settings are compared by validation digits, and the exam is taken once."""

import json
import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.compute.search import Search
from digitlab.compute.service import TrainingQueue
from digitlab.records.job import new_id
from digitlab.specs import ARTICLE, PRESETS, LessonSpec
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.specs.search import SearchSpec
from digitlab.ui.choose.exam import what_the_exam_tells
from digitlab.ui.session import exam, services
from digitlab.ui.session.shared import SHARED, Shared
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from tests import reading
from tests.conftest import wait_until
from tests.pages.test_pages import ROOT, words
from tests.reading import checked, control, press

FAST = ARTICLE.ended_after(1).with_seed(40)
GRID = (("learning_rate", (0.01, 1.0)),)


@pytest.fixture
def lab(queue: TrainingQueue) -> Lab:
    return Lab(owner=new_id(), spec=FAST)


def open_choose(lab: Lab, view: str = "search") -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/13_Choose.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    test.session_state[key_of("Choose")] = view
    return checked(test.run())


def pills(test: AppTest, label: str) -> list[str]:
    """What is chosen of these."""
    return list(control(test.button_group, label).value)


def trained(lab: Lab, plan: SearchSpec, view: str = "search") -> AppTest:
    """A view of the page after this search has ended."""
    lab.shared.search = plan
    group = lab.job_groups["search"] = Search(plan=plan, owner=lab.owner)

    def over() -> bool:
        group.advance(services.queue().submit)
        return not group.active

    wait_until(over, "the search to end")
    assert services.repository().flush(10)
    return open_choose(lab, view)


def test_a_newcomer_sees_what_a_search_would_cost(lab: Lab) -> None:
    test = open_choose(lab)
    assert pills(test, "What do you change?") == ["learning_rate"]
    assert "Runs: 5. Epochs in all: 5." in words(test)
    assert not control(test.button, "Train and compare").disabled
    assert "for seed in seeds" in reading.code(test)
    assert "Choose" not in lab.done


def test_a_search_begins_around_the_learners_own_value(lab: Lab) -> None:
    lab.spec = PRESETS["ReLU 128"]
    rates = pills(open_choose(lab), "Values to try: learning rate")
    assert rates == [0.0001, 0.0003, 0.001, 0.003, 0.01], "its Adam has 0.001"
    lab.spec = replace(lab.spec, training=replace(lab.spec.training, learning_rate=2.0))
    rates = pills(open_choose(lab), "Values to try: learning rate")
    assert rates == [0.1, 0.3, 1.0, 2.0, 3.0]


def test_what_can_not_be_compared_is_one_sentence(lab: Lab) -> None:
    test = open_choose(lab)
    control(test.button_group, "What do you change?").set_value([]).run()
    assert "Choose one or two settings to change" in words(checked(test))
    control(test.button_group, "What do you change?").set_value(["learning_rate"]).run()
    control(test.button_group, "Values to try: learning rate").set_value([0.1]).run()
    assert "at least two values" in words(checked(test))
    values = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3]
    control(test.button_group, "Values to try: learning rate").set_value(values).run()
    control(test.button_group, "Seeds for each setting").set_value(3).run()
    assert f"24 runs. The lab takes up to {limits.MAX_SEARCH_RUNS}" in words(checked(test))
    assert not [button for button in test.button if button.label == "Train and compare"]


def test_a_lesson_that_holds_the_learning_rate_offers_the_rest(lab: Lab) -> None:
    lab.arrived = True  # by a lesson's link
    lab.lesson = LessonSpec(FAST, fixed=frozenset({"learning_rate"}))
    test = open_choose(lab)
    offered = control(test.button_group, "What do you change?").options
    assert "Learning rate" not in offered
    assert "Epochs" in offered


def test_a_search_ends_with_a_winner_and_goes_on_after_a_reload(lab: Lab) -> None:
    lab.shared = SHARED.of(lab.owner)
    test = open_choose(lab)
    control(test.button_group, "Values to try: learning rate").set_value([0.01, 1.0]).run()
    press(test, "Train and compare")
    assert lab.shared.search is not None
    again = Lab(owner=lab.owner, spec=ARTICLE, shared=SHARED.of(lab.owner))  # a reload
    group = again.job_groups["search"]
    assert isinstance(group, Search)
    wait_until(lambda: not (group.advance(services.queue().submit), group.left)[1], "its end")
    assert services.repository().flush(10)
    for view in ("search", "exam"):
        page = open_choose(again, view)
        assert "**The winner by validation digits: learning rate 1.**" in words(page)
        assert "test accuracy" not in words(page).lower()
    assert "Take the exam with the winner" in [button.label for button in page.button]


def test_each_view_goes_on_where_it_was(lab: Lab) -> None:
    test = open_choose(lab)
    control(test.button_group, "Values to try: learning rate").set_value([0.01, 1.0]).run()
    control(test.button_group, "Seeds for each setting").set_value(2).run()
    for view in ("exam", "search"):
        test.session_state[key_of("Choose")] = view
        checked(test.run())
        if view == "exam":
            assert "There is no winner yet." in "".join(info.value for info in test.info)
    assert pills(test, "Values to try: learning rate") == [0.01, 1.0]
    assert "Runs: 4. Epochs in all: 4." in words(test)


def test_the_exam_view_shows_the_search_that_is_under_way_and_its_end(lab: Lab) -> None:
    test = open_choose(lab)
    control(test.button_group, "Values to try: learning rate").set_value([0.01, 1.0]).run()
    press(test, "Train and compare")
    group = lab.job_groups["search"]
    test.session_state[key_of("Choose")] = "exam"
    assert control(checked(test.run()).button, "Stop")
    wait_until(lambda: not (group.advance(services.queue().submit), group.left)[1], "its end")
    assert services.repository().flush(10)
    assert control(checked(test.run()).button, "Take the exam with the winner")


@pytest.mark.parametrize(
    ("test", "told", "untold"),
    [
        (0.92, ["Both numbers are the same."], ["higher", "lower", "**Chance**"]),
        (0.93, ["1.00 percentage points higher", "**Chance**"], ["**The choice**", "easier"]),
        (0.91, ["1.00 percentage points lower", "**Chance**", "**The choice**", "easier"], []),
    ],
)
def test_only_reasons_that_fit_are_given(test: float, told: list[str], untold: list[str]) -> None:
    said = what_the_exam_tells(SearchSpec(FAST, GRID, (40,)), VALIDATION_SHARE, 0.92, test)
    assert all(words in said for words in told)
    assert not any(words in said for words in untold)
    assert said.endswith("**Tell others the result of the exam, not the other number.**")


def test_the_exam_is_of_the_winner_and_is_counted_once(lab: Lab) -> None:
    plan = SearchSpec(FAST, GRID, (40,))
    test = trained(lab, plan, "exam")
    assert not exam.exams(lab)
    press(test, "Take the exam with the winner")
    (run,) = [
        run for run in services.repository().owned(lab.owner) if run.spec == plan.run((1.0,), 40)
    ]
    assert lab.source.id == run.id
    assert exam.is_taken(lab)
    assert services.repository().exams(lab.owner) == exam.exams(lab)
    assert len(exam.exams(lab)) == 1
    assert "opened the test set for **one** network" in words(test)
    metrics = {metric.label: metric.value for metric in test.metric}
    assert metrics == {
        "Validation accuracy": f"{run.history[-1].logs['val_accuracy']:.4f}",
        "Test accuracy: the exam": f"{run.test_accuracy:.4f}",
    }
    assert run.test_accuracy is not None
    points = 100 * (run.test_accuracy - run.history[-1].logs["val_accuracy"])
    more = "higher" if points > 0 else "lower"
    assert f"{abs(points):.2f} percentage points {more}" in words(test)
    assert "Choose" in lab.done


def test_a_winner_whose_network_is_gone_is_trained_again(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, opened = SearchSpec(FAST, GRID, (40,)), []
    monkeypatch.setattr("digitlab.ui.choose.exam.open_step", lambda step: opened.append(step.name))
    trained(lab, plan)
    kept = services.repository().owned(lab.owner)
    evicted = [replace(run, has_predictions=False) for run in kept]
    monkeypatch.setattr(services.repository(), "owned", lambda owner: evicted)
    test = open_choose(lab, "exam")
    assert "**The winner by validation digits: learning rate 1.**" in words(test)
    press(test, "Go to Train with its settings")
    assert opened == ["Train"]
    assert lab.spec == plan.run((1.0,), 40)


def test_halving_shows_what_was_given_up_and_the_chart_says_it(lab: Lab) -> None:
    lab.spec = ARTICLE.ended_after(2).with_seed(40)
    plan = SearchSpec(lab.spec, GRID, (40,), halving=True)
    test = trained(lab, plan)
    figure = reading.chart(test, "choose_result")
    assert [trace["marker"]["symbol"] for trace in figure["data"][1:]] == ["circle-open", "circle"]
    alts = [json.loads(chart.proto.spec) and chart.proto.alt for chart in test.get("plotly_chart")]
    assert any("learning rate 0.01" in alt and "stopped early" in alt for alt in alts)
    assert list(test.dataframe[0].value["Epochs"]) == [1, 2]


def test_what_was_trained_is_known_without_the_group(lab: Lab) -> None:
    plan = SearchSpec(FAST, GRID, (40,))
    trained(lab, plan)
    lab.shared = Shared(search=plan)  # as after a restart of the server
    assert "**The winner by validation digits" in words(open_choose(lab))


def test_the_best_of_fifty_looks_too_good_the_less_the_more_digits(lab: Lab) -> None:
    test = open_choose(lab, "bias")
    assert "Choose" not in lab.done
    assert too_good(test) == pytest.approx(1.49, abs=0.011)
    control(test.button_group, "Choose by this many digits").set_value(1000).run()
    assert too_good(checked(test)) == pytest.approx(0.57, abs=0.011)


def too_good(test: AppTest) -> float:
    """The points that the page says: the difference of the two numbers that stand beside them."""
    said = re.search(
        r"reads \*\*([\d.]+)\*\*.* only \*\*([\d.]+)\*\*.* \*\*([\d.]+) points", words(test)
    )
    assert said is not None
    seen, other, points = map(float, said.groups())
    assert f"{seen - other:.2f}" == f"{points:.2f}"
    return points
