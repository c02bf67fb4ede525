"""What the cards of the guided hour say, by the card's name. Each sentence is whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from digitlab.specs import ARTICLE
from digitlab.specs.search import HYPERPARAMETERS


@dataclass(frozen=True)
class CardWords:
    """The words of one card, as Markdown.

    Attributes:
        title: its name on the path.
        idea: what it is about, in a sentence or two.
        asks: the question of its prediction.
        expectations: the answers to it, by their codes. Empty if the page asks for one.
        action: what to do.
        look: what to look at.
    """

    title: str
    idea: str
    asks: str
    expectations: Mapping[str, str]
    action: str
    look: str


def _rate_words(rate: float) -> str:
    """A learning rate as an answer; the article's is named."""
    if rate == ARTICLE.training.learning_rate:
        return f"{rate:g}, as in the article"
    return f"{rate:g}"


CARD_WORDS: Final = {
    "own_three": CardWords(
        title="Your own 3",
        idea="A network has learned from 54,000 digits. It has never seen your handwriting.",
        asks="You will draw a 3. What will the network read?",
        expectations={"three": "A 3", "other": "Another digit"},
        action="Draw a large 3 on the canvas. You can also choose the ready drawing *3*.",
        look="The ten bars show how sure the network is of each digit. The small picture shows "
        "what the network receives.",
    ),
    "numbers": CardWords(
        title="A picture is numbers",
        idea="You see a picture. The computer sees a table of 784 numbers.",
        asks="The number 0 means paper. All other numbers mean ink. How many of the 784 numbers "
        "are ink?",
        expectations={
            "few": "Fewer than a third",
            "half": "Between one third and two thirds",
            "most": "More than two thirds",
        },
        action="Press *Another one* to see another digit. Find its darkest dots in the table.",
        look="Paper is 0. Full ink is 255. The last line of the page counts the ink.",
    ),
    "step": CardWords(
        title="One step",
        idea="Training is a small step, made thousands of times. Here the network makes one step.",
        asks="The **loss** says how far the answer is from the label. The network makes one step "
        "with one digit. What happens to the loss of this digit?",
        expectations={"falls": "It falls", "stays": "It stays the same", "rises": "It rises"},
        action="The page asks which way a weight will go. Choose *Up*, *Down* or *It stays*.",
        look="Read *4. Step*. It says the loss before the step and after it.",
    ),
    "seeds": CardWords(
        title="Thirty seeds",
        idea="Training starts from random numbers. The **seed** chooses them. Every learner has "
        "another seed.",
        asks="You train the same network with five seeds. How far apart are the best and the "
        "worst network?",
        expectations={
            "same": "They are the same",
            "near": "At most 3 of 100 digits",
            "far": "More than 3 of 100 digits",
        },
        action="Press *Train it with five seeds*. Wait until all five networks are trained.",
        look="Each point is one network. Only its seed differs. Compare with your neighbours: six "
        "learners have thirty seeds.",
    ),
    "matrix": CardWords(
        title="What went wrong?",
        idea="The network reads 10,000 test digits. The **confusion matrix** counts each mistake.",
        asks="Which two digits will the network confuse most?",
        expectations={
            "4_9": "4 and 9",
            "3_5": "3 and 5",
            "3_8": "3 and 8",
            "1_7": "1 and 7",
            "other": "Two other digits",
        },
        action="Press *Take the exam*. Then choose a cell beside the diagonal: click it, or "
        "choose its two labels.",
        look="Each row is a true digit. Each column is an answer. Can you read the digits of this "
        "cell?",
    ),
    "change": CardWords(
        title="Change one thing",
        idea="The article's network learns slowly. You change one setting: the **learning rate**. "
        "It sets how long each step is.",
        asks="Which learning rate will read the most validation digits?",
        expectations={
            f"{rate:g}": _rate_words(rate) for rate in HYPERPARAMETERS["learning_rate"].usual
        },
        action="Press *Train and compare*. Wait until all five networks are trained.",
        look="The **validation digits** are a part of the training digits. The network does not "
        "learn from them. The test digits stay closed.",
    ),
    "exam": CardWords(
        title="The exam",
        idea="You chose the winner by validation digits. Now it reads the test digits, once.",
        asks="Compare the test accuracy of the winner with its validation accuracy. What will the "
        "test accuracy be?",
        expectations={
            "lower": "Lower",
            "alike": "About the same: at most half a point apart",
            "higher": "Higher",
        },
        action="Press *Take the exam with the winner*.",
        look="The two numbers stand side by side. The test accuracy is the number to tell others.",
    ),
    "own_question": CardWords(
        title="Your own question",
        idea="A good experiment changes one thing and compares. Now you choose what to change.",
        asks="The page asks what you expect of your change.",
        expectations={},
        action="Choose one change. Say what you expect. Then press *Train both*.",
        look="Both networks read the same digits. The page says what happened, and why.",
    ),
}
"""By the card's name."""

PREDICT: Final = "1. Predict"
DO: Final = "2. Do"
OBSERVE: Final = "3. Observe"
ANSWER: Final = "4. Answer"
