"""The glossary: short entries in order, with the learner's own numbers."""

from dataclasses import replace

from digitlab.specs import ARTICLE, PRESETS, NetworkSpec, RunSpec, TrainSpec
from digitlab.wording.glossary import GLOSSARY, glossary_words

OTHER = replace(
    PRESETS["Small CNN"],
    training=TrainSpec(
        optimizer="rmsprop",
        learning_rate=0.5,
        batch_size=64,
        epochs=7,
        seed=9,
        validation_share=0.2,
    ),
)


def test_some_forty_words_stand_in_the_order_of_the_alphabet() -> None:
    assert list(GLOSSARY) == sorted(GLOSSARY, key=str.lower)
    assert 40 <= len(GLOSSARY) <= 60


def test_an_entry_takes_two_lines_at_most_and_ends_as_a_sentence() -> None:
    for term, entry in GLOSSARY.items():
        assert len(f"{term}: {entry.meaning}") <= 150, term
        assert entry.meaning.endswith("."), term
        assert not entry.meaning[0].islower(), term


def test_the_learners_own_numbers_stand_there() -> None:
    said = glossary_words(tuple(GLOSSARY), OTHER).replace("\N{NO-BREAK SPACE}", " ")
    for own in (
        "Your batch has 64 pictures.",
        "Your training has 7 epochs.",
        "Your value: 0.5.",
        "Your value: RMSprop.",
        "Your value: 9.",
        "Your validation share: 20 %.",
    ):
        assert own in said
    assert own_sentences(ARTICLE) != own_sentences(OTHER)
    assert "Your network has 7,960 parameters." in own_sentences(ARTICLE)


def test_what_the_learner_does_not_have_is_left_out() -> None:
    said = glossary_words(tuple(GLOSSARY), RunSpec(NetworkSpec(())))
    assert RunSpec().training.validation_share == 0
    assert "Your validation share" not in said
    assert "Your network has no hidden layer." in said
    assert not [line for line in said.splitlines() if line != line.rstrip()]


def own_sentences(spec: RunSpec) -> list[str]:
    return [entry.own(spec) for entry in GLOSSARY.values() if entry.own]


def test_only_the_words_that_are_asked_for_come() -> None:
    assert glossary_words(("seed", "axis"), ARTICLE).count("**") == 4
    assert glossary_words(("seed", "axis"), ARTICLE).startswith("**axis**: ")
