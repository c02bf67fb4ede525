"""All settings to and from the query string of an address: docs/link.md.

Each value is read on its own. A bad one leaves what stood there before, and says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from digitlab import limits
from digitlab.specs.checks import shown
from digitlab.specs.lesson import CONTROLS, LessonSpec
from digitlab.specs.parameters import NONE, SETTINGS

VERSION = "1"
RUN = "run"  # in the same address: a kept run, which is no setting
VIEW = "view"  # of the page, no setting either
LANGUAGE = "lang"  # in which the lab speaks
CARD = "card"  # of the guided hour that the link opens
CODE = "code"  # stands for a whole link
_OTHER_PARAMETERS = (RUN, VIEW, LANGUAGE, CARD, CODE, "embed", "embed_options")  # two: Streamlit's
_MOST_QUOTED = 3  # of a stranger's words that a sentence repeats


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
) -> tuple[LessonSpec, list[str]]:
    """What the parameters set up, and one sentence for each that can't be used.

    Args:
        query: name and all values of each parameter.
        default: the values of what the parameters don't set; the article's.
    """
    lesson = default or LessonSpec()
    query = {name: values for name, values in query.items() if name not in _OTHER_PARAMETERS}
    if sum(len(name) + sum(map(len, query[name])) for name in query) > limits.MAX_LINK_CHARACTERS:
        most = f"{limits.MAX_LINK_CHARACTERS:,} characters"
        return lesson, [f"The link is longer than {most}, so nothing of it is used."]
    if {*(version := query.get("v", [VERSION]))} != {VERSION}:
        return lesson, [
            f"The link is of version {_quoted(version)}, and this lab reads version {VERSION}. "
            "Nothing of it is used."
        ]
    notices = []
    for name, parameter in SETTINGS.items():
        if name in query:
            try:
                lesson = parameter.read(lesson, _single(name, query[name]))
            except ValueError as error:
                notices.append(f"{error} Instead, {parameter.write(lesson)} stands here.")
    locked = {name: _controls(name, query.get(name, ()), notices) for name in ("fix", "hide")}
    if unknown := [name for name in query if name not in PARAMETERS]:
        notices.append(f"The lab knows no setting {_quoted(unknown)}: it is left out.")
    return replace(lesson, fixed=locked["fix"] - locked["hide"], hidden=locked["hide"]), notices


def from_address(address: str) -> tuple[LessonSpec, list[str]]:
    """The same for a whole address, `https://…/Train?v=1&epochs=10`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if not (parts.query or parts.scheme in ("http", "https")):
        return LessonSpec(), [f"This is no link of the lab: {shown(address)}"]
    if len(parts.query) > 3 * limits.MAX_LINK_CHARACTERS:  # %2C for a comma
        return from_link({"": [parts.query]})  # too long, whatever it says
    return from_link(parse_qs(parts.query, keep_blank_values=True))


def _parameters(lesson: LessonSpec, names: Iterable[str]) -> dict[str, str]:
    parameters = {"v": VERSION, **{name: SETTINGS[name].write(lesson) for name in names}}
    for name, controls in (("fix", lesson.fixed), ("hide", lesson.hidden)):
        if controls:
            parameters[name] = ",".join(control for control in CONTROLS if control in controls)
    return parameters


def _single(name: str, values: Sequence[str]) -> str:
    if len(values) != 1:
        raise ValueError(f"The link says {name} {len(values)} times.")
    return values[0].strip()


def _controls(name: str, values: Sequence[str], notices: list[str]) -> frozenset[str]:
    """The controls to fix or hide; a notice for what is none."""
    texts = [text.strip() for value in values for text in value.split(",")]
    if unknown := [text for text in texts if text not in (*CONTROLS, NONE, "")]:
        notices.append(f"The lab has no control {_quoted(unknown)} to {name}: it is left out.")
    return frozenset(CONTROLS).intersection(texts)


def _quoted(texts: Sequence[str]) -> str:
    """A stranger's words within a sentence: the first few, each shortened."""
    more = "…" * (len(texts) > _MOST_QUOTED)
    return ", ".join([*(shown(text) for text in texts[:_MOST_QUOTED]), *([more] if more else [])])
