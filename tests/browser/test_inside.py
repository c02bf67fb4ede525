"""Look inside, on the article's network: every view, a click on the map, a drawing on it."""

import contextlib
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from digitlab import limits
from tests.browser.visitor import box_of

from .visitor import answer, choose_view, draw, expect_no_sideways_scrolling, go


def test_every_view_and_a_drawing_on_the_map(visit: Callable[..., Page]) -> None:
    page = visit("/Look_inside")
    page.get_by_role("button", name="Train the article's network here").click()
    expect(page.get_by_text("What do you want to see?")).to_be_visible(timeout=120_000)
    expect(page.get_by_alt_text("The weights of unit 9")).to_be_visible()
    views = {
        "A layer at work": "Weighted sum.",
        "The last step": "Softmax turns the ten logits",
        "Which pixels matter": "Occlusion covers",
        "Nearest digits": "By pixels. The lab compares",
        "A map of digits": "PCA (principal component analysis)",
    }
    for view, said in views.items():
        choose_view(page, view)
        expect(page.get_by_text(re.compile(re.escape(said)))).to_be_visible()
        expect_no_sideways_scrolling(page)
    chart = page.get_by_test_id("stPlotlyChart")
    points = chart.locator(".scatterlayer .textpoint")
    expect(points).to_have_count(limits.MAP_DIGITS)
    points.nth(77).scroll_into_view_if_needed()
    box = box_of(points.nth(77))  # a layer of Plotly's lies over the points
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    expect(chart.locator(".hoverlayer")).to_contain_text(re.compile(r"[⠁-⣿].*test digit \d+"))
    number = page.get_by_role("spinbutton", name="Test digit")
    for _ in range(5):  # Plotly drops a click while it draws: one clicks again
        page.mouse.down()
        page.mouse.up()
        with contextlib.suppress(AssertionError):
            expect(number).not_to_have_value("11", timeout=6_000)
            break
        page.mouse.move(box["x"], box["y"] + 200)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    expect(number).not_to_have_value("11")

    go(page, "Draw")
    draw(page, 0)
    expect(answer(page)).to_be_visible()
    go(page, "Look inside")
    page.get_by_text("My drawing", exact=True).click()
    expect(page.get_by_text(re.compile("Your network reads your drawing as"))).to_be_visible()
