"""Every page and every view: it fits, it can be read, and everybody can use it.

One walk looks at all of it, since most of its time goes into opening the views.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from digitlab.specs import PrepSpec
from digitlab.ui.shell import path
from digitlab.wording import pseudo

from .layout import PROJECTED, faults_at, small_words
from .readable import COLOURS, EVERYTHING, pale_text, pale_under_mouse, take_theme, violations
from .tour import AROUND, LAPTOP, LESSON, Steps, draw_a_three, tour, unfold_all
from .visitor import Scheme, choose_view, go, preset, settle, take_exam, train, train_page, unfold

PROJECTOR = (911, 512)
"""A laptop's screen of 1366 × 768 at browser zoom 150 %."""

SMALLER = (PROJECTOR, (640, 900), (320, 640))
"""With the laptop on both sides of where columns and the sidebar find room; others lie between."""

PAGES = [step for step in LESSON + AROUND if step is not path.FRONT]

PHONE_SCREEN = (390, 844)

MAX_HEIGHT = 2 * LAPTOP["height"]
"""Of a view, with nothing unfolded: one idea a view."""

# Nothing changes slowly while it is looked at.
AT_ONCE = "* { transition: none !important; animation: none !important; }"


def longer(words: str) -> re.Pattern[str]:
    """The same in the pseudo-language: in brackets, and 40 % longer than in English."""
    return re.compile(f"^⟦{re.escape(words)} .*⟧$")


def visitor_at_train(visit: Callable[..., Page]) -> Page:
    """With all digits: what is changed on purpose stands above each page in a line of its own."""
    page = visit(train_page(preset("ReLU 128", epochs=2)))
    page.add_style_tag(content=AT_ONCE)
    return page


def height_of(page: Page) -> int:
    """Of the whole page in a laptop's window, once it is still."""
    settle(page)
    height: int = page.get_by_test_id("stMain").evaluate("part => part.scrollHeight")
    return height


def in_every_window(page: Page) -> Iterator[str]:
    """What is wrong with what stands there, in windows from a laptop's to a phone's, where it gets
    the other theme. The next view begins in that one, so that each theme is seen with the sidebar.

    The phone needs all that axe-core looks for anyway: an own look at the colours of a laptop's
    window would take as long as a third of it, and show the same words on the same grounds.
    """
    themes: list[Scheme] = ["light", "dark"]
    if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"):
        themes.reverse()
    yield from faults_at(page, **LAPTOP)
    yield from violations(page, EVERYTHING)
    yield from pale_text(page, themes[0])
    for width, height in SMALLER:
        yield from (f"{width} wide: {fault}" for fault in faults_at(page, width, height))
        if (width, height) == PROJECTOR and page.locator(PROJECTED).count():
            yield from (f"small on the projector: {words}" for words in small_words(page))
    take_theme(page, themes[1])
    yield from (f"on a phone: {fault}" for fault in violations(page, EVERYTHING))
    yield from (f"on a phone: {words}" for words in pale_text(page, themes[1]))


@pytest.mark.parametrize("steps", [LESSON, AROUND], ids=["lesson", "around"])
def test_with_a_network_every_view_fits_and_can_be_used(
    visit: Callable[..., Page], steps: Steps
) -> None:
    page = visitor_at_train(visit)
    train(page)
    draw_a_three(page)
    if steps is AROUND:
        take_exam(page)  # what is worked out on test digits comes after it
    heights: dict[str, int] = {}

    def measure(where: str) -> None:
        heights[where] = height_of(page)

    faults = {
        where: of_view
        for where in tour(page, steps, measure)
        if (of_view := [*in_every_window(page)])
    }
    assert faults == {}
    assert {where: height for where, height in heights.items() if height > MAX_HEIGHT} == {}


