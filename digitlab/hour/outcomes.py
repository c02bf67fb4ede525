"""What came of a card's action, as one of the answers that its prediction offers."""

from collections.abc import Mapping

from digitlab.specs import PIXELS

Value = int | float | str
Values = Mapping[str, Value]
"""What a page saw, by name: numbers and codes, no sentences."""

THREE, OTHER = "three", "other"
FEW, HALF, MOST = "few", "half", "most"
FALLS, STAYS, RISES = "falls", "stays", "rises"
SAME, NEAR, FAR = "same", "near", "far"
LOWER, ALIKE, HIGHER = "lower", "alike", "higher"

PAIRS = ((4, 9), (3, 5), (3, 8), (1, 7))
"""Digits that people would confuse; what a network confuses may be another pair."""

NEAR_POINTS = 3.0
"""Percentage points between the best and the worst of several seeds, up to which they are near."""

ALIKE_POINTS = 0.5
"""Percentage points between two accuracies, up to which they are called alike. By chance alone
6,000 validation digits and 10,000 test digits differ by about this much, as `ui/choose/exam.py`
works out."""


def own_three(values: Values) -> str:
    """Whether the drawing was read as a 3. Values: `answer`."""
    return THREE if int(values["answer"]) == 3 else OTHER


def numbers(values: Values) -> str:
    """How much of a picture is ink. Values: `ink`, pixels that are not 0."""
    share = float(values["ink"]) / PIXELS
    return FEW if share < 1 / 3 else HALF if share < 2 / 3 else MOST


def step(values: Values) -> str:
    """What one step did to the loss. Values: `before`, `after`."""
    before, after = float(values["before"]), float(values["after"])
    return FALLS if after < before else RISES if after > before else STAYS


def seeds(values: Values) -> str:
    """How far several seeds are apart. Values: `lowest`, `highest`, shares of 1."""
    points = 100 * (float(values["highest"]) - float(values["lowest"]))
    return SAME if points == 0 else NEAR if points <= NEAR_POINTS else FAR


def pair_code(first: int, second: int) -> str:
    """A pair of digits, whichever is the true one.

    >>> pair_code(9, 4)
    '4_9'
    """
    return f"{min(first, second)}_{max(first, second)}"


def matrix(values: Values) -> str:
    """Which of the offered pairs is confused most. Values: `true`, `predicted`."""
    pair = pair_code(int(values["true"]), int(values["predicted"]))
    return pair if pair in {pair_code(*each) for each in PAIRS} else OTHER


def change(values: Values) -> str:
    """Which learning rate won, as it is written in an address. Values: `rate`."""
    return f"{float(values['rate']):g}"


def exam(values: Values) -> str:
    """The exam beside the validation accuracy. Values: `validation`, `test`, shares of 1."""
    points = 100 * (float(values["test"]) - float(values["validation"]))
    return ALIKE if abs(points) <= ALIKE_POINTS else HIGHER if points > 0 else LOWER


def own_question(values: Values) -> str:
    """What came of the learner's own change: an `Outcome`. Values: `came`."""
    return str(values["came"])
