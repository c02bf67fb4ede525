"""The steps of a lesson: words and code. The words are said in the language that is spoken."""

from dataclasses import dataclass

from digitlab.architecture.stack import stack_of
from digitlab.architecture.summary import total_parameters
from digitlab.export import snippets
from digitlab.specs import RunSpec, SampleSelection
from digitlab.wording.numerals import whole
from digitlab.wording.say import say

_OFFLINE = """\
# Without the internet: the lab's page Data has these digits as a file, mnist.npz.
# Put it into the folder of this file.
# Remove the line with load_data. Then remove the # and the
# space after it in front of each of these lines:
# import numpy as np
# digits = np.load("mnist.npz")
# x_train, y_train = digits["x_train"], digits["y_train"]
# x_test, y_test = digits["x_test"], digits["y_test"]
"""

_CURVES = """\
for name, values in history.history.items():
    plt.plot(range(1, len(values) + 1), values, marker="o", label=name)
plt.xlabel("epoch")
plt.legend()
plt.show()
"""


@dataclass(frozen=True)
class Cell:
    """One idea: the words before it, and its code, without imports."""

    words: str
    code: str


@dataclass(frozen=True)
class Section:
    """One step of the lesson."""

    title: str
    cells: tuple[Cell, ...]


def look(selection: SampleSelection) -> Section:
    """Load the digits, and look at some."""
    return Section(
        say("Look at the digits"),
        (
            Cell(
                say(
                    "MNIST has 60,000 handwritten digits to learn from, and 10,000 digits for the "
                    "test."
                ),
                snippets.LOAD + _OFFLINE,
            ),
            Cell(
                say(
                    "Look at one of them: its picture, its label, and the array that holds all "
                    "these pictures."
                ),
                snippets.look(selection.subset, selection.index),
            ),
            Cell(
                say(
                    "Count the pictures of each digit. Then draw the average picture of the digit "
                    "{digit}.",
                    digit=selection.digit,
                ),
                snippets.one_digit(selection.digit),
            ),
            Cell(
                say(
                    "An array is also called a tensor. `ndim` is the number of its axes. `shape` "
                    "gives their lengths."
                ),
                snippets.tensor(selection.tensor),
            ),
        ),
    )


def prepare(spec: RunSpec) -> Section:
    """The four steps of the preparation, as far as the run takes them."""
    network, spoiled = spec.network, snippets.spoil(spec)
    if network.convolutions:
        words = say(
            "The convolution takes pictures with one more axis, for the channels. These grey "
            "pictures have one channel."
        )
    else:
        words = say("The first layer takes each picture as one row of 784 numbers.")
    cells = [Cell(say("Turn the whole numbers of the pixels into decimals."), snippets.CAST)]
    if spoiled:
        cells.insert(0, Cell(say("This run changes the training digits on purpose."), spoiled))
    if spec.preparation.scale:
        scaling = say(
            "Scale the pixels from 0–255 to 0–1. The usual learning rates are made for small "
            "numbers."
        )
        cells.append(Cell(scaling, snippets.SCALE))
    cells.append(Cell(words, snippets.reshape(network)))
    if spec.preparation.one_hot:
        ten = say(
            "Each label becomes ten numbers: 1 at the place of the digit, and 0 at all others."
        )
        cells.append(Cell(ten, snippets.ONE_HOT))
    cells.append(
        Cell(say("Print the shapes of all arrays, and two of the labels."), snippets.PREPARED)
    )
    return Section(say("Prepare the digits"), tuple(cells))


def define(spec: RunSpec) -> Section:
    """The seed and the layers."""
    return Section(
        say("Define the network"),
        (
            Cell(
                say(
                    "The seed chooses all random numbers, so you can repeat this run. The network "
                    "has {count} parameters: the numbers that training changes.",
                    count=whole(total_parameters(spec.network)),
                ),
                snippets.define(spec),
            ),
        ),
    )


def learn(spec: RunSpec, selection: SampleSelection) -> Section:
    """One step of learning, by hand; the network is then as before."""
    stack = stack_of(spec.network)
    kernel = stack.kernel_number(stack.kernel_layer_indices[-1])
    code = snippets.learning_step(spec, selection.index, kernel)
    words = (
        say(
            "The network reads training digit {index}. The loss says how wrong its answer is. "
            "Backpropagation calculates the gradient: how fast the loss grows with each weight.",
            index=selection.index,
        ),
        say("Find the weight of the output layer with the largest gradient, + or −."),
        say(
            "Print this weight and its gradient. Make one step of gradient descent with all "
            "weights. Print the weight and the loss after the step. Then put the old weights back, "
            "so that the training starts from the beginning."
        ),
    )
    pieces = code.strip("\n").split("\n\n")
    return Section(
        say("Make one step of learning"),
        tuple(Cell(said, f"{piece}\n") for said, piece in zip(words, pieces, strict=True)),
    )


def train(spec: RunSpec) -> Section:
    """Compile, fit, and draw the History."""
    fitting = [
        say("One epoch is one pass through all the pictures that the network learns from."),
        say("The History holds the loss and the metric of each epoch."),
    ]
    if spec.training.rate_changes:
        fitting.append(say("The learning rate changes during the training."))
    return Section(
        say("Train the network"),
        (
            Cell(
                say(
                    "The loss says how wrong the answers are. Keras calculates its gradient by "
                    "backpropagation. The optimizer turns the gradient into a step: it changes the "
                    "weights."
                ),
                snippets.compile_model(spec.training),
            ),
            Cell(" ".join(fitting), snippets.fit(spec.training)),
            Cell(say("Draw the History as curves."), _CURVES),
        ),
    )
