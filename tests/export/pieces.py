"""Pieces of code as pages show them, and the program that they are a part of."""

from collections.abc import Iterator


def missing(piece: str, program: str) -> list[str]:
    """What of a piece is not in a program: its imports line by line, the rest part by part.

    Between two parts of a piece the program has its comments; its imports stand on top.
    """
    return [part for part in _parts(piece) if f"\n{part}\n" not in program]


def _parts(piece: str) -> Iterator[str]:
    for part in piece.strip("\n").split("\n\n"):
        if part.startswith(("import ", "from ")):
            yield from part.splitlines()
        else:
            yield part.strip("\n")
