"""What a reader answers: one line of JSON, then numbers; both ends of the border.

A reader could have been taken over by its file. So a refusal is a code with values, and those who
ask check both; words of a reader's own get no further.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from numpy.typing import NDArray

from digitlab.uploads.sandbox.asking import ReaderError

Problem = TypeVar("Problem", bound=StrEnum)

Check = Callable[[Any], bool]
"""Whether a value is one that its name may have."""

_LARGEST = 10**400
"""Forty layers can multiply the count of channels to a number of some hundred digits."""

_MOST_SIDES = 64
"""Of a shape; HDF5 has 32 at most, and a sentence shows the first ones."""

_LONGEST_WORD = 300


def answer(header: Mapping[str, object], arrays: Iterable[NDArray[Any]] = ()) -> None:
    """Write an answer to standard output: the reader's end.

    Args:
        header: what JSON can write.
        arrays: their bytes follow.
    """
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")
    for array in arrays:
        sys.stdout.buffer.write(array.tobytes())


def refuse(problem: StrEnum, values: Mapping[str, object] | None = None) -> None:
    """Write a refusal to standard output."""
    answer(refusal_header(problem, values or {}))


def refusal_header(problem: StrEnum, values: Mapping[str, object]) -> dict[str, object]:
    """The header of a refusal, which `refusal` reads."""
    return {
        "refused": problem,
        "values": {name: _shortened(value) for name, value in values.items()},
    }


def parse(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The header of an answer, and the bytes of its numbers: the end of those who ask.

    Raises:
        ReaderError: if its first line is no JSON object.
    """
    line, _, numbers = content.partition(b"\n")
    try:
        header = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReaderError("Its answer is no JSON.") from error
    if not isinstance(header, dict):
        raise ReaderError("Its answer is no JSON object.")
    return header, numbers


def refusal(
    header: Mapping[str, Any], known: Mapping[Problem, Mapping[str, Check]]
) -> tuple[Problem, dict[str, Any]] | None:
    """The refusal in an answer, None if it is none.

    Args:
        header: of the answer.
        known: the problems that a reader may name, and a check for each of their values.

    Raises:
        ReaderError: if the problem is unknown, or a value is missing, too many or not as it must
            be.
    """
    if "refused" not in header:
        return None
    problem = next((problem for problem in known if problem.value == header["refused"]), None)
    values = header.get("values")
    if problem is None or header.keys() != {"refused", "values"} or not isinstance(values, dict):
        raise ReaderError("It refuses with a code that nobody knows.")
    values = tuples(values)
    checks = known[problem]
    if values.keys() != checks.keys() or not all(checks[name](values[name]) for name in checks):
        raise ReaderError(f"It refuses with values that {problem} does not have.")
    return problem, values


def is_integer(value: object) -> bool:
    """Whether it is a whole number, of a length that a page can show."""
    return type(value) is int and -_LARGEST < value < _LARGEST


def is_number(value: object) -> bool:
    """Whether it is a number."""
    return is_integer(value) or type(value) is float


def is_shape(value: object) -> bool:
    """Whether it is a shape, of any numbers: a sentence shows the beginning."""
    return (
        isinstance(value, tuple)
        and len(value) <= _MOST_SIDES
        and all(type(side) is int for side in value)
    )


def is_word(value: object) -> bool:
    """Whether it is a stranger's word, as of `architecture.errors.word`: short, on one line."""
    return isinstance(value, str) and len(value) <= _LONGEST_WORD and value.isprintable()


def is_one_of(*choices: object) -> Check:
    """A check for a few values, with their types: to Python True and 1 are equal."""
    texts = {repr(choice) for choice in choices}
    return lambda value: repr(value) in texts


def _shortened(value: object) -> object:
    """A shape has no more sides than `is_shape` takes."""
    return value[:_MOST_SIDES] if isinstance(value, tuple) else value


def tuples(value: Any) -> Any:
    """What JSON has made lists of, also within objects."""
    if isinstance(value, dict):
        return {name: tuples(setting) for name, setting in value.items()}
    return tuple(map(tuples, value)) if isinstance(value, list) else value