@pytest.mark.parametrize("step", PAGES, ids=[step.name for step in PAGES])
def test_a_page_opens_first_by_its_address_and_can_be_used(
    visit: Callable[..., Page], step: path.Step
) -> None:
    page = visit(f"/{step.name.replace(' ', '_')}")
    page.add_style_tag(content=AT_ONCE)
    take_theme(page, "light")
    expect(page.get_by_role("heading", name=step.name, level=1)).to_be_visible()
    expect(page).to_have_title(f"{step.name} – DigitLab")
    links = page.get_by_test_id("stSidebar").get_by_role("link")
    expect(links).to_have_count(len(PAGES) + 1)  # and the front page
    unfold_all(page)
    assert [*violations(page, EVERYTHING), *pale_text(page, "light")] == []
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_with_longer_words_every_page_fits_and_can_be_read(visit: Callable[..., Page]) -> None:
    """In the dark: what is pale there is pale in each language. One visitor goes from page to page:
    to load each page anew takes another second of a processor."""
    page = visit(f"/?lang={pseudo.NAME}", color_scheme="dark")
    page.add_style_tag(content=AT_ONCE)
    take_theme(page, "dark")
    faults: dict[str, list[str]] = {}
    # The longest title comes last: once its page was seen, the sidebar also says that it is done,
    # and with longer words this is cut on a laptop.
    for step in sorted(PAGES, key=lambda step: len(step.name)):
        address = step.name.replace(" ", "_")
        page.get_by_test_id("stSidebar").locator(f"a[href*={address}]").click()
        expect(page.get_by_role("heading", name=longer(step.name), level=1)).to_be_visible()
        settle(page)
        unfold_all(page)
        of_page = [*violations(page, COLOURS), *pale_text(page, "dark")]
        for width, height in (PHONE_SCREEN, (LAPTOP["width"], LAPTOP["height"])):
            of_page += [f"{width} wide: {fault}" for fault in faults_at(page, width, height)]
        if of_page:
            faults[step.name] = of_page
    assert faults == {}


def test_no_view_is_higher_with_ablations_or_with_an_answer(visit: Callable[..., Page]) -> None:
    changed = PrepSpec(data_share=0.1, dropped_digit=8, label_noise=0.2)
    page = visit(train_page(replace(preset("ReLU 128"), preparation=changed)))
    heights: dict[tuple[str, str], int] = {}
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


SLOW_BROWSER = """
link => {
  link.click();
  const until = Date.now() + 700;
  while (Date.now() < until) {}
}
"""
"""JavaScript: follow a link, and be busy until the next page has come. The browser then shows both
in one drawing, as a slow one sometimes does."""


def test_what_is_unfolded_on_one_page_is_folded_on_the_next(visit: Callable[..., Page]) -> None:
    page = visit(train_page(preset("The article's network", epochs=1, share=0.02)))
    train(page)
    unfolded = page.locator("details[open] > summary:visible")
    left_open: dict[str, list[str]] = {}
    with_folds = 0
    for step in path.WHY:
        link = page.get_by_test_id("stSidebar").get_by_role("link", name=step.name)
        link.evaluate(SLOW_BROWSER)
        expect(page.get_by_role("heading", name=step.name, level=1)).to_be_visible()
        settle(page)
        if opened := unfolded.all_inner_texts():
            left_open[step.name] = opened
        unfold_all(page)
        with_folds += unfolded.count() > 0
    assert with_folds > 3, "nearly all of these pages have something to unfold"
    assert left_open == {}


def test_a_table_that_is_unfolded_stays_so_with_another_cell(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/{network}")
    take_exam(page)
    unfold(page, "All ten probabilities of these digits")
    main = page.get_by_test_id("stMain")
    true = main.get_by_role("combobox", name="True label").input_value()
    choice = main.get_by_role("combobox", name="Predicted label")
    choice.press("ArrowDown")  # from here on its list hides the rest of the page from `get_by_role`
    choice.press_sequentially(true)
    choice.press("Enter")
    expect(
        main.get_by_text(re.compile(r"^Your network reads the digit \d correctly"))
    ).to_be_visible()
    settle(page)
    table = main.locator("details[open]")
    expect(table.get_by_text("All ten probabilities of these digits")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_button_under_the_mouse_can_be_read(visit: Callable[..., Page], scheme: Scheme) -> None:
    page = visit("/Train", color_scheme=scheme)
    take_theme(page, scheme)
    assert pale_under_mouse(page, page.get_by_role("button", name="Train", exact=True)) == []
