"""A lesson as a notebook for Jupyter or Colab."""

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from digitlab.export.lesson import Lesson

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(lesson: Lesson) -> str:
    """The lesson as `lesson.ipynb`: each step a heading, each idea a cell."""
    cells = [
        new_markdown_cell(f"# {lesson.title}\n\n{lesson.promise}"),
        new_code_cell(
            f"# %pip install {lesson.requirements}\n"
            "# For the same versions as in the lab, take the first # away and run this cell first."
        ),
    ]
    for number, section in enumerate(lesson.sections, start=1):
        heading = f"## {number}. {section.title}\n\n"
        for cell in section.cells:
            cells.append(new_markdown_cell(heading + cell.words))
            cells.append(new_code_cell(cell.code.rstrip()))
            heading = ""
    for index, notebook_cell in enumerate(cells):
        notebook_cell.id = f"cell-{index}"  # the same run gives the same file
    document: NotebookNode = new_notebook(cells=cells, metadata=_METADATA)
    return str(nbformat.writes(document))
