"""Why a training ended early, as a code with values: the pages make the sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class ReasonCode(StrEnum):
    """Why a training ended early. The databases hold these texts: they must stay as they are."""

    REFUSED = "refused"  # by Keras; values: words, its own
    FAILED = "failed"  # values: error, its kind
    NO_WORKERS = "no_workers"
    NO_START = "no_start"  # of the workers
    WORKER_DIED = "worker_died"
    SERVER_STOPPED = "server_stopped"
    NOTHING_LEARNED = "nothing_learned"
    NOT_BEGUN = "not_begun"
    OTHER = "other"  # a sentence of an earlier version; values: words


NAMES: Mapping[ReasonCode, frozenset[str]] = MappingProxyType(
    {
        ReasonCode.REFUSED: frozenset({"words"}),
        ReasonCode.FAILED: frozenset({"error"}),
        ReasonCode.OTHER: frozenset({"words"}),
    }
)
"""The names of the values that a code has; all others have none."""


@dataclass(frozen=True)
class Reason:
    """Why a training ended early.

    Attributes:
        code: which reason it is.
        values: what belongs to it, by name; `NAMES` says which.

    Raises:
        ValueError: if other values are given than the code has.
    """

    code: ReasonCode
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.values.keys() != NAMES.get(self.code, frozenset()):
            raise ValueError(f"The values {sorted(self.values)} don't belong to {self.code}.")

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps({"code": self.code, "values": dict(self.values)})

    @classmethod
    def from_json(cls, text: str) -> "Reason":
        """The reason that `to_json` wrote.

        Raises:
            ValueError, TypeError, KeyError: if the text is none.
        """
        stored = json.loads(text)
        code, values = ReasonCode(stored["code"]), stored["values"]
        if not isinstance(values, dict) or not all(
            isinstance(text, str) for text in values.values()
        ):
            raise TypeError("The values of a reason are no texts.")
        return cls(code, values)


def refused(words: str) -> Reason:
    """Keras does not train it; `words` are its own."""
    return Reason(ReasonCode.REFUSED, {"words": words})


def refusal_words(reason: Reason | None) -> str:
    """Keras's own words, if it refused to train; else empty."""
    if reason is None or reason.code is not ReasonCode.REFUSED:
        return ""
    return reason.values["words"]
