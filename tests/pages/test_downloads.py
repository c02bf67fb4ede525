"""Take it home, on the three pages that offer it: which files, of which run."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.architecture import keras_file
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.export.length import Length
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.script import script
from digitlab.records.exam import exam_key
from digitlab.records.history import history_csv
from digitlab.records.job import Job
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS, SampleSelection
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import evaluate_model
from digitlab.wording.pseudo import NAME, OPENED
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import ROOT, open_page
from tests.pages.test_runs import open_runs, tick
from tests.reading import open_view

LOOK = SampleSelection("test", 5, test_index=60)


def contents(offered: dict[str, Callable[[], str | bytes] | None]) -> dict[str, str | bytes]:
    return {file: make() for file, make in offered.items() if make}


def check(
    files: dict[str, str | bytes], trained: TrainedNetwork, length: Length = Length.LESSON
) -> None:
    lesson = Lesson.of(trained.spec, LOOK, trained, length=length)
    assert files["train.py"] == script(lesson)
    assert files["lesson.ipynb"] == notebook(lesson)
    assert files["network.keras"] == keras_file.portable(trained.model)
    assert files["history.csv"] == history_csv(trained.history)
    assert f"{trained.test_accuracy:.4f}" in files["report.html"]
    assert "/Train?v=1&amp;" in files["report.html"]


@pytest.mark.parametrize("page", ["pages/4_Train.py", "pages/5_Evaluate.py"])
def test_the_network_that_was_trained(
    page: str,
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    queue: TrainingQueue,
) -> None:
    lab = examined(Lab(job=finished(trained), selection=LOOK))
    lab.spec = PRESETS["Small CNN"]  # what the controls say by now is another run
    open_view(open_page(page, lab), "keras")
    check(contents(offered), trained)


def test_everything_where_it_is_chosen(
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    queue: TrainingQueue,
) -> None:
    lab = examined(Lab(job=finished(trained), selection=LOOK))
    page = open_view(open_page("pages/4_Train.py", lab), "keras")
    short = str(contents(offered)["train.py"])
    page.segmented_control(key="train_length").set_value(Length.EVERYTHING).run()
    files = contents(offered)
    check(files, trained, Length.EVERYTHING)
    assert "covered_probabilities" in str(files["train.py"])
    assert "covered_probabilities" not in short
    assert len(short) < len(files["train.py"]) / 1.5
    assert "five steps" in [expander.label for expander in page.expander][-1]


@pytest.mark.parametrize("page", ["pages/4_Train.py", "pages/5_Evaluate.py"])
def test_nothing_before_there_is_a_network(
    page: str, offered: dict[str, Callable[[], str | bytes] | None], queue: TrainingQueue
) -> None:
    test = open_page(page, Lab())
    assert offered == {}
    if page == "pages/4_Train.py":
        open_view(test, "keras")
        assert offered == {}


def test_a_kept_run_that_is_ticked_and_no_other(
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    queue: TrainingQueue,
) -> None:
    lab = Lab(selection=LOOK)
    other = replace(trained, spec=trained.spec.with_seed(99), test_accuracy=0.4321)
    for network in (trained, other):
        job = Job(network.spec, lab.owner)
        job.finish(network)
        services.repository().save(job)
    assert services.repository().flush(10)
    lab.shared.exams = {exam_key(network.spec, network.history) for network in (trained, other)}
    page = open_runs(lab)
    assert offered == {}
    tick(page, 0)
    check(contents(offered), other)
    offered.clear()
    tick(page, 1)
    check(contents(offered), trained)


def test_a_lost_model_can_not_be_taken_home(
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    queue: TrainingQueue,
) -> None:
    lost = Lab(job=finished(replace(trained, model=b"")), selection=LOOK)
    open_view(open_page("pages/4_Train.py", lost), "keras")
    assert offered["network.keras"] is None
    assert contents(offered)["history.csv"] == history_csv(trained.history)


def test_before_the_exam_no_file_tells_the_test_score(
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    queue: TrainingQueue,
) -> None:
    lab = Lab(job=finished(trained), selection=LOOK)
    open_view(open_page("pages/4_Train.py", lab), "keras")
    assert offered["report.html"] is None
    files = contents(offered)
    assert set(files) == {"train.py", "lesson.ipynb", "network.keras", "history.csv"}
    for file in ("train.py", "lesson.ipynb", "history.csv"):
        assert f"{trained.test_accuracy:.4f}" not in str(files[file])


def test_a_file_speaks_the_language_of_the_page(
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    queue: TrainingQueue,
) -> None:
    lab = examined(Lab(job=finished(trained), selection=LOOK))
    page = AppTest.from_file(str(ROOT / "pages/4_Train.py"), default_timeout=30)
    page.query_params["lang"] = NAME
    page.session_state["digitlab"] = lab
    page.session_state[key_of("Train")] = "keras"
    page.run()
    assert not page.exception
    with ThreadPoolExecutor(1) as pool:  # where nobody has said which language to speak
        files = pool.submit(contents, offered).result()
    for file in ("train.py", "lesson.ipynb", "report.html"):
        assert OPENED in str(files[file])
    assert files["history.csv"] == history_csv(trained.history)


def test_of_a_network_from_a_file_there_is_nothing_to_take_home(
    offered: dict[str, Callable[[], str | bytes] | None],
    trained: TrainedNetwork,
    mnist: Dataset,
    queue: TrainingQueue,
) -> None:
    network = read_network(trained.model)
    answers = queue.asking.predict_test(network)
    uploaded = evaluate_model(network, "network.keras", answers, mnist.y_test)
    page = open_view(open_page("pages/5_Evaluate.py", examined(Lab(uploaded=uploaded))), "keras")
    assert "load_model" in page.code[0].value
    assert offered == {}
