"""One picture of each kind that people bring, uploaded in Chromium; and two digits in a row."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.made_pictures import KINDS, side_by_side

from .visitor import clear, expect_answer, settle, strokes_on_canvas


def choose(page: Page, name: str, pixels: np.ndarray) -> None:
    """Upload a picture."""
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    page.locator("input[type=file]").set_input_files(
        {"name": f"{name}.png", "mimeType": "image/png", "buffer": content.getvalue()}
    )


def reading(page: Page) -> Locator:
    return page.get_by_role("paragraph").filter(has_text="These are")


def test_pictures_of_each_kind_are_read(visit: Callable[..., Page], network: str) -> None:
    page = visit(f"/Draw{network}")
    page.get_by_role("tab", name="Upload a picture").click()
    for place, (kind, make) in enumerate(KINDS.items()):
        digit = "247"[place % 3]  # another one each time: the last answer is not taken for this one
        choose(page, kind, make(digit, seed=1))
        expect_answer(page, int(digit))
        settle(page)
    choose(page, "pair", side_by_side("27"))
    expect(reading(page)).to_contain_text("These are 2 digits. It reads 27, one by one")
    page.get_by_role("radio", name="2. digit: 7").click()
    expect(page.get_by_text("Digit 2 of 2, from the left.")).to_be_visible()
    settle(page)


def test_two_digits_on_the_canvas_are_two(visit: Callable[..., Page], network: str) -> None:
    page = visit(f"/Draw{network}")
    (digit,) = strokes_on_canvas(page, 1)
    width = max(x for x, _ in digit) - min(x for x, _ in digit)
    for away in (-0.5 * width - 35, 0.5 * width + 35):
        page.mouse.move(digit[0][0] + away, digit[0][1])
        page.mouse.down()
        for x, y in digit[1:]:
            page.mouse.move(x + away, y, steps=6)
        page.mouse.up()
    expect(reading(page)).to_contain_text("These are 2 digits. It reads 11, one by one")
    clear(page)
