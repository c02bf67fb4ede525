"""What takes long to find out about a network, put together from short questions to a worker."""

from collections.abc import Callable
from typing import Any

import numpy as np

from digitlab.inspection import questions
from digitlab.inspection.records import PATCH_PLACES, Evidence, Neighbours
from digitlab.inspection.stacks import compared, stack_of
from digitlab.specs import SET_SIZES
from digitlab.training.networks import Architecture
from digitlab.training.parts import digits_at_once, parts

Ask = Callable[..., Any]
"""Asks a worker one thing: `ask(task, *arguments)`."""

_PIXELS_AT_ONCE = 20_000
"""Training digits that are compared by their pixels in one part."""


def evidence(ask: Ask, architecture: Architecture, image: questions.Image, answer: int) -> Evidence:
    """What in a picture (28, 28) speaks for an answer."""
    gradient = ask(questions.gradient, image, answer)
    pieces = parts(1 + PATCH_PLACES**2, digits_at_once(architecture))
    chances = np.concatenate([ask(questions.chances, image, answer, *piece) for piece in pieces])
    falls = chances[0] - chances[1:]
    return Evidence(gradient, falls.reshape(PATCH_PLACES, PATCH_PLACES))


def neighbours(
    ask: Ask, architecture: Architecture, image: questions.Image, count: int
) -> tuple[Neighbours, Neighbours]:
    """The nearest training digits by pixels, and those for the network."""
    searched = compared(stack_of(architecture))
    by_pixels = parts(SET_SIZES["train"], _PIXELS_AT_ONCE)
    by_network = parts(searched, digits_at_once(architecture))
    return (
        _nearest(ask, questions.nearest_by_pixels, image, count, list(by_pixels)),
        _nearest(ask, questions.nearest_by_network, image, count, list(by_network)),
    )


def _nearest(
    ask: Ask, task: Any, image: questions.Image, count: int, pieces: list[tuple[int, int]]
) -> Neighbours:
    found: list[Neighbours] = [ask(task, image, count, *piece) for piece in pieces]
    indices = np.concatenate(
        [one.indices + first for one, (first, _) in zip(found, pieces, strict=True)]
    )
    distances = np.concatenate([one.distances for one in found])
    nearest = np.argsort(distances, kind="stable")[:count]
    return Neighbours(indices[nearest], distances[nearest], sum(one.searched for one in found))
