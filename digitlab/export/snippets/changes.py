"""Which lines of the code shown a control has changed."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Change:
    """What differs between two pieces of code.

    Attributes:
        lines: the places of the lines that are new or other, counted from 0, in the later piece.
        before: the lines that are no longer there, without their indent.
        after: the lines at these places, without their indent.
    """

    lines: tuple[int, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @classmethod
    def between(cls, earlier: str, later: str) -> "Change":
        r"""The change from one piece to another; nothing between equal ones.

        >>> Change.between("fit(\n    epochs=5,\n)", "fit(\n    epochs=9,\n)")
        Change(lines=(1,), before=('epochs=5,',), after=('epochs=9,',))
        """
        old, new = earlier.splitlines(), later.splitlines()
        lines: list[int] = []
        before: list[str] = []
        for kind, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
            if kind != "equal":
                lines += [line for line in range(first, last) if new[line].strip()]
                before += [line.strip() for line in old[start:end] if line.strip()]
        return cls(tuple(lines), tuple(before), tuple(new[line].strip() for line in lines))


@dataclass(frozen=True)
class ShownCode:
    """The code that a page shows, and what the latest change of a control changed of it."""

    code: str
    change: Change = Change()

    def then(self, code: str) -> "ShownCode":
        """What is shown next: the same code keeps its marks, other code has new ones."""
        return self if code == self.code else ShownCode(code, Change.between(self.code, code))
