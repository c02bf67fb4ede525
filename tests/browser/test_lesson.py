"""A visitor walks the lesson in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import settle

STEPS = ["Data", "Prepare", "Network", "Train", "Evaluate", "Predict", "Draw"]

# Digits as a hand draws them: polylines on a square of 100 × 100.
DIGITS = {
    0: [[(50, 8), (28, 20), (20, 50), (28, 80), (50, 92), (72, 80), (80, 50), (72, 20), (50, 8)]],
    1: [[(52, 8), (50, 50), (48, 92)]],
    3: [[(25, 15), (50, 6), (74, 18), (72, 36), (48, 47), (74, 58), (78, 78), (54, 93), (24, 84)]],
    7: [[(22, 12), (78, 10), (62, 40), (48, 92)]],
}


def go(page: Page, step: str) -> None:
    """Follow the sidebar's link, as a visitor does, opening the sidebar on a phone."""
    expand = page.get_by_test_id("stExpandSidebarButton")
    if expand.is_visible():
        expand.click()
    page.get_by_test_id("stSidebar").get_by_role("link", name=step).click()
    expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    settle(page)


def choose_network(page: Page, preset: str, seed: int = 7) -> None:
    """Take a preset on Network, and a fixed seed on Train, so that the test is the same each time."""
    go(page, "Network")
    page.get_by_test_id("stMain").get_by_text(preset, exact=True).first.click()
    settle(page)
    go(page, "Train")
    field = page.get_by_label("Seed", exact=True)
    field.fill(str(seed))
    field.press("Enter")
    expect(page.get_by_text(f"set_random_seed({seed})")).to_be_visible()


def train(page: Page) -> None:
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text("digits that it has never seen")).to_be_visible(timeout=120_000)


def draw(page: Page, digit: int) -> None:
    """Draw with the mouse on the middle of the canvas."""
    canvas = page.locator("canvas.upper-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    scale = 0.6 * box["width"] / 100
    left, top = box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"]
    for stroke in DIGITS[digit]:
        (x, y), *rest = [(left + scale * x, top + scale * y) for x, y in stroke]
        page.mouse.move(x, y)
        page.mouse.down()
        for x, y in rest:
            page.mouse.move(x, y, steps=6)
        page.mouse.up()


def answer(page: Page):
    return page.get_by_text(re.compile(r"^It reads a \d"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_first_from_a_deep_link(visit, step, scheme):
    page = visit(f"/{step}", color_scheme=scheme)
    expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_role("link")).to_have_count(8)
    expect(page).to_have_title(f"{step} – DigitLab")


def test_first_minute(visit, keep_screenshot):
    page = visit("/")
    keep_screenshot(page, "start")
    page.get_by_role("button", name="Train a network now").click()
    expect(page.get_by_role("heading", name="Train", level=1)).to_be_visible()
    expect(page.get_by_text("Epoch 1/5")).to_be_visible()  # the log rolls while it trains
    expect(page.get_by_text("digits that it has never seen")).to_be_visible(timeout=120_000)
    settle(page)
    keep_screenshot(page, "train")
    page.get_by_text("The article prints 0.9018").click()
    expect(page.get_by_text("0.677 to 0.788")).to_be_visible()
    page.get_by_role("link", name="Draw one yourself").click()
    expect(page.get_by_role("heading", name="Draw", level=1)).to_be_visible()
    settle(page)
    draw(page, 0)
    expect(answer(page)).to_be_visible()


def test_the_path_from_data_to_a_drawing_that_is_read(visit, keep_screenshot):
    page = visit("/")
    page.get_by_role("button", name="Start with the data").click()
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
    for step in ("Prepare", "Network", "Train"):
        settle(page)
        page.get_by_role("link", name=f"Next: {step}").click()
        expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    choose_network(page, "ReLU 128")
    train(page)
    go(page, "Evaluate")
    matrix = page.get_by_test_id("stPlotlyChart").first
    expect(matrix).to_contain_text("True label")
    expect(matrix).to_contain_text("Predicted label")
    expect(page.get_by_text("Test accuracy", exact=True)).to_be_visible()
    keep_screenshot(page, "evaluate")
    go(page, "Predict")
    expect(page.get_by_text("True label: 6")).to_be_visible()
    expect(page.get_by_text("It says 6, and that is right.")).to_be_visible()
    go(page, "Draw")
    for digit in DIGITS:
        draw(page, digit)
        expect(answer(page)).to_contain_text(f"It reads a {digit}")
        if digit == 3:
            keep_screenshot(page, "draw")
        page.get_by_role("button", name="Clear").click()
        expect(page.get_by_text("The canvas is empty")).to_be_visible()
    for step in ("Data", "Prepare", "Network", "Train", "Evaluate", "Predict"):
        link = page.get_by_test_id("stSidebar").get_by_role("link", name=step)
        expect(link).to_contain_text("check_circle")


def test_stop_and_another_page_while_it_trains(visit):
    page = visit("/")
    choose_network(page, "Small CNN")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile(r"Epoch 1 of 5, batch \d+"))).to_be_visible()
    go(page, "Data")  # another page is usable meanwhile
    expect(page.get_by_text("A network is being trained.")).to_be_visible()
    page.get_by_role("button", name="Another one").click()
    settle(page)
    go(page, "Train")  # and it is still running
    expect(page.get_by_text(re.compile(r"Epoch \d of 5, batch \d+"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("Stopped .* what it learned stays"))).to_be_visible()
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled()


def test_two_visitors_never_see_each_others_network(visit):
    one, other = visit("/Train"), visit("/Train")
    train(one)
    expect(one.get_by_text("Your network", exact=True)).to_be_visible()
    other.reload()
    settle(other)
    expect(other.get_by_text("No network trained yet.")).to_be_visible()
    choose_network(other, "ReLU 128", seed=3)
    train(other)
    sidebar = [page.get_by_test_id("stSidebar") for page in (one, other)]
    expect(sidebar[1]).to_contain_text("ReLU 128")
    go(one, "Predict")
    expect(sidebar[0]).to_contain_text("The article's network")


def test_on_a_phone_with_a_finger(visit):
    page = visit("/Draw", width=390, height=844, has_touch=True)
    page.get_by_role("button", name="Train the article's network here").click()
    canvas = page.locator("canvas.upper-canvas")
    expect(canvas).to_be_visible(timeout=120_000)
    settle(page)
    draw(page, 0)
    expect(answer(page)).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "the page scrolls sideways"
    go(page, "Train")
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible()
