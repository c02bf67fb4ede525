"""How much a first visit moves over the network: with the documented nginx, and without a proxy.

Run from the project's folder: `python -m benchmarks.traffic`. A browser with an empty cache opens
the front page, presses "Train a network now", and stays on Draw until the network is trained.
What comes to it is counted where it passes by, as it is on the line: compressed or not, headers and
messages of the websocket with it. It takes about 40 seconds on two cores.
"""

import contextlib
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks import command_line
from benchmarks.server import running_server
from tests.browser.servers import Wire
from tests.nginx import proxy

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PATIENCE = 90_000  # ms
_CLASS = 30


def visit(browser: Browser, address: str) -> tuple[int, int]:
    """Bytes that the front page takes, and with it a training."""
    with contextlib.closing(Wire(urlsplit(address).port or 80)) as wire:
        context = browser.new_context()
        page = context.new_page()
        page.goto(wire.address)
        expect(page.get_by_role("button", name="Train a network now")).to_be_visible(
            timeout=_PATIENCE
        )
        app = page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=_PATIENCE)
        page.wait_for_load_state("networkidle")
        front = wire.received
        page.get_by_role("button", name="Train a network now").click()
        outcome = page.get_by_test_id("stAlert").get_by_text(
            re.compile("of 100 (training|validation) digits")
        )
        outcome.wait_for(timeout=_PATIENCE)
        page.wait_for_load_state("networkidle")
        context.close()
        return front, wire.received


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = command_line.parser(__doc__)
    options.add_argument(
        "--cold", action="store_true", help="count the first visit too, while the workers start"
    )
    given = command_line.parse(options, argv, {"cold": True})
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        options.error("Chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        with running_server() as server:
            server.wait_until_healthy()
            if not given.cold:
                visit(browser, server.address)  # after it the workers are there
            plain = visit(browser, server.address)
            with proxy(Path(folder), urlsplit(server.address).port or 80) as address:
                compressed = visit(browser, address)
        browser.close()
    print(f"{'MB':24}{'front page':>12}{'and a training':>16}{f'{_CLASS} pupils':>12}")
    for name, (front, whole) in (("without a proxy", plain), ("documented nginx", compressed)):
        print(f"{name:24}{front / 1e6:12.2f}{whole / 1e6:16.2f}{_CLASS * whole / 1e6:12.0f}")
    print(f"ratio{compressed[0] / plain[0]:31.2f}{compressed[1] / plain[1]:16.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
