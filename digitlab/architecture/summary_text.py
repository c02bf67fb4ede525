"""What `model.summary()` prints, made without Keras: the web process must not import it."""

from typing import Final

from digitlab.architecture.summary import LayerRow, layer_rows
from digitlab.specs import NetworkSpec

_WIDTHS: Final = (33, 24, 15)  # of the columns where a line has 80 characters, as in a notebook
BYTES: Final = 4
"""Of a parameter, which is a float32."""
_UNITS: Final = ("B", "KB", "MB", "GB")
KEPT_BY_OPTIMIZER: Final = {"sgd": 0, "momentum": 1, "rmsprop": 1, "adam": 2}
"""How many numbers each optimizer keeps for each parameter."""


def summary_text(network: NetworkSpec) -> str:
    """The lines that Keras 3 prints for the first model of a fresh program, before it learns.

    All parameters of a network that the lab builds are trainable.
    """
    rows = layer_rows(network)
    lines = [_row(*_cells(row)) for row in rows]
    total = sum(row.parameters for row in rows)
    table = f"\n{_rule('├┼┤', '─')}\n".join(lines)
    return "\n".join(
        (
            'Model: "sequential"',
            _rule("┏┳┓", "━"),
            _row("Layer (type)", "Output Shape", "Param #", "┃"),
            _rule("┡╇┩", "━"),
            table,
            _rule("└┴┘", "─"),
            f" Total params: {_with_size(total)}",
            f" Trainable params: {_with_size(total)}",
            f" Non-trainable params: {_with_size(0)}",
        )
    )


def _cells(row: LayerRow) -> tuple[str, str, str]:
    return f"{row.name} ({row.kind})", str(row.output_shape), f"{row.parameters:,}"


def _row(name: str, shape: str, parameters: str, side: str = "│") -> str:
    first, second, third = (width - 2 for width in _WIDTHS)
    cells = (f"{name:<{first}}", f"{shape:<{second}}", f"{parameters:>{third}}")
    return f"{side} {f' {side} '.join(cells)} {side}"


def _rule(corners: str, line: str) -> str:
    left, middle, right = corners[0], corners[1], corners[2]
    return left + middle.join(line * width for width in _WIDTHS) + right


def _with_size(parameters: int) -> str:
    """How many there are, and the memory that they take."""
    size, unit = memory(parameters)
    return f"{parameters:,} ({size:.2f} {unit})"


def trained_total(parameters: int, optimizer: str) -> int:
    """What Keras prints as total after a training: it then counts the optimizer's numbers too.

    Beside those for each parameter they are the learning rate, and how many steps it has made.

    >>> trained_total(7960, "adam")
    23882
    """
    return parameters * (1 + KEPT_BY_OPTIMIZER[optimizer]) + 2


def memory(parameters: int) -> tuple[float, str]:
    """The memory that so many parameters take, and its unit: 1 KB is 1,024 bytes here.

    >>> memory(256)
    (1.0, 'KB')
    """
    size, unit = float(parameters * BYTES), 0
    while size >= 1024:
        size, unit = size / 1024, unit + 1
    return size, _UNITS[unit]
