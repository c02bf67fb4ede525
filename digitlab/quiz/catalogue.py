"""Which questions belong to which step, and how many a learner has answered."""

from collections.abc import Callable, Iterable
from typing import Final

from digitlab.quiz import (
    ablations,
    choose,
    data,
    draw,
    evaluate,
    hour,
    inside,
    learn,
    luck,
    network,
    predict,
    prepare,
    replay,
    robustness,
    then_and_now,
    train,
    train_curves,
)
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Attempt, Question

QuestionMaker = Callable[[QuizContext], Question | None]

CATALOGUE: Final[dict[str, tuple[QuestionMaker, ...]]] = {
    "Data": (data.label, data.paper),
    "Prepare": (prepare.pixel, prepare.one_hot),
    "Network": (network.double, network.why_so_many),
    "Learn": (learn.too_far, learn.size),
    "Train": (train_curves.curves, train.updates),
    "Evaluate": (evaluate.tendency, evaluate.missed),
    "Predict": (predict.meaning, predict.rest),
    "Draw": (draw.letter, draw.received),
    "Look inside": (inside.unit_weights, inside.ink_at_a_weight),
    "Replay": (replay.updates_then, replay.point_of_the_curve),
    "Luck": (luck.same_seed, luck.points),
    "Choose": (choose.which_digits, choose.epochs_saved),
    "Robustness": (robustness.above_threshold, robustness.letter),
    "Ablations": (ablations.left_out, ablations.scaling),
    "Then and now": (then_and_now.old_program, then_and_now.what_keras_counts),
}
"""What is asked at each step, by the step's name. Each gives one question, or none where the
session has nothing to ask about."""


def questions(step: str, context: QuizContext) -> tuple[Question, ...]:
    """The questions of a step about this learner's own numbers; none for a page that is no step."""
    candidates = (make(context) for make in CATALOGUE.get(step, ()))
    return tuple(question for question in candidates if question is not None)


def progress(attempts: Iterable[Attempt]) -> tuple[int, int]:
    """How many questions of the pages were answered right at least once, and how many there are.

    A question with new numbers, after another training for example, is the same one here.
    """
    of_the_hour = {make().name for make in hour.OF_CARD.values()}
    right = {attempt.name for attempt in attempts if attempt.right} - of_the_hour
    return len(right), sum(map(len, CATALOGUE.values()))
