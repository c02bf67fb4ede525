"""The questions of Then and now."""

import math

from digitlab.architecture.summary import total_parameters
from digitlab.quiz.context import QuizContext, learnt_digits
from digitlab.quiz.question import Misconception, Question
from digitlab.records.networks import TrainedNetwork
from digitlab.wording.numerals import whole
from digitlab.wording.say import say, say_count


def old_program(context: QuizContext) -> Question:
    """What Keras 3 does with an argument that it no longer likes."""
    return Question(
        name="then-old-program",
        text=say(
            "You find an old program. Its first layer is `Dense(10, input_shape=(784,))`. You run "
            "the program with Keras 3. What happens?"
        ),
        answer="trains",
        reason=say(
            "Keras only warns: today there is a better way to write this. Only an error stops a "
            "program."
        ),
        hint=say("Look at the step *Define the network* in *The code*. What does Python answer?"),
        misconceptions=(
            Misconception("stops", say("Python answers with a `UserWarning`. Is that an error?")),
            Misconception("silent", say("Python answers something at this step. What is it?")),
            Misconception(
                "other", say("Read the text below the new code. Is the network another one?")
            ),
        ),
        options={
            "stops": say("The program stops with an error"),
            "other": say("It trains, but the network has another shape"),
            "trains": say("Keras prints a warning, and the network trains"),
            "silent": say("The network trains, and Keras prints no warning"),
        },
    )


def what_keras_counts(context: QuizContext) -> Question:
    """What the number at the head of a line counts, for the learner's own training."""
    spec = context.network.spec if isinstance(context.network, TrainedNetwork) else context.spec
    training, pictures = spec.training, learnt_digits(spec, context.data.y_train)
    steps = math.ceil(pictures / training.batch_size)
    printed = f"`{steps}/{steps}`"
    return Question(
        name="then-counts",
        about=(steps, training.batch_size, pictures),
        text=say(
            "For an epoch of the article, Keras 2 printed `60000/60000`. For an epoch of your "
            "recipe, Keras 3 prints {printed}. What does Keras 3 count?",
            printed=printed,
        ),
        answer="batches",
        reason=say(
            "{pictures} pictures in batches of {batch}: that is {steps}. The last batch may have "
            "fewer pictures. The weights make one step after each batch.",
            pictures=whole(pictures),
            batch=training.batch_size,
            steps=whole(steps),
        ),
        hint=say("Look at *How to read a line* in *The log*."),
        misconceptions=(
            Misconception(
                "pictures",
                say(
                    "In an epoch, your network learns from {count} pictures.", count=whole(pictures)
                ),
            ),
            Misconception(
                "epochs",
                say_count(
                    "Your whole training has {count} epoch.",
                    "Your whole training has {count} epochs.",
                    training.epochs,
                ),
            ),
            Misconception(
                "parameters",
                say(
                    "Your network has {count} parameters. Their number does not change in an "
                    "epoch.",
                    count=whole(total_parameters(spec.network)),
                ),
            ),
        ),
        options={
            "pictures": say("The pictures: the network learns from fewer pictures now"),
            "batches": say("The batches, each with several pictures"),
            "epochs": say("The epochs that are already done"),
            "parameters": say("The parameters that training has changed"),
        },
    )
