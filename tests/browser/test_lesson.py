"""A visitor walks the lesson in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from .visitor import (
    DIGITS,
    answer,
    choose_network,
    clear,
    draw,
    draw_with_finger,
    expect_answer,
    expect_no_sideways_scrolling,
    expect_trained,
    go,
    preset,
    settle,
    slow,
    take_exam,
    train,
    train_page,
)


def expect_matrix_agrees(page: Page) -> None:
    """The counts written in the chart's cells are those that the text and the metric tell."""
    sentence = page.get_by_text(re.compile(r"Accuracy: [\d,]+ / 10,000 = 0\.\d{4}"))
    right, share = re.search(r"([\d,]+) / 10,000 = (0\.\d{4})", sentence.inner_text()).groups()
    metric = page.get_by_test_id("stMetric").filter(has_text="Test accuracy")
    expect(metric.get_by_test_id("stMetricValue")).to_have_text(share)
    assert share == f"{int(right.replace(',', '')) / 10_000:.4f}"
    cells = page.locator(".heatmap-label text")
    expect(cells).to_have_count(100)
    counts = [int(text.replace(",", "")) for text in cells.all_text_contents()]
    assert sum(counts) == 10_000
    assert sum(counts[::11]) == int(right.replace(",", "")), "the diagonal"


def test_first_minute(
    visit: Callable[..., Page], keep_screenshot: Callable[[Page, str], None]
) -> None:
    page = visit("/")
    keep_screenshot(page, "start")
    page.get_by_role("button", name="Train a network now").click()
    expect(page.get_by_role("heading", name="Draw", level=1)).to_be_visible()
    canvas = page.locator("canvas.upper-canvas")
    expect(canvas).to_be_visible()
    expect(page.get_by_text(re.compile(r"Epoch \d of 5, batch"))).to_be_visible()  # beside it
    expect_trained(page)
    expect(page.get_by_text(re.compile(r"reads 9\d of 100 validation digits"))).to_be_visible()
    draw(page, 3)
    expect_answer(page, 3)
    page.get_by_role("button", name="Build the article's network").click()
    expect(page.get_by_role("heading", name="Network", level=1)).to_be_visible()
    settle(page)
    go(page, "Train")
    train(page)
    expect(page.get_by_text(re.compile(r"read [67]\d of 100 training digits"))).to_be_visible()
    keep_screenshot(page, "train")
    take_exam(page)
    expect(page.get_by_text("The article has 0.9018")).to_be_visible()
    go(page, "Draw")
    expect_answer(page, 3)
    expect(page.get_by_role("button", name="Build the article's network")).to_have_count(0)
    page.get_by_role("link", name="Or finish here: What next").click()
    expect(page.get_by_role("heading", name="What next", level=1)).to_be_visible()
    settle(page)
    networks = page.get_by_test_id("stMetric").filter(has_text="Your networks")
    expect(networks.get_by_test_id("stMetricValue")).to_have_text("2")


def test_a_drawing_made_while_it_learns_stays_and_is_read(visit: Callable[..., Page]) -> None:
    page = visit(train_page(slow(epochs=12)))
    page.get_by_role("button", name="Train", exact=True).click()
    go(page, "Draw")
    expect(page.get_by_text("Your network is learning")).to_be_visible()
    draw(page, 3)
    canvas = page.locator("canvas.upper-canvas").element_handle()
    expect(answer(page)).to_be_visible(timeout=90_000)
    assert canvas is not None
    assert canvas.is_visible(), "the same canvas: a stroke under way goes on"
    page.reload()
    expect(answer(page)).to_be_visible()


def test_the_live_curves_grow_before_a_charts_code_is_there(visit: Callable[..., Page]) -> None:
    page = visit("/")
    held: list[Route] = []

    def hold(route: Route) -> None:  # a slow network
        held.append(route)

    page.route("**/PlotlyChart*", hold)
    page.goto(page.url.rstrip("/") + train_page(slow(epochs=12)))
    page.get_by_role("button", name="Train", exact=True).click()
    live = page.get_by_role("img", name=re.compile(r"Epochs done: [1-9]\d* of 12\."))
    expect(live).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    assert held, "the chart's code is not what was held"
    page.get_by_role("button", name="Stop").click()
    expect(
        page.get_by_text(re.compile("was stopped after .* keeps what it has learned"))
    ).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.unroute("**/PlotlyChart*")


def test_the_path_from_data_to_a_drawing_that_is_read(
    visit: Callable[..., Page], keep_screenshot: Callable[[Page, str], None]
) -> None:
    page = visit("/")
    page.get_by_role("button", name="Start with the data").click()
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
    for step in ("Prepare", "Network", "Learn", "Train"):
        settle(page)
        page.get_by_role("link", name=f"Next: {step}").click()
        expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    choose_network(page, "ReLU 128")
    train(page)
    take_exam(page)
    matrix = page.get_by_test_id("stPlotlyChart").first
    expect(matrix).to_contain_text("True label")
    expect(matrix).to_contain_text("Predicted label")
    expect_matrix_agrees(page)
    keep_screenshot(page, "evaluate")
    go(page, "Predict")
    expect(page.get_by_text("True label: 6")).to_be_visible()
    expect(page.get_by_text("Your network says 6. This is right.")).to_be_visible()
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


def test_stop_and_another_page_while_it_trains(visit: Callable[..., Page]) -> None:
    page = visit(train_page(preset("Small CNN")))
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile(r"Epoch 1 of 5, batch \d+"))).to_be_visible()
    go(page, "Data")  # another page is usable meanwhile
    expect(page.get_by_text("A network is being trained.")).to_be_visible()
    page.get_by_role("button", name="Another one").click()
    settle(page)
    go(page, "Train")  # and it is still running
    expect(page.get_by_text(re.compile(r"Epoch [2-5] of 5, batch \d+"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(
        page.get_by_text(re.compile("was stopped after .* keeps what it has learned"))
    ).to_be_visible()
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled()


def test_two_visitors_never_see_each_others_network(visit: Callable[..., Page]) -> None:
    article = visit(train_page(preset("The article's network")))
    relu = visit(train_page(preset("ReLU 128", epochs=3)))
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
        re.findall(r"reads? ([\d.]+)\s%", page.get_by_test_id("stSidebar").inner_text())[0]
        for page in (article, relu)
    ]
    assert float(shares[0]) < 85 < 95 < float(shares[1])


def test_on_a_phone_with_a_finger(visit: Callable[..., Page]) -> None:
    page = visit("/", width=390, height=844, touch=True)
    choose_network(page, "ReLU 128")
    train(page)
    expect_no_sideways_scrolling(page)
    take_exam(page)
    expect(page.get_by_test_id("stPlotlyChart").first).to_contain_text("True label")
    expect_no_sideways_scrolling(page)
    go(page, "Draw")
    for digit in (0, 3):
        draw_with_finger(page, digit)
        expect_answer(page, digit)
        expect_no_sideways_scrolling(page)
        clear(page)
