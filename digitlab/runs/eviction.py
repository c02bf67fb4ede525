"""Which runs go when there is no room for one more.

Each owner has a budget of their own; who is over it loses their own oldest. When all together are
too many, whoever has most loses their oldest: many small owners keep theirs, however much one
brings. What is under way stays, and so does what somebody else opened lately.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digitlab import limits

_MB = 10**6


@dataclass(frozen=True)
class Held:
    """A run that is kept.

    Attributes:
        id: of the run.
        owner: whose it is.
        size: bytes.
        ended: whether it is not under way.
        opened: whether somebody else has opened it lately.
    """

    id: str
    owner: str
    size: int
    ended: bool = True
    opened: bool = False


def in_budget(own: Iterable[Held], size: int) -> list[Held] | None:
    """Those of an owner's runs that go, so that one more of this size is within the budget.

    Args:
        own: their other runs, the longest unused first.
        size: of the one more, bytes.

    Returns:
        None if there is no room even without all that may go.
    """
    own = list(own)
    count = len(own) + 1 - limits.MAX_RUNS_PER_OWNER
    too_much = sum(run.size for run in own) + size - limits.MAX_MEGABYTES_PER_OWNER * _MB
    going = []
    for run in own:
        if count <= 0 and too_much <= 0:
            break
        if run.ended and not run.opened:
            going.append(run)
            count, too_much = count - 1, too_much - run.size
    return going if count <= 0 and too_much <= 0 else None


def in_store(others: Sequence[Held], owner: str, size: int) -> list[Held] | None:
    """Those that go, so that one more run of this size is within what the store takes.

    Args:
        others: all other runs, the longest unused first.
        owner: whose the one more is.
        size: of the one more, bytes.

    Returns:
        None if there is no room even without all that may go.
    """
    weights = Counter({owner: size})
    for run in others:
        weights[run.owner] += run.size
    too_much = weights.total() - limits.MAX_STORE_MEGABYTES * _MB
    stay = _stay(others, weights)
    free: dict[str, deque[tuple[int, Held]]] = {}
    for age, run in enumerate(others):
        if run.ended and run.id not in stay:
            free.setdefault(run.owner, deque()).append((age, run))

    step = limits.MAX_STORE_MEGABYTES * _MB // 1000

    def largest(name: str) -> tuple[int, int]:  # among about equals, the longest unused
        return -(-weights[name] // step), -free[name][0][0]

    going = []
    while too_much > 0 and free:
        name = max(free, key=largest)
        _, run = free[name].popleft()
        if not free[name]:
            del free[name]
        going.append(run)
        weights[name] -= run.size
        too_much -= run.size
    return going if too_much <= 0 else None


def _stay(others: Iterable[Held], weights: Counter[str]) -> set[str]:
    """Ids of those that were opened lately, of small owners first, up to the limit."""
    left = limits.MAX_OPENED_MEGABYTES * _MB
    stay = set()
    for run in sorted((run for run in others if run.opened), key=lambda run: weights[run.owner]):
        left -= run.size
        if left < 0:
            break
        stay.add(run.id)
    return stay
