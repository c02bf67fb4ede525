"""Check yourself in a real browser, by keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from digitlab.quiz.catalogue import CATALOGUE

from .visitor import expect_no_sideways_scrolling, settle

QUESTIONS = sum(map(len, CATALOGUE.values()))


def test_a_question_is_answered_by_keyboard_and_counted(visit: Callable[..., Page]) -> None:
    page = visit("/Network", width=1024)
    field = page.get_by_label("Give the hidden layer 20 units instead of 10.")
    field.focus()
    page.keyboard.type("15920")
    page.keyboard.press("Enter")
    expect(page.get_by_text("15,920 is not right yet. Not everything doubles")).to_be_visible()
    settle(page)
    expect(field).to_be_focused()
    line = page.get_by_test_id("stSidebar").get_by_text("Check yourself")
    expect(line).to_have_count(0)
    field.press("Control+A")
    page.keyboard.type("15910")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Right: 15,910.")).to_be_in_viewport()
    expect(line).to_contain_text(f"Check yourself: 1 of {QUESTIONS} right")
    settle(page)
    expect(field).to_be_focused()
    page.keyboard.press("Tab")  # its button
    page.keyboard.press("Tab")  # on to the next question
    expect(page.get_by_role("radio", name="Each unit has one parameter")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")  # its button
    page.keyboard.press("Enter")
    expect(page.get_by_text("is not right yet. Then the layer would have 10")).to_be_visible()
    settle(page)
    tell = page.get_by_role("button", name="Show the answer")
    tell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The answer is Each unit has a weight")).to_be_in_viewport()
    expect(line).to_contain_text(f"1 of {QUESTIONS}")
    expect_no_sideways_scrolling(page)
