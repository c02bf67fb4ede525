"""How long the lab takes to start: to its first page, and to a first network and a canvas.

Run from the project's folder: `python -m benchmarks.startup`. Each round starts a server and
opens it in a Chromium that runs already, with an empty cache. The first visitor presses *Train a
network now* at once, while the workers still start (cold); the second one when they are there
(warm); the third one when the worker has trained such a network before (cached). A fourth one opens
the page Train by a link and trains there. The browser's cache is empty for each of them. A round
takes about 40 seconds on two cores. A smoke run has no third visitor: the second one does the same.
"""

import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks import command_line
from benchmarks.server import running_server

FIRST_PAGE_SECONDS = 2  # the aim, from the start of the process

HEALTHY = "start: the server answers"
HEADING = "start: first page's heading"
PAINTED = "start: first page complete"
NAVIGATED = "first page, of that in the browser"
AGAIN = "second visit: page complete"
OTHER = "another visitor: page complete"

LATER = ("warm", "cached")
"""Visitors who come when the workers are there."""

MOVING_SECONDS, CANVAS_SECONDS = 1, 3  # the aims on a warm server, from the press

# What is waited for after a press, as JavaScript, in the words of the table.
MOVES = "the training moves"
CANVAS = "the canvas is there"
TRAINED = "the network is trained"
CHART = "its chart is there"
_TEXT = "(document.querySelector('[data-testid={0}]')?.textContent ?? '')"
_SIGNS = {
    MOVES: f"/Epoch \\d+ of \\d+, batch [1-9]/.test({_TEXT.format('stProgress')})",
    CANVAS: "[...document.querySelectorAll('.stBidiComponent *, .stBidiComponent')]"
    ".some(part => part.shadowRoot?.querySelector('canvas.upper-canvas')?.clientWidth)",
    TRAINED: "/of 100 (training|validation) digits/"
    f".test({_TEXT.format('stMain')}) && !document.querySelector('[data-testid=stProgress]')",
}
_SIGNS[MOVES] += f" || {_SIGNS[TRAINED]}"  # at the latest
_SIGNS[CHART] = f"{_SIGNS[TRAINED]} && document.querySelector('.js-plotly-plot .main-svg') !== null"
_WATCH = """signs => {
  const seen = window.seen = {}, begun = performance.now();
  for (const [name, sign] of Object.entries(signs)) {
    const met = new Function('return ' + sign);
    const look = () => met() ? seen[name] = performance.now() - begun : setTimeout(look, 20);
    look();
  }
}"""

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PATIENCE = 90_000  # ms

Times = defaultdict[str, list[float]]


def measure_round(browser: Browser, times: Times, visitors: Sequence[str]) -> None:
    """Start a server, let these visitors come, add the seconds that each step took."""
    with running_server() as server:
        server.wait_until_healthy()
        times[HEALTHY].append(time.perf_counter() - server.started)
        opened = time.perf_counter()
        first = browser.new_context()
        page = open_front(first, server.address)
        times[HEADING].append(time.perf_counter() - server.started)
        settle(page)
        times[PAINTED].append(time.perf_counter() - server.started)
        times[NAVIGATED].append(time.perf_counter() - opened)
        train_now(page, "cold", times)
        times[AGAIN].append(seconds(lambda: settle(open_front(first, server.address))))
        first.close()
        for state in visitors:
            context = browser.new_context()
            opened = time.perf_counter()
            page = open_front(context, server.address)
            settle(page)
            times[OTHER].append(time.perf_counter() - opened)
            train_now(page, state, times)
            context.close()
        by_link(browser, server.address, times)


def open_front(context: BrowserContext, address: str) -> Page:
    """The front page, as soon as its heading is seen."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    heading = page.get_by_role("heading", name="Teach a computer to read digits")
    heading.wait_for(timeout=_PATIENCE)
    return page


def settle(page: Page) -> None:
    """Wait until the script has run and the page shows its result."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=_PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=_PATIENCE)
    page.get_by_role("button", name="Train a network now").wait_for(timeout=_PATIENCE)


def train_now(page: Page, state: str, times: Times) -> None:
    """Press the front page's button; until each thing that the visitor waits for is seen."""
    press(page, "Train a network now", f"{state}: press to", (MOVES, CANVAS, TRAINED), times)


def by_link(browser: Browser, address: str, times: Times) -> None:
    """Open Train by a link and press Train as soon as it is there."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/Train", wait_until="commit")
    page.get_by_role("button", name="Train", exact=True).wait_for(timeout=_PATIENCE)
    press(page, "Train", "by a link: press to", (MOVES, TRAINED, CHART), times)
    context.close()


def press(page: Page, button: str, what: str, signs: Sequence[str], times: Times) -> None:
    """Press a button, and add the seconds until each of these signs is seen in the browser."""
    page.evaluate(_WATCH, {name: _SIGNS[name] for name in signs})
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_function(
        "count => Object.keys(window.seen).length === count", arg=len(signs), timeout=_PATIENCE
    )
    seen: dict[str, float] = page.evaluate("window.seen")
    for name in signs:
        times[f"{what}: {name}"].append(seen[name] / 1000)


def seconds(act: Callable[[], None]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--visitors", nargs="*", choices=LATER, default=LATER, help="after the first"
    )
    given = command_line.parse(options, argv, {"rounds": 1, "visitors": LATER[:1]})
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        options.error("Chromium is not installed: apt-get install chromium")
    times: Times = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        browser.new_page().goto("about:blank")  # the browser itself is warm
        for _ in range(given.rounds):
            measure_round(browser, times, given.visitors)
        browser.close()
    print(f"{'seconds':44}{'median':>9}{'max':>9}")
    for name, values in times.items():
        print(f"{name:44}{median(values):9.2f}{max(values):9.2f}")
    for what, name, aim in (
        ("first page, from the start", PAINTED, FIRST_PAGE_SECONDS),
        ("warm, the training moves", f"warm: press to: {MOVES}", MOVING_SECONDS),
        ("warm, the canvas is there", f"warm: press to: {CANVAS}", CANVAS_SECONDS),
    ):
        if name in times:
            met = median(times[name]) <= aim
            print(f"{what} within {aim} s: {'met' if met else 'missed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
