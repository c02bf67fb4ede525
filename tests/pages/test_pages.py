"""Every page alone, as if it were the first one opened, and the path through them."""

import ast
import contextlib
import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.analysis import evaluation
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import DataError, DataProblem, Dataset
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode
from digitlab.records.training import EpochRecord
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.ui.session.state import Lab
from digitlab.wording.results.answers import loss_words
from digitlab.wording.results.article_digit import article_digit_words
from tests import reading
from tests.conftest import finished, wait_until
from tests.pages.exam import examined
from tests.reading import control, open_view

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "pages").glob("*.py"), key=lambda path: int(path.name.partition("_")[0]))
PAGES = ["app.py", *(f"pages/{path.name}" for path in FILES)]  # 10 after 9
_GATES = ("need_network(", "network_or_training(")
NEED_NETWORK = [page for page in PAGES if any(gate in (ROOT / page).read_text() for gate in _GATES)]


def open_page(page: str, lab: Lab | None = None) -> AppTest:
    test = AppTest.from_file(str(ROOT / page), default_timeout=30)
    if lab is not None:
        test.session_state["digitlab"] = lab
    return test.run()


def words(test: AppTest) -> str:
    """All that is said on the page."""
    kinds = (test.markdown, test.caption, test.info, test.success, test.warning, test.error)
    return "\n".join(element.value for kind in kinds for element in kind)


@pytest.fixture
def lab(trained: TrainedNetwork) -> Lab:
    """A session whose network is trained."""
    return Lab(job=finished(trained))


