"""For teachers: the plan, codes with their QR pictures, sheets, what is stored, the server."""

import base64
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.compute.service import TrainingQueue
from digitlab.hour import CARDS
from digitlab.records.networks import TrainedNetwork
from digitlab.runs.errors import StoreError, StoreProblem
from digitlab.runs.short_link import CODE_LENGTH, CODE_LETTERS, ShortLink
from digitlab.specs import PRESETS
from digitlab.specs.link import to_query
from digitlab.ui.session import services
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.wording.pseudo import NAME, OPENED
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import ROOT, words
from tests.reading import checked, control, press, rows_of_pictures
from tests.shown_words import shown, unsaid
from tests.teaching.qr_reader import read

PAGE = "For teachers"
HERE = "https://school.example/digits/For_teachers"


def show(lab: Lab, view: str, url: str = HERE) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/19_For_teachers.py"), default_timeout=30)
    test.session_state["digitlab"] = lab
    test.session_state[key_of(PAGE)] = view
    test.context = {"url": url}
    return checked(test.run())


def codes(test: AppTest) -> dict[str, str]:
    """The codes in the list, by what they open."""
    (table,) = [element.value for element in test.markdown if element.value.startswith("| ")]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {title: code.strip("`") for title, code in rows}


def test_the_plan_has_every_card_with_its_minutes(queue: TrainingQueue) -> None:
    said = words(show(Lab(), "plan"))
    assert "takes 45 minutes" in said
    assert "after card 5, at minute 27, or after card 7, at minute 38" in said
    assert "**Card 4: Thirty seeds**" in said
    assert "Minutes 15 to 21" in said
    assert "30 pupils wait up to 5 minutes" in said, "263 s"


def test_each_code_leads_to_its_card(queue: TrainingQueue) -> None:
    lab = Lab(spec=PRESETS["Small CNN"].with_seed(9))
    test = press(show(lab, "codes"), "Make the codes")
    by_title = codes(test)
    assert len(by_title) == len(set(by_title.values())) == 10
    for number, card in enumerate(CARDS, start=1):
        (code,) = [code for title, code in by_title.items() if title.startswith(f"Card {number}: ")]
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(CODE_LETTERS)
        kept = services.repository().short_link(code)
        assert kept == ShortLink(card.page, to_query(card.link))
    settings = services.repository().short_link(by_title["Your settings: the page Train"])
    assert settings is not None
    assert "conv" in settings.query
    assert codes(press(test, "Make the codes")) == by_title, "the same again"
    assert codes(show(Lab(shared=lab.shared, spec=lab.spec), "codes")) == by_title, "after a reload"


def test_the_qr_picture_holds_the_address_of_this_server_and_is_named(
    queue: TrainingQueue,
) -> None:
    test = press(show(Lab(), "codes"), "Make the codes")
    control(test.selectbox, "Which code").set_value("numbers").run()
    code = codes(test)["Card 2: A picture is numbers"]
    address = f"https://school.example/digits/?code={code}"
    assert [element.value for element in test.code] == [address]
    ((picture,),) = rows_of_pictures(test)
    assert picture["alt"] == f"QR picture of the address {address}"
    assert read(base64.b64decode(picture["src"].partition(",")[2]).decode()) == address


def test_on_the_projector_stands_one_code_with_its_short_address(queue: TrainingQueue) -> None:
    test = press(show(Lab(), "codes"), "Make the codes")
    code = codes(test)["All cards: the page Guided hour"]
    test = press(test, "Show it large")
    bodies = [element.proto.body for element in test.get("html")]
    (board,) = [body for body in bodies if body.startswith('<div class="digitlab-board">')]
    assert "<code>school.example/digits</code>" in board
    assert f'<p class="letters"><code>{code}</code></p>' in board
    assert f'alt="QR picture of the address https://school.example/digits/?code={code}"' in board


