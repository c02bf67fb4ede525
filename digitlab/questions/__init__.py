"""Questions to check oneself: one or two a step, each answer worked out from the learner's own run.

Nothing is graded. A wrong answer gets a hint for the slip behind it.
"""

from digitlab.questions.catalogue import progress, questions
from digitlab.questions.question import Answer, Attempt, Question
from digitlab.questions.subject import Subject

__all__ = ["Answer", "Attempt", "Question", "Subject", "progress", "questions"]
