"""What Luck says of two recipes: the difference, its interval, and what luck can do."""

import pytest

from digitlab.specs import ARTICLE, RunSpec, TrainSpec
from digitlab.ui.luck.recipes import Side
from digitlab.ui.luck.verdict import digits_words, numbers_words, verdict_words
from tests.analysis.test_seed_runs import OTHER, numbered, runs

LOW = (0.70, 0.71, 0.72, 0.73, 0.74)
HIGH = (0.90, 0.92, 0.92, 0.93, 0.95)
SPACE = "\N{NO-BREAK SPACE}"


def said(a: tuple[float, ...], b: tuple[float, ...], size: int = 5) -> str:
    first, second = (
        Side(letter, recipe, numbered(runs(recipe, *values), *range(1, len(values) + 1)))
        for letter, recipe, values in (("A", ARTICLE, a), ("B", OTHER, b))
    )
    return "\n\n".join(
        filter(None, (verdict_words(first, second, size), numbers_words(first, second, size)))
    )


def test_a_difference_with_its_interval_effect_and_cause() -> None:
    words = said(HIGH, LOW)
    assert words.startswith("**A reads more than B.** With the same seed, A reads on average")
    assert "**20.4** more of 100 test digits than B. A reads more with 5 of 5 seeds." in words
    # mean 0.204, s = 0.005477, n = 5; t for 98.33 % and 4 degrees of freedom is 3.961
    assert (
        f"The **98.3{SPACE}% confidence interval** of this difference is **19.4 to 21.4**" in words
    )
    assert "0 is not in this interval" in words
    assert "**12.0** times as large" in words  # 0.204 / sqrt((0.01581**2 + 0.01817**2) / 2)
    assert "one setting only: **Learning rate**. What is not luck comes from this" in words


def test_turned_round_it_is_the_same_of_b() -> None:
    assert said(LOW, HIGH) == said(HIGH, LOW).translate(str.maketrans("AB", "BA"))


# mean −0.001, s = 0.01342
def test_no_difference_is_the_null_not_a_finding() -> None:
    words = said(LOW, (0.71, 0.70, 0.74, 0.72, 0.735))
    assert words.startswith("**The recipe may have made no difference.**")
    assert "B reads more with 2 of 5 seeds." in words
    assert "**−2.3 to 2.5** of 100" in words
    assert "can be luck, and it can be real: these seeds do not tell" in words
    assert "comes from this" not in words
    for never in ("equally good", "better", "is not luck"):
        assert never not in words


def test_that_1_in_20_is_luck_is_always_said() -> None:
    for words in (said(HIGH, LOW), said(LOW, (0.71, 0.70, 0.74, 0.72, 0.735))):
        assert "**So up to 1 in 20 is wrong, because of luck.**" in words
        assert "Suppose that the recipe made no difference. Then luck alone" in words
        assert "after 5, 10 and 20 seeds. Together these looks may be wrong in at most" in words
        assert f"at most 5{SPACE}% of all comparisons" in words
        assert f"only if the p-value is below 1.7{SPACE}%" in words


def test_nothing_is_said_before_the_chosen_number_of_seeds() -> None:
    assert said(HIGH, LOW, 10).startswith("**Not yet:** A and B share 5 of 10 seeds.")
    assert said(HIGH, LOW[:3]).startswith("**Not yet:** A and B share 3 of 5 seeds.")
    assert said((), LOW).startswith("**Not yet:** A and B share 0 of 5 seeds.")
    assert said((), LOW).count("\n") == 0  # neither an effect size nor a p-value


def test_more_seeds_than_chosen_do_not_count() -> None:
    assert said((*HIGH, 0.1), (*LOW, 0.9)) == said(HIGH, LOW)


def test_all_the_same() -> None:
    assert said((0.1135,) * 5, (0.1135,) * 5).startswith(
        "**No difference:** A and B read the same number of test digits with each of the 5"
    )


SHARE = RunSpec(training=TrainSpec(validation_share=0.1))


@pytest.mark.parametrize(
    ("recipes", "words"),
    [
        ([SHARE], f"**validation accuracies**: 10{SPACE}% of the training digits are kept aside"),
        ([ARTICLE], "**test accuracies**, because no training digits are kept aside"),
        ([ARTICLE, OTHER], "**test accuracies**, because no training digits are kept aside"),
        ([SHARE, ARTICLE], "because A and B have different validation digits"),
        (
            [
                RunSpec(
                    training=TrainSpec(validation_share=0.1, metric="top_k_categorical_accuracy")
                )
            ],
            "because not every training counted its validation accuracy",
        ),
    ],
)
def test_which_digits_and_why(recipes: list[RunSpec], words: str) -> None:
    sides = [Side(letter, recipe, []) for letter, recipe in zip("AB", recipes, strict=False)]
    text = digits_words(sides)
    assert words in text
    assert ("It is not fair to try many recipes" in text) == ("test accuracies" in text)
