"""The two sheets: what stands on them, and that they need nothing else."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from digitlab.analysis import evaluation
from digitlab.data.mnist import Dataset
from digitlab.hour import CARDS
from digitlab.quiz.hour import OF_CARD
from digitlab.records.score import DigitSet, Score
from digitlab.specs import PRESETS
from digitlab.teaching.facts import Facts, OwnNetwork
from digitlab.teaching.sheets import answer_sheet, pupil_sheet
from digitlab.wording.language import speaking
from digitlab.wording.pseudo import CLOSED, NAME, OPENED
from tests.export import networks

CODES = {card.name: code for card, code in zip(CARDS, "BCDFGHJK", strict=True)}
MISTAKE = (4, 9, 1234)


class _Text(HTMLParser):
    """What can be read, and what would be loaded."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.loads: list[str] = []
        self._quiet = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._quiet += tag in ("style", "title")
        self.loads += [f"{tag} {name}" for name, _ in attributes if name in ("src", "href", "data")]

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def plain(markdown: str) -> str:
    """A message as it is read."""
    return re.sub(r"\s+", " ", re.sub(r"[*`]", "", markdown))


@pytest.fixture(scope="module")
def answers(mnist: Dataset) -> str:
    return answer_sheet(mnist)


def read(page: str) -> str:
    """Without the spaces that marks leave before a full stop."""
    return re.sub(r" ([.,:])", r"\1", _Text(page).text)


def test_pupils_find_each_card_with_its_code_and_no_answer() -> None:
    page = pupil_sheet(CODES, "lab.example")
    text = read(page)
    assert "Open lab.example in a browser" in text
    for card in CARDS:
        assert f">{CODES[card.name]}<" in page
        question = OF_CARD[card.name]()
        assert plain(question.text) in text
        assert all(plain(option) in text for option in question.options.values())
        assert plain(question.reason) not in text
    assert page.count('class="blank"') == 15, "a place for each number"
    assert page.count('class="line"') == len(CARDS) + 3, "for each why, and the own question"


def test_without_codes_the_sheet_says_another_way() -> None:
    text = read(pupil_sheet({}, "lab.example"))
    assert "lab.example" not in text
    assert "Choose the page Guided hour." in text


def test_the_teacher_finds_the_answer_and_what_helps_after_each_wrong_one(answers: str) -> None:
    text = read(answers)
    for card in CARDS:
        question = OF_CARD[card.name]()
        assert f"{plain(question.options[str(question.answer)])} (Correct)" in text
        assert plain(question.reason) in text
        for wrong in question.misconceptions:
            assert f"{plain(question.options[str(wrong.answer)])}: {plain(wrong.hint)}" in text
    assert "The answer is nearly always: It falls." in text
    assert "The answer is nearly always one of these: 0.1, 0.3, 1." in text


def test_the_numbers_are_those_of_the_digits_and_of_keras(answers: str, mnist: Dataset) -> None:
    facts, text = Facts.of(mnist), read(answers)
    for digit in range(10):
        assert facts.training[digit] == int((mnist.y_train == digit).sum())
        assert f"{facts.test[digit]:,}" in text
    ink = [int((picture > 0).sum()) for picture in mnist.x_train[:2000]]
    part = Facts.of(Dataset(mnist.x_train[:2000], mnist.y_train, mnist.x_test, mnist.y_test)).ink
    assert (part.mean, part.most) == (pytest.approx(np.mean(ink)), max(ink))
    assert part.few == sum(3 * count < 784 for count in ink)
    assert "7,960 parameters: 7,850 in its hidden layer and 110 in its output" in text
    assert "ReLU 128 has 101,770 parameters. It learns them from 54,000 training" in text
    assert "the probability 0.1. Then its loss is 2.3026" in text
    assert "prints the test accuracy 0.9018" in text


def test_of_the_own_network_the_exam_tells_before_it_is_taken_nothing(mnist: Dataset) -> None:
    network = networks.article(mnist)
    before = Score(DigitSet.VALIDATION, 0.5)
    own = OwnNetwork.of(network, "Mine", before, mnist)
    text = read(answer_sheet(mnist, own))
    assert "Your network Mine has 7,960 parameters. It reads 50.0 % of the validation" in text
    assert "You have not taken the exam with it" in text
    own = OwnNetwork.of(network, "Mine", Score(DigitSet.TEST, 0.75), mnist)
    text = read(answer_sheet(mnist, own))
    assert "It reads 75.0 % of the test digits." in text
    matrix = evaluation.confusion_matrix(mnist.y_test, network.probabilities)
    wrong = matrix - np.diag(np.diag(matrix))
    assert f"The largest number beside the diagonal was {wrong.max():,}, in row" in text
    assert "Your network" not in read(answer_sheet(mnist))


@pytest.mark.parametrize("preset", PRESETS)
def test_any_network_is_counted(mnist: Dataset, preset: str) -> None:
    network = replace(networks.article(mnist), spec=PRESETS[preset])
    counted = {"The article's network": 7_960, "ReLU 128": 101_770, "Two hidden layers": 109_386}
    own = OwnNetwork.of(network, preset, None, mnist)
    assert own.parameters == counted.get(preset, own.parameters) > 0


def test_a_strangers_words_stay_words(mnist: Dataset) -> None:
    own = OwnNetwork("<script>alert(1)</script><img src=x>", 9, None, None)
    assert {"script", "img"}.isdisjoint(_Text(answer_sheet(mnist, own)).tags)
    assert "script" not in _Text(pupil_sheet(CODES, "<script>x</script>")).tags


def test_they_need_nothing_else(answers: str) -> None:
    for page in (answers, pupil_sheet(CODES, "lab.example")):
        text = _Text(page)
        assert text.loads == []
        assert {"script", "link", "iframe"}.isdisjoint(text.tags)
        assert not re.search(r"url\(|@import", page)
        assert len(page) < 40_000


def test_they_are_in_the_language_that_is_spoken(mnist: Dataset) -> None:
    pages = (
        speaking(NAME, lambda: pupil_sheet(CODES, "lab.example")),
        speaking(NAME, lambda: answer_sheet(mnist, OwnNetwork("7", 9, None, MISTAKE))),
    )
    for page in pages:
        assert f'<html lang="{NAME}">' in page
        outside, depth = "", 0
        for char in _Text(page).text:
            depth += (char == OPENED) - (char == CLOSED)
            outside += char if not depth else " "
        left = set(re.findall(r"[^\W\d_]{2,}", outside)) - {"lab", "example"}
        assert left <= {"ReLU"}
    assert '<html lang="en">' in pupil_sheet(CODES, "lab.example"), "here it is English again"
