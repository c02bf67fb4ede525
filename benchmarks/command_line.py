"""The command line that all benchmarks share: options, and other defaults for a run of seconds.

A benchmark that nobody runs breaks without a sign. `--smoke` runs it in seconds by the same code:
it changes the defaults of its options and nothing else, so each thing that a smoke run has less of
is an option. CI runs each benchmark so. The numbers of such a run say nothing of the lab.
"""

import argparse
from collections.abc import Mapping, Sequence


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the benchmark's own docstring, with its lines as they are."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def parse(
    options: argparse.ArgumentParser, argv: Sequence[str] | None, smoke: Mapping[str, object]
) -> argparse.Namespace:
    """What the command line says, after `--smoke` was added to it.

    Args:
        options: the benchmark's own, each with a default.
        argv: what stands behind the benchmark's name; None for what this process was given.
        smoke: the defaults of a smoke run, by the option's name. An option that is given counts
            there too.

    Raises:
        KeyError: if `smoke` names an option that does not exist.
    """
    options.add_argument(
        "--smoke", action="store_true", help="a run of seconds: whether it runs, not how well"
    )
    given = options.parse_args(argv)
    if not given.smoke:
        return given
    if unknown := smoke.keys() - vars(given):
        raise KeyError(f"There is no option {', '.join(sorted(unknown))}.")
    options.set_defaults(**smoke)
    return options.parse_args(argv)
