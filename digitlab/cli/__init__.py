"""The command line: the same runs as in the browser, with the same numbers."""

from digitlab.cli.arguments import main

__all__ = ["main"]
