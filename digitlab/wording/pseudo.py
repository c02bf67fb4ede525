"""A language that nobody speaks: in it one sees which words of a page nobody could translate."""

import gettext
import re
from itertools import cycle, islice
from typing import Final

NAME: Final = "qps"
"""As a language's name in an address. No language gets it: ISO 639 keeps it for private use."""

OPENED, CLOSED = "⟦", "⟧"
"""Around the words of a message, but not around its values, which are said by themselves."""

_LONGER: Final = 0.4  # Spanish and German take up to so much more room
_VALUE: Final = re.compile(r"\{\w+\}")


class Pseudo(gettext.NullTranslations):
    """Each message in brackets, and longer, made on the fly."""

    def gettext(self, message: str) -> str:
        """The message in the pseudo-language.

        >>> Pseudo().gettext("It reads {answer}, and rightly.")
        '⟦It reads ⟧{answer}⟦, and rightly. øøøø øøø⟧'
        """
        length = len(_VALUE.sub("", message))
        words = _VALUE.sub(lambda value: f"{CLOSED}{value[0]}{OPENED}", message)
        more = "".join(islice(cycle(" øøøø"), round(_LONGER * length)))
        return f"{OPENED}{words}{more}{CLOSED}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The one that fits the number."""
        return self.gettext(msgid1 if n == 1 else msgid2)
