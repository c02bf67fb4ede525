"""The words of the field that the pages use, each in a line or two."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from digitlab.architecture.summary import total_parameters
from digitlab.specs import SET_SIZES, RunSpec
from digitlab.wording.descriptions import NAMES
from digitlab.wording.numerals import short_per_cent


@dataclass(frozen=True)
class Entry:
    """A word of the glossary.

    Attributes:
        meaning: what it means, in Markdown; it does not repeat the word at its head.
        own: a sentence with a number of the learner's own settings; None without one.
    """

    meaning: str
    own: Callable[[RunSpec], str] | None = None


def _hidden_layers(spec: RunSpec) -> int:
    return len(spec.network.hidden) + len(spec.network.convolutions)


GLOSSARY: Final[dict[str, Entry]] = {
    "ablation": Entry("An experiment that leaves one thing out, to see what it is for."),
    "accuracy": Entry("The share of pictures that a network reads correctly: 0.97 is 97 of 100."),
    "activation": Entry(
        "The function that turns the sum of a unit into its output. Examples: sigmoid, ReLU."
    ),
    "axis": Entry("One direction of a tensor. A picture has two: rows and columns."),
    "backpropagation": Entry(
        "The way to work out all gradients: it starts at the loss and goes back, layer by layer."
    ),
    "baseline": Entry("The network that the others are compared with."),
    "batch": Entry(
        "Some pictures that the network looks at before it changes its weights once.",
        lambda spec: f"Yours has {spec.training.batch_size} pictures.",
    ),
    "bias": Entry("A number of a unit's own, added to its weighted sum. Training changes it too."),
    "calibrated": Entry(
        "As often right as it says: of all answers with 80 %, 80 of 100 are right."
    ),
    "confidence interval": Entry(
        "A range for a number that you measured with some luck: most such ranges hold the true one."
    ),
    "confusion matrix": Entry(
        "A table that counts the answers: a row for each true digit, a column for each answer."
    ),
    "convolution": Entry(
        "A layer that moves small windows of weights over the picture and looks for one pattern "
        "everywhere."
    ),
    "cross-entropy": Entry(
        "A loss: minus the logarithm of the probability that the true digit got. It is 0 for a "
        "probability of 1."
    ),
    "dense": Entry("A layer in which each unit takes every number of the layer before."),
    "epoch": Entry(
        "One pass through all the pictures that the network learns from.",
        lambda spec: f"Your training has {spec.training.epochs}.",
    ),
    "exam": Entry("The test digits, opened once for a network, when all settings are chosen."),
    "filter": Entry(
        "The small window of weights that a convolution moves. It looks for a pattern."
    ),
    "gradient": Entry(
        "It says for each weight how fast the loss rises when the weight grows. Below 0, it falls."
    ),
    "hidden layer": Entry(
        "A layer between the picture and the ten answers.",
        lambda spec: f"Your network has {_hidden_layers(spec)}.",
    ),
    "History": Entry("What `fit` gives back: loss and metric of each epoch."),
    "label": Entry("The digit that the writer meant. The network learns from it."),
    "layer": Entry("A row of units that work side by side. Its output goes into the next layer."),
    "learning rate": Entry(
        "How far a step of the weights goes.",
        lambda spec: f"Yours is {spec.training.learning_rate:g}.",
    ),
    "logit": Entry("One of the ten sums of the last layer, before softmax makes probabilities."),
    "loss": Entry(
        "One number for how far the answers are from the labels. Training makes it smaller."
    ),
    "MNIST": Entry("70,000 digits that people wrote by hand, as pictures of 28 × 28 pixels."),
    "occlusion": Entry("Covering a part of the picture, to see how much the answer needs it."),
    "one-hot": Entry("A label as ten numbers: 1 at the place of the digit, 0 at all others."),
    "optimizer": Entry(
        "The rule that makes a step of the weights out of the gradient.",
        lambda spec: f"Yours is {NAMES[spec.training.optimizer]}.",
    ),
    "overfitting": Entry(
        "The network learns its examples by heart: the validation loss rises while the training "
        "loss still falls."
    ),
    "parameter": Entry(
        "A number that training changes: a weight or a bias.",
        lambda spec: f"Your network has {total_parameters(spec.network):,}.",
    ),
    "PCA": Entry("A way to draw a map: it looks from the side where the points spread most."),
    "pixel": Entry("A dot of a picture: 0 is paper, 255 is ink."),
    "pooling": Entry("It keeps the largest number of each small field, so a map gets smaller."),
    "precision": Entry("Of all pictures that the network calls a 3: the share that is a 3."),
    "probability": Entry(
        "How sure the network is of a digit, from 0 to 1. The ten of them add up to 1."
    ),
    "recall": Entry("Of all pictures that are a 3: the share that the network calls a 3."),
    "recipe": Entry("All settings of a training but the seed."),
    "saliency": Entry("How fast the sum for an answer changes with the ink of each pixel."),
    "seed": Entry(
        "A number that says where the random numbers start. The same seed gives the same run.",
        lambda spec: f"Yours is {spec.training.seed}.",
    ),
    "shape": Entry("How many numbers a tensor has along each axis: (28, 28) is one picture."),
    "softmax": Entry("It turns the ten sums of the last layer into ten probabilities."),
    "t-SNE": Entry(
        "A way to draw a map that keeps neighbours together, as far as that is possible."
    ),
    "tensor": Entry("A block of numbers with any number of axes. NumPy calls it an array."),
    "test digits": Entry(
        f"{SET_SIZES['test']:,} digits that the lab never trains with. They are the exam."
    ),
    "training digits": Entry(
        f"{SET_SIZES['train']:,} digits to learn from. With a validation share, some of them are "
        "kept aside.",
    ),
    "unit": Entry("A small calculator: weighted sum, bias, activation. It gives one number."),
    "validation digits": Entry(
        "A part of the training digits that the network does not learn from. You compare settings "
        "by them.",
        lambda spec: f"Your validation share is {short_per_cent(spec.training.validation_share)}.",
    ),
    "weight": Entry("A number by which a unit multiplies one of its inputs. Training changes it."),
    "weighted sum": Entry("Each input times its weight, all added up."),
}
"""By the word, in the order of the alphabet."""


def glossary_words(terms: tuple[str, ...], spec: RunSpec) -> str:
    """The entries of some words as Markdown, a paragraph each, in the order of the alphabet.

    Args:
        terms: keys of `GLOSSARY`.
        spec: the learner's own settings.
    """
    return "\n\n".join(
        f"**{term}**: {entry.meaning}{f' {entry.own(spec)}' if entry.own else ''}"
        for term, entry in GLOSSARY.items()
        if term in terms
    )
