"""All that can be looked at in the lab, one after another."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, ViewportSize, expect

from digitlab.ui.shell import path
from digitlab.ui.shell.page_views import WHAT

from .visitor import answer, choose_view, draw, go, settle

LAPTOP: ViewportSize = {"width": 1366, "height": 768}

Steps = tuple[path.Step, ...]

LESSON: Steps = (path.HOUR, path.TEACHERS, *path.STEPS)
AROUND: Steps = (*path.WHY, path.NEXT, path.RUNS, path.FRONT)
"""All pages, in two halves."""


def fold(page: Page) -> None:
    """Fold all that is open: what one view unfolded would be open on the next."""
    unfolded = page.locator("details[open] > summary:visible")
    unfolded.evaluate_all("all => all.reverse().forEach(one => one.click())")
    expect(unfolded).to_have_count(0)


def unfold_all(page: Page) -> None:
    """Open all that is folded on the page, also what was folded within it."""
    folded = page.locator("details:not([open]) > summary:visible")
    while folded.count():
        folded.evaluate_all("all => all.forEach(one => one.click())")  # a mouse would take longer
        settle(page)


def tour(
    page: Page, steps: Steps = LESSON + AROUND, look: Callable[[str], None] = lambda what: None
) -> Iterator[str]:
    """Open these pages and views with all that is folded unfolded; each time what it is.

    Each is as a laptop shows it. Until the next one the window may get another size.

    Args:
        page: a visitor's tab.
        steps: the pages.
        look: called with the same words before anything is unfolded.
    """

    def unfolded(what: str) -> str:
        settle(page)  # while a page is drawn anew, what was to be unfolded goes away
        look(what)
        unfold_all(page)
        return what

    for step in steps:
        page.set_viewport_size(LAPTOP)
        if step is path.FRONT:
            page.get_by_test_id("stSidebar").get_by_role("link", name="DigitLab").click()
            settle(page)
        else:
            go(page, step.name)
        if (exam := page.get_by_role("button", name="Take the exam")).count():
            yield unfolded(f"{step.name}, before the exam")
            page.set_viewport_size(LAPTOP)
            exam.click()
            settle(page)
        yield unfolded(step.name)
        switch = page.get_by_role("radiogroup", name=WHAT)  # not there before there is a network
        for view in list(step.views.values())[1:] if switch.count() else ():
            page.set_viewport_size(LAPTOP)
            fold(page)
            choose_view(page, view)
            if (codes := page.get_by_role("button", name="Make the codes")).count():
                codes.click()
                page.get_by_role("button", name="Show it large").click()
                yield unfolded(f"{step.name}, a code on the projector")
                page.set_viewport_size(LAPTOP)
                page.keyboard.press("Escape")
                expect(page.get_by_role("dialog")).to_have_count(0)
            yield unfolded(f"{step.name}, {view}")
        if (upload := page.get_by_role("tab", name="Upload a picture")).count():
            page.set_viewport_size(LAPTOP)
            fold(page)
            upload.click()
            yield unfolded(f"{step.name}, Upload a picture")
    if path.FRONT in steps:
        page.set_viewport_size(LAPTOP)
        page.get_by_role("button", name="Copy link").click()
        settle(page)
        yield unfolded("Copy link")


def draw_a_three(page: Page) -> None:
    """So that Draw and Look inside have a drawing to speak of."""
    go(page, "Draw")
    draw(page, 3)
    expect(answer(page)).to_be_visible()
    settle(page)
