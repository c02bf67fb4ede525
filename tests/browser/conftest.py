"""A real server and a real Chromium. In CI a missing Chromium fails the tests; elsewhere it skips them."""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .servers import ROOT, LabServer

SCREENSHOTS = ROOT / "docs" / "screenshots"

# A deep link makes Streamlit's front end look for its server below the page's own path first.
HARMLESS = re.compile(r"/_stcore/(health|host-config)$")

# What Chromium says itself when the server is gone for a while.
SERVER_GONE = re.compile(
    r"WebSocket|net::ERR_|disconnected|not responding|Failed to fetch|host.config|health",
    re.IGNORECASE,
)

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        message = "Chromium is not installed: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """A lab that runs as the README says; its log must hold no error."""
    server = LabServer(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()
    assert not server.errors(), server.log.read_text()


@pytest.fixture(scope="session")
def server(lab_server: LabServer) -> str:
    """Its address."""
    return lab_server.address


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Open a page as a new visitor; in the end nothing in the console may be an error."""
    errors: list[str] = []
    contexts = []

    def open_page(
        path: str = "/",
        *,
        width: int = 1366,
        height: int = 768,
        may_lose_server: bool = False,
        **options: object,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: note(message, may_lose_server))
        page.goto(path if path.startswith("http") else server + path)
        settle(page)
        return page

    def note(message, may_lose_server: bool) -> None:
        harmless = HARMLESS.search(message.location.get("url", "")) or (
            may_lose_server and SERVER_GONE.search(message.text)
        )
        if message.type == "error" and not harmless:
            errors.append(f"{message.text} {message.location}")

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def settle(page: Page) -> None:
    """Wait until the script has run and the page shows its result."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


@pytest.fixture
def keep_screenshot(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """Write a picture for the README when asked to with --screenshots."""

    def keep(page: Page, name: str) -> None:
        if pytestconfig.getoption("--screenshots"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return keep
