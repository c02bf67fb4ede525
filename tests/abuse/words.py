"""A stranger's words that would be something else where nobody takes care, and where they stand."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from google.protobuf.message import Message
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from digitlab.runs.record import clean_name
from digitlab.specs import checks
from digitlab.uploads.models.parsed import cleaned

MARK = "zqx"
"""In each of them, so that they are found again."""

HOSTILE = (
    f"<img src=x onerror={MARK}>",
    f"</div><script>{MARK}</script>",
    f"[{MARK}](http://evil.example)",
    f"![{MARK}](http://evil.example/x.png)",
    f"https://{MARK}.example/a",
    f"www.{MARK}.example",
    f"{MARK}@evil.example",
    f":red[{MARK}] :material/{MARK}:",
    f"$\\href{{x}}{{{MARK}}}$",
    f"**{MARK}** `{MARK}` ~~{MARK}~~",
    f"# {MARK}",
    f"> {MARK} - + {MARK}",
    f"&lt;{MARK}&gt; &#60;{MARK}",
    f'"""\n__import__("os").system("{MARK}")\n"""',
    f"'''; {MARK} = 1 #",
    f"{{{{ {MARK} }}}} {{% {MARK} %}}",
    f"\x1b[31m{MARK}\x07\u202e{MARK}",
    f"a\\{MARK}\\*b*",
)

_LITERAL = ("text_input", "code", "arrow_data_frame", "plotly_chart", "download_button", "json")
"""Elements whose strings are not Markdown, but for their labels."""

_STREAMLITS = re.compile(
    rf"(?<!\\)(:\w+\[[^]]*{MARK}|:material/{MARK}|\$[^$]*{MARK})"
    rf"|(?<!\u2060)//{MARK}|www\.{MARK}|{MARK}@"
)
"""What Streamlit adds to Markdown: colours, icons, formulas, bare addresses."""

_PARSER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
_SAID = ("text", "text_special", "softbreak", "hardbreak", "strong_open", "strong_close")


def places(test: AppTest) -> Iterator[tuple[str, str]]:
    """All strings in the page's elements with the mark in them: the kind of element, and the words.

    What is a table's, a chart's, code's or an input's own text is left out: it is not Markdown.
    """
    for node in _nodes(test._tree):
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message) and node.type not in _LITERAL:
            for words in _strings(proto):
                if MARK in words:
                    yield node.type, words


def markup(markdown: str, words: Sequence[str] = HOSTILE) -> str:
    """Why a text with one of the words in it does not show them as they are; "" if it does."""
    if match := _STREAMLITS.search(markdown):
        return match[0]
    shown = []
    for token in _PARSER.parse(markdown):
        if MARK not in token.content:
            continue
        if token.type != "inline":
            return token.type
        for child in token.children or ():
            if child.type not in _SAID:
                return child.type
            shown.append(child.content or "\n")
    text = "".join(shown).replace("\u2060", "")
    forms = {form(word) for word in words for form in (clean_name, _in_a_sentence, cleaned)}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "") if MARK in form else text
    return text if MARK in text else ""


def _in_a_sentence(words: str) -> str:
    return checks.shown(words.strip())


def _nodes(block: Any) -> Iterator[Any]:
    for child in getattr(block, "children", {}).values():
        yield child
        yield from _nodes(child)


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        many = value if field.is_repeated else [value]
        for value in many:
            if isinstance(value, Message):
                yield from _strings(value)
            elif isinstance(value, str) and field.name not in ("id", "form_id"):
                yield value
