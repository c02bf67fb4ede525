"""Then and now: the article's code, summary and log beside today's, and this learner's numbers."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.architecture.summary import total_parameters
from digitlab.architecture.summary_text import summary_text, trained_total
from digitlab.compute.service import TrainingQueue
from digitlab.export.article_cells import ARTICLE_LOG, CELLS
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS, PrepSpec
from digitlab.ui.session.state import Lab
from tests.conftest import finished
from tests.pages.test_pages import open_page, words
from tests.reading import checked

PAGE = "pages/15_Then_and_now.py"


def view(lab: Lab, name: str) -> AppTest:
    return view_of(open_page(PAGE, lab), name)


def view_of(test: AppTest, name: str) -> AppTest:
    """The page after its view was chosen."""
    return checked(test.segmented_control(key="view_Then and now").set_value(name).run())


def test_every_cell_has_its_verdict_and_each_change_its_new_code(queue: TrainingQueue) -> None:
    test = open_page(PAGE, Lab())
    (table,) = test.table
    steps, verdicts = (table.value[column] for column in table.value)
    assert list(steps) == [cell.idea for cell in CELLS]
    assert [verdict == "Runs as it is" for verdict in verdicts] == [not cell.says for cell in CELLS]
    choice = test.selectbox(key="article_cell")
    assert isinstance(choice.value, int)
    assert CELLS[choice.value].says  # it begins with one that needs a change
    for number, cell in enumerate(CELLS):
        checked(choice.set_value(number).run())
        expected = [cell.then, cell.says, cell.now] if cell.says else [cell.then]
        assert [code.value for code in test.code] == [code.rstrip() for code in expected]
        assert cell.reason in words(test)
    view_of(test, "log")
    view_of(test, "code")
    assert test.selectbox(key="article_cell").value == len(CELLS) - 1  # as it was left


@pytest.mark.parametrize("preset", ["The article's network", "Small CNN"])
def test_summary_is_that_of_the_network_on_the_controls(queue: TrainingQueue, preset: str) -> None:
    spec = PRESETS[preset]
    test = view(Lab(spec=spec), "summary")
    assert test.code[0].value == summary_text(spec.network)
    total = total_parameters(spec.network)
    assert list(test.table[0].value["Parameters"])[-1] == f"**{total:,}**"
    assert f"4 × {total:,} = {4 * total:,} bytes" in words(test)
    after = trained_total(total, spec.training.optimizer)
    assert f"**{after:,}**. It then also counts" in words(test)


def test_log_stands_beside_the_learners_own(queue: TrainingQueue, trained: TrainedNetwork) -> None:
    test = view(Lab(job=finished(trained)), "log")
    table = test.dataframe[0].value
    assert list(table["Article: loss"]) == [loss for loss, _ in ARTICLE_LOG]
    own = [record.logs["loss"] for record in trained.history][:5]
    assert list(table["Yours: loss"])[: len(own)] == own
    other = replace(trained, spec=PRESETS["ReLU 128"])
    said = words(view(Lab(job=finished(other)), "log"))
    assert "has another recipe" in said
    assert "Your network learns from 54,000 pictures. Its batches have 128 pictures." in said
    few = replace(other, spec=replace(other.spec, preparation=PrepSpec(data_share=0.1)))
    assert "learns from a part of these pictures" in words(view(Lab(job=finished(few)), "log"))


@pytest.mark.parametrize("stopped", [True, False])
def test_without_an_epoch_the_articles_log_stands_alone(
    queue: TrainingQueue, trained: TrainedNetwork, stopped: bool
) -> None:
    lab = Lab(job=finished(replace(trained, history=()))) if stopped else Lab()
    test = view(lab, "log")
    assert list(test.dataframe[0].value) == ["Epoch", "Article: loss", "Article: accuracy"]
    assert "Train a network first" in words(test)


def test_two_more_ideas(queue: TrainingQueue) -> None:
    test = view(Lab(), "further")
    assert 'kernel_initializer="he_normal"' in test.code[0].value
    assert "keras.Model(pixels, answers)" in test.code[1].value
