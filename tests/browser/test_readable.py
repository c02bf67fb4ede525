"""What axe-core finds on every page and every view: on a laptop and a phone, and in the dark."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.visitor import Scheme

from .tour import draw_a_three, tour
from .visitor import PHONE, preset, settle, train, train_page

# Rule and beginning of the element: what lies in Streamlit's own front end, out of the lab's reach.
STREAMLITS_OWN = {
    # A long line of code is scrolled; Chromium and Firefox let the keyboard do it without a
    # tabindex.
    ("scrollable-region-focusable", "<pre "),
    # The field for a file has a button of its own, which takes the focus.
    ("presentation-role-conflict", '<section role="presentation" tabindex="-1" data-testid="stFil'),
    # Evaluate has two; `st.pagination` takes no name.
    ("landmark-unique", '<div role="navigation" aria-label="Pagination"'),
}

# Nothing changes slowly while it is looked at.
AT_ONCE = "* { transition: none !important; animation: none !important; }"

# Numbers of a chart's axis stand on the page's ground: axe-core knows no `fill`.
CHART_TEXT = """() => {
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const ground = light(parts(getComputedStyle(document.querySelector('.stApp')).backgroundColor));
  const pale = [];
  for (const text of document.querySelectorAll('.js-plotly-plot svg :is(text, tspan)')) {
    // On cells and bars the text has a ground of its own: tests of the figures look at it.
    if (text.closest('.hm, .heatmaplayer, .bartext, .modebar')) continue;
    if (!text.textContent.trim()) continue;
    if (text.querySelector('tspan') || !text.checkVisibility({visibilityProperty: true})) continue;
    const shade = light(parts(getComputedStyle(text).fill));
    const ratio = (Math.max(shade, ground) + 0.05) / (Math.min(shade, ground) + 0.05);
    if (ratio < 4.5) pale.push(`${text.textContent.slice(0, 30)} ${ratio.toFixed(2)}`
      + ` ${getComputedStyle(text).fill} ${text.closest('g')?.getAttribute('class')}`);
  }
  return [...new Set(pale)];
}"""

SCREENS: dict[Scheme, tuple[tuple[int, int], ...]] = {
    "light": ((1366, 768), (390, 844)),
    "dark": ((1366, 768),),  # a phone has the same colours
}
RULES: dict[Scheme, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    # Of axe-core's rules these look at colours; the others find the same in both themes.
    "dark": {
        "resultTypes": ["violations"],
        "runOnly": ["color-contrast", "link-in-text-block"],
    },
}
SCHEMES = tuple(RULES)
_TRIES = 5


def hard_to_read(page: Page, where: str) -> Iterator[str]:
    """What is hard to read or to use there, wide and narrow, light and dark."""
    page.mouse.move(0, 0)  # what it points at has another ground
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        for width, height in SCREENS[scheme]:
            page.set_viewport_size({"width": width, "height": height})
            if width <= PHONE:
                expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
            for fault in (*violations(page, RULES[scheme]), *pale_chart_text(page, scheme)):
                yield f"{where}, {scheme} {width}: {fault}"
    # A chart of Streamlit's can miss a change of theme while it is made or changes its size.
    page.emulate_media(color_scheme=SCHEMES[0])
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", SCHEMES[0])


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe-core finds, once the page has a new theme or size: what is old is pale then."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    faults: list[str] = []
    for _ in range(_TRIES):
        settle(page)
        result = page.evaluate("options => axe.run(options)", options)["violations"]
        faults = [_words(fault["id"], node) for fault in result for node in fault["nodes"]]
        if all(map(is_streamlits_own, faults)):
            break
    return faults


def pale_chart_text(page: Page, scheme: Scheme) -> list[str]:
    """Words of charts that are hard to read on the page's ground, once they have its theme."""
    for _ in range(_TRIES):
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(f"({CHART_TEXT})().length === 0", timeout=5_000)
            return []
        for theme in (*SCHEMES, scheme):  # a chart that has missed the change gets another one
            page.emulate_media(color_scheme=theme)
            expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
    return [f"chart text {pale}" for pale in page.evaluate(CHART_TEXT)]


def _words(rule: str, node: dict[str, Any]) -> str:
    why = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{rule} {node['html'][:160]} {' '.join(why)[:160]}"


def is_streamlits_own(fault: str) -> bool:
    return any(f"{rule} {element}" in fault for rule, element in STREAMLITS_OWN)


@pytest.mark.parametrize("trained", [False, True], ids=["untrained", "trained"])
def test_every_page_and_view_can_be_read_and_used_by_everybody(
    visit: Callable[..., Page], trained: bool
) -> None:
    page = visit(train_page(preset("ReLU 128", epochs=2, share=0.2)))
    page.add_style_tag(content=AT_ONCE)
    if trained:
        train(page)
        draw_a_three(page)
    faults = [fault for where in tour(page) for fault in hard_to_read(page, where)]
    own = [fault for fault in faults if not is_streamlits_own(fault)]
    assert not own, "\n".join(own)
