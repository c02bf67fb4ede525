"""What may be said of two recipes, in sentences."""

from collections.abc import Sequence
from typing import Final

from digitlab import limits
from digitlab.analysis import seed_runs
from digitlab.analysis.differences import recipe_differences
from digitlab.analysis.paired import FALSE_ALARMS, LEVEL, PairedComparison, compare
from digitlab.records.score import DigitSet
from digitlab.ui.luck.recipes import Side
from digitlab.wording.lists import with_and
from digitlab.wording.numerals import decimal, per_cent, with_minus
from digitlab.wording.results.run_differences import recipe_causes
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.shares import two_digits

_NO_DIFFERENCE: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "**No difference:** A and B read the same number of validation digits with each of the "
        "{size} seeds."
    ),
    DigitSet.TEST: to_say(
        "**No difference:** A and B read the same number of test digits with each of the {size} "
        "seeds."
    ),
}
_MEAN: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "With the same seed, {better} reads on average **{points}** more of 100 validation digits "
        "than {worse}. {better} reads more with {wins} of {pairs} seeds."
    ),
    DigitSet.TEST: to_say(
        "With the same seed, {better} reads on average **{points}** more of 100 test digits than "
        "{worse}. {better} reads more with {wins} of {pairs} seeds."
    ),
}


def digits_words(sides: Sequence[Side]) -> str:
    """Which digits the accuracies are of, and why that is fair."""
    recipes = [side.recipe for side in sides]
    if seed_runs.digits_to_compare_by(recipes) is DigitSet.VALIDATION:
        aside = per_cent(recipes[0].training.validation_share)
        return say(
            "These are **validation accuracies**: {share} of the training digits are kept aside. "
            "The networks don't learn from them. This comparison does not use the test digits.",
            share=aside,
        )
    if not any(recipe.training.validation_share for recipe in recipes):
        why = say(
            "These are **test accuracies**, because no training digits are kept aside for "
            "validation."
        )
    elif any(recipe.training.metric != "accuracy" for recipe in recipes):
        why = say(
            "These are **test accuracies**, because not every training counted its validation "
            "accuracy."
        )
    else:
        why = say(
            "These are **test accuracies**, because A and B have different validation digits."
        )
    fair = say(
        "That is fair if you chose the recipes before you saw these numbers. It is not fair to try "
        "many recipes and to keep the one with the best test accuracy."
    )
    return f"{why} {fair}"


def verdict_words(first: Side, second: Side, size: int) -> str:
    """How A and B differ, as far as the seeds that both have can tell.

    Args:
        first: A.
        second: B.
        size: the number of seeds that was chosen.
    """
    shared = len(seed_runs.pairs(first.runs, second.runs)[:size])
    if shared < size:
        return say(
            "**Not yet:** A and B share {shared} of {size} seeds. Train both with the same {size} "
            "seeds. An answer before that can be luck.",
            shared=shared,
            size=size,
        )
    digits = seed_runs.digits_to_compare_by([first.recipe, second.recipe])
    result = _compared(first, second, size)
    if result.ties == size:
        return say_message(_NO_DIFFERENCE[digits], size=size)
    words = [_difference(result, digits), _interval()]
    if result.differs:
        words.append(recipe_causes(recipe_differences(first.recipe, second.recipe)))
    return "\n\n".join(words)


def numbers_words(first: Side, second: Side, size: int) -> str:
    """How large the difference is, and what luck alone could do; "" while nothing can be said.

    Args:
        first: A.
        second: B.
        size: the number of seeds that was chosen.
    """
    if len(seed_runs.pairs(first.runs, second.runs)) < size:
        return ""
    result = _compared(first, second, size)
    if result.ties == size:
        return ""
    return "\n\n".join(filter(None, [_sizes(result), _chance(result)]))


def _compared(first: Side, second: Side, size: int) -> PairedComparison:
    """Seed by seed, as far as the chosen number of seeds goes; both must have them."""
    pairs = seed_runs.pairs(first.runs, second.runs)[:size]
    digits = seed_runs.digits_to_compare_by([first.recipe, second.recipe])
    a, b = (seed_runs.accuracies(runs, digits) for runs in zip(*pairs, strict=True))
    return compare(a, b)


def _difference(result: PairedComparison, digits: DigitSet) -> str:
    better, worse, sign = ("A", "B", 1) if result.difference >= 0 else ("B", "A", -1)
    low, high = sorted((sign * result.low, sign * result.high))
    wins = result.wins if better == "A" else result.pairs - result.wins - result.ties
    mean = say_message(
        _MEAN[digits],
        better=better,
        worse=worse,
        points=_points(abs(result.difference)),
        wins=wins,
        pairs=result.pairs,
    )
    interval = say(
        "The **{level} confidence interval** of this difference is **{low} to {high}** of 100.",
        level=_level(),
        low=_points(low),
        high=_points(high),
    )
    if result.differs:
        first = say("**{better} reads more than {worse}.**", better=better, worse=worse)
        last = say("0 is not in this interval.")
    else:
        first = say("**The recipe may have made no difference.**")
        last = say(
            "0 is in this interval. So the difference can be luck, and it can be real: these seeds "
            "do not tell."
        )
    return " ".join([first, mean, interval, last])


def _level() -> str:
    return per_cent(LEVEL, 1)


def _sizes(result: PairedComparison) -> str:
    if result.effect is None:
        return ""
    return say(
        "**Effect size:** The difference is **{effect}** times as large as the usual distance of a "
        "run from the mean of its recipe. This distance is the standard deviation, and the number "
        "is called Cohen's *d*.",
        effect=decimal(abs(result.effect), 1),
    )


def _interval() -> str:
    one_in = round(1 / FALSE_ALARMS)
    return say(
        "**What does the interval say?** It tells where the difference would be with very many "
        "seeds. You may look {times} times, and each look has an interval of {level}. Together "
        "these looks are right in at least {right} of {all} comparisons. **So up to 1 in {all} is "
        "wrong, because of luck.** Suppose that recipes make no difference at all. Then up to 1 of "
        "{all} comparisons can still find a difference.",
        times=len(limits.SEED_COUNTS),
        level=_level(),
        right=one_in - 1,
        all=one_in,
    )


def _chance(result: PairedComparison) -> str:
    share = two_digits(FALSE_ALARMS / len(limits.SEED_COUNTS))
    return say(
        "The **p-value** tells what luck can do. Suppose that the recipe made no difference. Then "
        "luck alone would give a difference at least this large in **{p}** of all comparisons. You "
        "may look {times} times, after {looks} seeds. Together these looks may be wrong in at most "
        "{alarms} of all comparisons. So each of them has an interval of {level}: 0 is outside "
        "only if the p-value is below {share}.",
        p=two_digits(result.p),
        times=len(limits.SEED_COUNTS),
        looks=with_and([str(count) for count in limits.SEED_COUNTS]),
        alarms=per_cent(FALSE_ALARMS),
        level=_level(),
        share=share,
    )


def _points(difference: float) -> str:
    """Digits of 100, with a digit more where the difference is small."""
    decimals = 1 if abs(difference) >= 0.01 else 2
    return with_minus(decimal(100 * difference, decimals))
