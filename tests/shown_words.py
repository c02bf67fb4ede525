"""All words that a page under AppTest shows, hides behind a press, or has read aloud."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from google.protobuf.message import Message as Proto
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Dataframe, Table

from digitlab.wording.pseudo import CLOSED, OPENED

_NO_WORDS = frozenset(
    {
        *("id", "form_id", "key", "name", "icon", "type", "format", "tag", "url", "query_string"),
        *("element_type", "theme", "config", "mime", "script", "css_content", "js_content"),
        *("css_source_path", "js_source_path"),
        *("raw_values", "string_value", "page_script_hash", "language", "data", "html_content"),
        *(
            "page",
            "json",
            "deferred_file_id",
            "mount_path",
            "component_name",
            "unit",
            "alignment",
            "direction",
        ),
    }
)
"""Fields of Streamlit's messages to the browser that hold no words, by their names."""

_CODE = frozenset({"Code"})
_CHART_WORDS = frozenset(
    {"text", "name", "hovertemplate", "ticktext", "texttemplate", "hovertext", "ticksuffix"}
)

_OF_HISTORY = frozenset({"epoch", "loss", "accuracy", "val_loss", "val_accuracy"})
"""Heads of a table that holds a training's History as Keras has it."""

_KNOWN = re.compile(
    r"""`[^`]*` | \$[^$]*\$ | :material/\w+: | :[a-z]+\[ | https?://\S+ | %\{[^}]*\}
    | <[^>]*> | \]\([^)]*\) | \]\{foreground="[^"]*"\} | &\w+; | \b[a-z]+_[a-z_]+(?:\[[^\]]*\])?""",
    re.VERBOSE,
)
"""Code, formulas, icons, addresses, what Plotly fills in: the same in every language."""

NAMES = frozenset(
    {
        *("DigitLab", "Keras", "NumPy", "Python", "MNIST", "TensorFlow", "Jupyter", "Colab"),
        *("Jordi", "Torres", "ReLU", "Adam", "RMSprop", "SGD", "CNN"),
        *("dense", "flatten", "sigmoid", "softmax", "relu", "tanh", "linear"),
        *("Dense", "Flatten", "Conv", "MaxPooling", "None"),  # Keras's own, as in code
    }
)
"""Proper names."""

_TITLE = "Deep learning for beginners: practical guide with Python and Keras"  # the article's
_WORD = re.compile(r"[^\W\d_]{2,}")


def unsaid(text: str) -> list[str]:
    """The words of a text that no message of the catalogue holds: nobody could translate them.

    The page must speak the pseudo-language: what it says stands in brackets.
    """
    outside, depth = [], 0
    for char in text:
        depth += (char == OPENED) - (char == CLOSED)
        outside.append(char if not depth and char != CLOSED else " " * (char in CLOSED + OPENED))
    rest = "".join(outside).replace(_TITLE, "")
    words = _WORD.findall(_KNOWN.sub(" ", rest))
    return [word for word in words if word not in NAMES]


def shown(page: AppTest) -> Iterator[tuple[str, str]]:
    """Each text on the page, after the kind of element that it belongs to."""
    waiting = [page._tree]
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        if isinstance(proto, Proto):
            kind = type(proto).__name__
            yield from ((kind, text) for text in _of_proto(proto))
            if isinstance(node, Dataframe | Table):
                names = map(str, node.value.columns)
                yield from ((kind, name) for name in names if name not in _OF_HISTORY)
                cells = node.value.to_numpy().ravel()
                yield from ((kind, cell) for cell in cells if isinstance(cell, str))


def _of_proto(proto: Proto) -> Iterator[str]:
    kind = type(proto).__name__
    if kind in _CODE:
        return
    if kind == "Html":
        yield from _of_html(proto.body)
        return
    for field, value in proto.ListFields():
        if kind == "PlotlyChart" and field.name == "spec":
            yield from _of_chart(json.loads(value))
        elif kind in ("Arrow", "Dataframe") and field.name == "columns":
            yield from _of_columns(json.loads(value))
        elif field.name not in _NO_WORDS:
            for item in value if isinstance(value, list) or hasattr(value, "append") else [value]:
                if isinstance(item, Proto):
                    yield from _of_proto(item)
                elif isinstance(item, str):
                    yield item


def _of_chart(part: Any, named: str = "") -> Iterator[str]:
    """The words of a figure: titles, names of traces, what the mouse shows."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name not in ("template", "colorscale"):
                yield from _of_chart(inner, name)
    elif isinstance(part, list):
        for inner in part:
            yield from _of_chart(inner, named)
    elif isinstance(part, str) and named in _CHART_WORDS | {"x", "y"}:
        yield part


def _of_columns(columns: dict[str, Any]) -> Iterator[str]:
    for name, config in columns.items():
        if config.get("hidden"):
            continue
        yield config.get("label") or (name if name not in _OF_HISTORY else "")
        yield config.get("help") or ""


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        self.texts += [value or "" for name, value in attributes if name in ("alt", "title")]

    def handle_data(self, data: str) -> None:
        if not self.style:
            self.texts.append(data)


def _of_html(body: str) -> list[str]:
    parser = _Texts()
    parser.feed(body)
    return parser.texts
