"""Copy link: the address in the dialog, and the lesson link that a teacher makes of it."""

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS, LessonSpec, SampleSelection
from digitlab.specs.link import from_address, to_link
from digitlab.ui.session.state import Lab
from digitlab.wording.settings.control_names import CONTROL_NAMES
from tests.conftest import finished
from tests.pages.test_pages import PAGES, ROOT, words
from tests.reading import control

HERE = "https://lab.example/Train"
MINE = LessonSpec(PRESETS["Small CNN"].with_seed(9), SampleSelection("test", 3, test_index=5))


def share(page: str = "pages/4_Train.py", lab: Lab | None = None, **parameters: str) -> AppTest:
    """Open a page, and the dialog on it."""
    test = AppTest.from_file(str(ROOT / page), default_timeout=30)
    test.session_state["digitlab"] = lab or Lab(spec=MINE.spec, selection=MINE.selection)
    test.query_params.update(parameters)
    test.context = {"url": HERE}
    again(test.run())
    return test


def again(test: AppTest) -> None:
    """Run it with the dialog open: AppTest knows no part of a page that runs alone."""
    control(test.button, "Copy link").click().run()
    assert not test.exception


def shared(test: AppTest) -> str:
    """The address in the dialog."""
    (link,) = [code.value for code in test.code if "?v=" in code.value]
    return link


@pytest.mark.parametrize("page", PAGES)
def test_every_page_gives_a_link_to_all_settings(page: str) -> None:
    address = shared(share(page))
    assert from_address(address) == (MINE, [])
    assert address.startswith("https://lab.example/")


def test_the_dialog_opens_on_a_click_only() -> None:
    test = share().run()
    assert not [code for code in test.code if "?v=" in code.value]


def test_a_teacher_fixes_and_hides_controls() -> None:
    test = share()
    control(test.multiselect, "Fixed").set_value(["epochs", "network", "seed"])
    control(test.multiselect, "Hidden").set_value(["loss", "seed"])
    again(test)
    lesson, notices = from_address(shared(test))
    assert notices == []
    assert lesson == LessonSpec(
        MINE.spec, MINE.selection, frozenset({"epochs", "network"}), frozenset({"loss", "seed"})
    )
    assert "This link fixes: Network, Epochs" in words(test)
    assert "This link hides: Loss, Seed" in words(test)
    assert "It is not a lock" in words(test)
    assert (
        test.session_state["digitlab"].lesson.locked == frozenset()
    )  # the teacher's own stay free


def test_every_control_can_be_chosen() -> None:
    test = share()
    for label in ("Fixed", "Hidden"):
        assert control(test.multiselect, label).options == list(CONTROL_NAMES.values())


def test_each_pupil_can_get_a_seed_of_their_own() -> None:
    test = share()
    assert "and the same seed" in words(test)
    control(test.checkbox, "Each pupil").set_value(True)
    again(test)
    assert "seed=" not in shared(test)
    assert "Each visitor gets a random seed" in words(test)


def test_a_pupil_hands_on_the_lesson() -> None:
    link = to_link(
        LessonSpec(MINE.spec, MINE.selection, frozenset({"epochs"}), frozenset({"seed"}))
    )
    test = share(lab=Lab(), **link)
    lesson, _ = from_address(shared(test))
    assert (lesson.fixed, lesson.hidden) == ({"epochs"}, {"seed"})
    assert lesson.spec == MINE.spec


def test_the_network_itself_is_another_address(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    assert "run=" not in words(share())
    test = share(lab=Lab(job=finished(trained)))
    assert "does not bring your trained network" in words(test)
    (own,) = [code.value for code in test.code if "?run=" in code.value]
    assert own == f"{HERE}?run={test.session_state['digitlab'].address}"


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://lab.example/Train", True),
        ("http://lab.example/Train", False),
        ("http://192.168.0.5:8501/Train", False),
        ("http://localhost:8501/Train", True),
        ("http://[::1]:8501/Train", True),
    ],
)
def test_where_no_button_can_copy_the_link_is_to_be_selected(
    url: str, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "HERE", url)
    assert ("Select the link" in words(share())) != may
