"""What one visitor can do to the others: each situation on a server of its own, with a bystander.

Run from the project's folder: `python -m benchmarks.abuse`, with names for some of the situations,
`--list` for all names. While the attack goes on, another visitor opens pages and draws again and
again. Printed is one row a situation: what was measured before it was closed, the web process's
highest memory, how long the bystander waited for a page and for the answer to a drawing (95th
percentile), and the errors in the server's log. The aims: pages under 300 ms, answers under 1 s,
no error. Attackers, bystander and server share the machine. All situations take about half an
hour on two cores.

A smoke run does a little of some situations, on one server for all, and asks for no aims.
"""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks import command_line
from benchmarks.abuse.bystander import Waits, bystander, train
from benchmarks.abuse.situation import Extent, Situation
from benchmarks.abuse.table import SITUATIONS
from benchmarks.server import ProcessWatch, Server, running_server

PAGE_MILLISECONDS, DRAWING_MILLISECONDS = 300, 1000  # the aims

_SHORTEST_SECONDS = 15  # an attack that ends sooner is watched so long: what it leaves counts too
_SMOKE = ("canvas-size", "uploads", "replay-class", "large-runs")  # one of each module
_COLUMNS = "| situation | before | web, MB | page p95, ms | drawing p95, ms | errors | remark |"


@dataclass(frozen=True)
class Outcome:
    """What was seen while a situation went on.

    Attributes:
        waits: of the bystander.
        megabytes: the web process's, at the beginning and at most.
        errors: lines of the server's log.
        remark: of the attack.
    """

    waits: Waits
    megabytes: tuple[float, float]
    errors: list[str]
    remark: str

    @property
    def failed(self) -> bool:
        """Whether something did not come at all, or the server's log tells of an error."""
        return bool(self.waits.problems or self.errors)

    @property
    def met(self) -> bool:
        """Whether the others hardly noticed."""
        return (
            self.waits.p95("pages") <= PAGE_MILLISECONDS
            and self.waits.p95("drawings") <= DRAWING_MILLISECONDS
            and not self.failed
        )


def outcomes(
    situations: Sequence[Situation], extent: Extent, together: bool
) -> Iterator[tuple[Situation, Outcome]]:
    """Each situation on a server of its own, or all on one, which takes less time."""
    groups = [situations] if together else [[situation] for situation in situations]
    for group in groups:
        files = [situation.open_files for situation in group if situation.open_files is not None]
        with running_server(min(files, default=None)) as server:
            server.wait_until_healthy()
            own = asyncio.run(train(server.address))
            for situation in group:
                yield situation, go_through(situation, server, own, extent)


def go_through(situation: Situation, server: Server, own: str, extent: Extent) -> Outcome:
    """The situation on this server.

    Args:
        situation: what is done.
        server: to whom.
        own: the query of the bystander's network.
        extent: how much of it is done.
    """
    if situation.prepare:
        situation.prepare()
    earlier = len(server.errors())
    runs = situation.runs[: extent.of(len(situation.runs))]
    theirs = [asyncio.run(train(server.address, run)) for run in runs]
    with bystander(server.address, own) as waits, ProcessWatch(server) as watch:
        first, began = watch.usage["web"].last, time.perf_counter()
        remark = asyncio.run(situation.attack(server, theirs, extent))
        time.sleep(max(0, began + extent.of(_SHORTEST_SECONDS) - time.perf_counter()))
    megabytes = (first, watch.usage["web"].peak)
    return Outcome(waits, megabytes, server.errors()[earlier:], remark)


def print_row(situation: Situation, outcome: Outcome) -> None:
    """One line of the table, then what did not come."""
    waits, (first, peak) = outcome.waits, outcome.megabytes
    cells = (
        situation.what,
        situation.before,
        f"{first:,.0f} -> {peak:,.0f}",
        f"{waits.p95('pages'):,.0f} ({len(waits.pages)})",
        f"{waits.p95('drawings'):,.0f} ({len(waits.drawings)})",
        str(len(outcome.errors)),
        outcome.remark + ("" if outcome.met else "; missed"),
    )
    print(f"| {' | '.join(cells)} |", flush=True)
    for problem in [*waits.problems, *outcome.errors[:5]]:
        print(f"    {problem}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 if the others noticed anything, in a smoke run if anything failed."""
    options = command_line.parser(__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help="of situations; all without one")
    options.add_argument("--list", action="store_true", help="the names, and nothing else")
    options.add_argument("--together", action="store_true", help="on one server, not on one each")
    options.add_argument(
        "--most", type=int, help="of the visitors, repetitions and seconds of each situation"
    )
    smoke = {"names": _SMOKE, "together": True, "most": 2}
    given = command_line.parse(options, argv, smoke)
    known = {situation.name: situation for situation in SITUATIONS}
    if unknown := [name for name in given.names if name not in known]:
        options.error(f"There is no situation {', '.join(unknown)}. --list names them.")
    if given.list:
        print(*(f"{situation.name:16}{situation.what}" for situation in SITUATIONS), sep="\n")
        return 0
    print(_COLUMNS, "|---" * _COLUMNS.count(" | ") + "|---|", sep="\n")
    chosen = [known[name] for name in given.names or known]
    passed = True
    for situation, outcome in outcomes(chosen, Extent(given.most), given.together):
        print_row(situation, outcome)
        passed &= not outcome.failed if given.smoke else outcome.met
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
