"""The eight cards: which page, with which settings, what is predicted, and how long it takes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from digitlab.hour import outcomes
from digitlab.hour.outcomes import Values
from digitlab.specs import FIRST, LessonSpec, RunSpec, SampleSelection
from digitlab.specs.ablations import SLOW, Outcome
from digitlab.specs.lesson import CONTROLS
from digitlab.specs.link import CARD, VIEW, to_link
from digitlab.specs.search import HYPERPARAMETERS


@dataclass(frozen=True)
class Card:
    """One card of the guided hour.

    Attributes:
        name: in addresses, and what its words are found by.
        page: name of the page where its action is done.
        view: of that page; empty for a page of one idea.
        minutes: of a lesson of 45 minutes that it takes.
        lesson: the settings that its link sets up, and which controls it locks.
        expectations: the answers to its prediction. Empty if the page itself asks for one.
        promised: what a class can rely on: of each card what came with nearly all seeds.
        outcome: what came, by what the page saw.
        trains: whether a network is trained at once for who has none.
        after: name of the card whose result it needs; empty if it needs none.
    """

    name: str
    page: str
    view: str
    minutes: int
    lesson: LessonSpec
    expectations: tuple[str, ...]
    promised: tuple[str, ...]
    outcome: Callable[[Values], str]
    trains: bool = False
    after: str = ""

    @property
    def link(self) -> dict[str, str]:
        """The parameters of its address: the settings without a seed, the view, and the card."""
        view = {VIEW: self.view} if self.view else {}
        return to_link(self.lesson, with_seed=False) | view | {CARD: self.name}


_LOCKED = frozenset(CONTROLS) - {"seed", "sample"}
"""What a card holds, so that everybody in a class sees the same thing happen."""


def _lesson(spec: RunSpec, free: frozenset[str] = frozenset(), index: int = 8) -> LessonSpec:
    return LessonSpec(spec, SampleSelection(index=index), fixed=_LOCKED - free)


CARDS = (
    Card(
        "own_three",
        "Draw",
        "",
        5,
        _lesson(FIRST),
        (outcomes.THREE, outcomes.OTHER),
        (outcomes.THREE,),
        outcomes.own_three,
        trains=True,
    ),
    Card(
        "numbers",
        "Data",
        "one",
        5,
        _lesson(FIRST),
        (outcomes.FEW, outcomes.HALF, outcomes.MOST),
        (outcomes.FEW,),
        outcomes.numbers,
    ),
    Card(
        "step",
        "Learn",
        "weight",
        5,
        _lesson(SLOW, index=0),
        (outcomes.FALLS, outcomes.STAYS, outcomes.RISES),
        (outcomes.FALLS,),
        outcomes.step,
    ),
    Card(
        "seeds",
        "Luck",
        "seeds",
        6,
        _lesson(SLOW),
        (outcomes.SAME, outcomes.NEAR, outcomes.FAR),
        (outcomes.FAR,),
        outcomes.seeds,
    ),
    Card(
        "matrix",
        "Evaluate",
        "matrix",
        6,
        _lesson(FIRST),
        (*(outcomes.pair_code(*pair) for pair in outcomes.PAIRS), outcomes.OTHER),
        ("4_9", "3_5", "3_8", outcomes.OTHER),  # anything but what people fear most
        outcomes.matrix,
        trains=True,
    ),
    Card(
        "change",
        "Choose",
        "search",
        7,
        _lesson(SLOW, free=frozenset({"learning_rate"})),
        tuple(f"{rate:g}" for rate in HYPERPARAMETERS["learning_rate"].usual),
        ("0.1", "0.3", "1"),
        outcomes.change,
    ),
    Card(
        "exam",
        "Choose",
        "exam",
        4,
        _lesson(SLOW, free=frozenset({"learning_rate"})),
        (outcomes.LOWER, outcomes.ALIKE, outcomes.HIGHER),
        (outcomes.LOWER,),
        outcomes.exam,
        after="change",
    ),
    Card(
        "own_question",
        "Ablations",
        "training",
        7,
        LessonSpec(),
        (),
        tuple(Outcome),
        outcomes.own_question,
    ),
)
"""In their order."""

MINUTES = sum(card.minutes for card in CARDS)


def card(name: str) -> Card | None:
    """The card of this name, None if there is none."""
    return next((card for card in CARDS if card.name == name), None)


def seeded(card: Card, seed: int) -> LessonSpec:
    """The lesson of a card for a learner who has this seed."""
    return replace(card.lesson, spec=card.lesson.spec.with_seed(seed))
