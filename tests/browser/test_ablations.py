"""Ablations, in a real browser: expect, train both, see; Keras refuses; weights are changed."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .visitor import settle


def choose(page: Page, title: str) -> None:
    page.get_by_role("radio", name=title, exact=True).click()
    settle(page)


def expect_of_it(page: Page, outcome: str) -> None:
    page.get_by_role("radiogroup").get_by_text(outcome, exact=True).click()
    settle(page)


def result(page: Page) -> Locator:
    return page.get_by_text(re.compile("^.*You expected:"))


def test_a_visitor_expects_and_sees(visit: Callable[..., Page]) -> None:
    page = visit("/Prepare?v=1&seed=3")
    page.get_by_role("link", name="What is each setting for?").click()
    expect(page.get_by_role("heading", name="Ablations", level=1)).to_be_visible()
    settle(page)
    expect(page.get_by_role("button", name="Train both")).to_be_disabled()
    expect_of_it(page, "It reads fewer digits")
    page.get_by_role("button", name="Train both").click()
    expect(result(page)).to_contain_text("It learns almost nothing", timeout=120_000)
    settle(page)
    expect(page.locator(".st-key-ablation_accuracy .scatterlayer .trace")).to_have_count(4)
    # It is an experiment: none of the two is the visitor's network.
    expect(page.get_by_text("You are not using a network.")).to_be_visible()

    choose(page, "Leave out one-hot")
    expect_of_it(page, "It reads about the same number")
    page.get_by_role("button", name="Train the changed network").click()
    expect(page.get_by_text("must have the same rank")).to_be_visible(timeout=60_000)
    expect(result(page)).to_contain_text("Keras refuses to train it")

    choose(page, "Change the trained network")  # the baseline is trained already
    expect_of_it(page, "It reads fewer digits")
    expect(result(page)).to_contain_text("It reads fewer digits")
    expect(page.locator(".st-key-weight_change_accuracy .scatterlayer .trace")).to_have_count(1)

    choose(page, "Change the training")
    choose(page, "Shuffle the labels")
    take = page.get_by_role("button", name="Use these settings on Train")
    take.click()
    expect(take).to_be_disabled()  # Train has them now
    page.get_by_test_id("stSidebar").get_by_role("link", name="Train").click()
    expect(page.get_by_text("Changed on purpose: shuffled labels.")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Changed on purpose:")).to_have_count(0)
