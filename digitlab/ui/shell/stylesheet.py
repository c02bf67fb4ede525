"""What the pages look like where Streamlit's theme has no setting for it."""

from functools import cache
from pathlib import Path

import streamlit as st

from digitlab.figures.style.contrast import channels, readable
from digitlab.figures.style.theme import ACCENT, DIGIT_COLORS, MISTAKE, MUTED

_STREAMLITS_GREY = "#808495"  # the numbers of a chart's axes, on the light ground


@cache
def stylesheet() -> str:
    """`style.css`, and the text of charts: readable on the ground that the theme has now.

    A chart has one colour for both themes, and for its lines and bars it is enough. No colour can
    be read as text on white and on nearly black. In a picture that is taken home it stays as it
    was.
    """
    grounds = [st.get_option(f"theme.{theme}.backgroundColor") for theme in ("light", "dark")]
    rules = [Path(__file__).with_name("style.css").read_text(encoding="utf-8")]
    for color in (ACCENT, MISTAKE, MUTED, _STREAMLITS_GREY, *DIGIT_COLORS):
        rgb = ", ".join(map(str, channels(color)))
        light, dark = (readable(color, ground) for ground in grounds)
        rules.append(
            f'.stPlotlyChart :is(text, tspan)[style*="fill: rgb({rgb})"] '
            f"{{ fill: light-dark({light}, {dark}) !important }}"
        )
    return f"<style>{''.join(rules)}</style>"
