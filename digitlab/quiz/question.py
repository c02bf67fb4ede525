"""A question with its answer, the misconceptions behind wrong answers, and an attempt at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

Answer = int | float | str
"""A whole number, a decimal, or the id of one of the options."""

_NEAR: Final = 0.05
"""Share by which a decimal may miss a misconception and still be taken for it: people round."""


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that is easily given, and what helps then without telling the right one."""

    answer: Answer
    hint: str


@dataclass(frozen=True)
class Question:
    """A question about the learner's own numbers.

    Attributes:
        name: the same for all learners, such as "network-double".
        text: the question.
        answer: the right one. A whole number asks for whole numbers only.
        reason: how the answer comes about, with the numbers.
        hint: what helps after a wrong answer that is none of the misconceptions.
        misconceptions: wrong answers with a hint of their own.
        about: the values in the text: with others it is another question. The answer is always
            one of them.
        options: the words to choose from by their ids; none where a number is asked for.
        tolerance: how far a decimal may be off.
        unit: of the answer, as it is written behind the number.
    """

    name: str
    text: str
    answer: Answer
    reason: str
    hint: str
    misconceptions: tuple[Misconception, ...] = ()
    about: tuple[object, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    tolerance: float = 0.0
    unit: str = ""

    @property
    def id(self) -> str:
        """The name with a mark for these exact values, the same in each language."""
        mark = sha256(repr((*self.about, self.answer)).encode()).hexdigest()[:8]
        return f"{self.name}-{mark}"

    @property
    def is_whole(self) -> bool:
        """Whether a whole number is asked for."""
        return isinstance(self.answer, int)

    def is_right(self, given: Answer) -> bool:
        """Whether this is the answer."""
        return given == self.answer or _distance(given, self.answer) <= self.tolerance + 1e-9

    def attempt(self, given: Answer) -> "Attempt":
        """The attempt of one who gives this answer."""
        return Attempt(self.name, given, self.is_right(given))

    def hint_for(self, given: Answer) -> str:
        """What helps after this wrong answer: what was probably overlooked."""
        near = [
            misconception
            for misconception in self.misconceptions
            if self._comes_from(given, misconception.answer)
        ]
        closest = min(
            near, key=lambda misconception: _distance(given, misconception.answer), default=None
        )
        return closest.hint if closest else self.hint

    def shown(self, answer: Answer) -> str:
        """An answer as it is written in a sentence.

        >>> Question("", "", 15910, "", "").shown(15910)
        '15,910'
        """
        if isinstance(answer, str):
            return self.options[answer]
        number = f"{answer:,}" if isinstance(answer, int) else f"{answer:.4g}"
        return f"{number}{self.unit}"

    def _comes_from(self, given: Answer, misconception: Answer) -> bool:
        if given == misconception:
            return True
        return not (self.is_whole or isinstance(misconception, str)) and (
            _distance(given, misconception) <= _NEAR * abs(misconception)
        )


@dataclass(frozen=True)
class Attempt:
    """What a learner made of a question.

    Attributes:
        name: of the question.
        given: the latest answer.
        right: whether it is right.
        told: whether the learner had the answer shown; it counts as open then.
    """

    name: str
    given: Answer
    right: bool
    told: bool = False

    @property
    def settled(self) -> bool:
        """Whether there is nothing more to try: it is right, or its answer was shown."""
        return self.right or self.told

    def give_up(self) -> "Attempt":
        """The same with the answer told."""
        return replace(self, told=True)


def _distance(given: Answer, answer: Answer) -> float:
    if isinstance(given, str) or isinstance(answer, str):
        return 0.0 if given == answer else float("inf")
    return abs(given - answer)
