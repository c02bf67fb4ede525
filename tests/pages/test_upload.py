"""A network from a file, on the pages, under AppTest with real workers."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.caching.pool import Pool
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.export.snippets.names import with_imports
from digitlab.export.snippets.uploaded import evaluate_uploaded
from digitlab.records.job import Job, new_id
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import Preprocessing
from digitlab.ui.runs import uploading
from digitlab.ui.session.state import Lab
from digitlab.uploads.models.pooled import PooledModel
from digitlab.wording.problems.reasons import problem_words
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_draw import canvas_state
from tests.pages.test_pages import ROOT, control, words
from tests.pages.test_runs import tick
from tests.reading import open_view
from tests.uploads.models.learned import OF_UNIT, learned, shifted
from tests.uploads.models.making import saved

if TYPE_CHECKING:  # imported where it runs, so that the other pages run without it (tests/needs.py)
    import keras


@pytest.fixture(scope="module")
def model() -> "keras.Sequential":
    """Reads pictures, ends in logits; never trained."""
    import keras

    keras.utils.set_random_seed(8)
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


@pytest.fixture(scope="module")
def file(model: Any) -> bytes:
    return saved(model)


@pytest.fixture(scope="module")
def right(model: Any, mnist: Dataset) -> int:
    """How many of 10,000 the model reads, as Keras says."""
    return int((np.asarray(model(mnist.x_test / 255.0)).argmax(axis=1) == mnist.y_test).sum())


@pytest.fixture
def lab(queue: TrainingQueue) -> Lab:
    """A new visitor, who has nothing."""
    return Lab(owner=new_id())


@pytest.fixture(scope="module")
def uploaded(queue: TrainingQueue, file: bytes) -> AppTest:
    """The page after the upload."""
    return upload(Lab(owner=new_id()), file)


@pytest.fixture
def bringer(lab: Lab, uploaded: AppTest) -> Lab:
    """A visitor who has brought the network."""
    lab.uploaded = uploaded.session_state["digitlab"].uploaded
    return lab


def open_page(page: str, lab: Lab) -> AppTest:
    test = AppTest.from_file(str(ROOT / f"pages/{page}"), default_timeout=60)
    test.session_state["digitlab"] = lab
    return checked(test.run())


def checked(test: AppTest) -> AppTest:
    assert not test.exception
    return test


def upload(lab: Lab, content: bytes, name: str = "my*net.keras") -> AppTest:
    test = open_page("12_Runs.py", lab)
    return checked(test.file_uploader(key="bring").upload(name, content, "application/zip").run())


def press(test: AppTest, label: str) -> AppTest:
    return checked(control(test.button, label).click().run())


def test_a_file_becomes_the_current_network(uploaded: AppTest, right: int) -> None:
    test, lab = uploaded, uploaded.session_state["digitlab"]
    assert not test.error
    assert lab.network is lab.uploaded
    read = lab.uploaded.tried[Preprocessing.ZERO_TO_ONE]
    said = f"It reads {100 * read:.1f}\N{NO-BREAK SPACE}% of 1,000 training digits."
    assert f"**my\\*net.keras** is your network now. {said}" in words(test)
    assert "Flatten, Dense 16 relu, Dense 10 linear: 12,730 parameters." in words(test)
    assert "adds a softmax" in words(test)
    assert "Your network, from a file" in words(test)  # the sidebar
    assert f"**my\\*net.keras**  \n{said}" in words(test)
    assert f"{right / 100:.1f}" not in words(test)  # before the exam
    assert "Train" not in lab.done
    assert "It reads fewer than half of 1,000 training digits. " in words(test)
    assert "The lab tried 9 ways" in words(test)


def test_a_file_that_no_worker_answers_for_is_told(
    lab: Lab, queue: TrainingQueue, file: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> None:
        raise EngineError(Problem.NO_UPLOADS_WORKER)

    monkeypatch.setattr(queue, "expect_uploads", nobody)
    test = upload(lab, file)
    (error,) = test.error
    assert error.value == f"**my\\*net.keras**: {problem_words(Problem.NO_UPLOADS_WORKER)}"
    assert lab.uploaded is None


@pytest.fixture(scope="module")
def well_trained(mnist: Dataset) -> "keras.Sequential":
    """Reads most digits, from pixels from 0 to 1."""
    return learned(Preprocessing.ZERO_TO_ONE, mnist)


def test_the_page_says_which_pixels_a_network_takes_and_what_it_measured(
    queue: TrainingQueue, lab: Lab, well_trained: Any, mnist: Dataset
) -> None:
    other = shifted(well_trained, *OF_UNIT[Preprocessing.INVERTED_ZERO_TO_255])
    of_test = np.asarray(well_trained(mnist.x_test / 255.0)).argmax(axis=1) == mnist.y_test
    some = mnist.x_train[:1000] / 255.0
    right = np.asarray(well_trained(some)).argmax(axis=1) == mnist.y_train[:1000]
    test = upload(lab, saved(other))
    uploaded = test.session_state["digitlab"].uploaded
    assert uploaded.preprocessing == Preprocessing.INVERTED_ZERO_TO_255
    assert uploaded.test_accuracy == pytest.approx(of_test.mean(), abs=1e-3)
    read = round(1000 * uploaded.tried[Preprocessing.INVERTED_ZERO_TO_255])
    assert read == pytest.approx(right.sum(), abs=2)
    lost = round(1000 * uploaded.tried[Preprocessing.ZERO_TO_ONE])
    assert "**It takes pixels from 255 (paper) to 0 (ink).**" in words(test)
    assert f"With these it reads {read} of the first 1,000 training digits." in words(test)
    assert f"to 1 (ink), it reads {lost}." in words(test)
    assert f"| **pixels from 255 (paper) to 0 (ink)** | {read} |" in words(test)
    draw = open_page("7_Draw.py", test.session_state["digitlab"])
    assert "255 - keras.utils.img_to_array(picture)" in draw.code[-1].value
    evaluate = open_page("5_Evaluate.py", examined(test.session_state["digitlab"]))
    assert "x_test = 255 - x_test" in open_view(evaluate, "keras").code[-1].value
    inside = words(open_page("8_Look_inside.py", test.session_state["digitlab"]))
    assert "**Blue** is a weight above 0: paper there raises the sum" in inside
    most = np.abs(other.get_weights()[0]).max()  # small: it is multiplied by 255
    (shown,) = re.findall(r"The darkest blue means \+(\S+), and", inside)
    assert float(shown) == pytest.approx(most, rel=0.05)


def test_evaluate_shows_its_numbers_and_its_code(bringer: Lab, right: int) -> None:
    test = press(open_page("5_Evaluate.py", bringer), "Take the exam")
    assert test.metric[0].value == f"{right / 10000:.4f}"
    assert f"Accuracy: {right:,} / 10,000 = **{right / 10000:.4f}**." in words(test)
    assert "`evaluate` gives the same number" not in words(test)
    code = evaluate_uploaded(bringer.uploaded.architecture, bringer.uploaded.preprocessing)
    assert open_view(test, "keras").code[-1].value == with_imports(code).rstrip("\n")


@pytest.mark.usefixtures("uses_keras")
def test_its_code_does_in_keras_what_the_lab_did(
    bringer: Lab,
    file: bytes,
    right: int,
    mnist: Dataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from matplotlib import pyplot

    monkeypatch.setattr(pyplot, "show", lambda: pyplot.close())
    (tmp_path / "network.keras").write_bytes(file)
    monkeypatch.chdir(tmp_path)
    names = {
        **{"x_train": mnist.x_train[:1], "y_train": mnist.y_train[:1]},
        **{"x_test": mnist.x_test, "y_test": mnist.y_test},
    }
    code = evaluate_uploaded(bringer.uploaded.architecture, bringer.uploaded.preprocessing)
    exec(with_imports(code), names)
    assert names["test_metric"] == pytest.approx(bringer.uploaded.test_accuracy, abs=2e-4)
    assert names["test_loss"] == pytest.approx(bringer.uploaded.test_loss, rel=1e-4)
    assert abs(np.trace(names["matrix"]) - right) <= 2


def test_predict_shows_its_answers(bringer: Lab, model: Any, mnist: Dataset) -> None:
    import keras

    expected = np.asarray(keras.ops.softmax(model(mnist.x_test[11:12] / 255.0)))[0]
    test = open_page("6_Predict.py", bringer)
    assert f"says **{expected.argmax()}**" in words(test)
    np.testing.assert_allclose(bringer.network.probabilities[11], expected, atol=1e-6)


def test_draw_asks_it(bringer: Lab, mnist: Dataset, queue: TrainingQueue) -> None:
    drawing = np.kron(255 - mnist.x_test[0], np.ones((10, 10), np.uint8))
    test = AppTest.from_file(str(ROOT / "pages/7_Draw.py"), default_timeout=60)
    test.session_state["digitlab"] = bringer
    test.session_state["canvas_0"] = canvas_state(drawing)
    checked(test.run())
    assert "It reads the digit" in words(test)
    assert "digit.reshape(1, 28, 28)" in test.code[-1].value


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no network", "This is not a .keras file."),
        (bytes((limits.MAX_NETWORK_MEGABYTES << 20) + 1), "larger than 20\N{NO-BREAK SPACE}MB"),
    ],
    ids=["text", "heavy"],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(
    lab: Lab, trained: TrainedNetwork, content: bytes, sentence: str
) -> None:
    lab.job = finished(trained)
    test = upload(lab, content)
    assert [sentence in error.value for error in test.error] == [True]
    assert test.error[0].value.startswith("**my\\*net.keras**: ")  # a later file may be refused too
    assert lab.network is lab.trained


def test_a_strangers_words_are_shown_as_they_are(lab: Lab) -> None:
    import keras

    layer = keras.layers.Lambda(lambda x: x)
    layer.__class__ = type("[a](http://b)", (keras.layers.Lambda,), {})
    test = upload(lab, saved(keras.Sequential([keras.Input((784,)), layer])))
    (error,) = test.error
    assert "\\[a\\]\\(http\\:\u2060//b\\)" in error.value


def test_a_file_is_read_once_however_often_the_page_runs(
    uploaded: AppTest, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = uploaded.session_state["digitlab"].uploaded
    refused = upload(lab, b"no network")

    def read_again(content: bytes) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(uploading, "read_isolated", read_again)
    checked(uploaded.run())
    assert uploaded.session_state["digitlab"].uploaded is first
    checked(refused.run())
    assert len(refused.error) == 1


def test_another_training_is_not_overridden_by_the_file_in_the_uploader(
    lab: Lab, file: bytes, trained: TrainedNetwork
) -> None:
    test = upload(lab, file)
    lab.start(finished(trained))
    checked(test.run())
    assert lab.uploaded is None
    assert lab.network is trained
    assert "Your network, from a file" not in words(test)


def test_put_away_brings_the_trained_network_back(bringer: Lab, trained: TrainedNetwork) -> None:
    bringer.job = finished(trained)
    test = open_page("12_Runs.py", bringer)
    assert bringer.network is bringer.uploaded
    press(test, "Remove it")
    assert bringer.network is trained
    assert "Remove it" not in [button.label for button in test.button]


def test_its_run_can_be_taken_instead(bringer: Lab, trained: TrainedNetwork) -> None:
    bringer.job = finished(trained)
    test = open_page("12_Runs.py", bringer)
    assert "You are using **my\\*net.keras**" in words(test)
    tick(test, 0)
    press(test, "Use this network")
    assert bringer.network is not None
    assert bringer.uploaded is None


def test_a_page_without_network_tells_where_to_bring_one(lab: Lab) -> None:
    assert "Or upload a network from a file" in words(open_page("7_Draw.py", lab))


def test_a_new_training_takes_its_place(bringer: Lab, trained: TrainedNetwork) -> None:
    bringer.start(Job(trained.spec, bringer.owner))
    assert bringer.network is None


@pytest.mark.parametrize("page", ["5_Evaluate.py", "7_Draw.py", "12_Runs.py"])
def test_what_the_lab_has_let_go_is_said_once_and_can_be_brought_again(
    bringer: Lab, trained: TrainedNetwork, file: bytes, page: str, right: int
) -> None:
    assert isinstance(bringer.uploaded, PooledModel)  # as the page has it
    pool = Pool[Any](1)
    bringer.uploaded = PooledModel(bringer.uploaded, pool)
    bringer.job = finished(trained)
    pool.put(None, 10**6)  # another visitor's
    test = open_page(page, bringer)
    assert [warning.value for warning in test.warning] == [
        "my\\*net.keras is no longer in the lab's memory, because other visitors have uploaded "
        "many networks. Upload the file again on the page Runs."
    ]
    assert bringer.network is bringer.trained
    assert not checked(test.run()).warning
    upload(bringer, file)
    assert bringer.network.test_accuracy == right / 10_000


def test_what_is_let_go_while_one_draws_is_a_sentence(bringer: Lab, queue: TrainingQueue) -> None:
    pool = Pool[Any](1)
    assert bringer.uploaded is not None
    network = PooledModel(bringer.uploaded, pool)
    pool.put(None, 10**6)
    with pytest.raises(EngineError) as told:
        queue.predict(network, np.zeros((1, 28, 28), np.uint8))
    assert told.value.problem is Problem.NO_WEIGHTS
