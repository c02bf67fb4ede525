"""The examples in docstrings are true. Each module that has some is a test of its own."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from tests.sources import ROOT, module_name

EXAMPLE = re.compile(r"^\s*>>> ", re.MULTILINE)


def examples() -> dict[str, int]:
    """The lab's modules whose source holds examples, and how many."""
    counted = {
        module_name(file): len(EXAMPLE.findall(file.read_text(encoding="utf-8")))
        for file in sorted(Path(ROOT / "digitlab").rglob("*.py"))
    }
    return {name: number for name, number in counted.items() if number}


EXAMPLES = examples()


def test_there_are_examples() -> None:
    assert sum(EXAMPLES.values()) >= 30


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_true(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0  # what was expected is in the output
    # An example that doctest does not find, in a comment say, would never be run.
    assert results.attempted == EXAMPLES[name]
