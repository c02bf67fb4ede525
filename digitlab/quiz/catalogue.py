"""Which questions belong to which step, and how many a learner has answered."""

from collections.abc import Callable, Iterable
from typing import Final

from digitlab.quiz import answering, building, digits, why
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Attempt, Question

Maker = Callable[[QuizContext], Question | None]

CATALOGUE: Final[dict[str, tuple[Maker, ...]]] = {
    "Data": (digits.paper, digits.surplus),
    "Prepare": (digits.pixel, digits.place),
    "Network": (building.double, building.biases),
    "Train": (building.batches, building.updates),
    "Evaluate": (answering.missed, answering.believed),
    "Predict": (answering.rest, answering.second),
    "Draw": (answering.received, answering.pupils),
    "Look inside": (why.unit_weights, why.contribution),
    "Replay": (why.updates_then, why.steepest),
    "Luck": (why.same_seed, why.points),
    "Robustness": (why.above_threshold, why.confidence),
}
"""What is asked at each step, by the step's name. Each gives one question, or none where the
session has nothing to ask about."""


def questions(step: str, context: QuizContext) -> tuple[Question, ...]:
    """The questions of a step about this learner's own numbers; none for a page that is no step."""
    made = (make(context) for make in CATALOGUE.get(step, ()))
    return tuple(question for question in made if question is not None)


def progress(attempts: Iterable[Attempt]) -> tuple[int, int]:
    """How many questions were answered right at least once, and how many there are.

    A question with new numbers, after another training for example, is the same one here.
    """
    right = {attempt.name for attempt in attempts if attempt.right}
    return len(right), sum(map(len, CATALOGUE.values()))
