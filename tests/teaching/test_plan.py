"""The plan by minutes, and its words."""

from digitlab.hour import CARDS, MINUTES
from digitlab.teaching import PLAN
from digitlab.wording.teaching.plan import SLOT_WORDS
from digitlab.wording.teaching.sheets import OBSERVED


def test_the_cards_fill_the_hour_without_a_gap() -> None:
    assert [slot.card for slot in PLAN] == list(CARDS)
    assert [slot.number for slot in PLAN] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [slot.begins for slot in PLAN] == [0, *(slot.ends for slot in PLAN[:-1])]
    assert all(slot.ends - slot.begins == slot.card.minutes for slot in PLAN)
    assert PLAN[-1].ends == MINUTES == 45


def test_a_shorter_hour_ends_after_a_result_and_never_between_a_choice_and_its_exam() -> None:
    assert [(slot.card.name, slot.ends) for slot in PLAN if slot.stop] == [
        ("matrix", 27),
        ("exam", 38),
    ]
    assert not next(slot for slot in PLAN if slot.card.name == "change").stop


def test_each_card_has_its_words() -> None:
    names = [card.name for card in CARDS]
    assert list(SLOT_WORDS) == list(OBSERVED) == names
    trains = {name for name, words in SLOT_WORDS.items() if "{minutes}" in words.teacher}
    assert trains == {"seeds", "change"}, "where all train several networks at once"
