"""Five seeds of one recipe: their curves come, then their band; Stop works."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .visitor import choose_view, go, settle


def begin(page: Page) -> None:
    page.get_by_role("button", name="Train it with five seeds").click()
    training = page.get_by_test_id("stSidebar").get_by_text("networks are being trained")
    expect(training).to_be_visible()


def test_five_seeds_show_how_far_luck_goes(visit: Callable[..., Page]) -> None:
    page = visit("/Luck?v=1&epochs=1&seed=20")
    main = page.get_by_test_id("stMain")
    begin(page)
    go(page, "Network")  # it goes on meanwhile
    go(page, "Luck")
    whole = main.get_by_text("5 of 5 runs: seeds 20, 21, 22, 23, 24.")
    expect(whole).to_be_visible(timeout=90_000)
    settle(page)  # until then what was there before can stand beside what is new
    expect(main.get_by_text("The difference between these runs is luck")).to_be_visible()
    expect(main.locator(".st-key-luck_points .main-svg").first).to_be_visible()
    choose_view(page, "The curves")
    for key in ("luck_loss", "luck_accuracy"):
        expect(main.locator(f".st-key-{key} .main-svg").first).to_be_visible()


def test_stop_leaves_out_the_rest(visit: Callable[..., Page]) -> None:
    page = visit("/Luck?v=1&epochs=50&seed=20")
    main = page.get_by_test_id("stMain")
    begin(page)
    main.get_by_role("button", name="Stop").click()
    expect(main.get_by_role("button", name="Stop")).to_have_count(0, timeout=90_000)
    expect(main.get_by_text("These trainings did not finish")).to_be_visible()
    expect(main.get_by_role("button", name="Train it with five seeds")).to_be_enabled()
