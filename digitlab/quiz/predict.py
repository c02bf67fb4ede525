"""The questions of Predict."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.wording.numerals import SPACE, decimal
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import percent


def meaning(context: QuizContext) -> Question | None:
    """What the largest probability says, and what it does not say."""
    if context.network is None:
        return None
    probabilities = context.network.probabilities[context.selection.test_index]
    answer = int(probabilities.argmax())
    share = percent(float(probabilities[answer]))
    right = answer == int(context.data.y_test[context.selection.test_index])
    seen = (
        say("Here the answer is right. A network can also be sure and wrong.")
        if right
        else say("Here you see it: the answer is wrong.")
    )
    return Question(
        name="predict-meaning",
        about=(answer, share, right),
        text=say(
            "Your network says {answer} with {share}. What does this number tell you?",
            answer=answer,
            share=share,
        ),
        options={
            "pixels": say("How many of the pixels fit the digit {answer}", answer=answer),
            "test": say("How many of the test digits the network reads correctly"),
            "sure": say("How sure the network is of this answer"),
            "people": say("How many people would read {answer} here", answer=answer),
        },
        answer="sure",
        reason=say(
            "The ten probabilities show how the network divides 100{space}% among the ten digits. "
            "This says how sure it is, not whether it is right. {seen}",
            space=SPACE,
            seen=seen,
        ),
        hint=say("Who gives this number, and what is it about: one picture or many?"),
        misconceptions=(
            Misconception(
                "pixels",
                say("The network does not count pixels that fit. It adds up weighted pixels."),
            ),
            Misconception(
                "test",
                say("That is the test accuracy, a number about many digits. This is one digit."),
            ),
            Misconception(
                "people",
                say("The network learned one label for each picture, not what people say."),
            ),
        ),
    )


def rest(context: QuizContext) -> Question | None:
    """What the nine other probabilities add up to."""
    if context.network is None:
        return None
    probabilities = context.network.probabilities[context.selection.test_index]
    answer = int(probabilities.argmax())
    largest = round(100 * float(probabilities[answer]), 1)
    left = round(100 - largest, 1)
    sums = say(
        "All ten probabilities add up to 100{space}%: 100 − {largest} = {left}.",
        space=SPACE,
        largest=decimal(largest, 1),
        left=decimal(left, 1),
    )
    if not left:
        rounded = say("These numbers are rounded: the others can be a little more than 0.")
        sums = f"{sums} {rounded}"
    return Question(
        name="predict-rest",
        about=(answer,),
        text=say(
            "Your network says {answer} with {share}{space}%. What percentage do the other nine "
            "digits have together?",
            answer=answer,
            share=decimal(largest, 1),
            space=SPACE,
        ),
        answer=left,
        reason=sums,
        hint=say("What do all ten add up to?"),
        misconceptions=(
            Misconception(largest, say("That is the probability of the answer itself.")),
            Misconception(left / 100, say("That is a share of 1. What percentage is it?")),
            Misconception(left / 9, say("That is one of the nine, on average.")),
            Misconception(100.0, say("That is the sum of all ten.")),
        ),
        tolerance=0.15,
        unit=" %",
    )
