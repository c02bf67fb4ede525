"""How results are shown: figures with alternative text, digits as ink on paper, code."""

import base64
import contextlib
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digitlab.export.snippets.changes import Change, ShownCode
from digitlab.export.snippets.names import origins, with_imports
from digitlab.preprocess import png
from digitlab.ui.session.state import lab as current_lab
from digitlab.ui.widgets.announcing import announce
from digitlab.ui.widgets.fold import fold
from digitlab.wording import code_words
from digitlab.wording.say import say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def chart(
    figure: "Figure", key: str, alt: str, on_point: Callable[[dict[str, Any]], None] | None = None
) -> None:
    """Show a figure. `key` stays the same while its data change; `alt` says what is seen.

    A button downloads it as a picture.

    Args:
        figure: the figure.
        key: of the chart.
        alt: in words.
        on_point: called with a point that was clicked, before the page runs again: its `x`, `y`
            and `customdata`. What was chosen belongs into the lab: the chart forgets it.
    """

    def tell() -> None:
        if points := st.session_state[key].selection.points:
            assert on_point is not None
            # A forged message can name a point that is not there.
            with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
                on_point(points[0])

    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        config=_with_camera(key),
        on_select=tell if on_point else "ignore",
        selection_mode="points",
    )


def _with_camera(name: str) -> dict[str, object]:
    """Plotly's settings: of all its buttons only the one that downloads a PNG.

    A PNG opens everywhere: in a word processor, in a chat, in a phone's gallery. Three times the
    size on the screen is sharp in print.
    """
    return {
        "modeBarButtons": [["toImage"]],
        "displaylogo": False,
        "displayNotifier": False,  # the browser itself says that it saved a file
        "toImageButtonOptions": {
            "format": "png",
            "scale": 3,
            "filename": f"digitlab-{name.replace('_', '-')}",
        },
    }


def pictures(
    pixels: Iterable[NDArray[np.uint8]],
    captions: list[str] | None,
    alts: list[str],
    width: int | None,
) -> None:
    """Show pictures, grey (h, w) or in colours (h, w, 3 or 4), as many in a line as fit.

    As plain pictures: `st.image` gives each a button "Fullscreen", and a page of digits twenty more
    stops for those who go through it with the Tab key.

    Args:
        pixels: of each picture.
        captions: below each, as plain text; None for none.
        alts: what is seen, in words.
        width: of each in pixels, on a narrower screen less; None for all that there is.
    """
    figures = "".join(
        f'<figure style="width: {f"{width}px" if width else "100%"}"><img '
        f'src="{_inline(picture)}" alt="{escape(alt)}">'
        f"{f'<figcaption>{escape(caption)}</figcaption>' if caption else ''}</figure>"
        for picture, caption, alt in zip(pixels, captions or repeat(""), alts, strict=False)
    )
    st.html(
        f'<div class="digitlab-pictures">{figures}</div>',
        width="content" if width and len(alts) == 1 else "stretch",
    )


def digit(pixels: NDArray[np.uint8], alt: str, width: int = 224, caption: str = "") -> None:
    """Show a grey picture (h, w), 0 paper and 255 ink, enlarged with its pixels kept."""
    gallery([pixels], [caption] if caption else None, [alt], width)


def gallery(
    digits: Iterable[NDArray[np.uint8]], captions: list[str] | None, alts: list[str], width: int
) -> None:
    """Show grey pictures (h, w), 0 paper and 255 ink, enlarged with their pixels kept."""
    pictures((enlarged(pixels, width) for pixels in digits), captions, alts, width)


