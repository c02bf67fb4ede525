"""A real server and a real Chromium. Without Chromium the tests fail in CI; elsewhere they skip."""

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)

from digitlab.specs.link import RUN
from tests.browser.visitor import Scheme
from tests.conftest import free_port, missing

from .servers import ROOT, LabServer, scheduler, worker
from .visitor import NOTE_REQUESTS, preset, settle, train, train_page

Tabs = Callable[[bool], contextlib.AbstractContextManager[Page]]

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


CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Room for what a page makes and drops at once, and no threads that look for it together: a
    # tenth less of the processors, for all that Chromium does.
    "--js-flags=--min-semi-space-size=32 --max-semi-space-size=64 --single-threaded-gc",
]


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
def remote_workers() -> Iterator[str]:
    """The address of a scheduler with one worker for training and one for predictions, which no
    test kills. A web server that is given it starts none of its own: ten seconds of a processor."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with contextlib.ExitStack() as stack:
        stack.enter_context(scheduler(int(address.rpartition(":")[2])))
        for kind in ("train", "predict"):
            stack.enter_context(worker(address, kind))
        yield address


@pytest.fixture(scope="session")
def tabs(chromium: Browser) -> Iterator[Tabs]:
    """Lends a tab of a browser profile that knows nothing of earlier visitors, for mouse or finger.

    Its cookies gone, it is lent again: a new profile would read all of Streamlit's JavaScript anew,
    a new tab would compile it anew. Each takes some two seconds of a processor.
    """
    free: dict[bool, list[Page]] = {False: [], True: []}

    @contextlib.contextmanager
    def lend(touch: bool) -> Iterator[Page]:
        if not free[touch]:
            profile = chromium.new_context(
                reduced_motion="reduce", has_touch=touch, is_mobile=touch
            )
            profile.add_init_script(NOTE_REQUESTS)
            free[touch].append(profile.new_page())
        tab = free[touch].pop()
        yield tab
        try:
            forget(tab)
        except Error:  # the page of a test that failed, or its server is gone
            tab.context.close()
        else:
            free[touch].append(tab)

    yield lend
    for tab in (*free[False], *free[True]):
        tab.context.close()


def forget(tab: Page) -> None:
    """Leave the lab, and all that the browser knows of it; the next visitor has a lab there too.

    Raises:
        Error: if the tab can't be used any more.
    """
    for other in tab.context.pages:
        if other is not tab:
            other.close()
    tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    tab.context.clear_cookies()
    # A page of the same site: for another one Chromium would begin with a new process.
    tab.goto("/".join([*tab.url.split("/")[:3], "_stcore/health"]), timeout=5_000)


@pytest.fixture
def visit(tabs: Tabs, server: str) -> Iterator[Callable[..., Page]]:
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
        page = lent.enter_context(tabs(touch))

        def note(error: str, where: str = "") -> None:
            if not (may_lose_server and SERVER_GONE.search(error)):
                errors.append(error + where)

        def note_error(error: Error) -> None:
            note(str(error))

        def note_console(message: ConsoleMessage) -> None:
            if message.type == "error" and not HARMLESS.search(message.location.get("url", "")):
                note(message.text, f" {message.location}")

        page.on("pageerror", note_error)
        lent.callback(page.remove_listener, "pageerror", note_error)
        page.on("console", note_console)
        lent.callback(page.remove_listener, "console", note_console)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        page.goto(path if path.startswith("http") else server + path)
        settle(page)
        return page

    with lent:
        yield open_page
    assert errors == []


@pytest.fixture(scope="session")
def network(tabs: Tabs, server: str) -> str:
    """The end of an address that brings a trained network along: ReLU 128 after three epochs.

    Most tests need some network, and few need to see how it was trained: 4 s of a processor each.
    Whoever opens it did not train it, so it has no Delete on Runs.
    """
    with tabs(False) as page:
        page.goto(train_page(preset("ReLU 128", epochs=3), server))
        train(page)
        (run,) = parse_qs(urlsplit(page.url).query)[RUN]
    return f"?{RUN}={run}"


@pytest.fixture
def keep_screenshot(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """Write a picture for the README when asked to with --screenshots."""

    def keep(page: Page, name: str) -> None:
        if pytestconfig.getoption("--screenshots"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return keep