def test_an_address_that_no_camera_can_read_is_only_typed(queue: TrainingQueue) -> None:
    url = f"https://{'x' * limits.MAX_QR_CHARACTERS}.example/For_teachers"
    test = press(show(Lab(), "codes", url), "Make the codes")
    assert rows_of_pictures(test) == []
    assert len(codes(test)) == 10


@pytest.mark.parametrize(
    ("url", "warned"), [("http://localhost:8501/For_teachers", True), (HERE, False)]
)
def test_an_address_of_this_computer_only_is_said(
    queue: TrainingQueue, url: str, warned: bool
) -> None:
    said = [warning.value for warning in show(Lab(), "codes", url).warning]
    assert bool(said) == warned
    assert all("Open the lab at the address that your pupils use." in sentence for sentence in said)


def test_codes_that_are_not_kept_are_not_shown(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object) -> None:
        raise StoreError(StoreProblem.UNREACHABLE)

    monkeypatch.setattr(services.repository()._store, "keep_short_link", unreachable)
    lab = Lab()
    test = press(show(lab, "codes"), "Make the codes")
    assert [warning.value[:22] for warning in test.warning] == ["The lab can't reach it"]
    assert lab.shared.codes == {}
    assert not test.selectbox


def test_all_words_around_a_code_can_be_translated(queue: TrainingQueue) -> None:
    test = show(Lab(), "codes")
    test.query_params["lang"] = NAME
    test.session_state["digitlab"] = lab = Lab()
    checked(test.run())
    control(test.button, f"{OPENED}Make the codes").click().run()
    control(test.button, f"{OPENED}Show it large").click().run()
    texts = [text for _, text in shown(test)]
    assert any("QR picture" in text for text in texts)
    left = {word for text in texts for word in unsaid(text)}
    assert left <= {*lab.shared.codes.values(), "school", "example", "digits", "code"}


def test_the_sheets_have_the_codes_and_the_own_network(
    queue: TrainingQueue, trained: TrainedNetwork, offered: dict[str, Callable[[], str]]
) -> None:
    lab = Lab()
    assert "Make the codes first" in words(show(lab, "sheets"))
    assert "Choose the page" in offered["guided-hour-pupils.html"]()
    assert "Your network" not in offered["guided-hour-answers.html"]()
    lab.job = finished(trained)
    by_title = codes(press(show(lab, "codes"), "Make the codes"))
    said = words(show(lab, "sheets"))
    assert "Your codes are beside the cards." in said
    sheet = offered["guided-hour-pupils.html"]()
    assert "<b>school.example/digits</b>" in sheet
    assert all(f">{code}<" in sheet for title, code in by_title.items() if title.startswith("Card"))
    before = offered["guided-hour-answers.html"]()
    assert "You have not taken the exam" in before
    assert "of the test digits." not in before
    show(examined(lab), "sheets")
    right = f"{100 * trained.test_accuracy:.1f}\N{NO-BREAK SPACE}% of the test digits."
    assert right in offered["guided-hour-answers.html"]()


def test_what_is_stored_is_said_with_the_limits_of_this_server(
    queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_RUNS_PER_OWNER", 17)
    monkeypatch.setattr(limits, "MAX_STORE_MEGABYTES", 2345)
    said = words(show(Lab(), "stored"))
    assert "at most 17 trainings and 100 MB for one browser. For all browsers together" in said
    assert "at most 2,345 MB." in said
    assert f"**Your codes**, and what they open: for {limits.SHORT_LINKS_KEPT_DAYS} days" in said
    assert "until 15 minutes after they close the page" in said, "as .streamlit/config.toml says"


def test_the_server_is_described_with_what_was_measured(queue: TrainingQueue) -> None:
    test = show(Lab(), "hosting")
    assert "The last network was ready after 46 to 103 seconds." in words(test)
    assert "docs/hosting.md" in words(test)
    assert ".venv/bin/digitlab" in test.code[0].value
