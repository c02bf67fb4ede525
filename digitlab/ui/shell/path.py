"""The lesson's path: the pages in the order of the article."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One page of the path.

    Attributes:
        name: title of the page and its address.
        file: for Streamlit's links.
        idea: what one does there, in a line of the front page.
    """

    name: str
    file: str
    idea: str


FRONT = Step("Start", "app.py", "What this is.")

STEPS = (
    Step("Data", "pages/1_Data.py", "Look at 70,000 digits that people wrote by hand."),
    Step("Prepare", "pages/2_Prepare.py", "Turn a picture into numbers that a network can take."),
    Step("Network", "pages/3_Network.py", "Choose the layers and count what they can learn."),
    Step("Learn", "pages/16_Learn.py", "Make one step of learning, and see every number of it."),
    Step("Train", "pages/4_Train.py", "Let it learn, and watch how."),
    Step("Evaluate", "pages/5_Evaluate.py", "Take the exam: digits that it has never seen."),
    Step("Predict", "pages/6_Predict.py", "Ask for one digit and read the ten answers."),
    Step("Draw", "pages/7_Draw.py", "Draw a digit yourself. Does it read yours?"),
)

WHY = (
    Step("Look inside", "pages/8_Look_inside.py", "See its weights, and which pixels matter."),
    Step("Replay", "pages/9_Replay.py", "Go through its training again, epoch by epoch."),
    Step(
        "Luck",
        "pages/10_Luck.py",
        "Train it with several seeds. How much of the result is luck?",
    ),
    Step("Choose", "pages/13_Choose.py", "Which settings are best? Compare them honestly."),
    Step(
        "Robustness", "pages/11_Robustness.py", "Turn, shift and thicken the digits. Does it doubt?"
    ),
    Step("Ablations", "pages/14_Ablations.py", "Leave one thing out. See what it is for."),
    Step(
        "Then and now",
        "pages/15_Then_and_now.py",
        "Compare the article's old code with the code of today.",
    ),
)
"""Beyond the lesson: what answers the question why."""

NEXT = Step(
    "What next", "pages/17_What_next.py", "What you have done, what you can do, where to go on."
)
"""The last page, after the path and after See why."""

RUNS = Step("Runs", "pages/12_Runs.py", "All networks that you have trained, side by side.")
"""Not a step of the lesson: it is there at any time."""


def step(name: str) -> Step:
    """The step with this name, of the lesson or beyond it."""
    return next(step for step in (*STEPS, *WHY, NEXT) if step.name == name)


def after(name: str) -> Step | None:
    """The step that comes after the one of this name; None after the last, and beside the path."""
    steps = (*STEPS, *WHY, NEXT)
    names = [step.name for step in steps]
    following = steps[names.index(name) + 1 :] if name in names else ()
    return following[0] if following else None
