"""Every ablation, and all that it can come to, has words of its own."""

from digitlab.specs import ARTICLE
from digitlab.specs.ablations import ABLATIONS, Outcome
from digitlab.wording.ablations import ablation_words, outcome_words, title_of, words_of


def test_every_ablation_has_words_of_its_own() -> None:
    for words in (
        [title_of(ablation) for ablation in ABLATIONS],
        [words_of(ablation).does for ablation in ABLATIONS],
        [words_of(ablation).why for ablation in ABLATIONS],
        [words_of(ablation).short(ablation.value) for ablation in ABLATIONS],
    ):
        assert all(words)
        assert len(set(words)) == len(ABLATIONS)


def test_what_can_be_chosen_is_named() -> None:
    for ablation in ABLATIONS:
        assert bool(words_of(ablation).amount) == bool(ablation.values)


def test_another_amount_is_told() -> None:
    noise = next(ablation for ablation in ABLATIONS if ablation.field == "label_noise")
    assert ablation_words(noise.applied_to(ARTICLE, 0.6)) == ["60\N{NO-BREAK SPACE}% label noise"]
    assert ablation_words(ARTICLE) == []


def test_every_outcome_has_words() -> None:
    assert len({outcome_words(outcome) for outcome in Outcome}) == len(Outcome)
