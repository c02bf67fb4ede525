"""The exam: before it no page tells what the network reads of the test digits, after it they do."""

import re
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.ui.shell import path
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import PAGES, ROOT
from tests.reading import checked

RIGHT = 6531  # of 10,000
SCORE = re.compile(
    r"(?<![\w.,])(0\.6531|0\.3469|65\.31|65\.3|34\.7|65 of 100|6,?531|3,?469|1\.7753)(?!\w)"
)
"""The test accuracy, its mistakes and the test loss, in all forms that the lab writes."""

LUCK = "pages/10_Luck.py"
VISITS = [
    (page, view)
    for page in PAGES
    for view in next((step.views for step in path.ALL if step.file == page), {}) or [""]
]


@pytest.fixture
def lab(trained: TrainedNetwork, mnist: Dataset) -> Lab:
    """A session whose network reads 6,531 test digits: of each ten thousand the first ones.

    Its settings are those of the network. With a seed by chance, as a new session has it, one of
    the losses on Learn is now and then the test accuracy.
    """
    answers = mnist.y_test.astype(int)
    answers[RIGHT:] = (answers[RIGHT:] + 1) % 10
    probabilities = np.full((len(answers), 10), 0.012, np.float32)
    probabilities[np.arange(len(answers)), answers] = 0.892
    share = RIGHT / len(answers)
    result = replace(
        trained,
        probabilities=probabilities,
        test_accuracy=share,
        test_metric=share,
        test_loss=1.7753,
    )
    return Lab(job=finished(result), spec=result.spec)


def visit(lab: Lab, page: str, view: str = "") -> AppTest:
    test = AppTest.from_file(str(ROOT / page), default_timeout=60)
    test.session_state["digitlab"] = lab
    if view:
        (name,) = [step.name for step in path.ALL if step.file == page]
        test.session_state[key_of(name)] = view
    return checked(test.run())


def everything(test: AppTest) -> str:
    """All that the browser gets: words, charts, alternative texts, tables, help."""
    parts = [str(node.proto) for node in test._tree if getattr(node, "proto", None) is not None]
    parts += [table.value.to_csv(sep="|") for table in test.dataframe]
    return "\n".join(parts)


def scores_shown(test: AppTest) -> list[str]:
    return SCORE.findall(everything(test))


@pytest.mark.parametrize(("page", "view"), VISITS)
def test_before_the_exam_no_page_tells_the_test_score(
    queue: TrainingQueue, lab: Lab, page: str, view: str
) -> None:
    test = visit(lab, page, view)
    if page == LUCK and view != "curves":  # it compares recipes fixed beforehand, and says so
        assert "These are **test accuracies**" in everything(test)
        assert "That is fair if you chose the recipes before" in everything(test)
    else:
        assert scores_shown(test) == []


@pytest.mark.parametrize(("page", "view"), VISITS)
def test_after_the_exam_each_page_tells_it_in_the_sidebar(
    queue: TrainingQueue, lab: Lab, page: str, view: str
) -> None:
    test = visit(examined(lab), page, view)
    sidebar = "\n".join(element.value for element in test.sidebar.markdown)
    assert "Exam: It reads 65.3\N{NO-BREAK SPACE}% of the test digits" in sidebar


def test_train_never_shows_it_and_evaluate_shows_it_in_many_forms(
    queue: TrainingQueue, lab: Lab
) -> None:
    examined(lab)
    train = visit(lab, "pages/4_Train.py")
    assert set(scores_shown(train)) == {"65.3"}, "the sidebar's line only"
    assert {"0.6531", "6,531", "3,469", "1.7753"} <= set(
        scores_shown(visit(lab, "pages/5_Evaluate.py"))
    )
    assert "0.6531" in scores_shown(visit(lab, "pages/12_Runs.py"))
