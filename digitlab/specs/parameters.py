"""The settings as they stand in an address, one parameter each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from digitlab.specs.checks import ChoiceError, Rule, check_choice
from digitlab.specs.lesson import LessonSpec
from digitlab.specs.network import HiddenLayer

NONE, YES, NO = "none", "yes", "no"
"""For an empty value, True and False."""


@dataclass(frozen=True)
class Parameter:
    """One setting in the address.

    Attributes:
        control: of `CONTROLS`, that it belongs to; "" if a lesson can't lock it.
        read: puts the text's value into the settings; ChoiceError if it is none.
        write: the value as text, every float exactly.
    """

    control: str
    read: Callable[[LessonSpec, str], LessonSpec]
    write: Callable[[LessonSpec], str]


def _integer(name: str, text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise ChoiceError(Rule.WHOLE, name, text)
    return int(text)


def _number(name: str, text: str) -> float:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?", text):
        raise ChoiceError(Rule.DECIMAL, name, text, like="0.01")
    return float(text)


def _boolean(name: str, text: str) -> bool:
    check_choice(name, text, (YES, NO))
    return text == YES


def _as_text(value: object) -> str:
    return YES if value is True else NO if value is False else str(value)


def _parts(text: str) -> list[str]:
    return [] if text == NONE else [part.strip() for part in text.split(",")]


def _joined(parts: Iterable[object]) -> str:
    return ",".join(map(str, parts)) or NONE


def _split(name: str, text: str, size: int, like: str) -> list[str]:
    parts = text.split("-", size - 1)
    if len(parts) != size:
        raise ChoiceError(Rule.FORM, name, text, like=like)
    return parts


def _training(field: str, parse: Callable[[str], Any]) -> Parameter:
    def read(lesson: LessonSpec, text: str) -> LessonSpec:
        training = replace(lesson.spec.training, **{field: parse(text)})
        return replace(lesson, spec=replace(lesson.spec, training=training))

    return Parameter(field, read, lambda lesson: str(getattr(lesson.spec.training, field)))


def _zero_start() -> Parameter:
    parameter = _training("zero_start", lambda text: _boolean("The start at zero", text))
    return Parameter(
        "preparation", parameter.read, lambda lesson: _as_text(lesson.spec.training.zero_start)
    )


def _preparation(field: str, parse: Callable[[str], Any]) -> Parameter:
    def read(lesson: LessonSpec, text: str) -> LessonSpec:
        preparation = replace(lesson.spec.preparation, **{field: parse(text)})
        return replace(lesson, spec=replace(lesson.spec, preparation=preparation))

    def write(lesson: LessonSpec) -> str:
        value = getattr(lesson.spec.preparation, field)
        return NONE if value is None else _as_text(value)

    return Parameter("preparation", read, write)


def _dropped_digit(text: str) -> int | None:
    return None if text == NONE else _integer("The digit that is dropped", text)


def _read_layers(lesson: LessonSpec, text: str) -> LessonSpec:
    pairs = [_split("A hidden layer", part, 2, "128-relu") for part in _parts(text)]
    hidden = tuple(
        HiddenLayer(_integer("The number of units", units), activation)
        for units, activation in pairs
    )
    network = replace(lesson.spec.network, hidden=hidden)
    return replace(lesson, spec=replace(lesson.spec, network=network))


def _read_convolutions(lesson: LessonSpec, text: str) -> LessonSpec:
    filters = tuple(_integer("The number of filters", part) for part in _parts(text))
    network = replace(lesson.spec.network, convolutions=filters)
    return replace(lesson, spec=replace(lesson.spec, network=network))


def _read_bias(lesson: LessonSpec, text: str) -> LessonSpec:
    network = replace(lesson.spec.network, use_bias=_boolean("The use of biases", text))
    return replace(lesson, spec=replace(lesson.spec, network=network))


def _rate_changes(text: str) -> tuple[tuple[int, float], ...]:
    pairs = [_split("A change of learning rate", part, 2, "3-0.001") for part in _parts(text)]
    return tuple(
        (_integer("The epoch of a new learning rate", epoch), _number("The learning rate", rate))
        for epoch, rate in pairs
    )


def _read_sample(lesson: LessonSpec, text: str) -> LessonSpec:
    subset, index = _split("The digit on Data and Prepare", text, 2, "train-8")
    number = _integer("The number of the digit", index)
    return replace(lesson, selection=replace(lesson.selection, subset=subset, index=number))


def _read_tensor(lesson: LessonSpec, text: str) -> LessonSpec:
    parts = _split("The tensor", text, 3, "1-14-10")
    axes, row, column = (
        _integer(name, part)
        for name, part in zip(("The number of axes", "The row", "The column"), parts, strict=True)
    )
    return replace(lesson, selection=replace(lesson.selection, axes=axes, row=row, column=column))


def _selection(field: str, name: str) -> Parameter:
    def read(lesson: LessonSpec, text: str) -> LessonSpec:
        changes: dict[str, Any] = {field: _integer(name, text)}
        return replace(lesson, selection=replace(lesson.selection, **changes))

    return Parameter("", read, lambda lesson: str(getattr(lesson.selection, field)))


SETTINGS = {
    "hidden_layers": Parameter(
        "network",
        _read_layers,
        lambda lesson: _joined(
            f"{layer.units}-{layer.activation}" for layer in lesson.spec.network.hidden
        ),
    ),
    "convolutions": Parameter(
        "network", _read_convolutions, lambda lesson: _joined(lesson.spec.network.convolutions)
    ),
    "use_bias": Parameter(
        "network", _read_bias, lambda lesson: _as_text(lesson.spec.network.use_bias)
    ),
    "loss": _training("loss", str),
    "optimizer": _training("optimizer", str),
    "learning_rate": _training("learning_rate", lambda text: _number("The learning rate", text)),
    "rate_changes": Parameter(
        "learning_rate",
        _training("rate_changes", _rate_changes).read,
        lambda lesson: _joined(
            f"{epoch}-{rate}" for epoch, rate in lesson.spec.training.rate_changes
        ),
    ),
    "metric": _training("metric", str),
    "batch_size": _training("batch_size", lambda text: _integer("The batch size", text)),
    "epochs": _training("epochs", lambda text: _integer("The number of epochs", text)),
    "validation_share": _training(
        "validation_share", lambda text: _number("The validation share", text)
    ),
    "seed": _training("seed", lambda text: _integer("The seed", text)),
    "scale": _preparation("scale", lambda text: _boolean("Scaling", text)),
    "one_hot": _preparation("one_hot", lambda text: _boolean("One-hot", text)),
    "data_share": _preparation(
        "data_share", lambda text: _number("The share of the training digits", text)
    ),
    "dropped_digit": _preparation("dropped_digit", _dropped_digit),
    "label_noise": _preparation("label_noise", lambda text: _number("The label noise", text)),
    "shuffle_labels": _preparation(
        "shuffle_labels", lambda text: _boolean("Shuffling the labels", text)
    ),
    "zero_start": _zero_start(),
    "sample": Parameter(
        "sample", _read_sample, lambda lesson: f"{lesson.selection.subset}-{lesson.selection.index}"
    ),
    "digit": _selection("digit", "The digit"),
    "tensor": Parameter(
        "",
        _read_tensor,
        lambda lesson: f"{lesson.selection.axes}-{lesson.selection.row}-{lesson.selection.column}",
    ),
    "test": _selection("test_index", "The number of the test digit"),
}
"""By the name in the address, in the order in which they are written."""
