"""Choose in a browser: from the comparison to the winner's exam, by its button."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from digitlab.specs import LessonSpec
from digitlab.specs.link import to_link, to_query
from digitlab.ui.shell.page_views import WHAT

from .visitor import preset, settle


def test_the_winners_exam_stays_open_when_it_is_taken(visit: Callable[..., Page]) -> None:
    """A link to a view of the same page left the browser's address as it was. The next press
    followed that address back to the first view."""
    run = preset("The article's network", epochs=1, share=0.02)
    page = visit(f"/Choose?{to_query(to_link(LessonSpec(run)))}")
    page.get_by_role("button", name="Train and compare").click()
    way = page.get_by_text("Go to the winner's exam")
    expect(way).to_be_visible(timeout=90_000)
    settle(page)
    way.click()
    view = page.get_by_role("radiogroup", name=WHAT).get_by_role("radio", name="The winner's exam")
    expect(view).to_be_checked()
    settle(page)
    page.get_by_role("button", name="Take the exam with the winner").click()
    expect(page.get_by_text("Tell others the result of the exam")).to_be_visible()
    settle(page)
    expect(view).to_be_checked()
