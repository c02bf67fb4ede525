"""The guided hour: begun, left and resumed; cards are ticked by what was done on the pages."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.hour import CARDS, HourProgress
from digitlab.hour.outcomes import Value
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import FIRST
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import open_page, words
from tests.reading import checked, control, press

PAGE = "pages/18_Guided_hour.py"


@pytest.fixture
def lab() -> Lab:
    return Lab()


def show(lab: Lab, card: str) -> AppTest:
    """The page with this card."""
    test = AppTest.from_file(f"../../{PAGE}", default_timeout=30)
    test.session_state["digitlab"] = lab
    test.session_state[key_of("Guided hour")] = card
    return checked(test.run())


def expecting(lab: Lab, card: str, expectation: str) -> Lab:
    """The session in the hour with a card that is open, and what is expected of it."""
    hour = lab.shared.hour
    hour.current = card
    hour.expected[card] = expectation
    return lab


def test_it_begins_with_a_prediction(queue: TrainingQueue, lab: Lab) -> None:
    test = checked(open_page(PAGE, lab))
    assert "0 of 8 cards are done" in words(test)
    assert control(test.button, "Open Draw").disabled
    assert "First say what you expect." in words(test)
    assert not [button for button in test.button if button.label == "Check"]
    checked(test.radio[0].set_value("three").run())
    assert lab.shared.hour.expected == {"own_three": "three"}
    assert not control(test.button, "Open Draw").disabled


def test_a_card_sets_the_lab_up_and_a_network_is_trained(queue: TrainingQueue, lab: Lab) -> None:
    seed = lab.spec.training.seed
    test = show(expecting(lab, "own_three", "three"), "own_three")
    control(test.button, "Open Draw").click().run()  # AppTest has no page to switch to
    assert lab.shared.hour.current == "own_three"
    assert lab.spec == FIRST.with_seed(seed)
    assert lab.lesson.fixed >= {"network", "epochs"}
    assert lab.job is not None
    assert lab.job.spec == lab.spec
    queue.stop(lab.job)


def test_the_open_card_stands_on_its_page_only(queue: TrainingQueue, lab: Lab) -> None:
    expecting(lab, "numbers", "few")
    said = words(open_page("pages/1_Data.py", lab))
    assert "**Card 2 of 8: A picture is numbers**" in said
    assert "**Do:** Press *Another one*" in said
    assert "**You expect:** Fewer than a third" in said
    assert "Check yourself" not in said, "the card has its own question"
    assert "Card 2 of 8" not in words(open_page("pages/2_Prepare.py", lab))
    lab.shared.hour.current = ""
    said = words(open_page("pages/1_Data.py", lab))
    assert "Card 2 of 8" not in said
    assert "Check yourself" in said


def test_another_digit_does_the_card_of_numbers(
    queue: TrainingQueue, lab: Lab, mnist: Dataset
) -> None:
    expecting(lab, "numbers", "most")
    test = checked(open_page("pages/1_Data.py", lab))
    assert lab.shared.hour.done == 0, "the digit that stands there first is not the action"
    checked(control(test.number_input, "Number").set_value(212).run())
    ink = int((mnist.x_train[212] > 0).sum())
    assert lab.shared.hour.observed["numbers"].values == {"sample": "x_train[212]", "ink": ink}
    assert f"**Done.** In `x_train[212]`, {ink} of the 784 numbers are ink" in words(test)
    test = show(lab, "numbers")
    assert "You expected: *More than two thirds*. Something else happened." in words(test)
    assert control(test.button, "Check")
    ticks = [option.content_icon for option in test.segmented_control[0].proto.options]
    assert ticks == ["", ":material/check_circle:", *[""] * 6]


def test_without_a_prediction_nothing_is_done(queue: TrainingQueue, lab: Lab) -> None:
    lab.select_samples(replace(lab.selection, index=212))
    checked(open_page("pages/1_Data.py", lab))
    assert lab.shared.hour == HourProgress()


def test_a_chosen_cell_does_the_card_of_the_matrix(
    queue: TrainingQueue, lab: Lab, trained: TrainedNetwork
) -> None:
    lab.job = finished(trained)
    expecting(examined(lab), "matrix", "4_9")
    test = checked(open_page("pages/5_Evaluate.py", lab))
    assert lab.shared.hour.done == 0, "no cell is chosen yet"
    checked(control(test.selectbox, "Predicted label").set_value(0).run())
    values = lab.shared.hour.observed["matrix"].values
    assert values["true"] != values["predicted"]
    assert f"read the digit {values['true']} as {values['predicted']}" in words(test)


def test_a_guess_about_a_weight_does_the_card_of_the_step(queue: TrainingQueue, lab: Lab) -> None:
    expecting(lab, "step", "falls")
    test = checked(open_page("pages/16_Learn.py", lab))
    assert lab.shared.hour.done == 0
    checked(control(test.segmented_control, "This weight is").set_value("up").run())
    assert lab.shared.hour.observed["step"].outcome == "falls"


def test_it_is_left_and_resumed_where_it_was(queue: TrainingQueue, lab: Lab) -> None:
    expecting(lab, "own_three", "three")
    lab.shared.hour.saw(CARDS[0], {"answer": 3, "share": 0.9})
    lab.lesson = CARDS[0].lesson
    test = press(show(lab, "own_three"), "Leave the hour")
    assert lab.shared.hour.current == ""
    assert not lab.lesson.locked, "all controls are free again"
    assert "1 of 8 cards are done" in words(test)
    after_reload = Lab(shared=lab.shared)  # a new session of the same browser
    test = checked(open_page(PAGE, after_reload))
    assert "1 of 8 cards are done" in words(test)
    assert test.segmented_control[0].value == "numbers", "the first card that is not done"
    press(show(lab, "own_three"), "Start again")
    assert lab.shared.hour == HourProgress()


def test_the_next_card_is_a_press_away(queue: TrainingQueue, lab: Lab) -> None:
    expecting(lab, "own_three", "three")
    lab.shared.hour.saw(CARDS[0], {"answer": 3, "share": 0.9})
    test = press(show(lab, "own_three"), "Card 2: A picture is numbers")
    assert test.segmented_control[0].value == "numbers"


def test_all_done_is_said(queue: TrainingQueue, lab: Lab) -> None:
    hour = lab.shared.hour
    for card in CARDS:
        hour.current = card.name
        hour.expected |= {card.name: card.expectations[0]} if card.expectations else {}
    seen: dict[str, Value] = {
        "answer": 3, "share": 0.9, "sample": "x_train[1]", "ink": 99, "before": 2.0, "after": 1.9,
        "seeds": 5, "lowest": 0.7, "highest": 0.75, "true": 4, "predicted": 9, "count": 30,
        "rate": 1.0, "score": 0.9, "validation": 0.9, "test": 0.89, "change": "scale",
        "expected": "worse", "came": "nothing",
    }  # fmt: skip
    for card in CARDS:
        hour.current = card.name
        hour.saw(card, seen)
    hour.fresh = False
    assert "All eight cards are done." in words(show(lab, "exam"))
    for card in CARDS:
        assert "You expected" in words(show(lab, card.name))


def test_a_link_of_a_card_opens_it(queue: TrainingQueue, lab: Lab) -> None:
    test = AppTest.from_file("../../pages/1_Data.py", default_timeout=30)
    test.session_state["digitlab"] = lab
    for name, value in CARDS[1].link.items():
        test.query_params[name] = value
    checked(test.run())
    assert lab.shared.hour.current == "numbers"
    assert "**Card 2 of 8: A picture is numbers**" in words(test)
    assert "**Do:**" not in words(test), "first the prediction"
    assert lab.lesson.locked == CARDS[1].lesson.locked


def test_the_exam_sends_to_the_card_that_finds_the_winner(queue: TrainingQueue, lab: Lab) -> None:
    test = show(lab, "exam")
    assert "needs the winner of the card *Change one thing*" in words(test)
    test = press(test, "Card 6: Change one thing")
    assert "The article's network learns slowly." in words(test)
    assert "needs the winner" not in words(test)
    expecting(lab, "change", "0.1")
    lab.shared.hour.saw(CARDS[5], {"rate": 0.1, "score": 0.9})
    assert "needs the winner" not in words(show(lab, "exam"))
