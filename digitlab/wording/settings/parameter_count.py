"""How the parameters of a layer add up, in words that a learner can check."""

from collections.abc import Sequence

from digitlab.architecture.layers import Flatten, MaxPooling2D
from digitlab.architecture.summary import LayerRow
from digitlab.wording.numerals import whole
from digitlab.wording.say import say


def arithmetic(row: LayerRow) -> str:
    """The products and sums behind a layer's number of parameters.

    >>> from digitlab.architecture.summary import layer_rows
    >>> from digitlab.specs import NetworkSpec
    >>> [arithmetic(row) for row in layer_rows(NetworkSpec())]
    ['784 × 10 + 10 = 7,850', '10 × 10 + 10 = 110']
    """
    if row.weight_shapes:
        products = (_product(shape) for shape in row.weight_shapes.values())
        return f"{' + '.join(products)} = {whole(row.parameters)}"
    match row.layer:
        case MaxPooling2D():
            return say("none: it keeps the largest")
        case Flatten():
            return say("none: {numbers} in a row", numbers=_product(row.input_shape))
    return say("none")


def parameter_columns(rows: Sequence[LayerRow]) -> dict[str, list[str]]:
    """The columns of a table of layers, output shapes and parameters, with the total below."""
    total = sum(row.parameters for row in rows)
    return {
        say("Layer"): [f"{row.name} ({row.kind})" for row in rows] + [f"**{say('Total')}**"],
        say("Output shape"): [str(row.output_shape) for row in rows] + [""],
        say("Parameters"): [whole(row.parameters) for row in rows] + [f"**{whole(total)}**"],
    }


def _product(shape: tuple[int, ...]) -> str:
    return " × ".join(whole(side) for side in shape)
