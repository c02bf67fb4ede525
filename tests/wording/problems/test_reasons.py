"""Every code has a sentence of its own."""

import pytest

from digitlab import limits
from digitlab.compute.errors import Limit, LimitError, Problem
from digitlab.records.reason import NAMES, Reason, ReasonCode, refusal_words, refused
from digitlab.runs.errors import StoreProblem
from digitlab.wording.problems.reasons import limit_words, problem_words, reason_words
from digitlab.wording.problems.store import store_words


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


def test_every_limit_has_a_sentence_with_its_number() -> None:
    sentences = {limit: limit_words(LimitError(limit, 1_234)) for limit in Limit}
    assert len(set(sentences.values())) == len(Limit)
    assert all(sentence.endswith(".") for sentence in sentences.values())
    assert {limit for limit in Limit if "1234" not in sentences[limit].replace(",", "")} == {
        Limit.UNDER_WAY
    }
    assert f"{limits.MAX_PARAMETERS:,}" in sentences[Limit.PARAMETERS]


def test_what_is_said_about_the_memory_is_short_and_tells_that_one_can_go_on() -> None:
    sentences = {store_words(problem) for problem in StoreProblem}
    assert len(sentences) == len(StoreProblem)
    for sentence in sentences:
        assert sentence.endswith(".")
        assert sentence.count(". ") <= 3
        assert "ou can go on" in sentence
        assert "/" not in sentence


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
