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
        source = file.read_text(encoding="utf-8")
        if file.name == "say.py" or not any(name in source for name in MESSAGES):
            continue  # two fifths of the files; to parse one takes longer than to read it
        for node in ast.walk(ast.parse(source)):
            called = getattr(node, "func", None)
            if isinstance(called, ast.Name) and called.id in MESSAGES:
                assert isinstance(node, ast.Call)
                yield f"{file.relative_to(ROOT)}:{node.lineno}", called.id, node


def faults_of(name: str, call: ast.Call) -> Iterator[str]:
    """What is wrong with a message, or with what is given to it."""
    if len(call.args) != MESSAGES[name] + (name == "say_count"):
        yield "another number of arguments"
    count = {"count"} if name == "say_count" else set()
    given = {keyword.arg for keyword in call.keywords} | count
    named: set[str] = set()
    for node in call.args[: MESSAGES[name]]:
        text = node.value if isinstance(node, ast.Constant) else None
        if not isinstance(text, str):
            yield "an f-string, a sum or a variable"
            return
        if text != text.strip():
            yield "spaces at an end: it is a piece of a sentence"
        if not given:  # a brace is a brace
            continue
        for _, field, form, conversion in Formatter().parse(text):
            if field is None:
                continue
            if not field.isidentifier() or form or conversion:
                yield f"{field}: not a simple name"
            named.add(field)
    if name != "to_say" and not given - {"count"} <= named <= given:
        yield f"it names {sorted(named)}, and is given {sorted(map(str, given))}"


def test_a_message_is_one_literal_with_the_values_that_it_names() -> None:
    """Babel leaves out all else without a word, and a value that is missing is an error.

    One test for all of them: 3,000 tests would take 15 s, and say no more.
    """
    of_calls = {place: [*faults_of(name, call)] for place, name, call in calls()}
    assert len(of_calls) > 2000
    assert {place: faults for place, faults in of_calls.items() if faults} == {}


@pytest.mark.parametrize(
    "call",
    [
        'say(f"It reads {x}.")',
        'say("It reads " + x)',
        "say(x)",
        'say("It reads {right}.", wrong=1)',
        'say("It reads. ", right=1)',
        'say("It reads {right}.", right=1, wrong=2)',
        'say("It reads {right:.2f}.", right=1)',
        'say("It reads {0}.", right=1)',
        'say_count("{count} digit", "{count} digits")',
        'say_count("{count} digit", f"{count} digits", 2)',
    ],
)
def test_what_is_wrong_is_found(call: str) -> None:
    node = ast.parse(call).body[-1]
    assert isinstance(node, ast.Expr)
    assert isinstance(node.value, ast.Call)
    assert isinstance(node.value.func, ast.Name)
    assert [*faults_of(node.value.func.id, node.value)]


def test_the_template_has_the_messages_of_the_source(tmp_path: Path) -> None:
    """`scripts/messages` renews it."""
    extracted = tmp_path / "extracted.pot"
    subprocess.run([ROOT / "scripts" / "messages", extracted], check=True)
    assert TEMPLATE.read_text(encoding="utf-8") == extracted.read_text(encoding="utf-8"), (
        "A message was added or changed: run scripts/messages."
    )
