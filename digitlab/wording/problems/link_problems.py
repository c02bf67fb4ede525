"""What of a link can't be used, in words: what to do, and what the lab does."""

from typing import Final

from digitlab import limits
from digitlab.specs.link import VERSION, LinkCode, LinkProblem
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import whole
from digitlab.wording.problems.choice_rules import rule_words
from digitlab.wording.say import say, say_count

_MORE: Final = "…"


def link_words(problem: LinkProblem) -> str:
    """What is wrong, and what to do about it.

    >>> link_words(LinkProblem(LinkCode.REPEATED, {"name": "epochs", "count": 2}))
    'The link has the setting epochs 2 times. Write it only once.'
    """
    values = problem.values
    match problem.code:
        case LinkCode.NO_LINK:
            return _no_link(values["address"])
        case LinkCode.TOO_LONG:
            return say(
                "The link has more than {most} characters. The lab's own links are shorter. Copy "
                "the link again.",
                most=whole(limits.MAX_LINK_CHARACTERS),
            )
        case LinkCode.OTHER_VERSION:
            return say(
                "The link has version {version}, but this lab reads version {known}. Copy a new "
                "link from the lab.",
                version=values["version"] or _quoted(""),
                known=VERSION,
            )
        case LinkCode.BAD_VALUE:
            return rule_words(**values)
        case LinkCode.REPEATED:
            return say(
                "The link has the setting {name} {count} times. Write it only once.",
                name=values["name"],
                count=whole(values["count"]),
            )
        case LinkCode.UNKNOWN_SETTINGS:
            return say_count(
                "The link has an unknown setting: {names}. Correct its name, or delete it.",
                "The link has unknown settings: {names}. Correct their names, or delete them.",
                values["count"],
                names=_names(problem),
            )
        case LinkCode.UNKNOWN_CONTROLS:
            return say_count(
                "The link has an unknown control in {parameter}: {names}. Correct its name, or "
                "delete it.",
                "The link has unknown controls in {parameter}: {names}. Correct their names, or "
                "delete them.",
                values["count"],
                parameter=values["parameter"],
                names=_names(problem),
            )


def link_notice(problem: LinkProblem) -> str:
    """The same for a page, which uses what it can of the link: what the lab does now, too.

    >>> link_notice(LinkProblem(LinkCode.UNKNOWN_SETTINGS, {"names": ("utm",), "count": 1}))
    'The link has an unknown setting: utm. Correct its name, or delete it. The lab leaves it out.'
    """
    return f"{link_words(problem)} {_consequence(problem)}"


def _consequence(problem: LinkProblem) -> str:
    if problem.used:
        return say("The lab uses {setting} instead.", setting=problem.used)
    if count := problem.values.get("count"):
        return say_count("The lab leaves it out.", "The lab leaves them out.", count)
    return say("The lab did not use this link.")


def _no_link(address: str) -> str:
    if not address:
        return say("There is no link. Press Copy link in the lab, and give the link here.")
    return say(
        "{address} is not a link from the lab. Press Copy link in the lab, and give the link here.",
        address=address,
    )


def _names(problem: LinkProblem) -> str:
    names = [name or _quoted(name) for name in problem.values["names"]]
    return with_commas([*names, *([_MORE] if problem.values["count"] > len(names) else [])])


def _quoted(text: str) -> str:
    return f'"{text}"'
