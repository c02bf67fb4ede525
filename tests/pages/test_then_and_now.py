"""Then and now: the article's code, summary and log beside today's, and this learner's numbers."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.architecture.summary import total_parameters
from digitlab.architecture.summary_text import summary_text
from digitlab.compute.service import TrainingQueue
from digitlab.export.article_cells import ARTICLE_LOG, CELLS
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS
from digitlab.ui.session.state import Lab
from tests.conftest import finished
from tests.pages.test_pages import open_page, words

PAGE = "pages/15_Then_and_now.py"


def view(lab: Lab, name: str) -> AppTest:
    test = open_page(PAGE, lab)
    test.segmented_control(key="view_Then and now").set_value(name).run()
    assert not test.exception
    return test


def test_every_cell_has_its_verdict_and_each_change_its_new_code(queue: TrainingQueue) -> None:
    test = open_page(PAGE, Lab())
    (table,) = test.table
    steps, verdicts = (table.value[column] for column in table.value)
    assert list(steps) == [cell.idea for cell in CELLS]
    assert [verdict == "Runs as it is" for verdict in verdicts] == [not cell.says for cell in CELLS]
    shown = [code.value for code in test.code]
    for cell in CELLS:
        expected = [cell.then.rstrip(), cell.says, cell.now.rstrip()] if cell.says else []
        assert all(code in shown for code in expected)


@pytest.mark.parametrize("preset", ["The article's network", "Small CNN"])
def test_summary_is_that_of_the_network_on_the_controls(queue: TrainingQueue, preset: str) -> None:
    spec = PRESETS[preset]
    test = view(Lab(spec=spec), "summary")
    assert test.code[0].value == summary_text(spec.network)
    total = total_parameters(spec.network)
    assert list(test.table[0].value["Parameters"])[-1] == f"**{total:,}**"
    assert f"4 × {total:,} = {4 * total:,} bytes" in words(test)


def test_log_stands_beside_the_learners_own(queue: TrainingQueue, trained: TrainedNetwork) -> None:
    test = view(Lab(job=finished(trained)), "log")
    table = test.dataframe[0].value
    assert list(table["Article: loss"]) == [loss for loss, _ in ARTICLE_LOG]
    own = [record.logs["loss"] for record in trained.history][:5]
    assert list(table["Yours: loss"])[: len(own)] == own
    other = replace(trained, spec=PRESETS["ReLU 128"])
    assert "has another recipe" in words(view(Lab(job=finished(other)), "log"))


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
