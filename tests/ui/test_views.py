"""The names of views in addresses, and which of address and click counts."""

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.ui.shell import path
from tests.pages.test_pages import ROOT
from tests.reading import checked

PAGE, FILE = "Then and now", "pages/15_Then_and_now.py"
KEY = "view_Then and now"


def opened(**address: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / FILE), default_timeout=30)
    for name, value in address.items():
        test.query_params[name] = value
    return checked(test.run())


def view(test: AppTest) -> str:
    return str(test.segmented_control(key=KEY).value)


def test_names_of_views_can_stand_in_an_address_and_their_words_differ() -> None:
    for step in path.ALL:
        assert all(name.isascii() and name.replace("_", "").isalpha() for name in step.views)
        assert len({*step.views.values()}) == len(step.views) != 1


def test_an_address_opens_a_view_and_a_click_renames_the_address() -> None:
    test = opened(view="log")
    assert view(test) == "log"
    test.segmented_control(key=KEY).set_value("summary").run()
    assert view(test) == "summary"
    assert test.query_params["view"] == "summary"
    test.segmented_control(key=KEY).set_value("code").run()
    assert view(test) == "code"
    assert "view" not in test.query_params, "the first view needs no name"


def test_back_in_the_browser_brings_the_view_back() -> None:
    test = opened()
    test.segmented_control(key=KEY).set_value("summary").run()
    del test.query_params["view"]  # as the browser has it after Back
    assert view(checked(test.run())) == "code"
    test.query_params["view"] = "log"
    assert view(checked(test.run())) == "log"


def test_a_click_counts_before_the_browser_has_written_the_address_of_the_one_before() -> None:
    test = opened(view="log")
    test.segmented_control(key=KEY).set_value("summary").run()
    test.query_params["view"] = "log"  # as the browser still has it
    test.segmented_control(key=KEY).set_value("further").run()
    assert view(checked(test)) == "further"


@pytest.mark.parametrize("name", ["nothing", "", "Log", "<b>"])
def test_a_view_that_does_not_exist_is_said(name: str) -> None:
    test = opened(view=name)
    assert view(test) == "code"
    notices = [warning.value for warning in test.warning]
    assert notices == (
        ["This page does not have the view that the address names. You see the first view."]
        if name
        else []
    )
    assert "view" not in test.query_params
