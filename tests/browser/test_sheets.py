"""The two sheets for the guided hour, printed by a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from digitlab.data.mnist import Dataset
from digitlab.hour import CARDS
from digitlab.records.score import DigitSet, Score
from digitlab.teaching.facts import OwnNetwork
from digitlab.teaching.sheets import answer_sheet, pupil_sheet

_PAGE = re.compile(rb"/Type\s*/Page\b")  # Chromium writes them uncompressed; not /Pages

CODES = {card.name: "WWWW" for card in CARDS}
LARGEST = OwnNetwork("W" * 60, 1_700_000, Score(DigitSet.TEST, 0.71), (4, 9, 1_234))

SHEETS: dict[str, Callable[[Dataset], str]] = {
    "for pupils": lambda data: pupil_sheet(CODES, "lab.example"),
    "for pupils, with a long address": lambda data: pupil_sheet(CODES, "w" * 200),
    "answers": lambda data: answer_sheet(data),
    "answers, with a long name": lambda data: answer_sheet(data, LARGEST),
}


@pytest.mark.parametrize("name", SHEETS)
def test_it_prints_on_two_pages_and_fits_a_phone(
    chromium: Browser, mnist: Dataset, name: str
) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", offline=True
    )
    page = context.new_page()
    page.set_content(SHEETS[name](mnist))
    assert len(_PAGE.findall(page.pdf(format="A4"))) == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)", "paper"
    context.close()