@pytest.mark.parametrize("page", PAGES)
def test_page_imports_go_one_way(page: str) -> None:
    """import-linter sees packages only: pages never import each other, nor Keras."""
    tree = ast.parse((ROOT / page).read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [getattr(node, "module", None) or node.names[0].name for node in imports]
    assert {name.split(".")[0] for name in names} <= {"digitlab", "streamlit", "numpy"}


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_first_with_nothing_trained(queue: TrainingQueue, page: str) -> None:
    test = open_page(page)
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_with_a_network(queue: TrainingQueue, lab: Lab, page: str) -> None:
    test = open_page(page, lab)
    assert not test.exception
    assert not test.error
    (record,) = lab.trained.history
    share = f"{100 * record.logs['accuracy']:.1f}\N{NO-BREAK SPACE}%"
    assert f"read {share} of the training digits in its last epoch" in words(test)  # the sidebar


@pytest.mark.parametrize("page", PAGES)
def test_missing_digits_are_one_sentence(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    def missing() -> None:
        raise DataError(DataProblem.DAMAGED, "digitlab/data/mnist.npz")

    monkeypatch.setattr("digitlab.ui.shell.frame.load_mnist", missing)
    test = open_page(page)
    assert not test.exception
    assert [error.value for error in test.error] == [
        "The file of the lab's digits, digitlab/data/mnist.npz, is damaged, or somebody changed "
        "it. Restore this file from the project. You can do that with this command: git checkout "
        "-- digitlab/data/mnist.npz"
    ]


@pytest.mark.parametrize("page", NEED_NETWORK)
def test_page_trains_the_articles_network_right_there(
    queue: TrainingQueue, trained: TrainedNetwork, page: str
) -> None:
    test = open_page(page)
    button = next(b for b in test.button if b.label == "Train the article's network here")
    button.click().run()
    lab = test.session_state["digitlab"]
    assert lab.spec.is_article
    assert lab.job is not None
    if page != NEED_NETWORK[0]:  # they all wait for the same thing: 3 s of a processor each
        queue.stop(lab.job)
        lab.job = finished(trained)
    wait_until(lambda: not lab.job.active, "the training to end")
    test.run()
    assert not test.exception
    assert "Train the article's network here" not in [b.label for b in test.button]


def test_a_page_without_a_network_offers_the_learners_own_choice_too(queue: TrainingQueue) -> None:
    """Its one button trained the article's network, and took their choices away."""
    mine = RunSpec(NetworkSpec((HiddenLayer(12, "relu"),)), TrainSpec(epochs=1, seed=3))
    test = open_page(NEED_NETWORK[0], Lab(spec=mine))
    assert "Train the article's network here" in [button.label for button in test.button]
    own = next(button for button in test.button if button.label == "Train what you have chosen")
    assert "12 relu units" in own.help
    own.click().run()
    lab = test.session_state["digitlab"]
    assert lab.spec == lab.job.spec == mine
    wait_until(lambda: not lab.job.active, "the training to end")
    untouched = open_page(NEED_NETWORK[0])
    assert "Train what you have chosen" not in [button.label for button in untouched.button]


def test_train_page_trains_what_its_controls_say(queue: TrainingQueue) -> None:
    test = open_page("pages/4_Train.py")
    control(test.slider, "Epochs").set_value(1)
    control(test.selectbox, "Optimizer").set_value("adam").run()
    assert control(test.select_slider, "Learning rate").value == 0.001  # Adam's usual one
    control(test.select_slider, "Batch size").set_value(512)
    control(test.select_slider, "Validation share").set_value(0.1)
    control(test.number_input, "Seed").set_value(77).run()
    lab = test.session_state["digitlab"]
    expected = TrainSpec(
        optimizer="adam",
        learning_rate=0.001,
        batch_size=512,
        epochs=1,
        validation_share=0.1,
        seed=77,
    )
    assert lab.spec == RunSpec(training=expected)
    assert "batch_size=512," in test.code[-1].value
    next(b for b in test.button if b.label == "Train").click().run()
    assert lab.job.spec == lab.spec
    assert next(b for b in test.button if b.label == "Train").disabled
    wait_until(lambda: not lab.job.active, "the training to end")
    test.run()
    assert not test.exception
    read = lab.job.history[-1].logs["val_accuracy"]
    assert f"reads {100 * read:.0f} of 100 validation digits" in words(test)
    assert "val_loss" in open_view(test, "history").dataframe[0].value.columns
    assert "0.9018" not in words(test)  # said of the article's recipe only


def test_train_page_goes_back_to_the_article(queue: TrainingQueue) -> None:
    lab = Lab(spec=PRESETS["Small CNN"].with_seed(12))
    test = open_page("pages/4_Train.py", lab)
    next(b for b in test.button if b.label == "Back to the article").click().run()
    assert lab.spec == ARTICLE.with_seed(12)
    assert control(test.select_slider, "Batch size").value == 100


def test_articles_result_stands_beside_others(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    whole = replace(trained, spec=ARTICLE, history=trained.history * ARTICLE.training.epochs)
    test = open_page("pages/4_Train.py", Lab(job=finished(whole)))
    said = words(test)
    assert "This lab trained the same recipe 200 times" in said
    assert "90 have a training accuracy of **0.674 to 0.759**" in said
    assert "Yours is lower than all 200." in said  # one epoch, not five
    assert "None of the 200 runs reaches it: the best one has 0.797" in said
    assert "How can you get there?" in said
    points = reading.chart(test, "article_band")["data"][0]["x"]
    assert points == [whole.history[-1].logs["accuracy"]]


def test_stop_ends_the_training_and_keeps_the_network(queue: TrainingQueue) -> None:
    tenth = PrepSpec(data_share=0.1)  # its first epoch ends soon
    lab = Lab(spec=RunSpec(PRESETS["Small CNN"].network, TrainSpec(epochs=50), tenth))
    test = open_page("pages/4_Train.py", lab)
    next(b for b in test.button if b.label == "Train").click().run()
    wait_until(lambda: lab.job.history, "the first epoch")
    next(b for b in test.button if b.label == "Stop").click().run()
    wait_until(lambda: not lab.job.active, "the training to stop")
    assert lab.job.state is JobState.STOPPED
    test.run()
    assert "The training was stopped after" in words(test)
    assert lab.trained is lab.job.result


def test_a_training_between_two_turns_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    done = tuple(EpochRecord(epoch, 600, 0.5, {"loss": 1.5}) for epoch in range(2))
    job = Job(RunSpec(training=TrainSpec(epochs=9)), "me", start=Checkpoint(done, b"", 1.0))
    queue = SimpleNamespace(
        find=lambda job_id: job,
        touch=lambda job_id: None,
        ready=True,
        position=lambda job: 1,
        expected_wait=lambda job: 7.4,
    )
    for module in ("progress", "training_words"):
        monkeypatch.setattr(f"digitlab.ui.widgets.{module}.queue", lambda: queue)
    test = open_page("pages/4_Train.py", Lab(job=job))
    (progress,) = test.get("progress")
    assert progress.proto.text == (
        "Epochs done: 2 of 9. Now others have a turn. Number 2 in the queue: about 7 s"
    )


def test_divergence_is_explained_and_the_earlier_network_stays(
    queue: TrainingQueue, lab: Lab
) -> None:
    earlier = lab.trained
    lab.spec = RunSpec(NetworkSpec((HiddenLayer(32, "linear"),) * 4), TrainSpec(learning_rate=1.0))
    test = open_page("pages/4_Train.py", lab)
    next(b for b in test.button if b.label == "Train").click().run()
    wait_until(lambda: not lab.job.active, "the training to diverge")
    test.run()
    assert not test.exception
    assert "no longer a number" in words(test)
    assert "0.1 instead of 1" in words(test)
    assert lab.trained is earlier


def test_dead_worker_is_said_on_the_page(queue: TrainingQueue, lab: Lab) -> None:
    lab.start(Job(ARTICLE, lab.owner))
    lab.job.give_up(JobState.FAILED, Reason(ReasonCode.FAILED, {"error": "OSError"}))
    test = open_page("pages/4_Train.py", lab)
    sentence = "The training failed (OSError). Change a control and try again."
    assert [error.value for error in test.error] == [sentence]
    assert not next(b for b in test.button if b.label == "Train").disabled


def test_limit_is_said_on_the_page(queue: TrainingQueue) -> None:
    lab = Lab(spec=RunSpec(NetworkSpec((HiddenLayer(512, "relu"),), convolutions=(32,))))
    test = open_page("pages/4_Train.py", lab)
    next(b for b in test.button if b.label == "Train").click().run()
    assert "Choose fewer units." in words(test)
    assert lab.job is None


def test_evaluate_shows_this_networks_numbers(
    queue: TrainingQueue, lab: Lab, mnist: Dataset
) -> None:
    test = open_page("pages/5_Evaluate.py", examined(lab))
    matrix = evaluation.confusion_matrix(mnist.y_test, lab.trained.probabilities)
    right = int(np.trace(matrix))
    assert f"{right:,} / 10,000 = **{right / 10000:.4f}**" in words(test)
    assert test.metric[0].value == f"{right / 10000:.4f}"
    open_view(test, "digit").segmented_control(key="positive").set_value(7).run()
    counts = evaluation.one_against_rest(mnist.y_test, lab.trained.probabilities, 7)
    assert f"TP {counts.true_positives:,}" in words(test)
    assert f"**{counts.recall:.4f}**" in words(test)
    assert "mushroom" in words(test)


def test_predict_shows_the_ten_probabilities(
    queue: TrainingQueue, lab: Lab, mnist: Dataset
) -> None:
    test = open_page("pages/6_Predict.py", lab)
    assert control(test.number_input, "Test digit").value == 11
    assert article_digit_words(lab.trained.probabilities[11]) in words(test)
    control(test.number_input, "Test digit").set_value(42).run()
    answers = lab.trained.probabilities[42]
    code, printed = (code.value for code in test.code)
    assert printed == f"{np.round(answers, 2)}\n{np.sum(answers)!s}\n{np.argmax(answers)}"
    assert "The article uses the same" not in words(test)
    assert f"True label: **{mnist.y_test[42]}**" in words(test)
    assert f"says **{answers.argmax()}**" in words(test)
    assert "predictions[42]" in code


@pytest.mark.parametrize("index", [0, 11, 42, 8])
def test_what_python_prints_is_what_python_prints(
    queue: TrainingQueue, lab: Lab, index: int
) -> None:
    lab.select_samples(replace(lab.selection, test_index=index))
    code, printed = (code.value for code in open_page("pages/6_Predict.py", lab).code)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(code, {"predictions": lab.trained.probabilities})
    assert printed == output.getvalue().removesuffix("\n")


def test_predict_works_the_loss_of_the_answer_out(queue: TrainingQueue, lab: Lab) -> None:
    answer = lab.trained.probabilities[lab.selection.test_index]
    assert loss_words(answer, 6, "categorical_crossentropy") in words(
        open_page("pages/6_Predict.py", lab)
    )


def test_done_steps_are_ticked(queue: TrainingQueue, lab: Lab) -> None:
    open_page("pages/5_Evaluate.py", lab)
    assert lab.done == {"Train"}, "the exam is not taken"
    open_page("pages/5_Evaluate.py", examined(lab))
    test = open_page("pages/6_Predict.py", lab)
    assert lab.done == {"Train", "Evaluate", "Predict"}
    assert "What you have seen" in words(test)
