"""How the choices of a spec are called on the pages."""

import re

from digitlab.specs import RunSpec
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import significant
from digitlab.wording.say import say, say_count
from digitlab.wording.settings.ablations import ablation_words
from digitlab.wording.settings.descriptions import setting_name

_SIGNS = r"\`*_{}[]()<>#+-!|~$:&"  # of Markdown, as Streamlit reads it
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # begin one in a spreadsheet, in Japan too
_LINK = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


def recipe(spec: RunSpec, epochs: int | None = None) -> str:
    """How a network is trained, in a few words; `epochs` says how many it got, if not all."""
    training = spec.training
    asked = say_count("{count} epoch", "{count} epochs", training.epochs)
    rates = [training.learning_rate, *(rate for _, rate in training.rate_changes)]
    first, *later = (significant(rate) for rate in rates)
    words = [
        setting_name(training.optimizer),
        say("learning rate {rate}", rate=first),
        *(say("then {rate}", rate=rate) for rate in later),
        say("batches of {count}", count=training.batch_size),
        asked if epochs is None else say("{got} of {asked}", got=epochs, asked=asked),
    ]
    return with_commas([*words, *ablation_words(spec)])


def plain(text: str) -> str:
    """A stranger's words within Markdown: they may hold its signs, or an address."""
    no_link = _LINK.sub("\u2060", text)  # an invisible sign that no address has
    return "".join(f"\\{char}" if char in _SIGNS else char for char in no_link)


def in_a_cell(text: str) -> str:
    """A stranger's words in a table. It can be downloaded, and a spreadsheet runs formulas."""
    return f"'{text}" if text.startswith(_FORMULA) else text
