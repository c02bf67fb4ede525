"""The lesson's path: the pages in the order of the article, each with its views."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digitlab.hour import CARDS
from digitlab.wording.hour.cards import CARD_WORDS
from digitlab.wording.page_titles import page_title
from digitlab.wording.say import Message, to_say


@dataclass(frozen=True)
class Step:
    """One page of the path.

    Attributes:
        name: of the page in addresses and in the code: English in every language.
        file: for Streamlit's links.
        idea: what one does there, in a line of the front page.
        views: the ideas that it shows one at a time, the first one at the beginning: the name in
            addresses, and the words on the control. Empty for a page of one idea.
    """

    name: str
    file: str
    idea: Message
    views: Mapping[str, Message] = field(default_factory=dict, hash=False)

    @property
    def title(self) -> str:
        """What the page is called, in the language that is spoken."""
        return page_title(self.name)


FRONT = Step("Start", "app.py", to_say("What this is."))

STEPS = (
    Step(
        "Data",
        "pages/1_Data.py",
        to_say("Look at 70,000 digits that people wrote by hand."),
        {
            "one": to_say("One digit"),
            "many": to_say("Many writers"),
            "all": to_say("All digits"),
            "arrays": to_say("The arrays"),
            "tensor": to_say("The tensor"),
        },
    ),
    Step(
        "Prepare",
        "pages/2_Prepare.py",
        to_say("Turn a picture into numbers that a network can read."),
        {
            "cast": to_say("1. Cast"),
            "scale": to_say("2. Scale"),
            "reshape": to_say("3. Reshape"),
            "one_hot": to_say("4. One-hot"),
            "arrays": to_say("All arrays"),
        },
    ),
    Step(
        "Network",
        "pages/3_Network.py",
        to_say("Choose the layers. Count the numbers that they learn."),
        {
            "layers": to_say("The layers"),
            "parameters": to_say("What it learns"),
            "activations": to_say("Sigmoid and softmax"),
            "keras": to_say("In Keras"),
        },
    ),
    Step(
        "Learn",
        "pages/16_Learn.py",
        to_say("Make one learning step, and see every number in it."),
        {
            "weight": to_say("One weight"),
            "rate": to_say("The learning rate"),
            "batch": to_say("Batch and epoch"),
            "optimizers": to_say("Optimizers"),
            "keras": to_say("In Keras"),
        },
    ),
    Step(
        "Train",
        "pages/4_Train.py",
        to_say("Let the network learn, and watch it."),
        {
            "train": to_say("Train"),
            "history": to_say("The History"),
            "sets": to_say("Three sets"),
            "keras": to_say("In Keras"),
        },
    ),
    Step(
        "Evaluate",
        "pages/5_Evaluate.py",
        to_say("Test the network with digits that it has never seen."),
        {
            "matrix": to_say("The matrix"),
            "mistakes": to_say("Its mistakes"),
            "digit": to_say("One digit against the rest"),
            "every": to_say("Every digit"),
            "keras": to_say("In Keras"),
        },
    ),
    Step(
        "Predict",
        "pages/6_Predict.py",
        to_say("Show it one digit, and read its ten answers."),
    ),
    Step(
        "Draw",
        "pages/7_Draw.py",
        to_say("Draw a digit yourself. Can the network read it?"),
    ),
)

WHY = (
    Step(
        "Look inside",
        "pages/8_Look_inside.py",
        to_say("See the weights of the network, and which pixels matter."),
        {
            "weights": to_say("Its weights"),
            "numbers": to_say("A layer at work"),
            "answer": to_say("The last step"),
            "evidence": to_say("Which pixels matter"),
            "neighbours": to_say("Nearest digits"),
            "map": to_say("A map of digits"),
        },
    ),
    Step(
        "Replay",
        "pages/9_Replay.py",
        to_say("Watch the training again, epoch by epoch."),
        {
            "digit": to_say("One digit"),
            "test": to_say("All test digits"),
            "curves": to_say("The curves"),
            "weights": to_say("Its weights"),
        },
    ),
    Step(
        "Luck",
        "pages/10_Luck.py",
        to_say("Train the same network several times. How much is luck?"),
        {
            "seeds": to_say("One recipe"),
            "rivals": to_say("Two recipes"),
            "curves": to_say("The curves"),
        },
    ),
    Step(
        "Choose",
        "pages/13_Choose.py",
        to_say("Which settings are best? Compare them in a fair way."),
        {
            "search": to_say("Compare settings"),
            "exam": to_say("The winner's exam"),
            "bias": to_say("Why the best looks too good"),
        },
    ),
    Step(
        "Robustness",
        "pages/11_Robustness.py",
        to_say("Turn, move and change the digits. Is the network still sure?"),
        {
            "spoil": to_say("Change the digits"),
            "strength": to_say("How much can it handle?"),
            "doubt": to_say("I don't know"),
            "calibration": to_say("Is it too sure?"),
            "scribble": to_say("Not a digit"),
        },
    ),
    Step(
        "Ablations",
        "pages/14_Ablations.py",
        to_say("Leave one thing out, and see what it is good for."),
        {
            "training": to_say("Change the training"),
            "weights": to_say("Change the trained network"),
            "steps": to_say("Longer steps"),
        },
    ),
    Step(
        "Then and now",
        "pages/15_Then_and_now.py",
        to_say("Compare the article's old code with the code of today."),
        {
            "code": to_say("The code"),
            "summary": to_say("The summary"),
            "log": to_say("The log"),
            "further": to_say("Two more ideas"),
        },
    ),
)
"""Beyond the lesson: what answers the question why."""

NEXT = Step(
    "What next",
    "pages/17_What_next.py",
    to_say("See what you have done, what you can do now, and where you can go on."),
)
"""The last page, after the path and after See why."""

HOUR = Step(
    "Guided hour",
    "pages/18_Guided_hour.py",
    to_say("Eight cards: predict, do one thing, and see what happens."),
    {card.name: CARD_WORDS[card.name].title for card in CARDS},
)
"""A path of its own through the lab, for a lesson of 45 minutes."""

RUNS = Step(
    "Runs",
    "pages/12_Runs.py",
    to_say("Compare all the networks that you have trained."),
)
"""Not a step of the lesson: it is there at any time."""

TEACHERS = Step(
    "For teachers",
    "pages/19_For_teachers.py",
    to_say("A plan for the guided hour, codes for the class, and sheets to print."),
    {
        "plan": to_say("The plan"),
        "codes": to_say("Codes"),
        "sheets": to_say("Sheets to print"),
        "stored": to_say("What is stored"),
        "hosting": to_say("The server"),
    },
)
"""Beside the path of the pupils: what a teacher needs for a class."""

ALL = (FRONT, HOUR, *STEPS, *WHY, NEXT, RUNS, TEACHERS)
"""Every page of the lab."""


def step(name: str) -> Step:
    """The page with this name."""
    return next(step for step in ALL if step.name == name)


def after(name: str) -> Step | None:
    """The step that comes after the one of this name; None after the last, and beside the path."""
    steps = (*STEPS, *WHY, NEXT)
    names = [step.name for step in steps]
    following = steps[names.index(name) + 1 :] if name in names else ()
    return following[0] if following else None
