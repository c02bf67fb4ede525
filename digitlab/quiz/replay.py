"""The questions of Replay."""

from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say


def updates_then(context: QuizContext) -> Question | None:
    """How often the weights had been changed by the end of an epoch."""
    history = _history(context)
    if not history:
        return None
    epoch = (len(history) + 1) // 2
    batches = history[0].batches
    rare = say("The weights don't change once in each epoch. They change after each batch.")
    return Question(
        name="replay-updates",
        about=(epoch,),
        text=say(
            "How many times had this run changed its weights at the end of epoch {epoch}?",
            epoch=epoch,
        ),
        answer=batches * epoch,
        reason=say(
            "The weights change once after each batch. Each epoch of this run had {batches}: "
            "{epoch} × {batches} = {updates}.",
            epoch=epoch,
            batches=whole(batches),
            updates=whole(batches * epoch),
        ),
        hint=say(
            "The weights change once after each batch. How many batches did this run have in an "
            "epoch? Multiply."
        ),
        misconceptions=(
            Misconception(epoch, rare),
            Misconception(len(history), rare),
            Misconception(
                batches,
                say("That is one epoch. Count all epochs up to epoch {epoch}.", epoch=epoch),
            ),
            Misconception(
                batches * len(history),
                say(
                    "That is the whole run. Count only up to the end of epoch {epoch}.", epoch=epoch
                ),
            ),
            Misconception(
                batches * (epoch - 1),
                say("At that moment epoch {epoch} only began. Count it too.", epoch=epoch),
            ),
        ),
    )


def point_of_the_curve(context: QuizContext) -> Question | None:
    """What a point of the training curve is: an average over an epoch."""
    history = _history(context)
    if not history:
        return None
    epoch, loss = len(history), history[-1].logs["loss"]
    return Question(
        name="replay-point",
        about=(epoch, round(loss, 3)),
        text=say(
            "The training curve of your run shows the loss {loss} for epoch {epoch}. What is this "
            "number?",
            loss=decimal(loss, 3),
            epoch=epoch,
        ),
        answer="average",
        reason=say(
            "Keras notes the loss of each batch, and takes the average over the whole epoch. The "
            "weights change after each batch. So the number mixes worse and better weights."
        ),
        hint=say("Keras notes the loss of every batch. What does it make of all these numbers?"),
        misconceptions=(
            Misconception(
                "end",
                say(
                    "Then the lab would have to read all training digits once more after the "
                    "epoch. When does Keras note the loss?"
                ),
            ),
            Misconception(
                "last_batch",
                say("Keras uses the losses of the earlier batches of this epoch too."),
            ),
            Misconception(
                "test", say("A training never uses the test digits. Where do its losses come from?")
            ),
        ),
        options={
            "end": say("The loss of the network at the end of this epoch"),
            "last_batch": say("The loss of the last batch of this epoch"),
            "average": say("The average loss of all batches of this epoch"),
            "test": say("The loss on the test digits after this epoch"),
        },
    )


def _history(context: QuizContext) -> tuple[EpochRecord, ...]:
    return context.network.history if isinstance(context.network, TrainedNetwork) else ()
