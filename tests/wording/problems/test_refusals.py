"""Each code of a refusal has its sentence, and each sentence has what it names."""

import ast
import string
from pathlib import Path

import pytest

from digitlab.architecture import layers
from digitlab.architecture.errors import RULES, UploadError, UploadProblem
from digitlab.uploads.models import refusals
from digitlab.uploads.pictures import PictureError, PictureProblem
from digitlab.uploads.pictures.errors import REFUSALS
from digitlab.wording import pseudo
from digitlab.wording.language import speaking
from digitlab.wording.problems import pictures, uploads
from digitlab.wording.problems.pictures import picture_refusal
from digitlab.wording.problems.uploads import network_refusal
from tests.shown_words import unsaid
from tests.uploads.sentences import NETWORKS, PICTURES


@pytest.mark.parametrize("problem", UploadProblem)
def test_what_is_said_of_a_network(problem: UploadProblem) -> None:
    values, sentence = NETWORKS[problem]
    assert network_refusal(UploadError(problem, **values)) == sentence


@pytest.mark.parametrize("problem", PictureProblem)
def test_what_is_said_of_a_picture(problem: PictureProblem) -> None:
    values, sentence = PICTURES[problem]
    assert picture_refusal(PictureError(problem, **values)) == sentence


def test_all_values_that_may_cross_the_border_are_said() -> None:
    """A value that no sentence names need not cross; one that is missing would be a traceback."""
    for problem, checks in refusals.REFUSALS.items():
        if problem not in RULES.values():
            limit = {"most"} & named(uploads._SENTENCES[problem])
            assert bool(limit) == (problem in uploads._MOST or "most" in checks)
            assert named(uploads._SENTENCES[problem]) - limit == checks.keys() - limit
        assert NETWORKS[problem][0].keys() == checks.keys()
    for kind, checks in REFUSALS.items():
        millions = {"millions"} if checks else set()
        assert named(pictures._SENTENCES[kind]) - LIMITS == millions


LIMITS = {"kinds", "megabytes", "side", "seconds"}
"""What a sentence about a picture names that crosses no border."""

CHECKS = ("check_count", "check_range", "check_choice", "check_number", "check_numbers")


def test_each_setting_that_a_layer_checks_may_cross_by_its_name() -> None:
    """Else what is said of it would be that the file is damaged."""
    names = set()
    for path in Path(layers.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CHECKS:
                names |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    assert names == set(refusals.SETTING_NAMES)


def named(template: str) -> set[str]:
    """The values that a sentence names."""
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


@pytest.mark.parametrize("problem", UploadProblem)
def test_a_refusal_says_nothing_outside_the_catalogue(problem: UploadProblem) -> None:
    """What stands outside brackets is a value: Keras's own word, or the stranger's."""
    values, _ = NETWORKS[problem]
    error = UploadError(problem, **values)
    said = speaking(pseudo.NAME, lambda: network_refusal(error))
    theirs = [str(value) for name, value in values.items() if name != "name"]
    assert pseudo.OPENED in said
    assert set(unsaid(said)) <= set(unsaid(" ".join(theirs)))


@pytest.mark.parametrize("name", refusals.SETTING_NAMES)
def test_the_name_of_a_setting_can_be_translated_unless_it_is_keras_own(name: str) -> None:
    error = UploadError(UploadProblem.NOT_A_NUMBER, name=name, value="?")
    assert set(unsaid(speaking(pseudo.NAME, lambda: network_refusal(error)))) <= {name}


def test_a_long_shape_is_cut_and_no_layer_is_the_input() -> None:
    long = UploadError(UploadProblem.INPUT_SHAPE, shape=(1,) * 60)
    assert "of shape (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, …." in network_refusal(long)
    empty = UploadError(UploadProblem.NO_PROBABILITIES, layer="", shape=(784,))
    assert "no layer after its input of shape (784,)." in network_refusal(empty)
