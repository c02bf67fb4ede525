"""Each page has its words, and each word of the glossary stands on a page that explains it."""

from pathlib import Path

import pytest

from digitlab.ui.shell import path
from digitlab.ui.shell.glossary import WORDS
from digitlab.wording.glossary import GLOSSARY

ROOT = Path(__file__).parents[2]
STEPS = {step.name: step for step in (*path.STEPS, *path.WHY, path.RUNS)}
ROOMS = ("widgets", "shell")  # what all pages share


def test_each_page_has_words_and_each_word_a_page() -> None:
    assert set(WORDS) <= set(STEPS)
    assert {word for words in WORDS.values() for word in words} == set(GLOSSARY)


@pytest.mark.parametrize("name", WORDS)
def test_a_word_stands_on_its_page(name: str) -> None:
    room = name.lower().replace(" ", "_")
    files = [ROOT / STEPS[name].file]
    for folder in (room, room.removesuffix("s"), room.removeprefix("look_"), *ROOMS):
        files += (ROOT / "digitlab" / "ui" / folder).glob("*.py")
    files += (ROOT / "digitlab" / "wording").glob("[!g]*.py")
    files += (ROOT / "digitlab" / "figures").glob("*.py")
    source = "\n".join(file.read_text(encoding="utf-8") for file in files).lower()
    assert [word for word in WORDS[name] if word.lower() not in source] == []
