"""The questions of Choose."""

from digitlab import limits
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.say import say

_SETTINGS = 6


def which_digits(context: QuizContext) -> Question:
    """By which digits one chooses."""
    return Question(
        name="choose-set",
        text=say(
            "You train your network with six learning rates and take the best one. By which digits "
            "do you compare the six networks?"
        ),
        answer="validation",
        reason=say(
            "The networks did not learn from the validation digits. So these digits show how well "
            "each one reads new digits. The test digits stay closed until the end. They tell how "
            "good the winner is, but only if nobody chose by them."
        ),
        hint=say(
            "Which digits did the networks not learn from? And which do you still need at the end?"
        ),
        misconceptions=(
            Misconception(
                "training",
                say(
                    "The networks have learned from these digits. A network that only remembers "
                    "them would win."
                ),
            ),
            Misconception(
                "test",
                say(
                    "Then the network with the most luck with the test digits wins. Which digits "
                    "can tell you after that how good it really is?"
                ),
            ),
            Misconception(
                "all",
                say(
                    "Six of seven of them are training digits. The networks have learned from most "
                    "of these. And nothing is left for an exam."
                ),
            ),
        ),
        options={
            "training": say("By the training digits"),
            "test": say("By the test digits"),
            "validation": say("By the validation digits"),
            "all": say("By all digits together: more digits are always better"),
        },
    )


def epochs_saved(context: QuizContext) -> Question:
    """What successive halving saves, for the learner's own number of epochs."""
    epochs = max(4, min(limits.MAX_EPOCHS, context.spec.training.epochs) // 2 * 2)
    half = epochs // 2
    all_to_the_end = _SETTINGS * epochs
    with_halving = _SETTINGS * half + _SETTINGS // 2 * half
    return Question(
        name="choose-halving",
        text=say(
            "You train {settings} settings for {half} epochs each. Then you stop the weaker half. "
            "The other settings get {half} more epochs. How many epochs is that in all?",
            settings=_SETTINGS,
            half=half,
        ),
        answer=with_halving,
        reason=say(
            "First {settings} × {half} = {first} epochs, then {left} × {half} = {second} more. In "
            "all that is {sum}. All {settings} settings to the end need {settings} × {epochs} = "
            "{every}.",
            settings=_SETTINGS,
            half=half,
            first=_SETTINGS * half,
            left=_SETTINGS // 2,
            second=_SETTINGS // 2 * half,
            sum=with_halving,
            epochs=epochs,
            every=all_to_the_end,
        ),
        hint=say(
            "Count the first part for all settings. Count the second part for those that go on."
        ),
        misconceptions=(
            Misconception(
                all_to_the_end,
                say("That is all settings to the end. But you stopped half of them early."),
            ),
            Misconception(
                _SETTINGS // 2 * epochs,
                say("You stopped some settings early, but their first epochs count too."),
            ),
        ),
    )
