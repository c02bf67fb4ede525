"""What a visitor does in the browser, and what a visitor sees."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from PIL import Image, ImageDraw
from playwright.sync_api import FloatRect, FrameLocator, Locator, Page, expect

from digitlab.specs import PRESETS, LessonSpec, PrepSpec, RunSpec
from digitlab.specs.link import to_link, to_query
from digitlab.ui.shell import path
from digitlab.ui.shell.page_views import WHAT

PHONE = 768  # pixels; up to this width Streamlit's sidebar starts closed and covers the page

# Digits as a hand draws them: polylines on a square of 100 × 100.
DIGITS = {
    0: [[(50, 8), (28, 20), (20, 50), (28, 80), (50, 92), (72, 80), (80, 50), (72, 20), (50, 8)]],
    1: [[(52, 8), (50, 50), (48, 92)]],
    3: [[(25, 15), (50, 6), (74, 18), (72, 36), (48, 47), (74, 58), (78, 78), (54, 93), (24, 84)]],
    7: [[(22, 12), (78, 10), (62, 40), (48, 92)]],
}


Scheme = Literal["light", "dark"]


def box_of(what: Locator) -> FloatRect:
    """Where it stands on the page; it must be seen."""
    box = what.bounding_box()
    assert box is not None
    return box


def width_of(page: Page) -> int:
    """Of the window, in CSS pixels; each visitor has one of a fixed size."""
    assert page.viewport_size is not None
    return page.viewport_size["width"]


NOTE_REQUESTS = """
(() => {
  const send = WebSocket.prototype.send;
  let patience;
  const begun = () => { clearTimeout(patience); delete document.documentElement.dataset.asks; };
  const ask = milliseconds => {
    clearTimeout(patience);
    document.documentElement.dataset.asks = "";
    patience = setTimeout(begun, milliseconds);
  };
  for (const kind of ["click", "change", "keydown"]) addEventListener(kind, () => ask(150), true);
  WebSocket.prototype.send = function (...message) { ask(500); return send.apply(this, message); };
  new MutationObserver(changes => {
    if (changes.some(({target}) => target.dataset.testScriptState === "running")) begun();
  }).observe(document, {subtree: true, attributeFilter: ["data-test-script-state"]});
})();
"""
"""JavaScript: note on the page that its visitor did something, until a run of its script begins.

Until then the page still says that no script runs. A widget sends what was done to it only after
the next drawing of the page. Not all that is done is sent, and not all that is sent leads to a run:
after these times none comes.
"""


def settle(page: Page | FrameLocator) -> None:
    """Wait until the script has run and the page shows its result."""
    expect(page.locator("html")).not_to_have_attribute("data-asks", "")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def slow(epochs: int, share: float = 0.3) -> RunSpec:
    """A training that takes three quarters of a second for each epoch, on a slow machine three.

    What a visitor does meanwhile must come in time, also on a machine that does other things.
    """
    return preset("Small CNN", epochs=epochs, share=share)


def train_page(spec: RunSpec, server: str = "") -> str:
    """The address of Train with this run's settings: the shortest way to a network."""
    return f"{server}/Train?{to_query(to_link(LessonSpec(spec)))}"


def preset(name: str, *, epochs: int = 5, seed: int = 7, share: float = 1.0) -> RunSpec:
    """A preset with a seed of its own, on so many of the training digits."""
    run = PRESETS[name]
    training = replace(run.training, epochs=epochs, seed=seed)
    return replace(run, training=training, preparation=PrepSpec(data_share=share))


def go(page: Page, step: str) -> None:
    """Follow the sidebar's link as a visitor does; on a phone, open it before, close it after."""
    assert page.viewport_size is not None, "every test sets one"
    phone = page.viewport_size["width"] <= PHONE
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebar").get_by_role("link", name=step).click()
    if phone:  # there it lies over the page, and stays
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    expect(page.get_by_role("heading", name=step, level=1)).to_be_visible()
    settle(page)


