"""How the parameters of a layer add up, in words that a learner can check."""

from collections.abc import Sequence

from digitlab.architecture.layers import Flatten, MaxPooling2D
from digitlab.architecture.summary import LayerRow


def arithmetic(row: LayerRow) -> str:
    """The products and sums behind a layer's number of parameters.

    >>> from digitlab.architecture.summary import layer_rows
    >>> from digitlab.specs import NetworkSpec
    >>> [arithmetic(row) for row in layer_rows(NetworkSpec())]
    ['784 × 10 + 10 = 7,850', '10 × 10 + 10 = 110']
    """
    if row.weight_shapes:
        products = (_product(shape) for shape in row.weight_shapes.values())
        return f"{' + '.join(products)} = {row.parameters:,}"
    match row.layer:
        case MaxPooling2D():
            return "none: keeps the largest"
        case Flatten():
            return f"none: {_product(row.input_shape)} in a row"
    return "none"


def parameter_columns(rows: Sequence[LayerRow]) -> dict[str, list[str]]:
    """The columns of a table of layers, output shapes and parameters, with the total below."""
    total = sum(row.parameters for row in rows)
    return {
        "Layer": [f"{row.name} ({row.kind})" for row in rows] + ["**Total**"],
        "Output shape": [str(row.output_shape) for row in rows] + [""],
        "Parameters": [f"{row.parameters:,}" for row in rows] + [f"**{total:,}**"],
    }


def _product(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{side:,}" for side in shape)
