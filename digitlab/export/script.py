"""A lesson as one program."""

import textwrap

from digitlab.export.last_digits import SETTINGS, settings_words, threads_code, threads_words
from digitlab.export.lesson import Lesson
from digitlab.export.sections import Cell, Section
from digitlab.export.snippets.names import imports

_WIDTH = 88  # of ruff's lines


def script(lesson: Lesson) -> str:
    """The lesson as `train.py`: formatted, the packages in its first line, all imports on top."""
    head = f'"""{lesson.title}.\n\n{textwrap.fill(lesson.promise, _WIDTH)}\n"""\n'
    parts = [
        f"# pip install {lesson.requirements}\n{head}",
        _cell(Cell(threads_words(lesson.threads), threads_code(lesson.threads))),
        _imports(lesson),
        _cell(Cell(settings_words(), SETTINGS)),
    ]
    for number, section in enumerate(lesson.sections, start=1):
        parts += _section(number, section)
    return "\n".join(parts)


def _imports(lesson: Lesson) -> str:
    """What all its pieces need; `os` is there already, for the threads."""
    pieces = [SETTINGS, *(cell.code for section in lesson.sections for cell in section.cells)]
    lines = imports("\n".join(pieces))
    return lines.replace("import os\n", "")


def _section(number: int, section: Section) -> list[str]:
    title = f"# {number}. {section.title}"
    return [f"{title}\n# {'-' * (len(title) - 2)}\n", *map(_cell, section.cells)]


def _cell(cell: Cell) -> str:
    words = textwrap.fill(cell.words, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    return f"{words}\n{cell.code}"
