"""Every code has a sentence of its own."""

import pytest

from digitlab.compute.errors import Problem
from digitlab.records.reason import NAMES, Reason, ReasonCode, refusal_words, refused
from digitlab.wording.reasons import problem_words, reason_words


def test_no_reason_has_no_words() -> None:
    assert reason_words(None) == ""
    assert refusal_words(None) == ""


def test_every_reason_has_a_sentence_with_its_values() -> None:
    sentences = {
        reason_words(Reason(code, {name: "a {word}" for name in NAMES.get(code, ())}))
        for code in ReasonCode
    }
    assert len(sentences) == len(ReasonCode)
    assert sum("a {word}" in sentence for sentence in sentences) == len(NAMES)


def test_every_problem_has_a_sentence() -> None:
    sentences = {problem_words(problem) for problem in Problem}
    assert len(sentences) == len(Problem)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_only_a_refusal_holds_keras_words() -> None:
    assert refusal_words(refused("ValueError: no")) == "ValueError: no"
    assert refusal_words(Reason(ReasonCode.OTHER, {"words": "Keras says: no"})) == ""


@pytest.mark.parametrize(
    ("code", "values"),
    [
        (ReasonCode.REFUSED, {}),
        (ReasonCode.NOT_BEGUN, {"words": "It left."}),
        (ReasonCode.FAILED, {"words": "It failed."}),
    ],
)
def test_values_that_a_code_does_not_have_are_refused(
    code: ReasonCode, values: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="don't belong"):
        Reason(code, values)
