"""Smoke runs of several benchmarks, one after another in one process.

Run from the project's folder: `python -m benchmarks.smoke classroom traffic`. Keras is imported
once, and the benchmarks that start a server share one: that is half of what a smoke run costs.
A line with its name stands before what each prints.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from benchmarks.server import sharing_a_server

HEADING = "== "
"""Stands before the name of a benchmark."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run each; 1 if one of them says that something failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="+", metavar="NAME")
    failed = False
    with sharing_a_server():
        for name in options.parse_args(argv).names:
            print(f"{HEADING}{name}", flush=True)
            benchmark = import_module(f"benchmarks.{name}")
            if hasattr(benchmark, "__path__"):  # a package
                benchmark = import_module(f"benchmarks.{name}.__main__")
            failed |= bool(benchmark.main(["--smoke"]))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
