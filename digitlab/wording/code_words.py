"""What is said beside the code that the pages show."""

from collections.abc import Mapping, Sequence

from digitlab.wording.descriptions import counted

NOTHING_CHANGED = "Move a control: the line of the code that it changes is marked here."

_LONGEST = 60  # characters of a line that is quoted: two fit into a line of the page


def heading(code: str) -> str:
    """What stands above code: Keras is named only where it is used."""
    keras = "keras." in code or "model." in code
    return f"The same in {'Keras' if keras else 'Python'}"


def origin_words(origins: Mapping[str, Sequence[str]]) -> str:
    """Where the names come from that a piece takes: by page, as `snippets.names.origins` gives it.

    >>> origin_words({"Prepare": ["x_test", "y_test"], "Train": ["model"]})
    'This code needs `x_test` and `y_test` from **Prepare**, and `model` from **Train**.'
    """
    parts = [f"{_listed(names)} from **{page}**" for page, names in origins.items()]
    return f"This code needs {', and '.join(parts)}." if parts else ""


def change_words(before: Sequence[str], after: Sequence[str]) -> str:
    """What a control changed of the code shown: the lines that went, and those that came.

    >>> change_words(["epochs=5,"], ["epochs=9,"])
    'You changed `epochs=5` to `epochs=9`. It is marked below.'
    """
    if not before and not after:
        return NOTHING_CHANGED
    if len(before) == len(after) == 1 and _short(before[0]) and _short(after[0]):
        return f"You changed {_quoted(before[0])} to {_quoted(after[0])}. It is marked below."
    if not before and len(after) == 1:
        return f"You added {_quoted(after[0])}. It is marked below."
    if not after:
        gone = _quoted(before[0]) if len(before) == 1 else counted(len(before), "line")
        return f"You removed {gone}."
    words = counted(len(after), "line")
    return f"You changed {words}. {'It is' if len(after) == 1 else 'They are'} marked below."


def _short(line: str) -> bool:
    return len(line) <= _LONGEST


def _quoted(line: str) -> str:
    return f"`{line.removesuffix(',')}`"


def _listed(names: Sequence[str]) -> str:
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} and {last}" if first else last
