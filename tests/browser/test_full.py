"""The page that a newcomer gets when too many are open."""

import pytest
from playwright.sync_api import Browser

from digitlab.ui.server.refusals import page as answer
from tests.browser.visitor import Scheme


@pytest.mark.parametrize(
    ("scheme", "ink"), [("light", "rgb(0, 0, 0)"), ("dark", "rgb(255, 255, 255)")]
)
def test_it_can_be_read_by_day_and_in_the_evening(
    chromium: Browser, scheme: Scheme, ink: str
) -> None:
    with chromium.new_context(color_scheme=scheme) as profile:
        page = profile.new_page()
        page.set_content(answer("DigitLab is full", "Wait a minute.").body.decode())
        colour = page.get_by_role("heading").evaluate("one => getComputedStyle(one).color")
    assert colour == ink
