"""Names, links and file names of strangers stay words: no markup, no link, no code."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.export.length import Length
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.report import report
from digitlab.export.script import script
from digitlab.records.exam import exam_key
from digitlab.records.history import history_csv
from digitlab.records.job import Job, new_id
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.record import clean_name
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import UploadedModel, cleaned, evaluate_model
from tests.abuse.words import HOSTILE, MARK, markup, places
from tests.export.test_report import read
from tests.pages.conftest import offered
from tests.pages.test_downloads import contents
from tests.pages.test_pages import PAGES, ROOT
from tests.pages.test_runs import tick

__all__ = ["offered"]

RUNS = "pages/12_Runs.py"
FILE = f"<b>[x](a)*_`${MARK}$.keras"


def opened(page: str, lab: Lab, query: dict[str, str] | None = None) -> AppTest:
    test = AppTest.from_file(str(ROOT / page), default_timeout=60)
    test.session_state["digitlab"] = lab
    test.query_params.update(query or {})
    test.run()
    assert not test.exception
    return test


def found_on(test: AppTest) -> list[str]:
    """All places on the page where the words stand as anything but words."""
    return [
        f"{reason} in {kind}: {words}"
        for kind, words in places(test)
        if (reason := markup(words, (*HOSTILE, FILE)))
    ]


def test_what_would_be_markup_is_noticed() -> None:
    unnoticed = [words for words in HOSTILE if not markup(f"It is {words} here.\n\n{words}")]
    assert unnoticed == [words for words in HOSTILE if words[0] in "'{"]  # Python's and Jinja's


@pytest.fixture(scope="module")
def named(queue: TrainingQueue, trained: TrainedNetwork) -> Lab:
    """A visitor with a run for each of the names."""
    lab = Lab(owner=new_id())
    for words in HOSTILE:
        job = Job(trained.spec, lab.owner)
        job.finish(trained)
        services.repository().save(job)
        assert services.repository().flush(10)
        assert services.repository().rename(job.id, lab.owner, words)
        lab.start(job)
    return lab


def test_names_of_runs_are_words_wherever_they_stand(named: Lab) -> None:
    test = opened(RUNS, named)
    assert sum(1 for _ in places(test)) >= 2
    assert found_on(test) == []
    kept = {run.name for run in services.repository().owned(named.owner)}
    assert kept == {clean_name(words) for words in HOSTILE}


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 6))
def test_names_are_words_beside_their_curves(named: Lab, first: int) -> None:
    rows = range(first, min(first + 6, len(HOSTILE)))
    test = tick(opened(RUNS, named), *rows)
    seen = [words for _, words in places(test)]
    assert any(words.count(MARK) >= len(rows) for words in seen)  # the legend
    assert found_on(test) == []


@pytest.mark.parametrize("row", [0, 5, 12, 17])
def test_the_name_of_one_run_is_words(named: Lab, row: int) -> None:
    assert found_on(tick(opened(RUNS, named), row)) == []


@pytest.mark.parametrize("page", PAGES)
def test_the_name_of_a_file_is_words_on_every_page(
    queue: TrainingQueue, uploaded: UploadedModel, page: str
) -> None:
    test = opened(page, Lab(owner=new_id(), uploaded=uploaded))
    assert any(places(test))
    assert found_on(test) == []


@pytest.fixture(scope="module")
def uploaded(queue: TrainingQueue, mnist: Dataset, dense_file: bytes) -> UploadedModel:
    """A network whose file has all of the signs in its name."""
    network = read_network(dense_file)
    answers = queue.asking.predict_test(network)
    return evaluate_model(network, FILE, answers, mnist.y_test)


def test_file_names_lose_folders_and_invisible_signs() -> None:
    for words in HOSTILE:
        name = cleaned(words)
        assert name.isprintable()
        assert "/" not in name
        assert len(name) <= 41


@pytest.mark.parametrize("page", ["app.py", "pages/4_Train.py", "pages/1_Data.py"])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_values_of_links_are_words(page: str, words: str) -> None:
    query = {"loss": words, "fix": words, "hide": words, words: "1", "epochs": "9"}
    test = opened(page, Lab(), query)
    assert any(kind == "alert" or MARK in said for kind, said in places(test))
    assert found_on(test) == []
    assert test.session_state["digitlab"].spec.training.epochs == 9


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_the_report_says_a_name_and_does_nothing_with_it(
    trained: TrainedNetwork, mnist: Dataset, words: str
) -> None:
    html = report(trained, mnist, clean_name(words), f"https://lab.example/Train?x={words}")
    plain = report(trained, mnist, "Ada", "https://lab.example/Train")
    assert [tag for tag, _ in read(html).elements] == [tag for tag, _ in read(plain).elements]
    assert MARK in read(html).words


@pytest.mark.parametrize("row", [4, 13])
def test_a_name_is_no_part_of_program_notebook_and_table(
    named: Lab,
    trained: TrainedNetwork,
    offered: dict[str, Callable[[], str | bytes] | None],
    row: int,
) -> None:
    named.shared.exams = {exam_key(trained.spec, trained.history)}  # the report comes after it
    test = tick(opened(RUNS, named), row)
    assert any(places(test))
    files = contents(offered)
    lesson = Lesson.of(trained.spec, named.selection, trained, length=Length.LESSON)
    assert files["train.py"] == script(lesson)
    assert files["lesson.ipynb"] == notebook(lesson)
    assert files["history.csv"] == history_csv(trained.history)
    assert MARK in files["report.html"]
