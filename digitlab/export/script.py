"""A lesson as one program."""

import textwrap

from digitlab.export.lesson import Lesson
from digitlab.export.sections import Cell, Section

_WIDTH = 88  # of ruff's lines


def script(lesson: Lesson) -> str:
    """The lesson as `train.py`: formatted, and the packages in its first line."""
    head = f'"""{lesson.title}.\n\n{textwrap.fill(lesson.promise, _WIDTH)}\n"""\n'
    parts = [f"# pip install {lesson.requirements}\n{head}"]
    for number, section in enumerate(lesson.sections, start=1):
        parts += _section(number, section)
    return "\n".join(parts)


def _section(number: int, section: Section) -> list[str]:
    title = f"# {number}. {section.title}"
    return [f"{title}\n# {'-' * (len(title) - 2)}\n", *map(_cell, section.cells)]


def _cell(cell: Cell) -> str:
    words = textwrap.fill(cell.words, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    return f"{words}\n{cell.code}"
