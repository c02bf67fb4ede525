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
    Step("Train", "pages/4_Train.py", "Let it learn, and watch how."),
    Step("Evaluate", "pages/5_Evaluate.py", "Test it on digits that it has never seen."),
    Step("Predict", "pages/6_Predict.py", "Ask for one digit and read the ten answers."),
    Step("Draw", "pages/7_Draw.py", "Draw a digit yourself. Does it read yours?"),
)


def step(name: str) -> Step:
    """The step with this name."""
    return next(step for step in STEPS if step.name == name)


def after(step: Step) -> Step | None:
    """The step that comes next, None after the last."""
    following = STEPS[STEPS.index(step) + 1 :]
    return following[0] if following else None
