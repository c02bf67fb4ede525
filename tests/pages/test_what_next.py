"""What next: the learner's own numbers, no test score, and where to go on."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord
from digitlab.specs import FIRST
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.wording.abilities import ABILITIES
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import open_page, words

PAGE = "pages/17_What_next.py"
STEPS = [step.name for step in (*path.STEPS, *path.WHY)]


def numbers(test: AppTest) -> dict[str, str]:
    """The cards of the page, by their titles."""
    return {metric.label: metric.value for metric in test.metric}


@pytest.fixture
def validated(trained: TrainedNetwork) -> TrainedNetwork:
    """A network of the front page's button: 97.6 % of the validation digits at the end."""
    logs = {"loss": 0.1, "accuracy": 0.98, "val_loss": 0.1}
    history = tuple(
        EpochRecord(epoch, 422, 0.3, {**logs, "val_accuracy": share})
        for epoch, share in enumerate((0.981, 0.976))
    )
    return replace(trained, spec=FIRST, history=history)


def test_nothing_is_done_yet(queue: TrainingQueue) -> None:
    test = open_page(PAGE, Lab())
    assert numbers(test) == {
        "Your networks": "0",
        "Best accuracy": "–",
        "Exams taken": "0",
        "Steps done": f"0 / {len(STEPS)}",
    }
    assert "You have no trained network now." in words(test)
    assert "You have not done a step yet." in words(test)
    assert not any(ability in words(test) for ability in ABILITIES.values())


def test_the_numbers_are_the_learners_own(queue: TrainingQueue, validated: TrainedNetwork) -> None:
    job = finished(validated)
    lab = Lab(job=job, owner=job.owner, seen={"Data", "Luck", "Runs"})
    shown = numbers(open_page(PAGE, lab))
    assert shown["Your networks"] == "1"
    assert shown["Best accuracy"] == "97.6\N{NO-BREAK SPACE}%"
    assert shown["Exams taken"] == "0"
    assert shown["Steps done"] == f"3 / {len(STEPS)}"  # Train is done too, Runs is no step
    assert numbers(open_page(PAGE, examined(lab)))["Exams taken"] == "1"


def test_somebody_elses_network_is_not_counted(
    queue: TrainingQueue, validated: TrainedNetwork
) -> None:
    shown = numbers(open_page(PAGE, Lab(job=finished(validated))))  # opened by its address
    assert shown["Your networks"] == "0"
    assert shown["Best accuracy"] == "–"


def test_only_what_was_done_is_called_an_ability(
    queue: TrainingQueue, validated: TrainedNetwork
) -> None:
    said = words(open_page(PAGE, Lab(job=finished(validated), seen={"Data", "Luck"})))
    assert [name for name in STEPS if ABILITIES[name] in said] == ["Data", "Train", "Luck"]


def test_every_step_has_its_ability() -> None:
    assert set(STEPS) <= ABILITIES.keys()


def test_a_network_goes_to_colab_from_here(queue: TrainingQueue, validated: TrainedNetwork) -> None:
    with_network = open_page(PAGE, Lab(job=finished(validated)))
    assert any("Colab" in box.label for box in with_network.expander)
    assert not any("Colab" in box.label for box in open_page(PAGE, Lab()).expander)
    for page in (path.STEPS[-1], path.WHY[-1]):
        assert "What next" in words(open_page(page.file, Lab(job=finished(validated))))
