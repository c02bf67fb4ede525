"""Where words that people read stand: in the source of the lab, and in Markdown files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).parents[2]

TEMPLATE: Final = ROOT / "digitlab" / "wording" / "locale" / "digitlab.pot"

VALUE: Final = "8"
"""Stands where a sentence has a value: it counts as one word, and no list has to know it."""

_NOT_READ: Final = (
    "digitlab/caching",
    "digitlab/child_process.py",
    "digitlab/compute/cluster",
    "digitlab/engine",
    "digitlab/export/snippets",  # code, which stays English
    "digitlab/export/article_cells.py",  # the article's own
    "digitlab/runs/sql",
    "digitlab/uploads/sandbox",
)
_NO_PROSE: Final = re.compile(
    r"</?\w+[ >]|[;{]\s*\w+[\w-]*:|^\s*[.#][\w-]+ |\\[a-z]{3}|^(SELECT|PRAGMA|import|from) |= "
)
_TWO_WORDS: Final = re.compile(r"[A-Za-z]{2,}[^A-Za-z]*\s[^A-Za-z]*[A-Za-z]{2,}")


ENGLISH_ONLY: Final = ("digitlab/cli",)
"""Folders whose words are no messages: they speak English only."""


def of_lab() -> dict[str, str]:
    """Each text of two words and more in the source of the lab, by file and line.

    Docstrings, comments, what is logged and code that the pages show are none of them.
    """
    files = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
    files += sorted((ROOT / "digitlab").rglob("*.py"))
    return {
        f"{name}:{line}:{column}": text
        for file in files
        if not (name := file.relative_to(ROOT).as_posix()).startswith(_NOT_READ)
        for line, column, text in texts(ast.parse(file.read_text(encoding="utf-8")))
        if _TWO_WORDS.search(text) and not _NO_PROSE.search(text)
    }


def of_english_only() -> list[str]:
    """The texts of the source that stay English, as in `of_lab`."""
    return [text for place, text in of_lab().items() if place.startswith(ENGLISH_ONLY)]


def of_markdown(file: Path) -> str:
    """The prose of a Markdown file: without code blocks, tables, HTML and comments."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|<!--.*?-->|<[^>]+>", "", text, flags=re.DOTALL)
    lines = [line for line in text.splitlines() if not line.startswith(("    ", "|"))]
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-*#]|\d+\.) )", "\n".join(lines))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def of_template() -> list[str]:
    """All messages that are extracted, with both forms of those that have a plural."""
    with TEMPLATE.open(encoding="utf-8") as file:
        catalogue = read_po(file)
    return [text for message in catalogue for text in _forms(message.id) if text]


def _forms(message: str | tuple[str, ...] | list[str]) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def texts(tree: ast.AST) -> Iterator[tuple[int, int, str]]:
    """Line, column and text of each string of a syntax tree that is no docstring.

    What stands side by side, or is joined by "+", is one text; each value in it is `VALUE`.
    """
    for node in ast.iter_child_nodes(tree):
        if (isinstance(node, ast.Expr) and _constant(node.value)) or _is_log(node):
            continue
        if node in (getattr(tree, "annotation", None), getattr(tree, "returns", None)):
            continue
        if isinstance(node, ast.expr) and _is_text(node):
            yield node.lineno, node.col_offset, _text(node)
            for part in ast.walk(node):
                if isinstance(part, ast.FormattedValue):
                    yield from texts(part)
        else:
            yield from texts(node)


def _constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_text(node.left) or _is_text(node.right)
    return _constant(node) or isinstance(node, ast.JoinedStr)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _text(node.left) + _text(node.right)
    return VALUE


def _is_log(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and "log" in node.func.value.id.lower()
    )
