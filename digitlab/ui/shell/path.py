"""The lesson's path: the pages in the order of the article, each with its views."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One page of the path.

    Attributes:
        name: title of the page and its address.
        file: for Streamlit's links.
        idea: what one does there, in a line of the front page.
        views: the ideas that it shows one at a time, the first one at the beginning: the name in
            addresses, and the words on the control. Empty for a page of one idea.
    """

    name: str
    file: str
    idea: str
    views: Mapping[str, str] = field(default_factory=dict, hash=False)


FRONT = Step("Start", "app.py", "What this is.")

STEPS = (
    Step(
        "Data",
        "pages/1_Data.py",
        "Look at 70,000 digits that people wrote by hand.",
        {
            "one": "One digit",
            "many": "Many hands",
            "all": "All digits",
            "arrays": "The arrays",
            "tensor": "The tensor",
        },
    ),
    Step(
        "Prepare",
        "pages/2_Prepare.py",
        "Turn a picture into numbers that a network can take.",
        {
            "cast": "1. Cast",
            "scale": "2. Scale",
            "reshape": "3. Reshape",
            "one_hot": "4. One-hot",
            "arrays": "All arrays",
        },
    ),
    Step(
        "Network",
        "pages/3_Network.py",
        "Choose the layers and count what they can learn.",
        {
            "layers": "The layers",
            "parameters": "What it learns",
            "activations": "Sigmoid and softmax",
            "keras": "In Keras",
        },
    ),
    Step(
        "Learn",
        "pages/16_Learn.py",
        "Make one step of learning, and see every number of it.",
        {
            "weight": "One weight",
            "rate": "The rate",
            "batch": "A batch, an epoch",
            "optimizers": "Optimizers",
            "keras": "In Keras",
        },
    ),
    Step(
        "Train",
        "pages/4_Train.py",
        "Let it learn, and watch how.",
        {
            "train": "Train",
            "history": "The History",
            "sets": "Three sets",
            "keras": "In Keras",
        },
    ),
    Step(
        "Evaluate",
        "pages/5_Evaluate.py",
        "Take the exam: digits that it has never seen.",
        {
            "matrix": "The matrix",
            "mistakes": "Its mistakes",
            "digit": "One digit against the rest",
            "every": "Every digit",
            "keras": "In Keras",
        },
    ),
    Step("Predict", "pages/6_Predict.py", "Ask for one digit and read the ten answers."),
    Step("Draw", "pages/7_Draw.py", "Draw a digit yourself. Does it read yours?"),
)

WHY = (
    Step(
        "Look inside",
        "pages/8_Look_inside.py",
        "See its weights, and which pixels matter.",
        {
            "weights": "Its weights",
            "numbers": "A layer at work",
            "answer": "The last step",
            "evidence": "What speaks for it",
            "neighbours": "Nearest digits",
            "map": "A map of digits",
        },
    ),
    Step(
        "Replay",
        "pages/9_Replay.py",
        "Go through its training again, epoch by epoch.",
        {
            "digit": "One digit",
            "test": "All test digits",
            "curves": "The curves",
            "weights": "Its weights",
        },
    ),
    Step(
        "Luck",
        "pages/10_Luck.py",
        "Train it with several seeds. How much of the result is luck?",
        {
            "seeds": "One recipe",
            "rivals": "Two recipes",
            "curves": "Their curves",
        },
    ),
    Step(
        "Choose",
        "pages/13_Choose.py",
        "Which settings are best? Compare them honestly.",
        {
            "search": "Compare settings",
            "exam": "The winner's exam",
            "bias": "Why the best looks too good",
        },
    ),
    Step(
        "Robustness",
        "pages/11_Robustness.py",
        "Turn, shift and thicken the digits. Does it doubt?",
        {
            "spoil": "Spoil the digits",
            "strength": "How much can it take?",
            "doubt": "I don't know",
            "calibration": "Is it too sure?",
            "scribble": "No digit at all",
        },
    ),
    Step(
        "Ablations",
        "pages/14_Ablations.py",
        "Leave one thing out. See what it is for.",
        {
            "training": "Change the training",
            "weights": "Change the trained network",
            "steps": "Longer steps",
        },
    ),
    Step(
        "Then and now",
        "pages/15_Then_and_now.py",
        "Compare the article's old code with the code of today.",
        {
            "code": "The code",
            "summary": "The summary",
            "log": "The log",
            "further": "Two more ideas",
        },
    ),
)
"""Beyond the lesson: what answers the question why."""

NEXT = Step(
    "What next", "pages/17_What_next.py", "What you have done, what you can do, where to go on."
)
"""The last page, after the path and after See why."""

RUNS = Step("Runs", "pages/12_Runs.py", "All networks that you have trained, side by side.")
"""Not a step of the lesson: it is there at any time."""


ALL = (FRONT, *STEPS, *WHY, NEXT, RUNS)
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
