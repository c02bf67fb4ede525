"""What a teacher needs for the guided hour: its plan, sheets to print, links with a code.

No Streamlit here. The words are in `wording/teaching`, the page's parts in `ui/teachers`.
"""

from digitlab.teaching.lesson_links import LessonLink, code_address, lesson_links, lies_here
from digitlab.teaching.plan import PLAN, Slot
from digitlab.teaching.qr import qr_svg

__all__ = [
    "PLAN",
    "LessonLink",
    "Slot",
    "code_address",
    "lesson_links",
    "lies_here",
    "qr_svg",
]
