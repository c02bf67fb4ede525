"""Every chart can be downloaded as a picture."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.visitor import Scheme, box_of, settle

SCALE = 3


@pytest.mark.parametrize(
    ("scheme", "screen"),
    [
        ("light", {}),
        ("dark", {}),
        ("dark", {"width": 390, "height": 844, "touch": True}),
    ],
    ids=["light", "dark", "phone"],
)
def test_camera_gives_the_whole_chart(
    visit: Callable[..., Page], tmp_path: Path, scheme: Scheme, screen: dict[str, int]
) -> None:
    page = visit("/Network", color_scheme=scheme, **screen)
    chart = page.get_by_test_id("stPlotlyChart").first
    chart.scroll_into_view_if_needed()
    buttons = chart.locator(".modebar-btn")
    expect(buttons).to_have_count(1)
    camera = chart.get_by_role("button", name="Download plot as a PNG")
    if screen:  # nothing can be hovered there
        expect(chart.locator(".modebar")).to_have_css("opacity", "1")
    else:
        chart.hover()
    with page.expect_download() as downloaded:
        camera.tap() if screen else camera.click()
    assert downloaded.value.suggested_filename == "digitlab-network-picture.png"
    file = tmp_path / "chart.png"
    downloaded.value.save_as(file)
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        pixels = np.asarray(picture.convert("RGBA")).astype(int)
    box = box_of(chart)
    assert pixels.shape[:2] == pytest.approx((SCALE * box["height"], SCALE * box["width"]), abs=6)
    assert (pixels[..., 3] == 255).all()  # readable on whatever it is pasted
    ground = pixels[0, 0]
    assert ground[0] > 240 if scheme == "light" else ground[0] < 40
    title = pixels[: SCALE * 40, : SCALE * 150]  # above the picture's first dots
    assert np.abs(title - ground).max() > 150


def test_camera_is_not_on_the_title(visit: Callable[..., Page]) -> None:
    page = visit("/Data", width=390, height=844, touch=True)
    server = page.url.partition("/Data")[0]
    for view in ("one", "all", "tensor"):  # in the same tab: a new one reads all JavaScript anew
        page.goto(f"{server}/Data?view={view}&v=1&tensor=1-14-10")
        settle(page)
        chart = page.get_by_test_id("stPlotlyChart")
        expect(chart).to_have_count(1)
        title = box_of(chart.locator(".gtitle"))
        camera = box_of(chart.locator(".modebar-btn"))
        assert title["x"] + title["width"] < camera["x"]
