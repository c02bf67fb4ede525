"""What takes longer on a page: its button, its progress, its Stop and its result."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.caching.pool import Pool
from digitlab.compute.background import BackgroundTask
from digitlab.compute.errors import EngineError, Problem
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import progress
from digitlab.wording.problems.reasons import problem_words
from tests.compute.test_background import Gate
from tests.conftest import wait_until


def page() -> None:
    import streamlit as st

    from digitlab.ui.widgets.progress import background_task

    result = background_task(
        st.session_state["digitlab"], st.session_state["name"], "Begin", st.session_state["steps"]
    )
    st.markdown(f"found: {result}")


@pytest.fixture
def opened() -> Any:
    def open_page(gate: Any, name: str = "a study") -> AppTest:
        test = AppTest.from_function(page, default_timeout=60)
        test.session_state["digitlab"] = Lab()
        test.session_state["name"] = name
        test.session_state["steps"] = gate.steps
        return test.run()

    return open_page


def press(test: AppTest, label: str) -> Any:
    return next(button for button in test.button if button.label == label).click().run()


def bar_texts(test: AppTest) -> list[Any]:
    return [bar.proto.text for bar in test.get("progress")]


def the_study(test: AppTest) -> Any:
    return next(iter(test.session_state["digitlab"].background_tasks.values()))


def test_progress_and_then_the_result(opened: Any) -> None:
    gate = Gate()
    test = press(opened(gate), "Begin")
    assert bar_texts(test) == ["0\N{NO-BREAK SPACE}% done"]
    assert [button.label for button in test.button] == ["Stop"]
    gate.may_go.release()
    wait_until(lambda: the_study(test).share == 0.25, "the first step")
    assert bar_texts(test.run())[0].startswith("25\N{NO-BREAK SPACE}% done, about ")
    gate.may_go.release(2)
    wait_until(lambda: not the_study(test).active, "the end")
    assert test.run().markdown[0].value == "found: found"
    assert not test.button
    assert not bar_texts(test)


def test_stop_puts_the_button_back(opened: Any) -> None:
    gate = Gate()
    test = press(press(opened(gate), "Begin"), "Stop")
    assert [button.label for button in test.button] == ["Begin"]
    assert not bar_texts(test)
    gate.may_go.release()
    wait_until(lambda: gate.closed, "the steps to be closed")


def test_failure_is_said_and_can_be_tried_again(opened: Any) -> None:
    gate = Gate(EngineError(Problem.NO_WORKERS))
    test = press(opened(gate), "Begin")
    gate.may_go.release(3)
    wait_until(lambda: not the_study(test).active, "the end")
    assert test.run().warning[0].value == problem_words(Problem.NO_WORKERS)
    assert [button.label for button in test.button] == ["Begin"]


def test_another_study_stops_the_one_before(opened: Any) -> None:
    gate = Gate()
    test = press(opened(gate), "Begin")
    before = the_study(test)
    test.session_state["name"] = "another study"
    test.session_state["steps"] = Gate().steps
    press(test.run(), "Begin")
    assert not before.active
    assert [*test.session_state["digitlab"].background_tasks] == ["another study"]
    the_study(test).stop()


def test_what_was_let_go_is_said_and_can_be_worked_out_again(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool: Pool[Any] = Pool(0.001)
    monkeypatch.setattr(progress, "BackgroundTask", lambda steps: BackgroundTask(steps, pool))
    gate = Gate()
    gate.may_go.release(6)
    test = press(opened(gate), "Begin")
    wait_until(lambda: not the_study(test).active, "the end")
    assert test.run().markdown[0].value == "found: found"
    pool.put(None, 1000)  # another visitor's
    test.run()
    assert "no longer keeps this result" in test.warning[0].value
    press(test, "Begin")
    wait_until(lambda: not the_study(test).active, "the end")
    assert test.run().markdown[0].value == "found: found"
    assert not test.warning
