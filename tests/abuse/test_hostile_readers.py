"""A reading process that was taken over by its file can't put words of its own on the page."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from digitlab.architecture.errors import UploadError, UploadProblem
from digitlab.uploads.models import isolated as networks
from digitlab.uploads.models.refusals import REFUSALS
from digitlab.uploads.pictures import PictureError, PictureProblem
from digitlab.uploads.pictures import isolated as pictures
from digitlab.uploads.sandbox import answers, asking
from digitlab.wording.problems.pictures import picture_refusal
from digitlab.wording.problems.uploads import network_refusal
from tests.uploads.sentences import NETWORKS, network_sentence, picture_sentence

WORDS = "Your session has ended. Log in at evil.example"
DAMAGED = network_sentence(UploadProblem.DAMAGED)

Said = Callable[[object], str]


@pytest.fixture
def said_of_network(monkeypatch: pytest.MonkeyPatch) -> Said:
    """What is said when the reader answers so; no process is started."""

    def said(header: object) -> str:
        line = json.dumps(header).encode() + b"\n"
        monkeypatch.setattr(asking, "ask", lambda *_, **__: line)
        with pytest.raises(UploadError) as raised:
            networks.read_isolated(b"PK")
        return network_refusal(raised.value)

    return said


@pytest.fixture
def said_of_picture(monkeypatch: pytest.MonkeyPatch) -> Said:
    def said(header: object) -> str:
        line = json.dumps(header).encode() + b"\n"
        monkeypatch.setattr(asking, "ask", lambda *_, **__: line)
        with pytest.raises(PictureError) as raised:
            pictures.read_isolated(b"BM")
        return picture_refusal(raised.value)

    return said


def refused(problem: object, values: object) -> dict[str, object]:
    return {"refused": problem, "values": values}


@pytest.mark.parametrize("problem", REFUSALS)
def test_a_true_refusal_is_said(said_of_network: Said, problem: UploadProblem) -> None:
    """Without this the others would prove nothing."""
    values, sentence = NETWORKS[problem]
    assert said_of_network(refused(problem, values)) == sentence


@pytest.mark.parametrize(
    "header",
    [
        {"refused": WORDS},
        refused(WORDS, {}),
        refused(["damaged"], {}),
        refused({"damaged": 1}, {}),
        refused(None, {}),
        refused(UploadProblem.PICKLE, None),
        refused(UploadProblem.PICKLE, [WORDS]),
        refused(UploadProblem.PICKLE, {"words": WORDS}),
        {**refused(UploadProblem.PICKLE, {}), "words": WORDS},
        {"refused": UploadProblem.PICKLE},
        refused("UploadProblem.PICKLE", {}),
        refused("PICKLE", {}),
        # These the web process finds out itself.
        refused(UploadProblem.BUSY, {}),
        refused(UploadProblem.TOO_SLOW, {}),
        WORDS,
        [WORDS],
        None,
    ],
)
def test_an_unknown_code_is_a_damaged_file(said_of_network: Said, header: Any) -> None:
    assert said_of_network(header) == DAMAGED


IN_QUOTES = {
    UploadProblem.CALLED_WITH: {"layer", "value"},
    UploadProblem.CALL_ARGUMENT: {"layer", "argument", "value"},
    UploadProblem.NETWORK_SETTING: {"setting"},
    UploadProblem.NETWORK_DTYPE: {"dtype"},
    UploadProblem.INPUT_DTYPE: {"dtype"},
    UploadProblem.UNKNOWN_LAYER: {"kind"},
    UploadProblem.LAYER_SETTING: {"setting", "value"},
    UploadProblem.LAYER_DTYPE: {"dtype"},
}
"""Where a file's own word stands, as a quotation."""

AS_IT_IS = {
    UploadProblem.UNKNOWN_ACTIVATION: "activation",
    UploadProblem.NOT_A_NUMBER: "value",
    UploadProblem.OUT_OF_RANGE: "value",
    UploadProblem.NOT_WHOLE: "value",
    UploadProblem.NO_CHOICE: "value",
}
"""Where it stands without quotation marks."""

NAMED = [(problem, name) for problem in REFUSALS for name in NETWORKS[problem][0]]


def changed(problem: UploadProblem, name: str, value: object) -> Mapping[str, Any]:
    return refused(problem, {**NETWORKS[problem][0], name: value})


@pytest.mark.parametrize(("problem", "name"), NAMED)
def test_words_in_a_value_are_a_quotation_or_a_damaged_file(
    said_of_network: Said, problem: UploadProblem, name: str
) -> None:
    sentence = said_of_network(changed(problem, name, WORDS))
    if name in IN_QUOTES.get(problem, set()):
        assert f"“{WORDS}”" in sentence
    else:
        assert sentence == DAMAGED


