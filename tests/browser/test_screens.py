"""Draw on every screen: the whole canvas, its answer in view, and buttons of its own."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from digitlab.specs import PrepSpec
from digitlab.ui.shell import path
from tests.browser.visitor import box_of

from .tour import draw_a_three, tour
from .visitor import (
    DIGITS,
    PHONE,
    a_seven,
    answer,
    choose_view,
    draw,
    draw_with_finger,
    expect_answer,
    go,
    preset,
    settle,
    train,
    train_page,
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

WIDTHS = ((320, 640), (640, 900), (911, 640), (1366, 768))
"""For all views, on both sides of where columns and the sidebar find room; others lie between."""

MAX_HEIGHT = 2 * 768  # of a view in a laptop's window, with nothing unfolded

NETWORK = preset("ReLU 128", epochs=2, share=0.2)


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


def ink_at(page: Page, x: int, y: int) -> bool:
    """Whether the canvas is black there, in its own pixels."""
    red: int = page.locator("canvas.dc-canvas").first.evaluate(
        "(canvas, [x, y]) => canvas.getContext('2d').getImageData(x, y, 1, 1).data[0]", [x, y]
    )
    return red < 128


def test_the_canvas_is_whole_and_the_answer_is_seen_beside_or_below_it(
    visit: Callable[..., Page],
) -> None:
    page = visit(train_page(NETWORK))
    train(page)
    go(page, "Draw")
    draw(page, 3)
    expect(answer(page)).to_be_visible()
    settle(page)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("canvas.upper-canvas")).to_be_visible()
        assert canvas_is_whole(page), width
        canvas, said = (
            box_of(page.locator("canvas.upper-canvas")),
            box_of(answer(page)),
        )
        beside = said["x"] >= canvas["x"] + canvas["width"] and said["y"] < canvas["y"] + 60
        below = 0 <= said["y"] - canvas["y"] - canvas["height"] <= 160  # the buttons between
        assert beside or below, (width, canvas, said)


def test_every_stroke_can_be_taken_back_also_after_another_page(visit: Callable[..., Page]) -> None:
    page = visit(train_page(NETWORK))
    train(page)
    go(page, "Draw")
    undo, redo = (page.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    draw(page, 3)
    expect(answer(page)).to_contain_text("It reads a 3")
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
    assert not ink_at(page, 24, 24)
    go(page, "Data")
    go(page, "Draw")
    redo.click()
    expect(answer(page)).not_to_have_text(said)
    expect(redo).to_be_disabled()
    assert ink_at(page, 24, 24)
    for _ in range(2):
        expect(undo).to_be_enabled()
        undo.click()
        settle(page)
    expect(page.get_by_text("The canvas is empty")).to_be_visible()


def test_a_drawing_and_a_picture_stay_after_another_page_and_the_drawing_after_a_reload(
    visit: Callable[..., Page],
) -> None:
    page = visit(train_page(NETWORK))
    train(page)
    go(page, "Draw")
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
    assert ink_at(page, 56 + int(1.68 * 50), 56 + int(1.68 * 50))
    upload(page, a_seven())
    expect(answer(page).filter(visible=True)).to_contain_text("It reads a 7")
    for leaves in ("Data", "Draw"):
        go(page, leaves)
    page.get_by_role("tab", name="Upload a picture").click()
    expect(page.get_by_text("The picture here is still my_seven.png")).to_be_visible()
    expect(answer(page).filter(visible=True)).to_contain_text("It reads a 7")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Write one digit on white paper")).to_be_visible()


@pytest.mark.parametrize("width", [390, 820], ids=["phone", "tablet"])
def test_no_stroke_of_a_finger_is_lost_at_the_top_of_the_canvas(
    visit: Callable[..., Page], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(train_page(NETWORK), width=width, height=1000, touch=True)
    train(page)
    go(page, "Draw")
    monkeypatch.setitem(DIGITS, 1, [[(110, -25), (90, 50), (60, 110)]])  # from the top right corner
    draw_with_finger(page, 1)
    expect(answer(page).or_(page.get_by_text(re.compile("dot|nearly everywhere")))).to_be_visible()
    assert ink_at(page, 56 + int(1.68 * 110), 56 - int(1.68 * 25) + 3)


def test_every_step_on_the_front_page_is_named_whole(visit: Callable[..., Page]) -> None:
    page = visit("/")
    links = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink")
    expect(links).to_have_count(len(path.STEPS) + len(path.WHY))
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        cut = links.evaluate_all(
            "links => links.flatMap(link => [link, ...link.querySelectorAll('*')])"
            ".filter(part => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)"
            ".map(part => part.textContent)"
        )
        assert cut == [], width


FAULTS = """() => {
  const faults = [], main = document.querySelector('[data-testid=stMain]');
  const seen = part => {
    const box = part.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && part.checkVisibility({visibilityProperty: true});
  };
  if (main.scrollWidth > main.clientWidth + 1) faults.push('the page scrolls sideways');
  // Code and tables have scroll bars of their own; what is only for a screen reader is never seen.
  const own = '[data-testid=stIconMaterial], [data-testid=stCode], [data-testid=stDataFrame],'
    + '[data-testid=stTooltipIcon], .dc-root, .katex-mathml, .js-plotly-plot';
  const parts = '[data-testid=stMain] *, [data-testid=stSidebar] *';
  for (const part of document.querySelectorAll(parts)) {
    if (!part.clientWidth || part.closest(own) || !part.textContent.trim()) continue;
    const hidden = ['hidden', 'clip'].includes(getComputedStyle(part).overflowX);
    if (hidden && part.scrollWidth > part.clientWidth + 1 && seen(part))
      faults.push('cut: ' + part.textContent.trim().slice(0, 60));
  }
  for (const chart of document.querySelectorAll('.js-plotly-plot')) {
    const frame = chart.getBoundingClientRect();
    if (frame.width < 2) continue;  // in a closed expander
    const texts = [...chart.querySelectorAll('svg text')].filter(text =>
      text.textContent.trim() && seen(text) && !text.closest('.modebar, .hoverlayer'));
    const boxes = texts.map(text => text.getBoundingClientRect());
    const name = i => 'chart, ' + texts[i].textContent.slice(0, 40);
    const camera = chart.querySelector('.modebar-group')?.getBoundingClientRect();
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    boxes.forEach((box, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        faults.push('outside: ' + name(i));
      }
      if (parseFloat(getComputedStyle(texts[i]).fontSize) < 9) faults.push('tiny: ' + name(i));
      if (camera && meet(box, camera)) faults.push('under the camera: ' + name(i));
      if (texts.length < 200) boxes.slice(i + 1).forEach((other, j) => {
        if (meet(box, other)) faults.push('on each other: ' + name(i) + ' / ' + name(i + 1 + j));
      });
    });
  }
  return [...new Set(faults)];
}"""


def faults_at(page: Page, width: int, height: int) -> list[str]:
    """What cannot be read on a screen of this size, once the page has taken it in."""
    page.set_viewport_size({"width": width, "height": height})
    if width <= PHONE:  # there the sidebar would lie over the page, and closes
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    try:
        page.wait_for_function(f"({FAULTS})().length === 0", timeout=5_000)
    except TimeoutError:
        faults: list[str] = page.evaluate(FAULTS)
        return faults
    return []


def height_of(page: Page) -> int:
    """Of the whole page in a laptop's window."""
    page.set_viewport_size({"width": 1366, "height": 768})
    settle(page)
    height: int = page.get_by_test_id("stMain").evaluate("part => part.scrollHeight")
    return height


