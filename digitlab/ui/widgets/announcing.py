"""What is said aloud to those who don't see the page change."""

import streamlit as st

# A screen reader says what changes in a part that was on the page before; of what Streamlit puts
# there anew it may say nothing. So the part stays, and its text is exchanged.
_PART = st.components.v2.component(
    "digitlab_announcement",
    html='<div role="status"></div>',
    css="""div {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
    }""",
    js="""export default ({ data, parentElement }) => {
        parentElement.querySelector("[role=status]").textContent = data;
    }""",
)


def announce(words: str, key: str) -> None:
    """Have a screen reader say these words as soon as it is at rest; nobody sees them.

    Args:
        words: plain text; what was said before is not repeated.
        key: of the place. It has to be on the page, with any words, before it says something.
    """
    _PART(data=words, key=key, height="content")
