"""The report of a run, printed and on a phone, by a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from digitlab.data.mnist import Dataset
from digitlab.export.report import report
from tests.export import networks

_PAGE = re.compile(rb"/Type\s*/Page\b")  # Chromium writes them uncompressed; not /Pages

CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "article": (networks.article, {}),
    "smallest": (networks.smallest, {}),
    "biggest": (
        networks.biggest,
        {"name": "W" * 200, "link": "https://lab.example/" + "W" * 400},
    ),
    "diverged": (networks.diverged, {"name": "Ada Lovelace"}),
}


@pytest.fixture(params=CASES, scope="module")
def opened(
    request: pytest.FixtureRequest,
    chromium: Browser,
    mnist: Dataset,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:
    """The file of a report, opened on a phone that likes it dark, once for all that looks at it."""
    make, words = CASES[request.param]
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(make(mnist), mnist, **words), encoding="utf-8")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_on_two_pages(opened: Page, paper: str) -> None:
    assert len(_PAGE.findall(opened.pdf(format=paper))) == 2


def test_it_fits_a_phone(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    beyond = (
        "[...document.querySelectorAll('main *')].filter(one => "
        "one.getBoundingClientRect().right > 391)"
    )
    assert opened.evaluate(f"{beyond}.map(one => one.outerHTML.slice(0, 80))") == []


def test_it_stays_paper(opened: Page) -> None:
    color = opened.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert color == "rgb(255, 255, 255)"
