"""The sections of a lesson that say why: Look inside and Robustness."""

from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.architecture.workload import digits_on_map, neighbours_searched
from digitlab.export.sections import Cell, Section
from digitlab.export.snippets import inside, robustness
from digitlab.specs import RunSpec, SampleSelection
from digitlab.wording.numerals import short_per_cent, whole
from digitlab.wording.say import say


def look_inside(spec: RunSpec, selection: SampleSelection) -> Section:
    """Weights, one digit's forward pass, attribution, neighbours, a map."""
    stack, index, one_hot = (
        stack_of(spec.network),
        selection.test_index,
        spec.preparation.one_hot,
    )
    searched = neighbours_searched(stack)
    before, softmax = inside.last_step(stack, index).split("\n\n")
    attribution = inside.attribution(stack, index, None, spec.preparation.preprocessing)
    _, gradient, occlusion = attribution.split("\n\n")
    by_pixels, _, by_network = inside.neighbours(stack, index, searched, one_hot).split("\n\n")
    _, drawn = inside.digit_map(stack, digits_on_map(stack), one_hot).split("\n\n")
    pieces = (
        *(inside.weights(stack), inside.activations(stack, index), before, softmax),
        *(gradient, occlusion, by_pixels, by_network, drawn),
    )
    cells = (
        Cell(said, f"{code.strip(chr(10))}\n")
        for said, code in zip(_words(stack, index, searched), pieces, strict=True)
    )
    return Section(say("Look inside"), tuple(cells))


def _words(stack: LayerStack, index: int, searched: int) -> tuple[str, ...]:
    """What is said of each piece."""
    if len(stack.kernel_layer_indices) > 1:
        compared = say("The code compares the numbers of the last hidden layer.")
    else:
        compared = say("The code compares the ten sums: this network has no hidden layer.")
    nearest = say(
        "Now find the digits that are the most similar for the network. Search the first "
        "{searched} training digits.",
        searched=whole(searched),
    )
    return (
        say(
            "Draw weights of the first layer as pictures, at most ten of them. Purple weights are "
            "above 0, orange weights are below 0."
        ),
        say("Print the shape of what each layer makes of test digit {index}.", index=index),
        say("Make a model that ends before the last layer. Take the weights of the last layer."),
        say("Softmax turns the ten sums into ten probabilities. Here it is done by hand."),
        say("Saliency says how fast the sum for the answer changes with the ink of each pixel."),
        say(
            "Occlusion covers one part of the picture after another. It shows how much "
            "probability the answer loses."
        ),
        say("Find the ten training digits with the most similar pixels, and print their labels."),
        f"{nearest} {compared}",
        say("PCA draws a map of test digits. It looks from the side where they spread most."),
    )


def how_robust() -> Section:
    """Spoiled digits, the reject option, and calibration."""
    return Section(
        say("How sure is the network, and how much change can it handle?"),
        (
            Cell(
                say(
                    "Shift the first test digits to the right, further and further. Print the "
                    "share that the network reads correctly."
                ),
                robustness.SHIFT,
            ),
            Cell(
                say("Add random numbers to every pixel instead. Print the same share."),
                robustness.NOISE,
            ),
            Cell(
                say(
                    "Let the network say nothing when its probability is below a threshold. Print "
                    "how many digits it still answers, and how many of these answers are right."
                ),
                robustness.DOUBT,
            ),
            Cell(
                say(
                    "When the network says {share}, is it right in {count} of 100 answers? Compare "
                    "this in groups: answers with about the same probability are in one group.",
                    share=short_per_cent(0.8),
                    count=80,
                ),
                robustness.CALIBRATION,
            ),
        ),
    )