def enlarged(pixels: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    """Ink on paper, each pixel a square: what the browser then scales stays sharp."""
    factor = max(1, -(-width // pixels.shape[1]))
    paper = 255 - pixels
    return paper.repeat(factor, axis=0).repeat(factor, axis=1)


def strip(digits: NDArray[np.uint8], alt: str, width: int = 64) -> None:
    """Show digits (n, 28, 28) side by side as one picture that shrinks to the page."""
    row = np.concatenate(list(digits), axis=1)
    pictures([enlarged(row, width * len(digits))], None, [alt], None)


def _inline(pixels: NDArray[np.uint8]) -> str:
    """A picture that comes with the page itself, as an address that holds it.

    A digit has some 500 bytes as a PNG. As a file each would be a request of its own, thirty on a
    page, and Streamlit would unpack, pack, hash and keep it first.
    """
    return f"data:image/png;base64,{base64.b64encode(png(pixels)).decode()}"


def vector(svg: str, alt: str, height: int) -> None:
    """Show an SVG file as wide as its place, `height` pixels high; `alt` says what is seen."""
    source = base64.b64encode(svg.encode()).decode()
    st.html(
        f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(alt)}" '
        f'style="display: block; width: 100%; height: {height}px">'
    )


def table(columns: Mapping[str, Any], column_config: dict[str, Any] | None = None) -> None:
    """Show columns, arrays or lists of equal length, by name; NaN and None are empty cells.

    Decimals stand below each other: a column of them that has no configuration of its own shows
    four places in each cell. Streamlit would leave out zeros at the end.

    As Arrow, which the browser gets in the end: by way of pandas it took fifteen times as long.
    """
    import pyarrow  # not before a page has a table

    arrays = {
        name: pyarrow.array(
            values if isinstance(values, np.ndarray) else list(values), from_pandas=True
        )
        for name, values in columns.items()
    }
    decimals = st.column_config.NumberColumn(format="%.4f")
    config = {
        name: decimals for name, array in arrays.items() if pyarrow.types.is_floating(array.type)
    }
    st.dataframe(
        pyarrow.table(arrays),
        hide_index=True,
        column_config=config | (column_config or {}),
        placeholder="",
    )


def squared(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture (h, w) in the middle of square paper with a margin, so that any two line up."""
    height, width = pixels.shape
    side = round(1.15 * max(height, width))
    top, left = (side - height) // 2, (side - width) // 2
    return np.pad(pixels, ((top, side - height - top), (left, side - width - left)))


def your_turn(task: str) -> None:
    """Set a small task; its answer can be read off the page."""
    st.info(f"{say('**Your turn.**')} {task}", icon=":material/touch_app:")


def code(
    snippet: str,
    key: str = "",
    words: str = "",
    folded: bool = False,
    before: str = "",
    title_before: str | None = None,
) -> None:
    """Show the code that does what the page did, below its imports, with a copy button.

    Below it stands which names it takes from other pages.

    Args:
        snippet: one piece, or several one after another.
        key: where controls of the page change the code, a name for its place: the lines that the
            latest change changed are marked.
        words: which control is which argument, as Markdown.
        folded: whether it opens at a press: a whole program is longer than what it did.
        before: the part of the program that runs first, known from an earlier page: it opens at a
            press, above the rest.
        title_before: of the fold with that code; None says that it makes the network.
    """
    full = with_imports(snippet)
    heading = code_words.heading(full)
    if not folded:
        st.header(heading, anchor=False)
    with fold(heading, icon=":material/code:") if folded else contextlib.nullcontext():
        if words:
            st.markdown(words)
        if before:
            with fold(title_before or say("First: the network"), icon=":material/code:"):
                st.code(with_imports(before))
        _shown(full, key)
        taken = origins(f"{before}\n{snippet}")
        if current_lab().uploaded and "model" in str(taken):  # the code of Evaluate loads its file
            taken = {"Evaluate": tuple(name for names in taken.values() for name in names)}
        if taken:
            st.markdown(code_words.origin_words(taken))


def piece(snippet: str, key: str = "") -> None:
    """Show code beside what it does, in the middle of a page; `key` as in `code`."""
    _shown(with_imports(snippet), key)


def _shown(snippet: str, key: str) -> None:
    if not key:
        st.code(snippet)
        return
    lab = current_lab()
    shown = lab.shown_code.get(key, ShownCode(snippet)).then(snippet)
    lab.shown_code[key] = shown
    words = code_words.change_words(shown.change.before, shown.change.after)
    st.markdown(words)
    with st.container(key=f"code_{key}"):
        st.code(snippet)
    announce(words.replace("`", "") if shown.change != Change() else "", f"code_{key}_change")
    st.html(f"<style>.st-key-code_{key} .stCode code {{{_marks(shown.change.lines)}}}</style>")


def _marks(lines: Iterable[int]) -> str:
    """CSS that marks these lines of a code block, counted from 0: a bar, and a ground.

    By the height of a line alone (`lh`): it asks nothing of how Streamlit's front end divides the
    code into elements. `style.css` has the colours.
    """
    marks = [
        f"linear-gradient({color} 0 0) 0 {line}lh / {width} 1lh no-repeat"
        for line in lines
        for color, width in (("var(--digitlab-bar)", "0.2rem"), ("var(--digitlab-mark)", "100%"))
    ]
    return f"background: {', '.join(marks) or 'none'};"
