"""Break it on purpose, in a real browser: expect, train both, see; Keras refuses, and is mended."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .visitor import settle


def choose(page: Page, title: str) -> None:
    page.get_by_test_id("stMain").get_by_text(title, exact=True).click()
    settle(page)


def expect_of_it(page: Page, outcome: str) -> None:
    page.get_by_role("radiogroup").get_by_text(outcome, exact=True).click()
    settle(page)


def result(page: Page) -> Locator:
    return page.get_by_text(re.compile("^.*You expected:"))


def test_a_class_breaks_it_and_keras_refuses(visit: Callable[..., Page]) -> None:
    page = visit("/Prepare?v=1&epochs=1&seed=3")
    choose(page, "Leave out the scaling")
    expect(page.get_by_text("Broken on purpose: no scaling.")).to_be_visible()
    expect(page.get_by_role("button", name="Train both")).to_be_disabled()
    expect_of_it(page, "It learns next to nothing")
    page.get_by_role("button", name="Train both").click()
    expect(result(page)).to_contain_text("It learns next to nothing", timeout=120_000)
    settle(page)
    curves = page.locator(".st-key-prepare_break_accuracy .scatterlayer .trace")
    expect(curves).to_have_count(2)
    expect(page.get_by_text("No network trained yet.")).to_be_visible()  # it is an experiment

    choose(page, "Leave out one-hot")
    expect_of_it(page, "It learns about as well")
    page.get_by_role("button", name="Train the broken one").click()
    expect(page.get_by_text("must have the same rank")).to_be_visible(timeout=60_000)
    expect(result(page)).to_contain_text("Keras refuses to train it")
    page.get_by_role("button", name="Take the loss Sparse cross-entropy").click()
    settle(page)
    expect_of_it(page, "It learns about as well")
    page.get_by_role("button", name="Train the broken one").click()
    expect(result(page)).to_contain_text("to the last digit", timeout=60_000)
    page.get_by_role("button", name="Mend it").click()
    expect(page.get_by_text("Broken on purpose:")).to_have_count(0)
