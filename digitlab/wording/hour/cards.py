"""What the cards of the guided hour say, by the card's name. Each sentence is whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from digitlab.specs import ARTICLE
from digitlab.specs.search import HYPERPARAMETERS
from digitlab.wording.say import Message, to_say


@dataclass(frozen=True)
class CardWords:
    """The words of one card, as Markdown. They are said when they are shown.

    Attributes:
        title: its name on the path.
        idea: what it is about, in a sentence or two.
        asks: the question of its prediction.
        expectations: the answers to it, by their codes. Empty if the page asks for one. Of a
            learning rate the value is `{rate}`.
        action: what to do.
        look: what to look at.
    """

    title: Message
    idea: Message
    asks: Message
    expectations: Mapping[str, Message]
    action: Message
    look: Message


def _rate_words(rate: float) -> Message:
    """A learning rate as an answer; the article's is named."""
    if rate == ARTICLE.training.learning_rate:
        return to_say("{rate}, as in the article")
    return to_say("{rate}")


CARD_WORDS: Final = {
    "own_three": CardWords(
        title=to_say("Your own 3"),
        idea=to_say(
            "A network learns from many thousands of digits. It has never seen how you write."
        ),
        asks=to_say("You will draw a 3. What will the network read?"),
        expectations={"three": to_say("A 3"), "other": to_say("Another digit")},
        action=to_say("Draw a large 3 in the square. You can also choose the ready drawing *3*."),
        look=to_say(
            "The ten bars show how sure the network is of each digit. The small picture "
            "shows what the network receives."
        ),
    ),
    "numbers": CardWords(
        title=to_say("A picture is numbers"),
        idea=to_say("You see a picture. The computer sees a table of 784 numbers."),
        asks=to_say(
            "The number 0 means paper. All other numbers mean ink. How many of the 784 "
            "numbers are ink?"
        ),
        expectations={
            "few": to_say("Fewer than a third"),
            "half": to_say("Between one third and two thirds"),
            "most": to_say("More than two thirds"),
        },
        action=to_say(
            "Press *Another one* to see another digit. Find the dots with the most ink in "
            "the table."
        ),
        look=to_say(
            "Paper is 0. Full ink is 255. The line **What you have seen** says how many numbers "
            "are not 0."
        ),
    ),
    "step": CardWords(
        title=to_say("One step"),
        idea=to_say("Training makes thousands of small steps. Here the network makes one step."),
        asks=to_say(
            "The **loss** says how far the answer is from the label. The network makes one "
            "step with one digit. What happens to the loss of this digit?"
        ),
        expectations={
            "falls": to_say("It falls"),
            "stays": to_say("It stays the same"),
            "rises": to_say("It rises"),
        },
        action=to_say(
            "The page asks which way a weight will go. Choose *Up*, *Down* or *It stays*."
        ),
        look=to_say("Read *4. Step*. It says the loss before the step and after it."),
    ),
    "seeds": CardWords(
        title=to_say("Thirty seeds"),
        idea=to_say(
            "Training starts from random numbers. The **seed** chooses them. Nearly every "
            "pupil has a different seed."
        ),
        asks=to_say(
            "You train the same network with five seeds. How far apart are the best and the "
            "worst network?"
        ),
        expectations={
            "same": to_say("They are the same"),
            "near": to_say("At most 3 of 100 digits"),
            "far": to_say("More than 3 of 100 digits"),
        },
        action=to_say(
            "Press *Train it with five seeds*. Wait until all five networks are trained."
        ),
        look=to_say(
            "Each point is one network. Only its seed differs. Compare with your "
            "neighbours: six pupils together have thirty seeds."
        ),
    ),
    "matrix": CardWords(
        title=to_say("What went wrong?"),
        idea=to_say(
            "The network reads 10,000 test digits. The **confusion matrix** counts its answers: "
            "the right ones and each kind of mistake."
        ),
        asks=to_say("Which two digits will the network mix up in its most common mistake?"),
        expectations={
            "4_9": to_say("4 and 9"),
            "3_5": to_say("3 and 5"),
            "3_8": to_say("3 and 8"),
            "1_7": to_say("1 and 7"),
            "other": to_say("Another pair"),
        },
        action=to_say(
            "Press *Take the exam*, if you see it. The **diagonal** has the right answers. Choose "
            "a cell beside the diagonal: click it, or choose its two labels."
        ),
        look=to_say(
            "Each row is a true digit. Each column is an answer. Look at the digits of the cell "
            "that you choose. Can you read them?"
        ),
    ),
    "change": CardWords(
        title=to_say("Change one thing"),
        idea=to_say(
            "The lab follows an article about deep learning. The article's network learns "
            "slowly. You change one setting: the **learning rate**. It sets how long each step "
            "is."
        ),
        asks=to_say(
            "With which learning rate will the network read the most **validation digits**? They "
            "are training digits that it does not learn from."
        ),
        expectations={
            f"{rate:g}": _rate_words(rate) for rate in HYPERPARAMETERS["learning_rate"].usual
        },
        action=to_say("Press *Train and compare*. Wait until all five networks are trained."),
        look=to_say(
            "Compare the validation accuracy of the five networks. The test digits stay closed."
        ),
    ),
    "exam": CardWords(
        title=to_say("The exam"),
        idea=to_say(
            "The **winner** is the network with the best validation accuracy. Now it reads the "
            "test digits, once."
        ),
        asks=to_say(
            "Compare the test accuracy of the winner with its validation accuracy. What "
            "will the test accuracy be?"
        ),
        expectations={
            "lower": to_say("Lower"),
            "alike": to_say("About the same: at most 5 of 1,000 digits apart"),
            "higher": to_say("Higher"),
        },
        action=to_say("Press *Take the exam with the winner*."),
        look=to_say(
            "The two numbers stand side by side. The test accuracy is the number to tell others."
        ),
    ),
    "own_question": CardWords(
        title=to_say("Your own question"),
        idea=to_say(
            "A good experiment changes one thing and compares. Now you choose what to change."
        ),
        asks=to_say("The page asks what you expect of your change."),
        expectations={},
        action=to_say("Choose one change. Say what you expect. Then press *Train both*."),
        look=to_say("Both networks read the same digits. The page says what happened, and why."),
    ),
}
"""By the card's name."""

PREDICT: Final = to_say("1. Predict")
DO: Final = to_say("2. Do")
OBSERVE: Final = to_say("3. Observe")
ANSWER: Final = to_say("4. Answer")
