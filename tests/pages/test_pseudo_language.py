"""In the pseudo-language no words stand outside brackets, on the pages that are converted."""

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.ui.shell import path
from digitlab.wording.pseudo import NAME
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import ROOT
from tests.shown_words import shown, unsaid

CONVERTED = (
    *("Start", "Guided hour", "For teachers"),
    *("Data", "Prepare", "Network", "Learn", "Train", "Evaluate", "Predict", "Draw"),
    *("Look inside", "Replay", "Luck", "Choose", "Robustness", "Ablations"),
    *("Then and now", "What next"),
)
"""Pages all of whose words are said through the catalogue. It grows until it has all of them."""

WAITING = {
    ("Luck", "rivals"),  # the differences between runs
}
"""Views of these that show a part of a page which is not converted yet."""

VIEWS = [
    (step, view)
    for name in CONVERTED
    for step in [path.step(name)]
    for view in step.views or [""]
    if (name, view) not in WAITING
]


def untranslated(step: path.Step, view: str, lab: Lab | None) -> list[str]:
    """The texts of a view that hold words which nobody could translate."""
    page = AppTest.from_file(str(ROOT / step.file), default_timeout=30)
    page.query_params["lang"] = NAME
    if lab is not None:
        page.session_state["digitlab"] = lab
    if view:
        page.session_state[key_of(step.name)] = view
    page.run()
    assert not page.exception
    return [f"{kind}: {text}" for kind, text in shown(page) if unsaid(text)]


@pytest.mark.parametrize(("step", "view"), VIEWS, ids=[f"{s.name}-{v}" for s, v in VIEWS])
def test_a_view_says_nothing_outside_the_catalogue(
    queue: TrainingQueue, trained: TrainedNetwork, step: path.Step, view: str
) -> None:
    assert untranslated(step, view, None) == []
    assert untranslated(step, view, Lab(job=finished(trained))) == []
    assert untranslated(step, view, examined(Lab(job=finished(trained)))) == []


def test_words_outside_the_catalogue_are_found() -> None:
    assert unsaid("⟦It reads ⟧an eight⟦. øø⟧") == ["an", "eight"]
    assert unsaid("⟦It reads ⟧8⟦ with ⟧⟦much ⟧⟦. øø⟧ `fit` $\\sigma$ :gray[⟦a⟧] **Keras**") == []
