"""What the codes of the page For teachers open, in words."""

from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import say, say_message


def card_title(name: str, number: int) -> str:
    """A card with its number.

    >>> card_title("numbers", 2)
    'Card 2: A picture is numbers'
    """
    return say("Card {number}: {title}", number=number, title=say_message(CARD_WORDS[name].title))


def hour_title(page: str) -> str:
    """The link to the whole hour."""
    return say("All cards: the page {page}", page=page_title(page))


def settings_title(page: str) -> str:
    """The link to the teacher's own settings."""
    return say("Your settings: the page {page}", page=page_title(page))


def qr_words(address: str) -> str:
    """The alternative text of a QR picture.

    Args:
        address: that it holds.
    """
    return say("QR picture of the address {address}", address=address)
