"""What is said beside the code: what changed, where names come from, Keras only where it is."""

import numpy as np
import pytest

from digitlab.wording.code_words import NOTHING_CHANGED, change_words, heading, origin_words
from digitlab.wording.results.article_digit import article_digit_words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([], [], NOTHING_CHANGED),
        (["a=1,"], ["a=2,"], "You changed `a=1` to `a=2`. It is marked below."),
        ([], ["a=2,"], "You added `a=2`. It is marked below."),
        (["a=1,"], [], "You removed `a=1`."),
        (["a=1,", "b"], [], "You removed 2 lines."),
        (["a"], ["b", "c"], "You changed 2 lines. They are marked below."),
        (["a", "b"], ["c"], "You changed 1 line. It is marked below."),
        (["a" * 90], ["b" * 90], "You changed 1 line. It is marked below."),
    ],
)
def test_change_in_words(before: list[str], after: list[str], words: str) -> None:
    assert change_words(before, after) == words


def test_keras_is_named_where_it_is_used() -> None:
    assert heading("model.fit(x)\n") == "The same in Keras"
    assert heading("import keras\nkeras.Input()") == "The same in Keras"
    assert heading("print(predictions[11])\n") == "The same in Python"


def test_without_names_from_elsewhere_nothing_is_said() -> None:
    assert origin_words({}) == ""


def test_a_six_that_is_read_as_a_zero_is_called_so() -> None:
    answers = np.full(10, 0.05)
    answers[0] = 0.55
    assert "Yours says **0**" in article_digit_words(answers)
    assert "Its network says **6**" in article_digit_words(answers)
    answers[6] = 0.9
    assert "Yours says 6 too, with 90\N{NO-BREAK SPACE}%" in article_digit_words(answers)
