"""The sections of a lesson that say why: Look inside and Robustness."""

from digitlab.architecture.stack import stack_of
from digitlab.architecture.workload import digits_on_map, neighbours_searched
from digitlab.export.sections import Cell, Section
from digitlab.export.snippets import inside, robustness
from digitlab.specs import RunSpec, SampleSelection


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
    words = (
        "The weights of the first layer as pictures. Ink on purple raises the sum of a unit, and "
        "ink on orange lowers it.",
        f"What each layer makes of test digit {index}.",
        "The model up to its last layer, and the weights and biases of that layer.",
        "From the ten sums to the ten probabilities: softmax, step by step.",
        "Saliency: the gradient of the answer's sum for each pixel.",
        "Occlusion: what the answer loses when a patch of paper covers a part.",
        "The nearest training digits by their pixels, and their labels.",
        f"And for the network, among the first {searched:,} at most: in the numbers of its last "
        "hidden layer.",
        "A map of test digits by these numbers: PCA shows them from their broadest side.",
    )
    pieces = (
        *(inside.weights(stack), inside.activations(stack, index), before, softmax),
        *(gradient, occlusion, by_pixels, by_network, drawn),
    )
    cells = (
        Cell(said, f"{code.strip(chr(10))}\n") for said, code in zip(words, pieces, strict=True)
    )
    return Section("Look inside", tuple(cells))


def how_robust() -> Section:
    """Spoiled digits, the reject option, and calibration."""
    return Section(
        "How sure, how robust",
        (
            Cell(
                "The share read correctly of the first test digits, shifted to the right further "
                "and further.",
                robustness.SHIFT,
            ),
            Cell("The same with random numbers added to every pixel.", robustness.NOISE),
            Cell(
                "Below a threshold it says nothing. What it answers, and how much of that is "
                "right:",
                robustness.DOUBT,
            ),
            Cell(
                "Where it says 80 %, is it right in 80 of 100? In ten bins of what it says:",
                robustness.CALIBRATION,
            ),
        ),
    )
