"""All settings to and from the query string of an address: docs/link.md.

Each value is read on its own. A bad one leaves what stood there before, and gives a problem.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from digitlab import limits
from digitlab.specs.checks import ChoiceError, shown
from digitlab.specs.lesson import CONTROLS, LessonSpec
from digitlab.specs.parameters import NONE, SETTINGS, Parameter

VERSION = "1"
RUN = "run"  # in the same address: a kept run, which is no setting
VIEW = "view"  # of the page, no setting either
LANGUAGE = "lang"  # in which the lab speaks
CARD = "card"  # of the guided hour that the link opens
CODE = "code"  # stands for a whole link
_OTHER_PARAMETERS = (RUN, VIEW, LANGUAGE, CARD, CODE, "embed", "embed_options")  # two: Streamlit's
_MOST_QUOTED = 3  # of a stranger's words that a sentence repeats


class LinkCode(StrEnum):
    """What is wrong with a link; beside each the values that belong to it."""

    # Nothing of it is used.
    NO_LINK = "no_link"  # address: what was given
    TOO_LONG = "too_long"
    OTHER_VERSION = "other_version"  # version
    # One parameter has what stood there before.
    BAD_VALUE = "bad_value"  # rule, and the values of its `ChoiceError`
    REPEATED = "repeated"  # name: of the parameter; count: how often it stands there
    # Names are left out.
    UNKNOWN_SETTINGS = "unknown_settings"  # names: the first; count: of all
    UNKNOWN_CONTROLS = "unknown_controls"  # the same, and parameter: "fix" or "hide"


@dataclass(frozen=True)
class LinkProblem:
    """What of a link can't be used; `wording.problems.link_problems` makes the sentences.

    Attributes:
        code: what is wrong.
        values: what belongs to it, by name; a stranger's words are short and printable.
        used: what the lab has in the place of a bad value, as in an address: `epochs=5`.
    """

    code: LinkCode
    values: Mapping[str, Any] = field(default_factory=dict)
    used: str = ""


PARAMETERS = ("v", *SETTINGS, "fix", "hide")
"""All names, in the order in which they are written."""


def to_link(lesson: LessonSpec, with_seed: bool = True) -> dict[str, str]:
    """The parameters that set up exactly this; without the seed, each visitor gets one.

    >>> to_link(LessonSpec())["hidden_layers"]
    '10-sigmoid'
    """
    return _parameters(lesson, [name for name in SETTINGS if with_seed or name != "seed"])


def locked_parameters(lesson: LessonSpec) -> dict[str, str]:
    """The parameters of the locked controls; none for a lesson that locks nothing."""
    names = [name for name, parameter in SETTINGS.items() if parameter.control in lesson.locked]
    return _parameters(lesson, names) if lesson.locked else {}


def to_query(parameters: Mapping[str, str]) -> str:
    """The query string of an address; its commas stay readable."""
    return urlencode(parameters, safe=",")


def from_link(
    query: Mapping[str, Sequence[str]], default: LessonSpec | None = None
) -> tuple[LessonSpec, list[LinkProblem]]:
    """What the parameters set up, and one problem for each that can't be used.

    Args:
        query: name and all values of each parameter.
        default: the values of what the parameters don't set; the article's.
    """
    lesson = default or LessonSpec()
    query = {name: values for name, values in query.items() if name not in _OTHER_PARAMETERS}
    if sum(len(name) + sum(map(len, query[name])) for name in query) > limits.MAX_LINK_CHARACTERS:
        return lesson, [LinkProblem(LinkCode.TOO_LONG)]
    if others := [version for version in query.get("v", ()) if version != VERSION]:
        return lesson, [LinkProblem(LinkCode.OTHER_VERSION, {"version": shown(others[0])})]
    problems = []
    for name, parameter in SETTINGS.items():
        if name in query:
            lesson, problem = _read(lesson, name, parameter, query[name])
            problems += [problem] if problem else []
    locked = {name: _controls(name, query.get(name, ()), problems) for name in ("fix", "hide")}
    if unknown := [name for name in query if name not in PARAMETERS]:
        problems.append(LinkProblem(LinkCode.UNKNOWN_SETTINGS, _quoted(unknown)))
    return replace(lesson, fixed=locked["fix"] - locked["hide"], hidden=locked["hide"]), problems


def from_address(address: str) -> tuple[LessonSpec, list[LinkProblem]]:
    """The same for a whole address, `https://…/Train?v=1&epochs=10`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if not (parts.query or parts.scheme in ("http", "https")):
        return LessonSpec(), [LinkProblem(LinkCode.NO_LINK, {"address": shown(address)})]
    if len(parts.query) > 3 * limits.MAX_LINK_CHARACTERS:  # %2C for a comma
        return from_link({"": [parts.query]})  # too long, whatever it says
    return from_link(parse_qs(parts.query, keep_blank_values=True))


def _parameters(lesson: LessonSpec, names: Iterable[str]) -> dict[str, str]:
    parameters = {"v": VERSION, **{name: SETTINGS[name].write(lesson) for name in names}}
    for name, controls in (("fix", lesson.fixed), ("hide", lesson.hidden)):
        if controls:
            parameters[name] = ",".join(control for control in CONTROLS if control in controls)
    return parameters


def _read(
    lesson: LessonSpec, name: str, parameter: Parameter, values: Sequence[str]
) -> tuple[LessonSpec, LinkProblem | None]:
    """The lesson with the parameter's value; or as it is, and why."""
    used = f"{name}={parameter.write(lesson)}"
    if len(values) != 1:
        return lesson, LinkProblem(LinkCode.REPEATED, {"name": name, "count": len(values)}, used)
    try:
        return parameter.read(lesson, values[0].strip()), None
    except ChoiceError as error:
        return lesson, LinkProblem(LinkCode.BAD_VALUE, {"rule": error.rule, **error.values}, used)


def _controls(name: str, values: Sequence[str], problems: list[LinkProblem]) -> frozenset[str]:
    """The controls to fix or hide; a problem for what is none."""
    texts = [text.strip() for value in values for text in value.split(",")]
    if unknown := [text for text in texts if text not in (*CONTROLS, NONE, "")]:
        quoted = {"parameter": name, **_quoted(unknown)}
        problems.append(LinkProblem(LinkCode.UNKNOWN_CONTROLS, quoted))
    return frozenset(CONTROLS).intersection(texts)


def _quoted(texts: Sequence[str]) -> dict[str, Any]:
    """A stranger's words as values: the first few, each shortened, and how many there are."""
    return {"names": tuple(map(shown, texts[:_MOST_QUOTED])), "count": len(texts)}
