"""What a class opens by a code: the guided hour, each of its cards, and a teacher's settings."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from digitlab.hour import CARDS, card
from digitlab.runs.short_link import ShortLink
from digitlab.specs import LessonSpec
from digitlab.specs.link import CODE, to_link, to_query
from digitlab.wording.teaching.links import card_title, hour_title, settings_title

HOUR, SETTINGS = "hour", "settings"
"""Names of the two links that are none of a card's."""

_HOUR_PAGE, _SETTINGS_PAGE = "Guided hour", "Train"


@dataclass(frozen=True)
class LessonLink:
    """One of them.

    Attributes:
        name: of the card, or `HOUR` or `SETTINGS`.
        link: where its code leads.
    """

    name: str
    link: ShortLink

    @property
    def title(self) -> str:
        """What it opens, in words."""
        own_card = card(self.name)
        if own_card is not None:
            return card_title(self.name, CARDS.index(own_card) + 1)
        return (hour_title if self.name == HOUR else settings_title)(self.link.page)


def lesson_links(lesson: LessonSpec) -> tuple[LessonLink, ...]:
    """All of them: the whole hour, its cards in their order, and the settings.

    Each pupil gets a seed of their own, unless the lesson holds the seed.

    Args:
        lesson: the settings, with what is locked of them.
    """
    cards = [LessonLink(card.name, ShortLink(card.page, to_query(card.link))) for card in CARDS]
    query = to_query(to_link(lesson, with_seed="seed" in lesson.locked))
    return (
        LessonLink(HOUR, ShortLink(_HOUR_PAGE, "")),
        *cards,
        LessonLink(SETTINGS, ShortLink(_SETTINGS_PAGE, query)),
    )


def code_address(root: str, code: str) -> str:
    """The address that a QR picture holds.

    Args:
        root: of the front page.
        code: four letters.

    >>> code_address("https://lab.example/", "BDFG")
    'https://lab.example/?code=BDFG'
    """
    return f"{root}?{urlencode({CODE: code})}"


def typed_address(root: str) -> str:
    """What has to be typed to come to the front page.

    >>> typed_address("http://192.168.0.5:8501/"), typed_address("https://school.example/digits/")
    ('192.168.0.5:8501', 'school.example/digits')
    """
    return root.partition("://")[2].rstrip("/") or root


def lies_here(root: str) -> bool:
    """Whether an address means the computer on which it is opened: nobody else comes there.

    >>> lies_here("http://localhost:8501/"), lies_here("http://192.168.0.5:8501/")
    (True, False)
    """
    host = urlsplit(root).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
