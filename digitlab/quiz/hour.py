"""The questions of the guided hour: one for each card, about the idea behind what was seen."""

from collections.abc import Callable
from typing import Final

from digitlab.quiz.question import Misconception, Question
from digitlab.wording.say import say


def own_three() -> Question:
    """Why a drawing is made like MNIST's digits."""
    right = say("Then it looks like the digits that the network learned from")
    small, counting = (
        say("A small picture is easier to draw"),
        say("The network can't count to 280"),
    )
    return Question(
        name="hour-own-three",
        text=say(
            "You draw in a square with 280 rows of pixels. The lab makes your drawing "
            "small: it has 28 rows then. The lab also moves it to the middle. Why?"
        ),
        answer="right",
        reason=say(
            "All digits of MNIST are that small and stand in the middle. The network knows "
            "nothing else."
        ),
        hint=say("What do the pictures look like that the network learned from?"),
        misconceptions=(
            Misconception("small", say("You draw in the large square. What does the network get?")),
            Misconception(
                "counting", say("A network could take more numbers. What did this one learn?")
            ),
        ),
        options={"small": small, "right": right, "counting": counting},
    )


def numbers() -> Question:
    """What moving a digit does to its numbers."""
    right = say("Many of them change")
    none, all_of_them = say("Nothing: it is the same digit"), say("All 784 numbers change")
    return Question(
        name="hour-numbers",
        text=say("You move a digit one pixel to the right. What happens to its 784 numbers?"),
        answer="right",
        reason=say(
            "Each number takes the place of its neighbour. Where there is ink, many numbers "
            "change. Where there is only paper, a 0 takes the place of a 0. For you it is "
            "the same digit. For the network it is another list of numbers."
        ),
        hint=say("Think of one row: 0, 0, 255, 255, 0. What does it look like one place further?"),
        misconceptions=(
            Misconception(
                "none", say("For you it is the same digit. Compare the tables of numbers.")
            ),
            Misconception("all_of_them", say("Most of the numbers are paper. Do these change?")),
        ),
        options={"none": none, "right": right, "all_of_them": all_of_them},
    )


def step() -> Question:
    """Why many short steps and not one long step."""
    right = say("The gradient is right only near these weights, so a long step goes too far")
    slow, single = (
        say("A long step takes the computer longer"),
        say("One step changes only one weight"),
    )
    return Question(
        name="hour-step",
        text=say(
            "One step makes the loss a little smaller. Why does training not make one very "
            "long step?"
        ),
        answer="right",
        reason=say(
            "The gradient says which way the loss falls at this place. Further away, it can "
            "fall another way."
        ),
        hint=say(
            "On Learn, look at *The learning rate*: what happens to the loss with a long step?"
        ),
        misconceptions=(
            Misconception(
                "slow",
                say(
                    "A step subtracts one number from each weight. Does a larger number take more "
                    "time?"
                ),
            ),
            Misconception("single", say("All weights make their step at the same time.")),
        ),
        options={"slow": slow, "right": right, "single": single},
    )


def seeds() -> Question:
    """What a better neighbour shows."""
    right = say("No: the same recipe with another seed can differ as much")
    better = say("Yes: the neighbour's network reads more digits")
    longer = say("Yes: the neighbour's network has trained longer")
    return Question(
        name="hour-seeds",
        text=say(
            "Your neighbour's network reads 2 of 100 digits more than yours. Both have the "
            "same recipe. Did your neighbour do anything better?"
        ),
        answer="right",
        reason=say(
            "Only the seed differs. It chooses the first weights and the order of the "
            "digits. That is luck."
        ),
        hint=say("Look at your five points. What differs between these five networks?"),
        misconceptions=(
            Misconception(
                "better",
                say("Look at your own five points. Do these networks have the same accuracy?"),
            ),
            Misconception(
                "longer", say("Both have the same recipe, so the same number of epochs.")
            ),
        ),
        options={"better": better, "right": right, "longer": longer},
    )


def matrix() -> Question:
    """What a cell beside the diagonal counts."""
    right = say("4s that the network read as 9")
    turned = say("9s that the network read as 4")
    correct = say("4s and 9s that the network read correctly")
    return Question(
        name="hour-matrix",
        text=say(
            "Take the cell in row 4 and column 9 of the confusion matrix. What does it count?"
        ),
        answer="right",
        reason=say(
            "A row is a true digit, and a column is an answer. So this cell counts true 4s "
            "with the answer 9."
        ),
        hint=say("Which of the two is the true digit: the row or the column?"),
        misconceptions=(
            Misconception("turned", say("That is row 9 and column 4. What is a row?")),
            Misconception("correct", say("Correct answers stand on the diagonal.")),
        ),
        options={"turned": turned, "right": right, "correct": correct},
    )


def change() -> Question:
    """Why one thing is changed at a time."""
    right = say("Nobody can tell: change one thing at a time")
    rate, both = say("The learning rate"), say("Both, half and half")
    return Question(
        name="hour-change",
        text=say(
            "You change the learning rate and the number of units together. The network "
            "reads more validation digits. Which change helped?"
        ),
        answer="right",
        reason=say(
            "One change may have helped and the other one may have harmed. Only a "
            "comparison with one change shows what it does."
        ),
        hint=say("How would you find out whether the learning rate alone helps?"),
        misconceptions=(
            Misconception("rate", say("It may be. But the units have changed too.")),
            Misconception("both", say("One of the two may even have harmed. How would you know?")),
        ),
        options={"rate": rate, "both": both, "right": right},
    )


def exam() -> Question:
    """What choosing by test digits does."""
    right = say("It looks better than the network is")
    exact, worse = (
        say("It is exact: 10,000 digits are enough"),
        say("It looks worse than the network is"),
    )
    return Question(
        name="hour-exam",
        text=say(
            "Somebody takes the exam with 20 networks and keeps only the best one. What "
            "about the test accuracy of this network?"
        ),
        answer="right",
        reason=say(
            "The best of 20 was also lucky with these digits. With new digits it reads "
            "fewer, on average. So you choose by validation digits and take the exam once."
        ),
        hint=say("Part of each score is luck. Which of the 20 had the most luck?"),
        misconceptions=(
            Misconception(
                "exact", say("Each single score is nearly exact. But here the best was chosen.")
            ),
            Misconception("worse", say("The best one was chosen: was its luck good or bad?")),
        ),
        options={"exact": exact, "right": right, "worse": worse},
    )


def own_question() -> Question:
    """What follows from a small difference between two single runs."""
    right = say("Train both with several seeds, and compare again")
    believe = say("Write down that the change harms")
    more = say("Change a second thing, so that the difference gets larger")
    return Question(
        name="hour-own-question",
        text=say(
            "The changed network reads 1 of 100 digits fewer than the baseline. You trained "
            "each with one seed. What do you do next?"
        ),
        answer="right",
        reason=say("Such a small difference can be luck. Several seeds show whether it is."),
        hint=say("What did the card *Thirty seeds* show?"),
        misconceptions=(
            Misconception(
                "believe",
                say("With other seeds the baseline may read fewer digits. How can you find out?"),
            ),
            Misconception("more", say("Then you can't tell which of the two changes did it.")),
        ),
        options={"believe": believe, "right": right, "more": more},
    )


OF_CARD: Final[dict[str, Callable[[], Question]]] = {
    "own_three": own_three,
    "numbers": numbers,
    "step": step,
    "seeds": seeds,
    "matrix": matrix,
    "change": change,
    "exam": exam,
    "own_question": own_question,
}
"""By the card's name."""
