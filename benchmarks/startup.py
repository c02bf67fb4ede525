"""How long the lab takes to start: to its first page, and to a first network.

Run from the project's folder: `python -m benchmarks.startup`. Each round starts a server and
opens it in a Chromium that runs already, with an empty cache. The first visitor presses Train at
once, while the workers still start; the second one when they are there. A round takes about
20 seconds on two cores.
"""

import re
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

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PATIENCE = 90_000  # ms

Times = defaultdict[str, list[float]]


def measure_round(browser: Browser, times: Times) -> None:
    """Start a server, visit it as two visitors, add the seconds that each step took."""
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
        train(page, "cold", times)
        times[AGAIN].append(seconds(lambda: settle(open_front(first, server.address))))
        first.close()
        second = browser.new_context()
        opened = time.perf_counter()
        page = open_front(second, server.address)
        settle(page)
        times[OTHER].append(time.perf_counter() - opened)
        train(page, "warm", times)
        second.close()


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


def train(page: Page, state: str, times: Times) -> None:
    """Press Train on the front page; until Keras's first line, and until the network is trained."""
    pressed = time.perf_counter()
    page.get_by_role("button", name="Train a network now").click()
    page.get_by_text("Epoch 1/").first.wait_for(timeout=_PATIENCE)
    times[f"{state}: Train to Keras's first line"].append(time.perf_counter() - pressed)
    outcome = page.get_by_test_id("stAlert").get_by_text(
        re.compile("of 100 (training|validation) digits")
    )
    outcome.wait_for(timeout=_PATIENCE)
    times[f"{state}: Train to trained network"].append(time.perf_counter() - pressed)


def seconds(act: Callable[[], None]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("--rounds", type=int, default=5)
    given = command_line.parse(options, argv, {"rounds": 1})
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        options.error("Chromium is not installed: apt-get install chromium")
    times: Times = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        browser.new_page().goto("about:blank")  # the browser itself is warm
        for _ in range(given.rounds):
            measure_round(browser, times)
        browser.close()
    print(f"{'seconds':40}{'median':>9}{'max':>9}")
    for name, values in times.items():
        print(f"{name:40}{median(values):9.2f}{max(values):9.2f}")
    met = median(times[PAINTED]) <= FIRST_PAGE_SECONDS
    print(f"first page within {FIRST_PAGE_SECONDS} s of the start: {'met' if met else 'missed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
