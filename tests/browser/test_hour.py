"""The guided hour, walked by mouse and by keyboard: each card shows what it promises.

CI walks it with one seed. `--hour-seeds 1,2,3` walks it with others; `-s` shows the numbers.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from digitlab.hour import CARDS, Card
from digitlab.ui.shell.page_views import WHAT
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.hour.results import expectation_words

from .test_replay import click_cell
from .visitor import draw, settle

TRAINED = 120_000  # milliseconds


class Hand:
    """A visitor with a mouse, or with nothing but a keyboard."""

    def __init__(self, page: Page, mouse: bool) -> None:
        self.page = page
        self.mouse = mouse
        self.main = page.get_by_test_id("stMain")

    def press(self, what: Locator) -> None:
        """A button or a link."""
        if self.mouse:
            what.click()
        else:
            expect(what).to_be_enabled()  # a key does not wait for that
            what.press("Enter")
        settle(self.page)

    def button(self, name: str) -> None:
        self.press(self.main.get_by_role("button", name=name))

    def choose(self, group: str, option: str) -> None:
        """One of the radio buttons under this question."""
        radios = self.main.get_by_role("radiogroup", name=group)
        radio = radios.get_by_role("radio", name=option, exact=True)
        if self.mouse:
            radios.get_by_text(option, exact=True).click()
        else:
            radio.press("Space")
        expect(radio).to_be_checked()
        settle(self.page)

    def select(self, label: str, option: str) -> None:
        """An option of a select box."""
        box = self.main.get_by_role("combobox", name=label)
        box.click() if self.mouse else box.press("ArrowDown")
        choice = self.page.get_by_role("option", name=option, exact=True)
        if self.mouse:
            choice.click()
        else:
            box.press_sequentially(option)
            box.press("Enter")
        settle(self.page)


def own_three(hand: Hand) -> None:
    expect(hand.main.get_by_text("The canvas is empty")).to_be_visible(timeout=TRAINED)
    if hand.mouse:
        draw(hand.page, 3)
    else:
        hand.select("Or take a ready drawing", "3")


def numbers(hand: Hand) -> None:
    hand.button("Another one")


def step(hand: Hand) -> None:
    hand.choose("This weight is", "Up")


def seeds(hand: Hand) -> None:
    hand.button("Train it with five seeds")


def matrix(hand: Hand) -> None:
    hand.button("Take the exam")
    if hand.mouse:
        click_cell(hand.page, 4, 9)
    else:
        hand.select("Predicted label", "0")


def change(hand: Hand) -> None:
    hand.button("Train and compare")


def exam(hand: Hand) -> None:
    hand.button("Take the exam with the winner")


def own_question(hand: Hand) -> None:
    hand.choose("What do you expect", "It reads fewer digits")
    hand.button("Train both")


ACTIONS: dict[str, Callable[[Hand], None]] = {
    action.__name__: action
    for action in (own_three, numbers, step, seeds, matrix, change, exam, own_question)
}


SAID = {
    "own_three": r"The network read the digit (?P<answer>\d)",
    "numbers": r"(?P<ink>\d+) of the 784 numbers are ink",
    "step": r"The loss of the digit was (?P<before>[\d.]+)\. .* was (?P<after>[\d.]+)\.",
    "seeds": r"had the accuracy (?P<lowest>[\d.]+) .* had (?P<highest>[\d.]+)\.",
    "matrix": r"in row (?P<true>\d) and column (?P<predicted>\d)",
    "change": r"The learning rate (?P<rate>[\d.]+) won",
    "exam": r"The validation accuracy was (?P<validation>[\d.]+)\. .* was (?P<test>[\d.]+)\.",
    "own_question": r"What happened: It (?P<came>[\w ]+)\.",
}
"""What a card says of what came, with the numbers that decide which outcome it is."""


def do(hand: Hand, card: Card) -> None:
    """Predict what will come, do it on its page, and come back."""
    words = CARD_WORDS[card.name]
    if card.expectations:
        expected = expectation_words(card.name, card.promised[0])
        hand.choose(words.asks.rpartition(". ")[2], expected)
    hand.button(f"Open {card.page}")
    expect(hand.page.get_by_role("heading", name=card.page, level=1)).to_be_visible()
    settle(hand.page)
    ACTIONS[card.name](hand)
    line = hand.main.locator(".st-key-hour_line")
    expect(line.get_by_text("Done.")).to_be_visible(timeout=TRAINED)
    settle(hand.page)
    hand.press(line.get_by_role("link", name="Back to the hour"))
    expect(hand.page.get_by_role("heading", name="Guided hour", level=1)).to_be_visible()
    settle(hand.page)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    seeds = metafunc.config.getoption("--hour-seeds").split(",")
    metafunc.parametrize("seed", list(map(int, seeds)))


def test_each_card_shows_what_it_promises(visit: Callable[..., Page], seed: int) -> None:
    page = visit(f"/Guided_hour?v=1&seed={seed}")
    hand = Hand(page, mouse=seed % 2 == 1)
    for number, card in enumerate(CARDS, start=1):
        do(hand, card)
        expect(hand.main.get_by_text(f"{number} of 8 cards are done")).to_be_visible()
        expect(hand.main.get_by_text(re.compile("^You expected: "))).to_be_visible()
        seen = re.search(SAID[card.name], hand.main.inner_text())
        assert seen is not None, card.name
        if card.expectations:  # of the learner's own question nobody knows what comes
            assert card.outcome(seen.groupdict()) in card.promised, f"seed {seed}: {seen[0]}"
        print(f"seed {seed}, {card.name}: {seen[0]}")
        ticked = page.get_by_role("radiogroup", name=WHAT).get_by_role("radio").nth(number - 1)
        expect(ticked).to_contain_text("check_circle")
        if number < len(CARDS):
            hand.button(f"Card {number + 1}:")
            hand.mouse = not hand.mouse
    expect(hand.main.get_by_text("All eight cards are done.")).to_be_visible()
