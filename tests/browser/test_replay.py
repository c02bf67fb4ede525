"""From a cell of the matrix to its digits and to why; a run seen again, also after a reload."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import box_of

from .visitor import choose_view, go, settle, take_exam


def click_cell(page: Page, true: int, predicted: int) -> None:
    """Click the middle of a cell of the confusion matrix."""
    cells = page.get_by_test_id("stPlotlyChart").first.locator(".heatmaplayer")
    expect(cells).to_be_visible()
    cells.scroll_into_view_if_needed()
    box = box_of(cells)
    x = box["x"] + box["width"] * (predicted + 0.5) / 10
    page.mouse.click(x, box["y"] + box["height"] * (true + 0.5) / 10)


def chosen(page: Page, true: int, predicted: int) -> Locator:
    how = "correctly" if true == predicted else f"as {predicted}"
    words = f"reads the digit {true} {how}: "
    return page.get_by_text(re.compile(words))


def test_from_the_matrix_to_the_digits_and_through_the_epochs(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/{network}")
    take_exam(page)
    for cell in ((4, 9), (5, 3), (4, 9), (1, 1)):
        click_cell(page, *cell)
        expect(chosen(page, *cell)).to_be_visible()
        settle(page)
    card = page.get_by_role("button", name=re.compile(r"^Why\? Number \d+$")).first
    surest = card.inner_text()
    page.get_by_role("button", name="Page 2", exact=True).first.click()
    expect(card).not_to_have_text(surest)
    settle(page)
    number = card.inner_text().strip().removeprefix("Why? Number ")
    card.click()
    expect(page.get_by_role("heading", name="Look inside", level=1)).to_be_visible()
    settle(page)
    evidence = page.get_by_role("radio", name="Which pixels matter", exact=True)
    expect(evidence).to_be_checked()  # the view that says why
    go(page, "Replay")
    sample = page.get_by_label("Test digit, 0 to 9,999", exact=True)
    expect(sample).to_have_value(number)  # the same digit
    choose_view(page, "All test digits")
    expect(page.get_by_text(re.compile("^The network read .* before it learned"))).to_be_visible()
    page.reload()
    settle(page)
    page.get_by_role("button", name="Next").click()
    expect(
        page.get_by_text(re.compile("after epoch 1. .* more of the 10,000 than"))
    ).to_be_visible()
    slider = page.get_by_test_id("stMain").get_by_role("slider", name="Epoch")
    slider.press("ArrowRight")
    expect(
        page.get_by_text(re.compile("after epoch 2. .* more of the 10,000 than"))
    ).to_be_visible()
    page.get_by_test_id("stMain").get_by_text("The same in Keras").click()
    expect(page.get_by_text('load_model("epoch_02.keras")').first).to_be_visible()
