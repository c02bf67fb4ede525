"""A visitor walks the lesson in a real browser."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from .conftest import settle

PHONE = 768  # pixels; up to this width Streamlit's sidebar starts closed and covers the page

STEPS = ["Data", "Prepare", "Network", "Train", "Evaluate", "Predict", "Draw"]
WHY = ["Look inside", "Replay", "Luck", "Robustness"]

# The two grounds of .streamlit/config.toml.
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(20, 22, 28)"

# Digits as a hand draws them: polylines on a square of 100 × 100.
DIGITS = {
    0: [[(50, 8), (28, 20), (20, 50), (28, 80), (50, 92), (72, 80), (80, 50), (72, 20), (50, 8)]],
    1: [[(52, 8), (50, 50), (48, 92)]],
    3: [[(25, 15), (50, 6), (74, 18), (72, 36), (48, 47), (74, 58), (78, 78), (54, 93), (24, 84)]],
    7: [[(22, 12), (78, 10), (62, 40), (48, 92)]],
}


def go(page: Page, step: str) -> None:
    """Follow the sidebar's link, as a visitor does; on a phone, open it before and close it after."""
    phone = page.viewport_size["width"] <= PHONE
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_role("link", name=step).click()
    if phone:  # there it lies over the page, and stays
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
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
    expect_trained(page)


def expect_trained(page: Page) -> None:
    outcome = page.get_by_test_id("stAlert").get_by_text("digits that it has never seen")
    expect(outcome).to_be_visible(timeout=120_000)
    settle(page)


def strokes_on_canvas(page: Page, digit: int) -> list[list[tuple[float, float]]]:
    """The digit on the middle of the canvas, in pixels of the window."""
    canvas = page.locator("canvas.upper-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    scale = 0.6 * box["width"] / 100
    left, top = box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"]
    return [[(left + scale * x, top + scale * y) for x, y in stroke] for stroke in DIGITS[digit]]


def draw(page: Page, digit: int) -> None:
    """Draw with the mouse."""
    for (x, y), *rest in strokes_on_canvas(page, digit):
        page.mouse.move(x, y)
        page.mouse.down()
        for x, y in rest:
            page.mouse.move(x, y, steps=6)
        page.mouse.up()


def draw_with_finger(page: Page, digit: int) -> None:
    """Draw by touch alone, as Chromium gets it from a phone's screen."""
    screen = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    for stroke in strokes_on_canvas(page, digit):
        touch("touchStart", stroke[0])
        for (x0, y0), (x1, y1) in pairwise(stroke):
            for part in (0.25, 0.5, 0.75, 1):
                touch("touchMove", (x0 + part * (x1 - x0), y0 + part * (y1 - y0)))
        touch("touchEnd")
    screen.detach()


def expect_no_sideways_scrolling(page: Page) -> None:
    """Neither the window nor the part of it that Streamlit scrolls is wider than the screen."""
    width = page.viewport_size["width"]
    for part in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{part}.scrollWidth") <= width, f"{part} scrolls sideways"


def answer(page: Page):
    return page.get_by_text(re.compile(r"^It reads an? \d"))


def expect_answer(page: Page, digit: int) -> None:
    article = "an" if digit == 8 else "a"
    expect(answer(page)).to_contain_text(f"It reads {article} {digit}")


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("The canvas is empty")).to_be_visible()


def expect_matrix_agrees(page: Page) -> None:
    """The counts written in the chart's cells are those that the text and the metric tell."""
    sentence = page.get_by_text(re.compile(r"[\d,]+ / 10,000 = 0\.\d{4}"))
    right, share = re.search(r"([\d,]+) / 10,000 = (0\.\d{4})", sentence.inner_text()).groups()
    metric = page.get_by_test_id("stMetric").filter(has_text="Test accuracy")
    expect(metric.get_by_test_id("stMetricValue")).to_have_text(share)
    assert share == f"{int(right.replace(',', '')) / 10_000:.4f}"
    cells = page.get_by_test_id("stPlotlyChart").first.locator(".heatmap-label text")
    expect(cells).to_have_count(100)
    counts = [int(text) for text in cells.all_text_contents()]
    assert sum(counts) == 10_000
    assert sum(counts[::11]) == int(right.replace(",", "")), "the diagonal"


@pytest.mark.parametrize("step", [*STEPS, *WHY, "Runs"])
def test_every_page_opens_first_from_a_deep_link(visit, step):
    page = visit(f"/{step.replace(' ', '_')}", color_scheme="light")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", LIGHT)
    expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_role("link")).to_have_count(13)
    expect(page).to_have_title(f"{step} – DigitLab")
    page.emulate_media(color_scheme="dark")  # in the evening
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", DARK)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_first_minute(visit, keep_screenshot):
    page = visit("/")
    keep_screenshot(page, "start")
    page.get_by_role("button", name="Train a network now").click()
    expect(page.get_by_role("heading", name="Train", level=1)).to_be_visible()
    expect(page.get_by_text("Epoch 1/5")).to_be_visible()  # the log rolls while it trains
    expect_trained(page)
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
    expect_matrix_agrees(page)
    keep_screenshot(page, "evaluate")
    go(page, "Predict")
    expect(page.get_by_text("True label: 6")).to_be_visible()
    expect(page.get_by_text("It says 6, and that is right.")).to_be_visible()
    go(page, "Draw")
    for digit in DIGITS:
        draw(page, digit)
        expect_answer(page, digit)
        if digit == 3:
            keep_screenshot(page, "draw")
        clear(page)
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
    expect(page.get_by_text(re.compile(r"Epoch [2-5] of 5, batch \d+"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text(re.compile("Stopped .* what it learned stays"))).to_be_visible()
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled()


def test_two_visitors_never_see_each_others_network(visit):
    article, relu = visit("/Train"), visit("/")
    choose_network(relu, "ReLU 128", seed=3)
    settle(relu)
    for page in (article, relu):  # both at once
        page.get_by_role("button", name="Train", exact=True).click()
    for page, name, other in (
        (article, "The article's network", "ReLU 128"),
        (relu, "ReLU 128", "The article's network"),
    ):
        expect_trained(page)
        sidebar = page.get_by_test_id("stSidebar")
        expect(sidebar).to_contain_text(name)
        expect(sidebar).not_to_contain_text(other)
    shares = [
        re.search(r"reads ([\d.]+) %", page.get_by_test_id("stSidebar").inner_text())[1]
        for page in (article, relu)
    ]
    assert float(shares[0]) < 85 < 95 < float(shares[1])


def test_on_a_phone_with_a_finger(visit):
    page = visit("/", width=390, height=844, has_touch=True, is_mobile=True)
    choose_network(page, "ReLU 128")
    train(page)
    expect_no_sideways_scrolling(page)
    go(page, "Evaluate")
    expect(page.get_by_test_id("stPlotlyChart").first).to_contain_text("True label")
    expect_no_sideways_scrolling(page)
    go(page, "Draw")
    for digit in (0, 3):
        draw_with_finger(page, digit)
        expect_answer(page, digit)
        expect_no_sideways_scrolling(page)
        clear(page)
