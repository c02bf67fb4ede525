"""CONTRIBUTING is a map: whatever it points to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = {"pages/NN_Name.py"}  # of a page that is to be written
PATHS = sorted(set(re.findall(r"`((?:\w[\w.]*/)+[\w.]*)`", TEXT)) - EXAMPLES)
ROOMS = re.findall(r"^      (\w+)/? ", TEXT, re.MULTILINE)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_of_the_map_is_there(path: str) -> None:
    folders = (ROOT, ROOT / "digitlab", ROOT / "digitlab" / "ui", ROOT / "digitlab" / "export")
    assert any((folder / path).exists() for folder in folders)


def test_the_map_has_every_room() -> None:
    package = ROOT / "digitlab"
    packages = {path.name for path in package.iterdir() if (path / "__init__.py").exists()}
    assert packages | {"child_process"} == set(ROOMS)
