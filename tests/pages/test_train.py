"""The views of Train under AppTest: what is folded, the three sets, the History."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import ARTICLE, PRESETS
from digitlab.ui.session.state import Lab
from digitlab.wording.numerals import decimal, per_cent
from tests.conftest import finished
from tests.pages.test_pages import open_page
from tests.reading import chart, checked, control, open_view, text

PAGE = "pages/4_Train.py"


def more(page: AppTest) -> bool:
    """Whether "More settings" is unfolded."""
    (box,) = [box for box in page.expander if box.label == "More settings"]
    return box.proto.expanded


@pytest.mark.parametrize("preset", PRESETS)
def test_a_network_with_its_usual_recipe_has_nothing_to_say_of_folded_settings(
    queue: TrainingQueue, preset: str
) -> None:
    page = checked(open_page(PAGE, Lab(spec=PRESETS[preset].with_seed(5))))
    assert not more(page)
    control(page.select_slider, "Batch size").set_value(16)
    control(page.number_input, "Seed").set_value(6).run()
    assert more(page), "another batch size is not hidden"
    usual = PRESETS[preset].training.batch_size
    control(page.select_slider, "Batch size").set_value(usual).run()
    assert more(page), "it would close under the hand that holds the slider"


def test_it_says_which_recipes_set_digits_aside(queue: TrainingQueue) -> None:
    assert ARTICLE.training.validation_share == 0
    others = [preset for preset in PRESETS.values() if preset != ARTICLE]
    assert {preset.training.validation_share for preset in others} == {0.1}
    page = open_view(open_page(PAGE, Lab()), "sets")
    assert "So its recipe begins without one here, too" in text(page)
    assert "All other networks on **Network** begin with 10\N{NO-BREAK SPACE}%" in text(page)
    assert [bar["x"] for bar in chart(page, "sets")["data"]] == [[54_000], [6_000], [10_000]]
    lab = page.session_state["digitlab"]
    lab.choose(replace(ARTICLE, training=replace(ARTICLE.training, validation_share=0.33)))
    page = checked(page.run())  # Keras rounds 60,000 * 0.67 down to 40,199
    assert [bar["x"] for bar in chart(page, "sets")["data"]] == [[40_199], [19_801], [10_000]]
    lab.choose(PRESETS["ReLU 128"])
    assert "You keep **10\N{NO-BREAK SPACE}%** of the training digits" in text(checked(page.run()))


def test_the_history_stands_there_once_a_network_has_learned(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    page = open_view(open_page(PAGE, Lab()), "history")
    assert not page.dataframe
    page = open_view(open_page(PAGE, Lab(job=finished(trained))), "history")
    table = page.dataframe[0].value
    assert table["loss"].tolist() == pytest.approx(
        [record.logs["loss"] for record in trained.history], abs=1e-4
    )


def test_what_was_seen_says_whose_result_it_is_and_stands_where_it_was_seen(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    page = open_page(PAGE, Lab(job=finished(trained)))
    share = per_cent(trained.history[-1].logs["accuracy"], 1)
    seen = "**What you have seen:**"
    assert f"{seen} Your network read {share} of the training digits" in text(page)
    page = open_view(page, "history")
    loss = decimal(trained.history[-1].logs["loss"], 4)
    assert f"{seen} After one epoch the training loss is {loss}." in text(page)
    longer = replace(trained, history=trained.history * 3)
    page = open_view(open_page(PAGE, Lab(job=finished(longer))), "history")
    went = f"went from {loss} in the first epoch to {loss} in epoch 3."
    assert f"{seen} The training loss {went}" in text(page)
    for view in ("sets", "keras"):
        assert seen not in text(open_view(page, view)), view


def test_what_was_typed_to_go_on_is_still_there_after_another_view(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    page = open_page(PAGE, Lab(job=finished(trained)))
    control(page.number_input, "More epochs").set_value(3)
    control(page.selectbox, "Learning rate from here on").set_value(0.003).run()
    page = open_view(open_view(page, "history"), "train")
    assert control(page.number_input, "More epochs").value == 3
    assert control(page.selectbox, "Learning rate from here on").value == 0.003
