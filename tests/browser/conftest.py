"""A real server and a real Chromium. Without Chromium the tests fail in CI; elsewhere they skip."""

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.visitor import Scheme
from tests.conftest import missing

from .servers import ROOT, LabServer
from .visitor import settle

Profiles = Callable[[bool], contextlib.AbstractContextManager[BrowserContext]]

SCREENSHOTS = ROOT / "docs" / "screenshots"

# A deep link makes Streamlit's front end look for its server below the page's own path first.
HARMLESS = re.compile(r"/_stcore/(health|host-config)$")

# What Chromium and Streamlit's front end say when the server is gone for a while: the front end
# fetches the files of a chart or a table when the first one is shown.
SERVER_GONE = re.compile(
    r"WebSocket|net::ERR_|disconnected|not responding|Failed to fetch|host.config|health"
    r"|Unable to preload CSS|dynamically imported module",
    re.IGNORECASE,
)

expect.set_options(timeout=30_000)


CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_chromium() -> str | None:
    """The system's, None if there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        missing("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
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


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Iterator[Profiles]:
    """Lends a browser profile that knows nothing of earlier visitors, for a mouse or a finger.

    Its pages closed and its cookies gone, it is lent again: a new one would read all of
    Streamlit's JavaScript anew, which takes a second or more.
    """
    free: dict[bool, list[BrowserContext]] = {False: [], True: []}

    @contextlib.contextmanager
    def lend(touch: bool) -> Iterator[BrowserContext]:
        profile = (
            free[touch].pop()
            if free[touch]
            else chromium.new_context(reduced_motion="reduce", has_touch=touch, is_mobile=touch)
        )
        yield profile
        try:
            for page in profile.pages:
                page.evaluate("localStorage.clear()")
                page.close()
            profile.clear_cookies()
        except Error:  # the page of a test that failed
            profile.close()
        else:
            free[touch].append(profile)

    yield lend
    for profile in (*free[False], *free[True]):
        profile.close()


@pytest.fixture
def visit(profiles: Profiles, server: str) -> Iterator[Callable[..., Page]]:
    """Open a page as a new visitor; in the end nothing in the console may be an error."""
    errors: list[str] = []
    lent = contextlib.ExitStack()

    def open_page(
        path: str = "/",
        *,
        width: int = 1366,
        height: int = 768,
        touch: bool = False,
        color_scheme: Scheme = "light",
        may_lose_server: bool = False,
    ) -> Page:
        page = lent.enter_context(profiles(touch)).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        page.on("pageerror", lambda error: note(str(error), may_lose_server))
        page.on("console", lambda message: note_console(message, may_lose_server))
        page.goto(path if path.startswith("http") else server + path)
        settle(page)
        return page

    def note_console(message: ConsoleMessage, may_lose_server: bool) -> None:
        if message.type == "error" and not HARMLESS.search(message.location.get("url", "")):
            note(message.text, may_lose_server, f" {message.location}")

    def note(error: str, may_lose_server: bool, where: str = "") -> None:
        if not (may_lose_server and SERVER_GONE.search(error)):
            errors.append(error + where)

    with lent:
        yield open_page
    assert errors == []


@pytest.fixture
def keep_screenshot(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """Write a picture for the README when asked to with --screenshots."""

    def keep(page: Page, name: str) -> None:
        if pytestconfig.getoption("--screenshots"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return keep
