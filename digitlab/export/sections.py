"""The steps of a lesson: words and code."""

from dataclasses import dataclass

from digitlab.architecture.stack import stack_of
from digitlab.architecture.summary import total_parameters
from digitlab.export import snippets
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import IMAGE_SHAPE, RunSpec, SampleSelection

_OFFLINE = """\
# Without a connection, the lab's page Data has these digits as a file. Put it beside this program,
# take the line above out, and the number signs away:
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

_SAVE = """\
model.save("network.keras")
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
        "Look at the digits",
        (
            Cell(
                "MNIST: 60,000 handwritten digits to learn from, 10,000 for the test.",
                snippets.LOAD + _OFFLINE,
            ),
            Cell(
                "One of them: its picture, its label, and the array that all of them are in.",
                snippets.look(selection.subset, selection.index),
            ),
            Cell(
                f"How many there are of each digit, and the average {selection.digit}.",
                snippets.one_digit(selection.digit),
            ),
            Cell(
                "Arrays are called tensors here. ndim counts the axes, shape tells their lengths.",
                snippets.tensor(selection.tensor),
            ),
        ),
    )


def prepare(spec: RunSpec) -> Section:
    """The four steps of the preparation, as far as the run takes them."""
    network, spoiled = spec.network, snippets.spoil(spec)
    if network.convolutions:
        words = "The convolution takes pictures with one more axis, for the channels."
    else:
        words = "The first layer takes each picture as one row of 784 numbers."
    cells = [Cell("Whole numbers become decimals.", snippets.CAST)]
    if spoiled:
        cells.insert(0, Cell("The training digits, changed on purpose.", spoiled))
    if spec.preparation.scale:
        scaling = "From 0–255 to 0–1: the usual learning rates are made for small numbers."
        cells.append(Cell(scaling, snippets.SCALE))
    cells.append(Cell(words, snippets.reshape(network)))
    if spec.preparation.one_hot:
        ten = "Each label becomes ten numbers: 1 at the place of the digit, 0 elsewhere."
        cells.append(Cell(ten, snippets.ONE_HOT))
    cells.append(Cell("What the network gets:", snippets.PREPARED))
    return Section("Prepare them", tuple(cells))


def define(spec: RunSpec) -> Section:
    """The seed and the layers."""
    return Section(
        "Define the network",
        (
            Cell(
                "The seed fixes all random numbers, so that the run can be repeated. The network "
                f"has {total_parameters(spec.network):,} parameters: the numbers that training "
                "finds.",
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
        f"Training digit {selection.index}: forward, loss, and the gradient of each weight, by "
        "backpropagation.",
        "One weight of the output layer: that with the largest gradient.",
        "It and its gradient, a step of gradient descent with all weights, and what became of it. "
        "Then the weights are put back, so that the training begins at its start.",
    )
    pieces = code.strip("\n").split("\n\n")
    return Section(
        "Make one step of learning",
        tuple(Cell(said, f"{piece}\n") for said, piece in zip(words, pieces, strict=True)),
    )


def train(spec: RunSpec) -> Section:
    """Compile, fit, and draw the History."""
    later = " At some epochs the learning rate changes." if spec.training.rate_changes else ""
    return Section(
        "Train it",
        (
            Cell(
                "The loss says how wrong the answers are. Keras works out its gradient by "
                "backpropagation, and the optimizer makes a step of it: it changes the weights.",
                snippets.compile_model(spec.training),
            ),
            Cell(
                f"One epoch is one pass through all the pictures that it learns from.{later} "
                "The History holds "
                "the loss and the metric of each.",
                snippets.fit(spec.training),
            ),
            Cell("The History as curves.", _CURVES),
        ),
    )


def evaluate(spec: RunSpec, trained: TrainedNetwork | None) -> Section:
    """Scores and confusion matrix on the test digits."""
    evaluation, confusion = snippets.evaluate(spec).split("\n\n")
    lab = f" In the lab the metric was {trained.test_metric:.4f}." if trained else ""
    return Section(
        "Test it on digits that it has never seen",
        (
            Cell(f"Loss and metric on the test set.{lab}", evaluation + "\n"),
            Cell(
                "The confusion matrix: the true digit down, the network's answer across. On the "
                "diagonal both agree.",
                confusion,
            ),
        ),
    )


def predict(selection: SampleSelection) -> Section:
    """The ten answers for one test digit."""
    return Section(
        "Ask it",
        (
            Cell(
                f"Ten probabilities for test digit {selection.test_index}. They add up to 1, and "
                "the place of the largest is the answer.",
                snippets.predict(selection.test_index),
            ),
        ),
    )


def read_drawing(spec: RunSpec, selection: SampleSelection) -> Section:
    """A drawing from the lab, and the network as a file."""
    height, width = IMAGE_SHAPE
    picture = f"x_test[{selection.test_index}].reshape({height}, {width}, 1)"
    pixels = f"{picture} * 255" if spec.preparation.scale else picture
    stand_in = f"""\
if not os.path.exists("digit.png"):
    digit = np.round({pixels})
    keras.utils.save_img("digit.png", digit, scale=False)
"""
    return Section(
        "Let it read yours",
        (
            Cell(
                "Draw a digit in the lab and save what the network received as digit.png beside "
                f"this file. Until then test digit {selection.test_index} stands in for it.",
                stand_in,
            ),
            Cell(
                "From the picture to the answer.",
                snippets.read_drawing(spec.network, spec.preparation.preprocessing),
            ),
            Cell(
                "Keep the network. The lab takes this file too: Runs, Bring a network from a file.",
                _SAVE,
            ),
        ),
    )
