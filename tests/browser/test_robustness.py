"""A visitor spoils digits, sets a threshold and scribbles, in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .visitor import choose_view, draw, go, settle, take_exam


def test_spoil_doubt_and_scribble(visit: Callable[..., Page]) -> None:
    page = visit("/Robustness")
    page.get_by_role("button", name="Train the article's network here").click()
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("shift by 3 pixels").first).to_be_visible(timeout=120_000)
    settle(page)
    choose_view(page, "How much can it handle?")
    expect(main.get_by_text("after the exam").first).to_be_visible()
    expect(main.get_by_role("button", name="Change them all")).to_have_count(0)
    take_exam(page)
    go(page, "Robustness")
    choose_view(page, "Change the digits")
    main.get_by_role("slider", name="Shift, pixels").press("ArrowRight")
    expect(main.get_by_text("shift by 4 pixels").first).to_be_visible()

    choose_view(page, "How much can it handle?")
    main.get_by_role("button", name="Change them all").click()
    expect(main.get_by_text("This change is the hardest for it")).to_be_visible(timeout=120_000)
    expect(main.get_by_test_id("stPlotlyChart").first).to_contain_text("Noise, % of full ink")
    settle(page)

    choose_view(page, "I don't know")
    slider = main.get_by_role("slider", name="Answer only")
    threshold = int(slider.input_value())
    slider.press("ArrowLeft")
    expect(main.get_by_text(f"with a threshold of {threshold - 1} %")).to_be_visible()

    choose_view(page, "Not a digit")  # the threshold stays as it is
    assert int(main.get_by_role("slider", name="Answer only").input_value()) == threshold - 1
    expect(main.get_by_text("anything but a digit")).to_be_visible()
    draw(page, 3)
    expect(main.get_by_text("What it receives")).to_be_visible()
    said = re.compile(r"^(It reads \d with|I don't know\. Its)")
    expect(main.get_by_role("paragraph").filter(has_text=said)).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(main.get_by_text("anything but a digit")).to_be_visible()
