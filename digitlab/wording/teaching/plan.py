"""The plan of the guided hour in words: what the teacher does and what pupils do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from digitlab.wording.say import Message, to_say


@dataclass(frozen=True)
class SlotWords:
    """What happens at one card, as Markdown.

    Attributes:
        pupils: what they do.
        teacher: what the teacher does. Where all pupils train several networks at once, the
            values are `{pupils}` and `{minutes}`, as measured.
    """

    pupils: Message
    teacher: Message


SLOT_WORDS: Final[Mapping[str, SlotWords]] = {
    "own_three": SlotWords(
        pupils=to_say("They draw a 3. The network reads it."),
        teacher=to_say(
            "Show the code of this card. A network learns while the pupils draw. Then ask: what "
            "picture does the network receive?"
        ),
    ),
    "numbers": SlotWords(
        pupils=to_say("They look at digits as tables of numbers."),
        teacher=to_say("Ask: which number is paper? Which number is full ink?"),
    ),
    "step": SlotWords(
        pupils=to_say("They say which way one weight will go. Then they see the step."),
        teacher=to_say("Write the loss before the step and after it on the board."),
    ),
    "seeds": SlotWords(
        pupils=to_say("Each pupil trains the same network with five seeds."),
        teacher=to_say(
            "Let all pupils press the button at once. {pupils} pupils wait up to {minutes} "
            "minutes. Then write the lowest and the highest accuracy of the class on the board."
        ),
    ),
    "matrix": SlotWords(
        pupils=to_say("Their network takes the exam. They choose a cell and look at its digits."),
        teacher=to_say("Ask: which of these mistakes would you make too?"),
    ),
    "change": SlotWords(
        pupils=to_say("They train with five learning rates and compare by validation digits."),
        teacher=to_say(
            "Let all pupils press the button at once. {pupils} pupils wait up to {minutes} "
            "minutes. Meanwhile ask: what are the validation digits for?"
        ),
    ),
    "exam": SlotWords(
        pupils=to_say("Their winner takes the exam, once."),
        teacher=to_say("Ask: which of the two numbers do you tell others? Why?"),
    ),
    "own_question": SlotWords(
        pupils=to_say("They choose one change and say what they expect. They train both networks."),
        teacher=to_say("Ask who expected something else. Then collect the sheets."),
    ),
}
"""By the card's name."""
