"""A code from the board leads to a lesson: its settings are set up, and its page opens."""

from urllib.parse import parse_qs

from digitlab.hour import card
from digitlab.specs import LessonSpec
from digitlab.specs.link import CARD, VIEW, from_link
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.wording.problems.store import store_words
from digitlab.wording.say import say
from digitlab.wording.settings.choices import plain
from digitlab.wording.teaching.short_links import code_unknown


def follow_code(lab: Lab, typed: str) -> tuple[str, str] | None:
    """Take the settings of a code, as its long link would bring them.

    Args:
        lab: the session.
        typed: what somebody typed, or an address brought.

    Returns:
        The name of the page to open, and of its view ("" for the one chosen last); None if no such
        code is kept.
    """
    link = repository().short_link(typed)
    if link is None:
        return None
    query = parse_qs(link.query, keep_blank_values=True)
    lab.lesson, _ = from_link(query, LessonSpec(lab.spec, lab.selection))
    lab.spec, lab.selection = lab.lesson.spec, lab.lesson.selection
    opened = card(query.get(CARD, [""])[0])
    lab.shared.hour.current = opened.name if opened else ""
    return link.page, query.get(VIEW, [""])[0]


def why_unknown(typed: str) -> str:
    """What is said of a code that led nowhere.

    Args:
        typed: as in `follow_code`, which has just looked for it.
    """
    problem = repository().problem
    return store_words(problem) if problem else plain(code_unknown(typed))


def why_not_kept() -> str:
    """Why there is no code for a link that was to be kept just now."""
    problem = repository().problem
    return store_words(problem) if problem else say("The lab did not keep the code. Try again.")
