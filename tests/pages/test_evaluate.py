"""Evaluate: from a cell of the matrix to its digits, under AppTest."""

import re
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.analysis.evaluation import confusion_matrix, favourite_mistake
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import ARTICLE
from digitlab.ui.session.exam import take_exam
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import ROOT, open_page, words
from tests.reading import chart, control, open_view, text

PAGE = "pages/5_Evaluate.py"


@pytest.fixture
def lab(trained: TrainedNetwork) -> Lab:
    return examined(Lab(job=finished(trained)))


@pytest.fixture
def page(queue: TrainingQueue, lab: Lab) -> AppTest:
    return open_page(PAGE, lab)


def shown(page: AppTest, of: str) -> list[int]:
    """Numbers of the test digits on the cards of "cell" or "mistakes"."""
    keys = [button.key for button in page.button if button.key.startswith(f"why_{of}")]
    return [int(key.rpartition("_")[2]) for key in keys]


def choose(page: AppTest, true: int, predicted: int) -> None:
    control(page.selectbox, "True label").set_value(true).run()
    control(page.selectbox, "Predicted label").set_value(predicted).run()


def frame(page: AppTest) -> tuple[float, float]:
    """The middle of the framed cell: true and predicted label."""
    (shape,) = chart(page, "confusion")["layout"]["shapes"]
    return ((shape["y0"] + shape["y1"]) / 2, (shape["x0"] + shape["x1"]) / 2)


def test_it_begins_at_the_most_frequent_mistake(
    page: AppTest, trained: TrainedNetwork, mnist: Dataset
) -> None:
    true, predicted, times = favourite_mistake(
        confusion_matrix(mnist.y_test, trained.probabilities)
    )
    assert frame(page) == (true, predicted)
    favourite = f"it reads the digit {true} as {predicted} ({times:,} times)."
    assert text(page).count(favourite) == 2, "above the matrix, and in what has been seen"
    assert f"as **{predicted}**: {times:,} times. This is wrong." in text(page)
    indices = shown(page, "cell")
    assert len(indices) == 6
    assert set(mnist.y_test[indices]) == {true}
    assert set(trained.probabilities[indices].argmax(axis=1)) == {predicted}


def test_a_cell_chosen_by_keyboard_shows_its_digits_sorted_and_in_pages(
    page: AppTest, lab: Lab, trained: TrainedNetwork, mnist: Dataset
) -> None:
    answers = trained.probabilities
    choose(page, 1, 1)
    assert lab.cell == (1, 1)
    assert frame(page) == (1, 1)
    cell = np.flatnonzero((mnist.y_test == 1) & (answers.argmax(axis=1) == 1))
    surest = cell[np.argsort(-answers[cell].max(axis=1), kind="stable")]
    assert f"reads the digit **1** correctly: {len(cell):,} times." in text(page)
    assert shown(page, "cell") == surest[:6].tolist()
    control(page.segmented_control, "Order").set_value("least_sure").run()
    least = cell[np.argsort(answers[cell].max(axis=1), kind="stable")]
    assert shown(page, "cell") == least[:6].tolist()
    tables = [
        dataframe.value for dataframe in page.dataframe if "True label" in dataframe.value.columns
    ]
    assert tables[0]["Number"].tolist() == least[:6].tolist()
    np.testing.assert_array_equal(
        tables[0][[str(digit) for digit in range(10)]], answers[least[:6]]
    )


def test_all_mistakes_are_there_the_surest_first(
    page: AppTest, trained: TrainedNetwork, mnist: Dataset
) -> None:
    answers = trained.probabilities
    open_view(page, "mistakes")
    wrong = np.flatnonzero(answers.argmax(axis=1) != mnist.y_test)
    assert f"reads {len(wrong):,} digits wrongly." in text(page)
    surest = wrong[np.argsort(-answers[wrong].max(axis=1), kind="stable")]
    assert shown(page, "mistakes") == surest[:10].tolist()


def test_pairs_are_told_both_ways(page: AppTest, trained: TrainedNetwork, mnist: Dataset) -> None:
    open_view(page, "mistakes")
    matrix = confusion_matrix(mnist.y_test, trained.probabilities)
    both = matrix + matrix.T
    np.fill_diagonal(both, 0)
    one, two = np.unravel_index(both.argmax(), both.shape)
    line = next(line for line in text(page).splitlines() if line.startswith("- **"))
    assert f"{matrix[one, two]:,} times" in line
    assert f"{matrix[two, one]:,} times" in line or matrix[two, one] < 3


def test_why_leads_to_look_inside_with_this_digit(queue: TrainingQueue, lab: Lab) -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.session_state["digitlab"] = lab
    page.run()
    page.switch_page(PAGE).run()
    open_view(page, "mistakes")
    index = shown(page, "mistakes")[3]
    assert index != lab.selection.test_index
    next(button for button in page.button if button.key == f"why_mistakes_{index}").click().run()
    assert not page.exception
    assert lab.selection.test_index == index
    assert page.title[0].value == path.step("Look inside").name


def test_a_network_without_mistakes_is_told_so(
    queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset
) -> None:
    perfect = np.eye(10, dtype=np.float32)[mnist.y_test]
    page = open_page(PAGE, examined(Lab(job=finished(replace(trained, probabilities=perfect)))))
    assert not page.exception
    assert text(page).count("It makes no mistakes.") == 2
    assert "reads the digit **0** correctly: 980 times." in text(page)
    choose(page, 4, 9)
    assert "never reads the digit 4 as 9. Choose another cell." in text(page)
    open_view(page, "mistakes")
    assert "None: your network reads every test digit correctly." in text(page)
    assert "There are none" in text(page)


