"""A situation: what one visitor, or many, do to a server while somebody else looks and draws."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from digitlab.specs import ARTICLE, RunSpec

Attack = Callable[..., Awaitable[str]]
"""Given the server and the query of each network that was trained before the measuring began, it does
it, and returns what else is worth a column."""


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
