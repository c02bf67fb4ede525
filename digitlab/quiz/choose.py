"""The questions of Choose."""

from digitlab import limits
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question

_SETTINGS = 6


def which_digits(context: QuizContext) -> Question:
    """By which digits one chooses."""
    training, validation, test = "Training digits", "Validation digits", "Test digits"
    return Question(
        name="choose-set",
        text="You train your network with six learning rates and take the best one. By which "
        "digits do you compare the six?",
        answer="validation",
        reason="The network did not learn from the validation digits, so they show how well it "
        "reads new ones. The test digits stay closed: they tell you in the end how good the winner "
        "is, and that is true only if nobody chose by them.",
        hint="Which digits did the network not learn from, and which do you need in the end?",
        misconceptions=(
            Misconception(
                "training",
                "The network has learned from these. A network that learned them by heart would "
                "win.",
            ),
            Misconception(
                "test",
                "Then the winner is the one that was luckiest with the test digits. Which digits "
                "tell you afterwards how good it really is?",
            ),
        ),
        options={"training": training, "validation": validation, "test": test},
    )


def epochs_saved(context: QuizContext) -> Question:
    """What successive halving saves, for the learner's own number of epochs."""
    epochs = max(4, min(limits.MAX_EPOCHS, context.spec.training.epochs) // 2 * 2)
    half = epochs // 2
    all_to_the_end = _SETTINGS * epochs
    with_halving = _SETTINGS * half + _SETTINGS // 2 * half
    return Question(
        name="choose-halving",
        text=f"{_SETTINGS} settings are trained for {half} epochs each. Then the weaker half is "
        f"given up, and the others get {half} more. How many epochs is that in all?",
        answer=with_halving,
        reason=f"{_SETTINGS} × {half} = {_SETTINGS * half} epochs, then {_SETTINGS // 2} × {half} "
        f"= {_SETTINGS // 2 * half} more: {with_halving}. All {_SETTINGS} to the end would take "
        f"{_SETTINGS} × {epochs} = {all_to_the_end}.",
        hint="Count the first part for all settings, and the second part for those that go on.",
        misconceptions=(
            Misconception(all_to_the_end, "That is all of them to the end. Half was given up."),
            Misconception(
                _SETTINGS // 2 * epochs, "Those that were given up were trained first, too."
            ),
        ),
    )
