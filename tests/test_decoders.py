"""No format but those named is ever opened anywhere in the lab."""

import ast
from collections.abc import Iterator

import pytest

from tests.test_pages import ROOT

OURS = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "digitlab").rglob("*.py")]
FORMATS = {"PNG", "JPEG"}

# What runs programs, or reads any format there is, whatever it is given.
NEVER = {"imread", "load_model", "model_from_json", "read_pickle", "unsafe_load", "eval", "exec"}


def calls(name: str, program: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def faults(program: str) -> list[str]:
    found = [
        ast.unparse(call)
        for call in calls("Image.open", program)
        if not any(
            one.arg == "formats" and set(ast.literal_eval(one.value)) <= FORMATS
            for one in call.keywords
        )
    ]
    # The canvas component decodes whatever it was sent when these are read.
    tree = ast.walk(ast.parse(program))
    return found + [
        ast.unparse(node)
        for node in tree
        if (isinstance(node, ast.Attribute) and node.attr in {"image_data", "image_bytes", *NEVER})
        or (isinstance(node, ast.Name) and node.id in NEVER)
        or (isinstance(node, ast.ImportFrom) and node.module == "PIL.Image")
    ]


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_pictures_are_opened_with_their_formats_named(path):
    assert faults(path.read_text()) == []


def test_there_is_something_to_look_at():
    opened = [call for path in OURS for call in calls("Image.open", path.read_text())]
    assert len(opened) >= 2


@pytest.mark.parametrize(
    "program",
    [
        "Image.open(file)",
        "Image.open(file, formats=('PNG', 'EPS'))",
        "from PIL.Image import open",
        "canvas.image_data",
        "keras.models.load_model(path)",
    ],
)
def test_a_fault_would_be_seen(program):
    assert faults(program)
