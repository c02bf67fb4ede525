"""Check yourself at the end of a page: right, wrong with a hint, the answer, the sidebar's line."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.quiz.catalogue import CATALOGUE
from digitlab.specs import PRESETS
from digitlab.ui.session.state import Lab
from tests.reading import control

ALL = sum(map(len, CATALOGUE.values()))

PAGE = Path(__file__).parents[3] / "pages" / "3_Network.py"
DOUBLE, WHY = "Give the hidden layer 20 units instead of 10.", "Your layer `dense` has 7,850"
ANSWER = "Each unit has a weight for each of its 784 inputs"


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_file(PAGE, default_timeout=30).run()


def give(
    page: AppTest,
    question: str,
    answer: int | str,
) -> None:
    """Type or choose the answer and press the question's own Check."""
    field = control(page.number_input if isinstance(answer, int) else page.radio, question)
    field.set_value(answer)
    (check,) = [button for button in page.button if button.proto.form_id == field.proto.form_id]
    check.click().run()
    assert not page.exception


def says(elements: Any, text: str) -> list[Any]:
    return [element.value for element in elements if text in element.value]


def line(page: AppTest) -> list[Any]:
    return says(page.sidebar.caption, "Check yourself")


def lab(page: AppTest) -> Any:
    return page.session_state["digitlab"]


def test_a_slip_gets_its_hint_and_a_second_try(page: AppTest) -> None:
    assert line(page) == []
    give(page, DOUBLE, 15_700)
    assert says(page.warning, "**15,700** is not right yet. That is one layer.")
    assert line(page) == []
    give(page, DOUBLE, 15_910)
    assert says(page.success, "Right: **15,910**. Layer by layer: 784 × 20 + 20 = 15,700 and")
    assert not says(page.warning, "not right yet")
    assert control(page.number_input, DOUBLE).value == 15_910  # the keyboard is still there
    assert line(page) == [f":material/task_alt: Check yourself: 1 of {ALL} right"]
    give(page, WHY, "inputs")
    assert line(page) == [f":material/task_alt: Check yourself: 2 of {ALL} right"]


def test_the_answer_is_shown_after_a_try_and_does_not_count(page: AppTest) -> None:
    assert not [button for button in page.button if button.label == "Show the answer"]
    give(page, WHY, "one_each")
    assert says(page.warning, "Then the layer would have 10 parameters.")
    (tell,) = [button for button in page.button if button.label == "Show the answer"]
    tell.click().run()
    assert says(page.info, f"The answer is **{ANSWER}**. Weights of each unit: 784.")
    assert line(page) == []
    page.run()
    assert says(page.info, f"The answer is **{ANSWER}**")


def test_nothing_typed_is_said(page: AppTest) -> None:
    next(button for button in page.button if button.label == "Check").click().run()
    assert [warning.value for warning in page.warning] == ["Type a number first."]
    assert lab(page).checks == {}


def test_another_network_asks_anew_and_the_tick_stays(page: AppTest) -> None:
    give(page, DOUBLE, 15_910)
    lab(page).spec = PRESETS["ReLU 128"]
    page.run()
    assert not says(page.success, "Right")
    assert len(says(page.caption, "Your last answer was right.")) == 1
    assert line(page) == [f":material/task_alt: Check yourself: 1 of {ALL} right"]
    give(page, "Give the hidden layer 256 units instead of 128.", 203_530)
    assert says(page.success, "Right: **203,530**")
    assert line(page) == [f":material/task_alt: Check yourself: 1 of {ALL} right"]
    lab(page).spec = replace(lab(page).spec, network=PRESETS["The article's network"].network)
    page.run()
    assert says(page.success, "Right: **15,910**")


def luck() -> None:
    from digitlab.ui.session.state import lab
    from digitlab.ui.widgets.quiz_box import check_yourself

    check_yourself(lab(), "Luck")


def test_a_choice() -> None:
    page = AppTest.from_function(luck)
    page.session_state["digitlab"] = Lab()
    page.run()
    page.button[0].click().run()
    assert [warning.value for warning in page.warning] == ["Choose an answer first."]
    page.radio[0].set_value("All three are different")
    page.button[0].click().run()
    assert says(page.warning, "one number decides which random numbers come.")
    page.radio[0].set_value(page.radio[0].options[2])
    page.button[0].click().run()
    assert says(page.success, "same seed gives the same numbers.")
