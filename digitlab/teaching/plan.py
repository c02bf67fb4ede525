"""The guided hour by minutes: when each card begins and ends, and where an hour can end early."""

from dataclasses import dataclass
from itertools import accumulate

from digitlab.hour import CARDS, Card

STOPS = ("matrix", "exam")
"""Cards after which a shorter hour can end: the network was tested; the winner took its exam.
Between *Change one thing* and *The exam* there is none: the exam needs the winner."""


@dataclass(frozen=True)
class Slot:
    """One card in the plan.

    Attributes:
        number: of the card, from 1.
        card: the card.
        begins, ends: minutes after the beginning of the hour.
        stop: whether a shorter hour can end after it.
    """

    number: int
    card: Card
    begins: int
    ends: int
    stop: bool


_ENDS = tuple(accumulate(card.minutes for card in CARDS))

PLAN = tuple(
    Slot(number, card, ends - card.minutes, ends, card.name in STOPS)
    for number, (card, ends) in enumerate(zip(CARDS, _ENDS, strict=True), start=1)
)
"""The eight cards in their order."""
