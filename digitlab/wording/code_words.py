"""What is said beside the code that the pages show."""

from collections.abc import Mapping, Sequence

from digitlab.wording.lists import with_and
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import say, say_count, say_message, to_say

NOTHING_CHANGED = to_say("Change a control. The line of code that changes with it is marked here.")

_LONGEST = 60  # characters of a line that is quoted: two fit into a line of the page


def heading(code: str) -> str:
    """What stands above code: Keras is named only where it is used."""
    keras = "keras." in code or "model." in code
    return say("The same in Keras") if keras else say("The same in Python")


def origin_words(origins: Mapping[str, Sequence[str]]) -> str:
    """Where the names come from that a piece takes: by page, as `snippets.names.origins` gives it.

    >>> origin_words({"Prepare": ["x_test", "y_test"], "Train": ["model"]})
    'This code needs `x_test` and `y_test` from **Prepare** and `model` from **Train**.'
    """
    parts = [
        say("{names} from **{page}**", names=_listed(names), page=page_title(page))
        for page, names in origins.items()
    ]
    return say("This code needs {names}.", names=with_and(parts)) if parts else ""


def change_words(before: Sequence[str], after: Sequence[str]) -> str:
    """What a control changed of the code shown: the lines that went, and those that came.

    >>> change_words(["epochs=5,"], ["epochs=9,"])
    'You changed `epochs=5` to `epochs=9`. It is marked below.'
    """
    if not before and not after:
        return say_message(NOTHING_CHANGED)
    if len(before) == len(after) == 1 and _short(before[0]) and _short(after[0]):
        return say(
            "You changed {before} to {after}. It is marked below.",
            before=_quoted(before[0]),
            after=_quoted(after[0]),
        )
    if not before and len(after) == 1:
        return say("You added {line}. It is marked below.", line=_quoted(after[0]))
    if not after:
        if len(before) == 1:
            return say("You removed {line}.", line=_quoted(before[0]))
        return say_count("You removed {count} line.", "You removed {count} lines.", len(before))
    return say_count(
        "You changed {count} line. It is marked below.",
        "You changed {count} lines. They are marked below.",
        len(after),
    )


def _short(line: str) -> bool:
    return len(line) <= _LONGEST


def _quoted(line: str) -> str:
    return f"`{line.removesuffix(',')}`"


def _listed(names: Sequence[str]) -> str:
    return with_and([f"`{name}`" for name in names])
