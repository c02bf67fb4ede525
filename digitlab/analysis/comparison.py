"""Two runs beside each other: what follows from their differences.

It never names a cause unless one setting alone differs.
"""

import math
from collections.abc import Sequence
from itertools import chain

from digitlab.analysis.differences import Difference, differences
from digitlab.runs.record import Run
from digitlab.wording.descriptions import (
    accuracy,
    has_network,
    joined,
    state_words,
    training_accuracy,
    validation_accuracy,
)
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import per_cent
from digitlab.wording.say import say

TEST_DIGITS = 10_000
_MANY = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def same_numbers(first: Run, second: Run) -> bool:
    """Whether both learned the same, to the last digit: every epoch and the test.

    What only one of them has counted is left out.
    """
    if len(first.history) != len(second.history) or not first.history:
        return False
    pairs = [(first.test_accuracy, second.test_accuracy), (first.test_loss, second.test_loss)]
    for a, b in zip(first.history, second.history, strict=True):
        pairs += [(a.logs[name], b.logs[name]) for name in a.logs.keys() & b.logs]
    return all(_same(a, b) for a, b in pairs)


def verdict(first: Run, second: Run) -> str:
    """What follows from the differences of A, the first, and B, in one or two sentences."""
    differing = differences(first, second)
    causes = [difference for difference in differing if difference.matters]
    if first.state.active or second.state.active:
        return "One of them is not done yet: compare when both have ended."
    if len(causes) > 1:
        many = _MANY[len(causes) - 2] if len(causes) < len(_MANY) + 2 else len(causes)
        return f"{many} things changed, so you can't tell which one did it. Change one at a time."
    versions = _versions(first, second)
    if causes and versions:
        return (
            f"You changed one thing, but the packages differ too ({versions}), so you can't tell "
            "which one did it."
        )
    if causes and causes[0].setting == "Seed":
        return (
            "Only the seed differs: the random numbers started elsewhere. So all of it is luck, "
            "the luck of the start."
        )
    if causes:
        return (
            f"Only one setting differs: **{causes[0].setting.lower()}**. It makes the difference, "
            "and it can do so in two ways: the network learns in another way, and other random "
            f"numbers are drawn. So a part may be luck. This is seed {first.spec.training.seed} "
            "only. With other seeds the difference can be smaller, larger or the other way round."
        )
    if same_numbers(first, second):
        twice = "That changes nothing in the learning" if differing else "The same run twice"
        return f"{twice}: the same numbers, to the last digit."
    if not (first.history and second.history):
        return "No setting differs that matters, but one of them has not finished an epoch."
    reason = f"made with {versions}" if versions else "made on computers that round differently"
    return f"No setting differs that matters, yet the numbers do. Perhaps they were {reason}."


def gap_words(first: Run, second: Run) -> str:
    """Which of A, the first, and B has the better score to choose by, and whether that is fair."""
    runs = (first, second)
    for letter, run in zip("AB", runs, strict=True):
        if not has_network(run):
            return f"{letter} ({state_words(run)}) has no network to compare."
    if None not in (validated := [validation_accuracy(run) for run in runs]):
        return f"{_gap('validation', *validated)}{_other_digits(first, second)}"
    if None in (trained := [training_accuracy(run) for run in runs]):
        return "One of them counted another metric, so there is no accuracy to compare."
    lacking = [letter for letter, score in zip("AB", validated, strict=True) if score is None]
    none = f"{joined(lacking, ' and ')} {'has' if len(lacking) == 1 else 'have'} no validation "
    return (
        f"{none}digits, so this compares the training accuracy. {_gap('training', *trained)} "
        "**That is not fair:** these are digits that the networks learned from. To compare fairly, "
        "train both with a validation share."
    )


def exam_words(first: Run, second: Run) -> str:
    """What A, the first, and B read of the test digits, for whoever took the exam of both."""
    a, b = (round(TEST_DIGITS * (accuracy(run) or 0.0)) for run in (first, second))
    return (
        f"In the exam A read {a:,} of the {TEST_DIGITS:,} test digits and B {b:,}. Don't choose "
        "between them by these numbers."
    )


def _gap(digits: str, a: float | None, b: float | None) -> str:
    """Two accuracies, the better one first."""
    a, b = a or 0.0, b or 0.0
    if a == b:
        return f"Both have the same {digits} accuracy: {per_cent(a, 2)}."
    better, worse = ("B", "A") if b > a else ("A", "B")
    return (
        f"**{better} has the better {digits} accuracy**: {per_cent(max(a, b), 2)}. {worse} has "
        f"{per_cent(min(a, b), 2)}."
    )


def _other_digits(first: Run, second: Run) -> str:
    """A warning where the two were validated with other digits."""
    same = first.spec.training.validation_share == second.spec.training.validation_share
    if same and first.spec.preparation == second.spec.preparation:
        return ""
    return " Their validation digits are not the same, so a small lead may be luck."


def _same(a: float | None, b: float | None) -> bool:
    both_nan = a is not None and b is not None and math.isnan(a) and math.isnan(b)
    return a == b or both_nan


def _versions(first: Run, second: Run) -> str:
    """The packages whose versions differ: "keras 3.15.1 and 3.16.0"."""
    names = dict.fromkeys(chain(first.versions, second.versions))
    pairs = {name: (first.versions.get(name), second.versions.get(name)) for name in names}
    return ", ".join(f"{name} {a} and {b}" for name, (a, b) in pairs.items() if a and b and a != b)


def recipe_causes(differing: Sequence[Difference]) -> str:
    """What a difference between the results of two recipes can be put down to, unless to luck."""
    causes = [difference.setting for difference in differing if difference.matters]
    if not causes:
        return say("The recipes differ in nothing that changes the learning.")
    if len(causes) == 1:
        return say(
            "The recipes differ in one setting only: **{setting}**. What is not luck comes from "
            "this setting.",
            setting=causes[0],
        )
    return say(
        "The recipes differ in {count} settings: {settings}. So nobody can tell which of them made "
        "the difference. Change one at a time.",
        count=len(causes),
        settings=with_commas(causes),
    )
