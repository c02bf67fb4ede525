"""Every message is written so that it can be translated, and is in the template."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "digitlab" / "wording" / "locale" / "digitlab.pot"
MESSAGES = {"say": 1, "to_say": 1, "say_count": 2}
"""The functions, with how many messages each takes; `scripts/messages` names them too."""

FILES = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "digitlab").rglob("*.py")]


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Where it stands, its name, and the call."""
    for file in FILES:
        if file.name == "say.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            if isinstance(called, ast.Name) and called.id in MESSAGES:
                assert isinstance(node, ast.Call)
                yield f"{file.relative_to(ROOT)}:{node.lineno}", called.id, node


CALLS = [pytest.param(name, call, id=place) for place, name, call in calls()]


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_a_message_is_one_literal_with_the_values_that_it_names(name: str, call: ast.Call) -> None:
    """Babel leaves out all else without a word, and a value that is missing is an error."""
    messages = call.args[: MESSAGES[name]]
    given = {keyword.arg for keyword in call.keywords} | (
        {"count"} if name == "say_count" else set()
    )
    assert len(call.args) == MESSAGES[name] + (name == "say_count")
    named: set[str] = set()
    for node in messages:
        assert isinstance(node, ast.Constant), "no f-string, no sum, no variable"
        text = node.value
        assert isinstance(text, str)
        assert text == text.strip(), "spaces at an end: it is a piece of a sentence"
        if not given:  # a brace is a brace
            continue
        for _, field, form, conversion in Formatter().parse(text):
            if field is not None:
                assert field.isidentifier(), "named, and simple"
                assert not form
                assert not conversion
                named.add(field)
    assert name == "to_say" or given - {"count"} <= named <= given


def test_the_template_has_the_messages_of_the_source(tmp_path: Path) -> None:
    """`scripts/messages` renews it."""
    extracted = tmp_path / "extracted.pot"
    subprocess.run([ROOT / "scripts" / "messages", extracted], check=True)
    assert TEMPLATE.read_text(encoding="utf-8") == extracted.read_text(encoding="utf-8"), (
        "A message was added or changed: run scripts/messages."
    )
