"""What may be said of two recipes, in sentences."""

from collections.abc import Sequence

from digitlab import limits
from digitlab.analysis import seed_runs
from digitlab.analysis.comparison import recipe_causes
from digitlab.analysis.differences import recipe_differences
from digitlab.analysis.paired import FALSE_ALARMS, LEVEL, PairedComparison, compare
from digitlab.records.score import DigitSet
from digitlab.ui.luck.recipes import Side
from digitlab.wording.descriptions import joined
from digitlab.wording.numerals import per_cent, with_minus

_LOOKS = f"{joined(limits.SEED_COUNTS[:-1], ', ')} and {limits.SEED_COUNTS[-1]}"


def digits_words(sides: Sequence[Side]) -> str:
    """Which digits the accuracies are of, and why that is fair."""
    recipes = [side.recipe for side in sides]
    if seed_runs.digits_to_compare_by(recipes) is DigitSet.VALIDATION:
        aside = per_cent(recipes[0].training.validation_share)
        return (
            f"The numbers are **validation accuracies**: {aside} of the training digits are kept "
            "aside and not learned from. The test digits stay untouched."
        )
    if not any(recipe.training.validation_share for recipe in recipes):
        reason = "no training digits are kept aside for validation"
    elif any(recipe.training.metric != "accuracy" for recipe in recipes):
        reason = "not every training counted its validation accuracy"
    else:
        reason = "A and B do not have the same validation digits"
    return (
        f"The numbers are **test accuracies**, because {reason}. That is fair if you "
        "chose the recipes before you saw these numbers. It is not fair to try many recipes and to "
        "keep the one with the best test accuracy."
    )


def verdict_words(first: Side, second: Side, size: int) -> str:
    """How A and B differ, as far as the seeds that both have can tell.

    Args:
        first: A.
        second: B.
        size: the number of seeds that was chosen.
    """
    shared = len(seed_runs.pairs(first.runs, second.runs)[:size])
    if shared < size:
        return (
            f"**Not yet:** A and B share {shared} of {size} seeds. Train both with the same "
            f"{size} seeds. An answer before that could be luck."
        )
    digits = seed_runs.digits_to_compare_by([first.recipe, second.recipe])
    result = _compared(first, second, size)
    if result.ties == size:
        return (
            f"**No difference:** with each of the {size} seeds, A and B read exactly as many "
            f"{digits} digits."
        )
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
    interval = f"**{_points(low)} to {_points(high)}** of 100"
    mean = (
        f"With the same seed, {better} reads on average **{_points(abs(result.difference))}** more "
        f"of 100 {digits} digits than {worse}"
    )
    wins = result.wins if better == "A" else result.pairs - result.wins - result.ties
    counted = f"({better} reads more with {wins} of {result.pairs} seeds)"
    if result.differs:
        return (
            f"**{better} reads more than {worse}.** {mean} {counted}. The **{_level()} "
            f"confidence interval** of this difference is {interval}. 0 is not in it."
        )
    return (
        f"**The recipe may have made no difference.** {mean} {counted}. The "
        f"**{_level()} confidence interval** of this difference is {interval}. 0 is in "
        "it. So the difference can be luck, and it can be real: these seeds do not tell."
    )


def _level() -> str:
    return per_cent(LEVEL, 1)


def _sizes(result: PairedComparison) -> str:
    if result.effect is None:
        return ""
    return (
        "**Effect size:** the difference is "
        f"**{abs(result.effect):.1f}** times as large as the usual distance of one run from its "
        "recipe's mean (the standard deviation). This number is called Cohen's *d*."
    )


def _interval() -> str:
    one_in = round(1 / FALSE_ALARMS)
    return (
        "**What does the interval say?** It tells where the difference would lie with very many "
        f"seeds. It is right in at least {one_in - 1} of {one_in} comparisons. **So 1 in {one_in} "
        "is luck too:** if recipes make no difference at all, about one of "
        f"{one_in} comparisons may still leave 0 out of the interval."
    )


def _chance(result: PairedComparison) -> str:
    share = seed_runs.percent(FALSE_ALARMS / len(limits.SEED_COUNTS))
    return (
        "The **p-value** says: if the "
        "recipe made no difference, luck alone would give a difference at least this large in "
        f"**{seed_runs.percent(result.p)}** of all comparisons. You may look three times, after "
        f"{_LOOKS} seeds. These looks share the {per_cent(FALSE_ALARMS)}, so each interval is "
        f"one of {_level()}: 0 is outside it only if the p-value is below {share}."
    )


def _points(difference: float) -> str:
    """Digits of 100, with a digit more where the difference is small."""
    decimals = 1 if abs(difference) >= 0.01 else 2
    return with_minus(f"{100 * difference:.{decimals}f}")