def choose_view(page: Page, words: str) -> None:
    """Press what the page's control for its views says, and wait for that view.

    The control changes at once; the address changes when the page runs with it.
    """
    views = path.step(page.get_by_role("heading", level=1).inner_text()).views
    names = {str(said): name for name, said in views.items()}
    first = next(iter(views))
    page.get_by_role("radiogroup", name=WHAT).get_by_role("radio", name=words, exact=True).click()
    page.wait_for_function(
        "view => (new URLSearchParams(location.search).get('view') ?? '') === view",
        arg="" if names[words] == first else names[words],
    )
    settle(page)


def unfold(page: Page, words: str) -> None:
    """Open the fold of this name on the page, if it is closed."""
    fold = (
        page.get_by_test_id("stMain")
        .locator("details")
        .filter(has=page.locator("summary").filter(has_text=words))
    )
    expect(fold).to_have_count(1)
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    expect(fold).to_have_attribute("open", "")


def choose_network(page: Page, name: str, seed: int = 7) -> None:
    """Take a preset on Network and a fixed seed on Train: the test is the same each time."""
    go(page, "Network")
    page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    settle(page)
    go(page, "Train")
    unfold(page, "More settings")
    unfold(page, "The same in Keras")
    field = page.get_by_label("Seed", exact=True)
    field.fill(str(seed))
    field.press("Enter")
    expect(page.get_by_text(f"set_random_seed({seed})").last).to_be_visible()


def train(page: Page | FrameLocator) -> None:
    page.get_by_role("button", name="Train", exact=True).click()
    expect_trained(page)


def begin(page: Page) -> None:
    """Start a training, and wait until its first epoch is over."""
    page.get_by_role("button", name="Train", exact=True).click()
    under_way = re.compile(r"Epoch ([2-9]|[1-9]\d) of \d+, batch")
    expect(page.get_by_text(under_way)).to_be_visible(timeout=90_000)


def expect_trained(page: Page | FrameLocator) -> None:
    outcome = page.get_by_test_id("stAlert").get_by_text(
        re.compile("of 100 (training|validation) digits")
    )
    expect(outcome).to_be_visible(timeout=120_000)
    settle(page)


def take_exam(page: Page) -> None:
    """Open the test set on Evaluate, and stay there."""
    go(page, "Evaluate")
    page.get_by_role("button", name="Take the exam").click()
    expect(page.get_by_test_id("stMetric").filter(has_text="Test accuracy")).to_be_visible()
    settle(page)


def strokes_on_canvas(page: Page, digit: int) -> list[list[tuple[float, float]]]:
    """The digit on the middle of the canvas, in pixels of the window."""
    canvas = page.locator("canvas.upper-canvas")
    expect(canvas).to_have_count(1)  # after Clear there is another one: none or both for a moment
    canvas.scroll_into_view_if_needed()
    box = box_of(canvas)
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


def a_seven() -> bytes:
    """A picture of one, as a PNG."""
    picture = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(picture).line([(50, 40), (150, 40), (90, 160)], fill=0, width=16)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def upload(page: Page | FrameLocator, content: bytes) -> None:
    """Choose a picture on Draw."""
    page.get_by_role("tab", name="Upload a picture").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "my_seven.png", "mimeType": "image/png", "buffer": content}
    )


def expect_no_sideways_scrolling(page: Page) -> None:
    """Neither the window nor the part of it that Streamlit scrolls is wider than the screen."""
    width = width_of(page)
    for part in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{part}.scrollWidth") <= width, f"{part} scrolls sideways"


def answer(page: Page | FrameLocator) -> Locator:
    return page.get_by_role("paragraph").filter(has_text=re.compile(r"^It reads the digit \d"))


def expect_answer(page: Page, digit: int) -> None:
    expect(answer(page)).to_contain_text(f"It reads the digit {digit}")


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("The canvas is empty")).to_be_visible()
    settle(page)
