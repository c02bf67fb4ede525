"""Every ablation, and all that it can come to, has words of its own."""

from digitlab.specs import ARTICLE
from digitlab.specs.ablations import ABLATIONS, LONGER_STEPS, Outcome
from digitlab.wording.results.ablation_outcomes import outcome_words, why
from digitlab.wording.settings.ablations import ablation_words, title_of, words_of

ALL = (*ABLATIONS, *LONGER_STEPS)


def test_every_ablation_has_words_of_its_own() -> None:
    for ablations in (ABLATIONS, LONGER_STEPS):
        for words in (
            [title_of(ablation) for ablation in ablations],
            [words_of(ablation).does for ablation in ablations],
        ):
            assert all(words)
            assert len(set(words)) == len(ablations)
    assert all(words_of(ablation).short(ablation.value) for ablation in ALL)


def test_whatever_comes_of_an_ablation_has_its_reason() -> None:
    reasons = {(ablation.name, came): why(ablation, came) for ablation in ALL for came in Outcome}
    assert all(reason.endswith(".") for reason in reasons.values())
    assert "too small" not in reasons["scale", Outcome.BETTER]  # that is so on another baseline
    assert reasons["scale", Outcome.BETTER].startswith("The changed network reads more digits")
    assert "not the missing scaling" in reasons["longer_by_pixels", Outcome.BETTER]
    assert "scaling is useful" in reasons["long_by_rate_and_pixels", Outcome.WORSE]


def test_what_can_be_chosen_is_named() -> None:
    for ablation in ALL:
        assert bool(words_of(ablation).amount) == bool(ablation.values)


def test_another_amount_is_told() -> None:
    noise = next(ablation for ablation in ABLATIONS if ablation.field == "label_noise")
    assert ablation_words(noise.applied_to(ARTICLE, 0.6)) == ["60\N{NO-BREAK SPACE}% label noise"]
    assert ablation_words(ARTICLE) == []


def test_every_outcome_has_words() -> None:
    assert len({outcome_words(outcome) for outcome in Outcome}) == len(Outcome)
