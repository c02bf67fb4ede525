"""A situation: what one visitor, or many, do to a server while somebody else looks and draws."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.server import Server
from digitlab.specs import ARTICLE, RunSpec


@dataclass(frozen=True)
class Extent:
    """How much of an attack is done.

    Attributes:
        most: visitors, repetitions and seconds, of each at most so many; None for all of it.
    """

    most: int | None = None

    def of(self, whole: int) -> int:
        """So many of what the whole attack has `whole` of."""
        return whole if self.most is None else min(whole, self.most)


Attack = Callable[[Server, Sequence[str], Extent], Coroutine[Any, Any, str]]
"""Does it; returns what else is worth a column.

Given are the server, and the query of each network that was trained before the measuring began.
"""


@dataclass(frozen=True)
class Situation:
    """One row of the table.

    Attributes:
        name: for the command line.
        what: one visitor does.
        before: what was measured at 7b4dcff, in words.
        attack: does it.
        runs: the networks that the attackers have; trained before the measuring begins.
        prepare: makes the attackers' file before it begins: they have computers of their own.
        open_files: how many the server may have open when it starts; None for the system's own.
    """

    name: str
    what: str
    before: str
    attack: Attack
    runs: tuple[RunSpec, ...] = (ARTICLE,)
    prepare: Callable[[], object] | None = None
    open_files: int | None = None


async def all_of(visits: Iterable[Awaitable[None]]) -> str:
    """All visits at once; how many of them came to their end, and the first other end."""
    ends = await asyncio.gather(*visits, return_exceptions=True)
    problems = [end for end in ends if end is not None]
    first = f": {problems[0] or repr(problems[0])}" if problems else ""
    return f"{len(ends) - len(problems)} of {len(ends)} got their pages{first}"