def test_nothing_is_cut_or_on_each_other_or_tiny_on_any_page_or_view_at_any_width(
    visit: Callable[..., Page],
) -> None:
    # With all digits: what is changed on purpose stands above each page in a line of its own.
    page = visit(train_page(preset("ReLU 128", epochs=2)))
    train(page)
    draw_a_three(page)
    by_place = {}
    heights: dict[str, int] = {}

    def measure(where: str) -> None:
        heights[where] = height_of(page)

    for where in tour(page, measure):
        for width, height in reversed(WIDTHS):
            if faults := faults_at(page, width, height):
                by_place[where, width] = faults
    assert not by_place, "\n".join(f"{place}: {faults}" for place, faults in by_place.items())
    high = {where: height for where, height in heights.items() if height > MAX_HEIGHT}
    assert not high, "one idea a view: not higher than two screens"


def test_no_view_is_higher_with_ablations_or_with_an_answer(visit: Callable[..., Page]) -> None:
    changed = PrepSpec(data_share=0.1, dropped_digit=8, label_noise=0.2)
    page = visit(train_page(replace(preset("ReLU 128"), preparation=changed)))
    heights = {}
    for name in ("Prepare", "Train"):
        go(page, name)
        expect(page.get_by_text("Changed on purpose:")).to_be_visible()
        for view in path.step(name).views.values():
            choose_view(page, view)
            heights[name, view] = height_of(page)
    go(page, "Learn")
    layer = page.get_by_role("combobox", name="Layer")
    expect(layer).to_be_visible(timeout=90_000)  # the first question waits for its worker
    layer.click()
    page.get_by_role("option", name="Hidden layer, dense").click()
    expect(page.locator(".st-key-learn_back")).to_be_visible()
    page.get_by_role("radio", name="Up", exact=True).click()
    expect(page.get_by_text("4. Step.")).to_be_visible()
    heights["Learn", "a hidden weight"] = height_of(page)
    high = {where: height for where, height in heights.items() if height > MAX_HEIGHT}
    assert not high, "one idea a view: not higher than two screens"
