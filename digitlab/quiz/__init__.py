"""Questions to check oneself: one or two a step, each answer worked out from the learner's own run.

Nothing is graded. A wrong answer gets a hint for the misconception behind it.
"""

from digitlab.quiz.catalogue import progress, questions
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Answer, Attempt, Question

__all__ = ["Answer", "Attempt", "Question", "QuizContext", "progress", "questions"]
