"""Draw on every screen: the whole canvas, its answer in view, and buttons of its own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from digitlab.ui.shell import path
from tests.browser.visitor import box_of
from tests.conftest import wait_until

from .visitor import (
    DIGITS,
    a_seven,
    answer,
    draw,
    draw_with_finger,
    expect_answer,
    go,
    settle,
    upload,
)

SCREENS: tuple[tuple[int, int], ...] = (
    (320, 640),
    (390, 844),
    (640, 900),
    (768, 1024),
    (820, 1180),
    (911, 640),
    (1024, 768),
)
SCREENS += ((1180, 820), (1280, 800), (1366, 768), (1920, 1080))


def canvas_is_whole(page: Page) -> bool:
    """Whether nothing of it is cut off, or has to be scrolled to sideways, once the page is still.

    The sidebar slides in and out where a window crosses 768 pixels: the first moment says nothing.
    """
    canvas = page.locator(".dc-scroll").element_handle()
    try:
        page.wait_for_function(
            "part => part.scrollWidth <= part.clientWidth && part.clientWidth >= 280",
            arg=canvas,
            timeout=5_000,
        )
    except TimeoutError:
        return False
    return True


def answer_is_near(page: Page) -> bool:
    """Whether the answer stands beside the canvas, or below it with the buttons between."""
    canvas, said = box_of(page.locator("canvas.upper-canvas")), box_of(answer(page))
    beside = said["x"] >= canvas["x"] + canvas["width"] and said["y"] < canvas["y"] + 60
    return beside or 0 <= said["y"] - canvas["y"] - canvas["height"] <= 160


def ink_at(page: Page, x: int, y: int) -> bool:
    """Whether the canvas is black there, in its own pixels."""
    red: int = page.locator("canvas.dc-canvas").first.evaluate(
        "(canvas, [x, y]) => canvas.getContext('2d').getImageData(x, y, 1, 1).data[0]", [x, y]
    )
    return red < 128


def test_the_canvas_is_whole_and_the_answer_is_seen_beside_or_below_it(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/Draw{network}")
    draw(page, 3)
    expect(answer(page)).to_be_visible()
    settle(page)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("canvas.upper-canvas")).to_be_visible()
        assert canvas_is_whole(page), width
        wait_until(lambda: answer_is_near(page), f"the answer in a window of {width} pixels")


def test_every_stroke_can_be_taken_back_also_after_another_page(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/Draw{network}")
    undo, redo = (page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    draw(page, 3)
    expect(answer(page)).to_contain_text("It reads the digit 3")
    settle(page)
    said = answer(page).inner_text()
    canvas = box_of(page.locator("canvas.upper-canvas"))
    page.mouse.move(canvas["x"] + 20, canvas["y"] + 20)  # a second stroke
    page.mouse.down()
    page.mouse.move(canvas["x"] + 260, canvas["y"] + 260, steps=5)
    page.mouse.up()
    expect(answer(page)).not_to_have_text(said)
    settle(page)
    undo.click()
    expect(answer(page)).to_have_text(said)
    settle(page)
    wait_until(lambda: not ink_at(page, 24, 24), "the second stroke to go")
    go(page, "Data")
    go(page, "Draw")
    redo.click()
    expect(answer(page)).not_to_have_text(said)
    expect(redo).to_be_disabled()
    wait_until(lambda: ink_at(page, 24, 24), "the second stroke")
    for _ in range(2):
        expect(undo).to_be_enabled()
        undo.click()
        settle(page)
    expect(page.get_by_text("The canvas is empty")).to_be_visible()


def test_a_drawing_and_a_picture_stay_after_another_page_and_the_drawing_after_a_reload(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/Draw{network}")
    leave = page.get_by_test_id("stSidebar").get_by_role("link", name="Data")
    draw(page, 3)
    leave.evaluate("link => link.click()")  # some milliseconds after the last stroke
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    settle(page)
    go(page, "Draw")
    expect_answer(page, 3)
    page.reload()
    expect_answer(page, 3)
    settle(page)
    wait_until(lambda: ink_at(page, 56 + int(1.68 * 50), 56 + int(1.68 * 50)), "the drawing")
    upload(page, a_seven())
    expect(answer(page).filter(visible=True)).to_contain_text("It reads the digit 7")
    for leaves in ("Data", "Draw"):
        go(page, leaves)
    page.get_by_role("tab", name="Upload a picture").click()
    expect(page.get_by_text("The picture here is still my_seven.png")).to_be_visible()
    expect(answer(page).filter(visible=True)).to_contain_text("It reads the digit 7")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Write one digit on white paper")).to_be_visible()


SEND_DRAWING_LAST = """
(() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {
    if (message.length > 5000 && !window.drawing) { window.drawing = message; return; }
    send.call(this, message);
    if (window.drawing) { send.call(this, window.drawing); delete window.drawing; }
  };
})();
"""
"""JavaScript: send a drawing, the only large message of a page, after the message that follows it.
The canvas takes some milliseconds to send it."""


def test_a_stroke_that_is_sent_after_the_next_page_was_asked_for_is_kept(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/Draw{network}")
    page.evaluate(SEND_DRAWING_LAST)
    draw(page, 3)
    page.wait_for_function("window.drawing")
    go(page, "Data")
    expect(page.get_by_role("radiogroup", name="What do you want to see?")).to_be_visible()
    settle(page)
    go(page, "Draw")
    expect_answer(page, 3)


@pytest.mark.parametrize("width", [390, 820], ids=["phone", "tablet"])
def test_no_stroke_of_a_finger_is_lost_at_the_top_of_the_canvas(
    visit: Callable[..., Page], network: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(f"/Draw{network}", width=width, height=1000, touch=True)
    monkeypatch.setitem(DIGITS, 1, [[(110, -25), (90, 50), (60, 110)]])  # from the top right corner
    draw_with_finger(page, 1)
    expect(answer(page).or_(page.get_by_text(re.compile("dot|nearly everywhere")))).to_be_visible()
    assert ink_at(page, 56 + int(1.68 * 110), 56 - int(1.68 * 25) + 3)


def cut(links: Locator) -> list[str]:
    """The words of these links that are not seen whole."""
    words: list[str] = links.evaluate_all(
        "links => links.flatMap(link => [link, ...link.querySelectorAll('*')])"
        ".filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)"
        ".map(part => part.textContent)"
    )
    return words


def test_every_step_on_the_front_page_is_named_whole(visit: Callable[..., Page]) -> None:
    page = visit("/")
    links = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink")
    expect(links).to_have_count(len(path.STEPS) + len(path.WHY) + 1)  # and For teachers
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        wait_until(lambda: not cut(links), f"whole names in a window of {width} pixels")
