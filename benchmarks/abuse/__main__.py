"""What one visitor can do to the others: each situation on a server of its own, with a bystander.

Run from the project's folder: `python -m benchmarks.abuse`, with names for some of the situations,
`--list` for all names. While the attack goes on, another visitor opens pages and draws again and
again. Printed is one row a situation: what was measured before it was closed, the web process's
highest memory, how long the bystander waited for a page and for the answer to a drawing (95th
percentile), and the errors in the server's log. The aims: pages under 300 ms, answers under 1 s,
no error. Attackers, bystander and server share the machine.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass

from benchmarks.abuse.bystander import Waits, bystander, train
from benchmarks.abuse.situation import Situation
from benchmarks.abuse.table import SITUATIONS
from benchmarks.server import ProcessWatch, running_server

PAGE_MILLISECONDS, DRAWING_MILLISECONDS = 300, 1000  # the aims

_SHORTEST_SECONDS = 15  # an attack that ends sooner is watched so long: what it leaves counts too
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
    def met(self) -> bool:
        """Whether the others hardly noticed."""
        return (
            self.waits.p95("pages") <= PAGE_MILLISECONDS
            and self.waits.p95("drawings") <= DRAWING_MILLISECONDS
            and not (self.waits.problems or self.errors)
        )


def go_through(situation: Situation) -> Outcome:
    """The situation on a server of its own."""
    if situation.prepare:
        situation.prepare()
    with running_server(situation.open_files) as server:
        server.wait_until_healthy()
        own = asyncio.run(train(server.address))
        theirs = [asyncio.run(train(server.address, run)) for run in situation.runs]
        with bystander(server.address, own) as waits, ProcessWatch(server) as watch:
            first, began = watch.usage["web"].last, time.perf_counter()
            remark = asyncio.run(situation.attack(server, *theirs))
            time.sleep(max(0, began + _SHORTEST_SECONDS - time.perf_counter()))
        return Outcome(waits, (first, watch.usage["web"].peak), server.errors(), remark)


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


def main() -> int:
    """Print the table; 1 if the others noticed anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of situations; all without one")
    parser.add_argument("--list", action="store_true", help="the names, and nothing else")
    options = parser.parse_args()
    known = {situation.name: situation for situation in SITUATIONS}
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"There is no situation {', '.join(unknown)}. --list names them.")
    if options.list:
        print(*(f"{one.name:16}{one.what}" for one in SITUATIONS), sep="\n")
        return 0
    print(_COLUMNS, "|---" * _COLUMNS.count(" | ") + "|---|", sep="\n")
    all_met = True
    for name in options.names or known:
        outcome = go_through(known[name])
        print_row(known[name], outcome)
        all_met &= outcome.met
    return int(not all_met)


if __name__ == "__main__":
    sys.exit(main())