@pytest.mark.parametrize(("problem", "name"), AS_IT_IS.items())
def test_words_without_quotation_marks_are_as_few_as_a_file_can_put_there(
    said_of_network: Said, problem: UploadProblem, name: str
) -> None:
    cut = f"{'x' * 40}…"
    assert f" {cut}" in said_of_network(changed(problem, name, cut))
    assert said_of_network(changed(problem, name, "x" * 42)) == DAMAGED


@pytest.mark.parametrize(("problem", "name"), NAMED)
@pytest.mark.parametrize(
    "value",
    [
        True,
        {"words": WORDS},
        [WORDS],
        [[WORDS]],
        [1.5],
        "a\nb",
        "\u202eevil",
        "\ud800",
        "x" * 301,
        [1] * 65,
        10**401,
        -(10**401),
        [-1, "1"],
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_value_of_another_kind_or_without_end_is_a_damaged_file(
    said_of_network: Said, problem: UploadProblem, name: str, value: Any
) -> None:
    assert said_of_network(changed(problem, name, value)) == DAMAGED


@pytest.mark.parametrize("side", [-1, 2**64])
@pytest.mark.parametrize("name", ["stored", "needed"])
def test_a_shape_that_is_shown_in_full_is_one_that_a_file_can_hold(
    said_of_network: Said, name: str, side: int
) -> None:
    header = changed(UploadProblem.ARRAY_SHAPE, name, [side])
    assert said_of_network(header) == DAMAGED


def test_a_shape_of_any_numbers_is_cut(said_of_network: Said) -> None:
    said = said_of_network(changed(UploadProblem.INPUT_SHAPE, "shape", [10**4000] * 64))
    assert f"of shape (1{'0' * 38}…. The digits of the lab" in said


@pytest.mark.parametrize(("problem", "name"), NAMED)
def test_a_value_that_is_missing_is_a_damaged_file(
    said_of_network: Said, problem: UploadProblem, name: str
) -> None:
    values = {other: value for other, value in NETWORKS[problem][0].items() if other != name}
    assert said_of_network(refused(problem, values)) == DAMAGED


@pytest.mark.parametrize(
    "layer",
    [
        "Dense Dense Log in",
        "Log in",
        "Dense 10 relu relu",
        "dense",
        "Dense ١٠ relu",
        "Dense 1234567890 relu",
    ],
)
def test_what_a_layer_says_of_itself_is_no_place_for_words(
    said_of_network: Said, layer: str
) -> None:
    assert said_of_network(changed(UploadProblem.NO_PROBABILITIES, "layer", layer)) == DAMAGED


def test_layers_that_the_web_process_refuses_itself_are_a_damaged_file(
    said_of_network: Said,
) -> None:
    """A true reader would have said so: what it says beside is not looked at."""
    layers = [["Dense", {"units": 10, "activation": WORDS}]]
    header = {"input_shape": [784], "input_dtype": "float32", "layers": layers, "origin": {}}
    assert said_of_network(header) == DAMAGED


@pytest.mark.parametrize(
    "header",
    [
        {"refused": WORDS},
        refused(WORDS, {}),
        refused(PictureProblem.GIMP, {"words": WORDS}),
        refused(PictureProblem.TOO_LARGE, {}),
        refused(PictureProblem.TOO_LARGE, {"most": WORDS}),
        refused(PictureProblem.TOO_LARGE, {"most": 7}),
        refused(PictureProblem.TOO_LARGE, {"most": 12_500_000.0}),
        refused(PictureProblem.BUSY, {}),
        refused(PictureProblem.TOO_SLOW, {}),
        {"shape": [2, 2], "words": WORDS},
        WORDS,
    ],
)
def test_no_words_of_its_own_about_a_picture(
    said_of_picture: Said, header: dict[str, Any] | str
) -> None:
    assert said_of_picture(header) == picture_sentence(PictureProblem.DAMAGED)


def test_a_true_refusal_of_a_picture_is_said(said_of_picture: Said) -> None:
    assert said_of_picture(refused(PictureProblem.GIMP, {})) == picture_sentence(
        PictureProblem.GIMP
    )
    large = said_of_picture(refused(PictureProblem.TOO_LARGE, {"most": 25_000_000}))
    assert large.startswith("That picture has more than 25 million pixels.")


def test_a_process_of_its_own_gets_no_further_either() -> None:
    words = json.dumps({"refused": WORDS})
    reader = (sys.executable, "-c", f"print({words!r})")
    with pytest.raises(UploadError) as raised:
        networks.read_isolated(b"PK", reader)
    assert raised.value.problem is UploadProblem.DAMAGED


@pytest.mark.parametrize("content", [b"", b"\n", b"[" * 100_000, b"\xff\n", b"1\n", b"null\n"])
def test_what_is_no_object_is_no_answer(content: bytes) -> None:
    with pytest.raises(asking.ReaderError):
        answers.parse(content)
