"""A lesson as a notebook for Jupyter or Colab."""

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from digitlab.export.last_digits import notebook_code, notebook_title, notebook_words
from digitlab.export.lesson import Lesson
from digitlab.export.sections import Cell, Section
from digitlab.export.snippets.names import imports
from digitlab.wording.notebook_steps import steps_words
from digitlab.wording.say import say

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(lesson: Lesson) -> str:
    """The lesson as `lesson.ipynb`: each step a heading, each idea a cell, imports where needed."""
    cells = [
        new_markdown_cell(_beginning(lesson)),
        new_code_cell(
            f"# %pip install {lesson.requirements}\n"
            "# For the same versions as in the lab: remove the first # and run this cell first."
        ),
    ]
    imported: set[str] = set()
    last = Section(
        notebook_title(), (Cell(notebook_words(lesson.threads), notebook_code(lesson.threads)),)
    )
    for number, section in enumerate((*lesson.sections, last), start=1):
        heading = f"## {number}. {section.title}\n\n"
        for cell in section.cells:
            cells.append(new_markdown_cell(heading + cell.words))
            cells.append(new_code_cell(_below_imports(cell.code, imported)))
            heading = ""
    for index, notebook_cell in enumerate(cells):
        notebook_cell.id = f"cell-{index}"  # the same run gives the same file
    document: NotebookNode = new_notebook(cells=cells, metadata=_METADATA)
    return str(nbformat.writes(document))


def _beginning(lesson: Lesson) -> str:
    """What it is, what to expect of it, and how to use it, as Markdown."""
    digits = say(
        "For the same last digits, a notebook needs one more cell. You find it in the last "
        "section: *{title}*.",
        title=notebook_title(),
    )
    steps = say("Five steps in Colab or Jupyter")
    return f"# {lesson.title}\n\n{lesson.promise} {digits}\n\n**{steps}**\n\n{steps_words()}"


def _below_imports(code: str, imported: set[str]) -> str:
    """The code below those of its imports that no cell before it has; they are then noted."""
    lines = [line for line in imports(code).splitlines() if line not in imported]
    imported.update(lines)
    return "\n".join([*lines, "", code] if lines else [code]).rstrip()
