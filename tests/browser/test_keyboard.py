"""Without a pointer and without eyes: what the keyboard reaches, keeps, and what is said aloud."""

import contextlib
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from digitlab.preprocess.ready_drawings import READY
from digitlab.specs.ablations import ABLATIONS
from digitlab.wording.drawings.ready_drawings import ready_name
from digitlab.wording.settings.ablations import title_of, words_of

from .visitor import (
    answer,
    choose_view,
    expect_answer,
    go,
    preset,
    settle,
    take_exam,
    train,
    train_page,
)

TAB_STOPS = """() => [...document.querySelectorAll(
  '[data-testid=stMain] :is(a[href], button:enabled, input:enabled, [tabindex="0"])'
)].filter(one => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0).length"""


def has_focus(page: Page) -> str:
    """What the control says that the next key goes to."""
    words: str = page.evaluate(
        "document.activeElement.innerText || document.activeElement.ariaLabel"
    )
    return words


def open_list(page: Page, choice: Locator) -> None:
    """By keyboard. The canvas runs the page once more when it is there, and that closes a list."""
    options = page.get_by_role("option")
    for _ in range(3):
        settle(page)
        choice.press("ArrowDown")
        with contextlib.suppress(AssertionError):
            expect(options).not_to_have_count(0, timeout=5_000)
            return


def test_a_ready_drawing_is_read_without_a_pointer_and_the_answer_is_said(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/Draw{network}")
    expect(page.locator("canvas.upper-canvas")).to_be_visible()
    choice = page.get_by_role("combobox", name="Or take a ready drawing")
    # Only of a part that was there before is a change read out, also the first one.
    page.locator("[role=status]:empty").filter(visible=True).first.evaluate(
        "one => { one.here = true }"
    )
    open_list(page, choice)
    expect(page.get_by_role("option")).to_have_text([ready_name(name) for name in READY])
    page.keyboard.type("0")  # a list that was opened twice may begin at its second line
    expect(page.get_by_role("option")).to_have_text([n for n in map(ready_name, READY) if "0" in n])
    page.keyboard.press("Enter")
    expect_answer(page, 0)
    settle(page)
    expect(choice).to_be_focused()
    said = page.get_by_role("status").filter(has_text=re.compile(r"^It reads the digit 0 "))
    expect(said).to_have_text(answer(page).inner_text())
    assert said.evaluate("region => region.here")
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect_answer(page, 1)
    again = page.get_by_role("status").filter(has_text=re.compile(r"^It reads the digit 1 "))
    assert again.evaluate("region => region.here")
    bars = page.get_by_test_id("stPlotlyChart").filter(visible=True)
    expect(bars).to_have_accessible_name(re.compile(r"^Ten bars: (\d: .*, ){9}9: [<\d\s]+%\.$"))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The canvas is empty")).to_be_visible()


def test_the_keyboard_keeps_its_place_when_an_ablation_is_chosen(
    visit: Callable[..., Page],
) -> None:
    page = visit("/Ablations")
    for ablation in ABLATIONS:
        page.get_by_role("radio", name=title_of(ablation), exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(words_of(ablation).does)).to_be_visible()
        settle(page)
        assert has_focus(page) == title_of(ablation)


def test_the_keyboard_keeps_its_place_after_a_right_answer(visit: Callable[..., Page]) -> None:
    page = visit("/Network")
    field = page.get_by_role("spinbutton").filter(visible=True).last
    field.fill("15910")  # the parameters with 20 units instead of 10
    field.press("Enter")
    expect(page.get_by_text(re.compile("^Right: 15,910"))).to_be_visible()
    settle(page)
    expect(field).to_be_focused()


def test_evaluate_is_passed_with_few_tabs_and_its_buttons_say_what_they_do(
    visit: Callable[..., Page], network: str
) -> None:
    page = visit(f"/{network}")
    take_exam(page)
    for view, cards in (("The matrix", 6), ("Its mistakes", 10)):
        choose_view(page, view)
        why = page.get_by_test_id("stMain").get_by_role("button", name="Why?")
        expect(why).to_have_count(cards)
        names = why.all_inner_texts()
        assert len({*names}) == cards, "each names its digit"
        assert all(re.fullmatch(r"Why\? Number \d+", name) for name in names)
        assert page.evaluate(TAB_STOPS) <= 60


def test_a_row_of_runs_is_ticked_with_the_keyboard(visit: Callable[..., Page]) -> None:
    page = visit(train_page(preset("ReLU 128", epochs=1)))
    train(page)
    go(page, "Runs")
    expect(page.get_by_text("Shift and the space bar select a row")).to_be_visible()
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    page.get_by_test_id("stMain").focus()
    while not table.evaluate("() => document.activeElement.tagName === 'CANVAS'"):
        page.keyboard.press("Tab")
    for key in ("ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Delete")).to_be_visible()