def test_before_the_exam_there_is_the_score_to_choose_by_and_a_button(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    lab = Lab(job=finished(trained))
    page = open_page(PAGE, lab)
    (record,) = trained.history
    share = f"{100 * record.logs['accuracy']:.1f}\N{NO-BREAK SPACE}%"
    assert (
        f"**So far:** Your network read {share} of the training digits in its last epoch."
        in text(page)
    )
    assert not page.metric
    assert "Evaluate" not in lab.seen
    control(page.button, "Take the exam").click().run()
    assert not page.exception
    assert page.metric[0].value == f"{trained.test_accuracy:.4f}"
    assert "opened the test set for **one** network" in words(page)
    assert "Evaluate" in lab.seen


def test_what_is_open_stays_open_and_another_network_is_closed(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    lab = Lab(job=finished(trained))
    tab = Lab(owner=lab.owner, job=finished(trained), shared=lab.shared)
    closed = open_page(PAGE, tab)
    assert not closed.metric
    assert any("model.evaluate(x_test" in code.value for code in closed.code)
    control(open_page(PAGE, lab).button, "Take the exam").click().run()
    assert open_page(PAGE, tab).metric  # a tab that was open before, without a reload
    again = Lab(owner=lab.owner, job=finished(trained))  # after a reload
    assert open_page(PAGE, again).metric
    other = replace(trained, spec=trained.spec.with_seed(trained.spec.training.seed + 1))
    page = open_page(PAGE, Lab(owner=lab.owner, job=finished(other)))
    assert not page.metric
    assert "opened the test set for **one** network" in words(page)


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "score is fair"), (4, "score is fair"), (5, "too good"), (20, "was probably also lucky")],
)
def test_the_number_of_exams_is_told_with_what_it_means(
    queue: TrainingQueue, lab: Lab, count: int, said: str
) -> None:
    assert lab.shared.exams is not None
    lab.shared.exams |= {f"another {n}" for n in range(count - 1)}
    assert said in words(open_page(PAGE, lab))


def test_the_test_loss_is_the_mean_of_all_losses(page: AppTest, trained: TrainedNetwork) -> None:
    assert "Take test digit 11. The true digit is **6**" in text(page)
    spelled_out = re.search(r"such losses.*?: ([0-9,.]+) / 10,000 = \*\*([0-9.]+)\*\*", text(page))
    assert spelled_out is not None
    total, mean = (float(number.replace(",", "")) for number in spelled_out.groups())
    assert mean == pytest.approx(trained.test_loss, abs=6e-5)
    assert total / 10_000 == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize(
    ("below", "told"), [(0, ""), (1, "For 1 test digit, "), (3, "For 3 test digits, ")]
)
def test_where_keras_counts_a_larger_loss_is_told(
    queue: TrainingQueue, trained: TrainedNetwork, mnist: Dataset, below: int, told: str
) -> None:
    sure = np.full((len(mnist.y_test), 10), 0.01, np.float32)
    sure[np.arange(len(sure)), mnist.y_test] = 0.91
    sure[np.arange(below), mnist.y_test[:below]] = 1e-8
    page = open_page(PAGE, examined(Lab(job=finished(replace(trained, probabilities=sure)))))
    assert ("uses the sums before softmax: it counts the smaller" in words(page)) == bool(below)
    assert told in words(page)


def test_four_kinds_of_answers_and_why_two_accuracies_differ(
    page: AppTest, trained: TrainedNetwork, mnist: Dataset
) -> None:
    open_view(page, "digit")
    control(page.segmented_control, "Digit").set_value(4).run()
    real, said = mnist.y_test == 4, trained.probabilities.argmax(axis=1) == 4
    shown = text(page)
    for kind, which in {
        "True positive (TP)**: the digit is 4, and the network says 4": real & said,
        "False negative (FN)**: the digit is 4, but the network says another digit": real & ~said,
        "False positive (FP)**: the digit is another one, but the network says 4": ~real & said,
        "True negative (TN)**: the digit is another one, and the network does not say 4": ~(
            real | said
        ),
    }.items():
        assert f"**{kind}. Count: {which.sum():,}." in shown
    wrong = trained.probabilities.argmax(axis=1) != mnist.y_test
    among_others = (wrong & ~real & ~said).sum()
    both = (real == said).mean()
    assert f"{both:.4f} − {among_others:,} / 10,000 = {trained.test_accuracy:.4f}." in shown
    assert both - among_others / 10_000 == pytest.approx(trained.test_accuracy)


def test_the_band_of_test_accuracies_comes_after_the_exam(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    whole = replace(trained, spec=ARTICLE, history=trained.history * 5, test_accuracy=0.75)
    lab = Lab(job=finished(whole))
    band = "90 have a test accuracy of **0.695 to 0.779**"
    assert band not in text(open_page(PAGE, lab))
    take_exam(lab)
    page = open_page(PAGE, lab)
    assert band in text(page)
    assert "Yours is one of these 90." in text(page)
    assert chart(page, "article_band")["data"][0]["x"] == [0.75, 0.9018]


def test_what_was_chosen_on_a_view_is_still_chosen_after_another(page: AppTest) -> None:
    control(page.segmented_control, "Show in each cell").set_value("row")
    control(page.segmented_control, "Order").set_value("least_sure").run()
    page = open_view(page, "digit")
    control(page.segmented_control, "Digit").set_value(7).run()
    page = open_view(page, "matrix")
    assert control(page.segmented_control, "Show in each cell").value == "row"
    assert control(page.segmented_control, "Order").value == "least_sure"
    page = open_view(page, "digit")
    assert control(page.segmented_control, "Digit").value == 7
