"""The questions of Then and now."""

from digitlab.architecture.summary import total_parameters
from digitlab.quiz.context import QuizContext
from digitlab.quiz.question import Misconception, Question

_HALF, _FULL = 2, 4  # bytes of a float16 and of a float32


def old_program(context: QuizContext) -> Question:
    """What Keras 3 does with an argument that it no longer likes."""
    trains, stops, silent = (
        "It prints a warning, and trains.",
        "It stops with an error.",
        "It trains, and says nothing.",
    )
    return Question(
        name="then-old-program",
        text="You find an old program with `Dense(10, input_shape=(784,))` in its first layer. "
        "You run it with Keras 3. What happens?",
        answer="trains",
        reason="A warning says what is done better today. Only an error ends the program.",
        hint="Look at the step *Define the network*, and at what Python answers there.",
        misconceptions=(
            Misconception("stops", "Python's answer is a UserWarning. Is that an error?"),
            Misconception("silent", "Look at what Python answers to this cell."),
        ),
        options={"stops": stops, "trains": trains, "silent": silent},
    )


def half_size(context: QuizContext) -> Question:
    """The memory of the parameters in numbers of half the size."""
    total = total_parameters(context.spec.network)
    return Question(
        name="then-half-size",
        about=(total,),
        text=f"Your network has {total:,} parameters. There are also numbers that take 2 bytes "
        "each, `float16`. How many bytes would the parameters take as `float16`?",
        answer=_HALF * total,
        reason=f"{_HALF} × {total:,} = {_HALF * total:,} bytes, half of what `float32` takes.",
        hint="Multiply the number of parameters by the bytes that each one takes.",
        misconceptions=(
            Misconception(_FULL * total, "That is what they take as `float32`."),
            Misconception(total, "That would be 1 byte for each."),
        ),
    )
