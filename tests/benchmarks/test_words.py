"""What counts as a sentence, as long and as uncommon."""

import ast

import pytest

from benchmarks.words.__main__ import problems
from benchmarks.words.measure import measured
from benchmarks.words.sources import texts


def test_sentences_are_counted_and_labels_are_none() -> None:
    words = measured(["**Your turn.** Choose a digit, say 7, and `fit` it!", "More settings"])
    assert words.sentences == (2, 8)
    assert words.texts == 2


@pytest.mark.parametrize("text", ["Your network learns.", "A t-SNE map of the biases.", "`argmax`"])
def test_common_words_their_forms_and_the_glossary_are_known(text: str) -> None:
    assert not measured([text]).uncommon


def test_a_word_that_nobody_knows_and_a_long_sentence_are_problems() -> None:
    (uncommon,) = problems("The network vacillates.")
    assert "“vacillates”" in uncommon
    (long,) = problems("The network " + "reads and " * 12 + "learns.")
    assert "27 words" in long
    assert problems("The network reads the digit.") == []


def test_text_of_a_source_is_what_a_reader_sees() -> None:
    source = '''
"""A docstring."""
title: "Literal['not this']" = "One" + f" of {many} " + "digits"
log.warning("not this")
say("Two " "words", alt=f"{'three' if x else 'four'} of")
'''
    assert [text for _, _, text in texts(ast.parse(source))] == [
        "One of 8 digits",
        "Two words",
        "8 of",
        "three",
        "four",
    ]
