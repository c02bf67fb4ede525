"""What stands on the sheets for pupils and for teachers, beside the words of the cards."""

from collections.abc import Mapping
from typing import Final

from digitlab.wording.say import Message, to_say

OBSERVED: Final[Mapping[str, tuple[Message, ...]]] = {
    "own_three": (to_say("The network read the digit {blank}. Its probability was {blank} %."),),
    "numbers": (to_say("In my digit {blank} of the 784 numbers are ink and {blank} are paper."),),
    "step": (to_say("The loss was {blank} before the step and {blank} after it."),),
    "seeds": (to_say("My worst network had the accuracy {blank}. My best one had {blank}."),),
    "matrix": (
        to_say(
            "The largest number beside the diagonal was {blank}, in row {blank} and column {blank}."
        ),
    ),
    "change": (to_say("The learning rate {blank} won. Its validation accuracy was {blank}."),),
    "exam": (to_say("The validation accuracy was {blank}. The test accuracy was {blank}."),),
    "own_question": (to_say("My change: {line}"), to_say("What happened: {line}")),
}
"""Of each card the sentences to complete. `{blank}` is a place for a number, `{line}` for words."""

EXPECTED: Final = to_say("I expect: {line}")
"""Of a card without answers to choose from."""

PREDICT: Final = to_say("Predict")
OBSERVE: Final = to_say("Observe")
ANSWER: Final = to_say("Answer")
COMPARED: Final = to_say("Was it as you expected?")
YES: Final = to_say("Yes")
NO: Final = to_say("No")
WHY: Final = to_say("Why? {line}")

STUDENT_TITLE: Final = to_say("The guided hour: a computer learns to read digits")
TEACHER_TITLE: Final = to_say("The guided hour: the sheet with the answers")
NAME: Final = to_say("Name")
CLASS: Final = to_say("Class")
DATE: Final = to_say("Date")
