"""How far a learner is in the guided hour."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digitlab.hour.cards import CARDS, Card
from digitlab.hour.outcomes import Value


@dataclass(frozen=True)
class Observation:
    """What came of a card's action.

    Attributes:
        outcome: one of the card's expectations, or another code of the same kind.
        values: what the page saw, by name.
    """

    outcome: str
    values: Mapping[str, Value]


@dataclass
class HourProgress:
    """What a learner has predicted and seen. It changes as the hour goes on.

    Attributes:
        current: name of the card that is open; empty before the hour, and when it was left.
        expected: what the learner expects, by the card's name.
        observed: what came of it, by the card's name.
        fresh: whether a card was done since a page last looked.
    """

    current: str = ""
    expected: dict[str, str] = field(default_factory=dict)
    observed: dict[str, Observation] = field(default_factory=dict)
    fresh: bool = False

    def expect(self, card: Card, expectation: str) -> None:
        """Say what is expected; after the observation it stays as it was said."""
        if expectation in card.expectations and card.name not in self.observed:
            self.expected[card.name] = expectation

    def saw(self, card: Card, values: Mapping[str, Value]) -> bool:
        """Note what a page showed; it counts if there was a prediction before it.

        Of a card whose page asks for the prediction, it counts while the card is open.

        Returns:
            Whether the card is done with that, and was not before.
        """
        said = card.name in self.expected if card.expectations else card.name == self.current
        if not said:
            return False
        before = card.name in self.observed
        self.observed[card.name] = Observation(card.outcome(values), dict(values))
        self.fresh = self.fresh or not before
        return not before

    def expectation(self, card: Card) -> str | None:
        """What was expected, here or on the card's page; None before that."""
        seen = self.observed.get(card.name)
        on_page = seen.values.get("expected") if seen else None
        return self.expected.get(card.name) or (None if on_page is None else str(on_page))

    def is_done(self, card: Card) -> bool:
        """Whether its prediction was said, and its action done after that."""
        return card.name in self.observed

    @property
    def done(self) -> int:
        """How many cards are done."""
        return sum(map(self.is_done, CARDS))

    @property
    def next(self) -> Card | None:
        """The first card that is not done; None at the end."""
        return next((card for card in CARDS if not self.is_done(card)), None)

    def begin_anew(self) -> None:
        """Forget all, as for another learner at the same computer."""
        self.current, self.fresh = "", False
        self.expected.clear()
        self.observed.clear()
