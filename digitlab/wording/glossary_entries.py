"""The words of the field that the pages use, each in a line or two."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from digitlab.architecture.summary import total_parameters
from digitlab.specs import RunSpec
from digitlab.wording.numerals import short_per_cent, whole
from digitlab.wording.say import Message, say, say_count, to_say
from digitlab.wording.settings.descriptions import setting_name


@dataclass(frozen=True)
class Entry:
    """A word of the glossary.

    Attributes:
        word: the word itself.
        meaning: what it means, in Markdown; it does not repeat the word at its head.
        own: a sentence with a number of the learner's own settings; None without one.
    """

    word: Message
    meaning: Message
    own: Callable[[RunSpec], str] | None = None


def _hidden_layers(spec: RunSpec) -> int:
    return len(spec.network.hidden) + len(spec.network.convolutions)


ENTRIES: Final = (
    Entry(
        to_say("ablation"),
        to_say("An experiment that leaves one thing out, to see what it is good for."),
    ),
    Entry(
        to_say("accuracy"),
        to_say("The share of pictures that a network reads correctly: 0.97 is 97 of 100."),
    ),
    Entry(
        to_say("activation"),
        to_say(
            "The function that turns the sum of a unit into its output. Examples: sigmoid, ReLU."
        ),
    ),
    Entry(
        to_say("axis"), to_say("One direction of a tensor. A picture has two: rows and columns.")
    ),
    Entry(
        to_say("backpropagation"),
        to_say(
            "The way to calculate all gradients: it starts at the loss and goes back by layers."
        ),
    ),
    Entry(to_say("baseline"), to_say("The network that you compare the others with.")),
    Entry(
        to_say("batch"),
        to_say("Some pictures that the network looks at before it changes its weights once."),
        lambda spec: say("Your batch has {count} pictures.", count=spec.training.batch_size),
    ),
    Entry(
        to_say("bias"),
        to_say("A number that a unit adds to its weighted sum. Training changes it too."),
    ),
    Entry(
        to_say("calibrated"),
        to_say("Right as often as it says: of all answers with 80 %, 80 of 100 are right."),
    ),
    Entry(
        to_say("confidence interval"),
        to_say(
            "A range around a number that luck has changed. Most such ranges hold the true number."
        ),
    ),
    Entry(
        to_say("confusion matrix"),
        to_say(
            "A table that counts the answers: a row for each true digit, a column for each answer."
        ),
    ),
    Entry(
        to_say("convolution"),
        to_say("A layer that moves small windows of weights over the picture to find patterns."),
    ),
    Entry(
        to_say("cross-entropy"),
        to_say(
            "A loss: minus the natural logarithm of the probability of the true digit. It is 0 "
            "when this probability is 1."
        ),
    ),
    Entry(
        to_say("dense"),
        to_say("A layer in which each unit takes every number of the layer before."),
    ),
    Entry(
        to_say("epoch"),
        to_say("One pass through all the pictures that the network learns from."),
        lambda spec: say_count(
            "Your training has {count} epoch.",
            "Your training has {count} epochs.",
            spec.training.epochs,
        ),
    ),
    Entry(
        to_say("exam"),
        to_say(
            "The test of a network with the test digits, once, after you have chosen all settings."
        ),
    ),
    Entry(
        to_say("filter"),
        to_say("The small window of weights that a convolution moves. It looks for a pattern."),
    ),
    Entry(
        to_say("gradient"),
        to_say(
            "How fast one number grows when another one grows. Mostly: the loss, when a weight "
            "grows. Below 0 means that it falls."
        ),
    ),
    Entry(
        to_say("gradient descent"),
        to_say("Training by steps against the gradient, so that the loss becomes smaller."),
    ),
    Entry(
        to_say("hidden layer"),
        to_say("A layer between the picture and the ten answers."),
        lambda spec: (
            say_count(
                "Your network has {count} hidden layer.",
                "Your network has {count} hidden layers.",
                _hidden_layers(spec),
            )
            if _hidden_layers(spec)
            else say("Your network has no hidden layer.")
        ),
    ),
    Entry(
        to_say("History"),
        to_say(
            "What `fit` gives back: the loss and the metric of each epoch. A metric is a number "
            "for people to read, such as the accuracy."
        ),
    ),
    Entry(to_say("label"), to_say("The digit that the writer meant. The network learns from it.")),
    Entry(
        to_say("layer"),
        to_say("A row of units that work side by side. Its output goes into the next layer."),
    ),
    Entry(
        to_say("learning rate"),
        to_say("It sets how far the weights move in one step."),
        lambda spec: say("Your value: {value}.", value=spec.training.learning_rate),
    ),
    Entry(
        to_say("logit"),
        to_say("One of the ten sums of the last layer, before softmax makes probabilities."),
    ),
    Entry(
        to_say("loss"),
        to_say(
            "One number for how far the answers are from the labels. Training makes it smaller."
        ),
    ),
    Entry(
        to_say("MNIST"),
        to_say("70,000 digits that people wrote by hand, as pictures of 28 × 28 pixels."),
    ),
    Entry(
        to_say("momentum"),
        to_say("A part of the step before that an optimizer adds to each step of a weight."),
    ),
    Entry(
        to_say("NaN"),
        to_say("Not a number. The computer writes it when a result is too large or has no value."),
    ),
    Entry(
        to_say("natural logarithm"),
        to_say("Written ln. It is 0 for 1, −2.303 for 0.1 and −4.605 for 0.01."),
    ),
    Entry(
        to_say("notebook"),
        to_say("A file with text and code in cells. Jupyter and Colab run it cell by cell."),
    ),
    Entry(
        to_say("occlusion"),
        to_say("Cover a part of the picture, and see how much the answer needs that part."),
    ),
    Entry(
        to_say("one-hot"),
        to_say("A label as ten numbers: 1 at the place of the digit, 0 at all others."),
    ),
    Entry(
        to_say("optimizer"),
        to_say("The rule that turns the gradient into a step of the weights."),
        lambda spec: say("Your value: {value}.", value=setting_name(spec.training.optimizer)),
    ),
    Entry(
        to_say("overfitting"),
        to_say(
            "The network begins to remember its examples: the training loss falls, but the "
            "validation loss rises."
        ),
    ),
    Entry(
        to_say("parameter"),
        to_say("A number that training changes: a weight or a bias."),
        lambda spec: say(
            "Your network has {count} parameters.", count=whole(total_parameters(spec.network))
        ),
    ),
    Entry(
        to_say("PCA"),
        to_say("A way to draw a map: it looks from the side where the points spread most."),
    ),
    Entry(to_say("pixel"), to_say("A dot of a picture: 0 is paper, 255 is ink.")),
    Entry(
        to_say("pooling"),
        to_say(
            "A layer that keeps the largest number of each small field. So its output is smaller "
            "than its input."
        ),
    ),
    Entry(
        to_say("precision"),
        to_say("Of all pictures that the network calls a 3: the share that is a 3."),
    ),
    Entry(
        to_say("probability"),
        to_say("How sure the network is of a digit, from 0 to 1. The ten of them add up to 1."),
    ),
    Entry(
        to_say("recall"),
        to_say("Of all pictures that are a 3: the share that the network calls a 3."),
    ),
    Entry(to_say("recipe"), to_say("All settings of a training, except the seed.")),
    Entry(
        to_say("saliency"),
        to_say("It says how fast the sum for an answer changes with the ink of each pixel."),
    ),
    Entry(to_say("scalar"), to_say("A tensor without axes: one number, such as a pixel value.")),
    Entry(
        to_say("seed"),
        to_say("It chooses the random numbers of a training. The same seed gives the same run."),
        lambda spec: say("Your value: {value}.", value=spec.training.seed),
    ),
    Entry(
        to_say("shape"),
        to_say("How many numbers a tensor has along each axis: (28, 28) is one picture."),
    ),
    Entry(to_say("slope"), to_say("How fast a curve rises or falls at one place.")),
    Entry(
        to_say("softmax"), to_say("It turns the ten sums of the last layer into ten probabilities.")
    ),
    Entry(
        to_say("sparse cross-entropy"),
        to_say("Cross-entropy for labels that are one number, not one-hot."),
    ),
    Entry(
        to_say("t-SNE"),
        to_say("A way to draw a map that keeps neighbours together, as far as that is possible."),
    ),
    Entry(
        to_say("tensor"),
        to_say("A block of numbers with any number of axes. NumPy calls it an array."),
    ),
    Entry(
        to_say("test digits"),
        to_say("10,000 digits that the lab never trains with. They are the exam."),
    ),
    Entry(
        to_say("training digits"),
        to_say("60,000 digits to learn from. A validation share keeps some of them aside."),
    ),
    Entry(
        to_say("unit"),
        to_say("A small part that calculates one number: weighted sum, bias, activation."),
    ),
    Entry(
        to_say("validation digits"),
        to_say("Training digits that you keep aside. You use them to compare settings."),
        lambda spec: (
            say(
                "Your validation share: {share}.",
                share=short_per_cent(spec.training.validation_share),
            )
            if spec.training.validation_share
            else ""
        ),
    ),
    Entry(
        to_say("vector"),
        to_say("A tensor with one axis: numbers in one row. 784 pixels in one row are a vector."),
    ),
    Entry(
        to_say("weight"),
        to_say("A number by which a unit multiplies one of its inputs. Training changes it."),
    ),
    Entry(to_say("weighted sum"), to_say("Each input times its weight, all added up.")),
)
"""In the order of the English alphabet."""
