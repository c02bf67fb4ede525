"""What is hard to read, or to use with a keyboard or a screen reader: what axe-core finds, and the
words of charts and pieces of code, which it does not look at here."""

import contextlib
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser.visitor import Scheme

from .visitor import settle

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

# Numbers of a chart's axis stand on the page's ground: axe-core knows no `fill`. A piece of code
# has one of six colours: axe-core would look at each of the hundreds on a page, for a second.
PALE_TEXT = """() => {
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const groundOf = part => {
    const [r, g, b, alpha = 1] = parts(getComputedStyle(part).backgroundColor);
    if (alpha === 1 || !part.parentElement) return [r, g, b];
    const below = groundOf(part.parentElement);
    return [r, g, b].map((c, i) => alpha * c + (1 - alpha) * below[i]);
  };
  const pale = new Set(), seen = new Set();
  const look = (text, colour, ground, what) => {
    const shades = [light(parts(colour)), light(ground)];
    const ratio = (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
    if (ratio < 4.5) pale.add(`${what} ${text.textContent.slice(0, 30)} ${ratio.toFixed(2)}`
      + ` ${colour} ${text.closest('g')?.getAttribute('class') ?? ''}`);
  };
  const ground = groundOf(document.querySelector('.stApp'));
  for (const text of document.querySelectorAll('.js-plotly-plot svg :is(text, tspan)')) {
    // On cells and bars the text has a ground of its own: tests of the figures look at it.
    if (text.closest('.hm, .heatmaplayer, .bartext, .modebar')) continue;
    if (!text.textContent.trim()) continue;
    if (text.querySelector('tspan') || !text.checkVisibility({visibilityProperty: true})) continue;
    look(text, getComputedStyle(text).fill, ground, 'chart text');
  }
  for (const piece of document.querySelectorAll('.stCode code, .stCode code span')) {
    if (!piece.textContent.trim() || !piece.checkVisibility()) continue;
    const colour = getComputedStyle(piece).color, below = groundOf(piece);
    if (seen.has(colour + below)) continue;
    seen.add(colour + below);
    look(piece, colour, below, 'code');
  }
  return [...pale];
}"""

PIECES_OF_CODE = {"exclude": [[".stCode code span"]]}
"""What axe-core leaves out: `PALE_TEXT` looks at it."""

EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS: dict[str, Any] = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What axe-core looks for. The contrast of words takes half of its time."""

GROUNDS: dict[Scheme, str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 22, 28)"}
"""Of the two themes of .streamlit/config.toml."""

_TRIES = 5


def take_theme(page: Page, scheme: Scheme) -> None:
    """Give the page this theme, and wait for it."""
    page.emulate_media(color_scheme=scheme)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_css("color-scheme", scheme)
    expect(app).to_have_css("background-color", GROUNDS[scheme])


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe-core finds, once the page has a new theme or size: what is old is pale then.

    Args:
        page: as it stands.
        options: `EVERYTHING`, or a part of it where the rest was looked at before.
    """
    page.mouse.move(0, 0)  # what it points at has another ground
    _load_axe(page)
    faults: list[str] = []
    for _ in range(_TRIES):
        settle(page)
        result = page.evaluate(
            "([without, options]) => axe.run(without, options)", [PIECES_OF_CODE, options]
        )["violations"]
        faults = [_words(fault["id"], node) for fault in result for node in fault["nodes"]]
        faults = [fault for fault in faults if not _is_streamlits_own(fault)]
        if not faults:
            break
    return faults


def pale_under_mouse(page: Page, button: Locator) -> list[str]:
    """What axe-core finds of the colours of a button that the mouse is over."""
    _load_axe(page)
    ground = button.evaluate("button => getComputedStyle(button).backgroundColor")
    button.hover()
    expect(button).not_to_have_css("background-color", ground)
    result = button.evaluate("(button, options) => axe.run(button, options)", COLOURS)["violations"]
    return [_words(fault["id"], node) for fault in result for node in fault["nodes"]]


def pale_text(page: Page, scheme: Scheme) -> list[str]:
    """Words of charts and pieces of code that are hard to read, once they have the page's theme."""
    for _ in range(_TRIES):
        with contextlib.suppress(TimeoutError):
            page.wait_for_function(f"({PALE_TEXT})().length === 0", timeout=5_000)
            return []
        for theme in (*GROUNDS, scheme):  # a chart that has missed the change gets another one
            take_theme(page, theme)
    pale: list[str] = page.evaluate(PALE_TEXT)
    return pale


def _load_axe(page: Page) -> None:
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)


def _words(rule: str, node: dict[str, Any]) -> str:
    why = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
    return f"{rule} {node['html'][:160]} {' '.join(why)[:160]}"


def _is_streamlits_own(fault: str) -> bool:
    return any(f"{rule} {element}" in fault for rule, element in STREAMLITS_OWN)
