"""What can't be used of a link, and of a run in JSON, is said in the language that is spoken."""

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from digitlab import limits, specs
from digitlab.specs import RunSpec
from digitlab.specs.checks import ChoiceError, Rule
from digitlab.specs.link import LinkCode, LinkProblem, from_address
from digitlab.wording import pseudo
from digitlab.wording.language import speaking
from digitlab.wording.problems.choice_rules import _RULES, NAMES, choice_words
from digitlab.wording.problems.link_problems import link_notice
from tests.shown_words import unsaid
from tests.specs.test_link import BAD

LONG = "9" * limits.MAX_LINK_CHARACTERS

ADDRESSES = {
    LinkCode.NO_LINK: ["", "x"],
    LinkCode.TOO_LONG: [f"http://x/?epochs={LONG}"],
    LinkCode.OTHER_VERSION: ["http://x/?v=2", "http://x/?v="],
    LinkCode.BAD_VALUE: [f"http://x/?{name}={value}" for name in BAD for value in BAD[name]],
    LinkCode.REPEATED: ["http://x/?epochs=3&epochs=4"],
    LinkCode.UNKNOWN_SETTINGS: ["http://x/?a=1", "http://x/?=1", "http://x/?a=1&b=2&c=3&d=4"],
    LinkCode.UNKNOWN_CONTROLS: ["http://x/?fix=x", "http://x/?hide=a,b,c,d"],
}

TEXTS = {
    Rule.LENGTH: " " * (limits.MAX_SPEC_CHARACTERS + 1),
    Rule.JSON: "{",
    Rule.OBJECT: '{"version": 1, "network": 3}',
    Rule.KEYS: '{"version": 1, "training": {"x": 1}}',
    Rule.LIST: '{"version": 1, "network": {"hidden": 3}}',
    Rule.PAIR: '{"version": 1, "training": {"rate_changes": [[1]]}}',
    Rule.NUMBER: '{"version": 1, "training": {"epochs": null}}',
    Rule.WHOLE: '{"version": 1, "training": {"epochs": 1.5}}',
    Rule.RANGE: '{"version": 1, "training": {"learning_rate": 99}}',
    Rule.CHOICE: '{"version": 2}',
}
"""A run in JSON that breaks the rule; the others are of links."""


@pytest.mark.parametrize("code", LinkCode)
def test_a_link_is_refused_with_a_code(code: LinkCode) -> None:
    for address in ADDRESSES[code]:
        assert [problem.code for problem in problems(address)] == [code], address


@pytest.mark.parametrize("code", LinkCode)
def test_what_is_wrong_with_a_link_can_be_translated(code: LinkCode) -> None:
    """All words but the values, which are a stranger's or stand so in the address."""
    for address in ADDRESSES[code]:
        for problem in problems(address):
            said = speaking(pseudo.NAME, partial(link_notice, problem))
            for value in sorted(map(str, values_of(problem)), key=len, reverse=True):
                said = said.replace(value, "") if value else said
            assert not unsaid(said), said


def test_every_rule_is_broken_here() -> None:
    in_links = {
        p.values.get("rule") for address in ADDRESSES[LinkCode.BAD_VALUE] for p in problems(address)
    }
    assert in_links | {*TEXTS} == {*Rule} == {*_RULES}


@pytest.mark.parametrize("rule", TEXTS)
def test_what_is_wrong_with_a_run_in_json_can_be_translated(rule: Rule) -> None:
    with pytest.raises(ChoiceError) as caught:
        RunSpec.from_json(TEXTS[rule])
    error = caught.value
    assert error.rule is rule
    said = speaking(pseudo.NAME, lambda: choice_words(error))
    for value in (error.values["value"], *map(str, error.values.get("choices", ()))):
        said = said.replace(value, "") if value else said
    assert not unsaid(said), said


def test_each_setting_that_a_spec_checks_has_a_name() -> None:
    """Else its English name below the pages would be shown as it is."""
    named = set()
    for path in Path(specs.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                named |= {
                    argument.value
                    for argument in node.args
                    if isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and argument.value[:1].isupper()
                }
    assert len(named) > 30
    assert named - NOT_SHOWN <= NAMES.keys()


CALLS = (
    *("check_count", "check_range", "check_choice", "_integer", "_number", "_boolean", "_split"),
    *("_selection", "_described", "_fields", "_values", "_pair", "zip"),
)
NOT_SHOWN = {"What a lesson fixes or hides"}
"""No page and no command asks for a lesson that is none: `from_link` leaves such names out."""


def problems(address: str) -> list[LinkProblem]:
    return from_address(address)[1]


def values_of(problem: LinkProblem) -> Iterator[object]:
    """The values that are the same in each language."""
    yield problem.used
    for key, value in problem.values.items():
        if key == "rule" or (key == "name" and problem.code is LinkCode.BAD_VALUE):
            continue  # they have words
        yield from value if isinstance(value, tuple) else [value]
