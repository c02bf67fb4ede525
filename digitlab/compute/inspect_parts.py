"""What takes long to find out about a network, put together from short questions to a worker."""

from collections.abc import Callable
from typing import Any

import numpy as np

from digitlab.architecture.stack import Architecture, stack_of
from digitlab.architecture.workload import neighbours_searched
from digitlab.compute.parts import digits_at_once, parts
from digitlab.compute.tasks import inspection
from digitlab.records.inside import PATCH_POSITIONS, Attribution, Neighbours
from digitlab.specs import SET_SIZES

Ask = Callable[..., Any]
"""Asks a worker one thing: `ask(task, *arguments)`."""

_PIXELS_AT_ONCE = 20_000
"""Training digits that are compared by their pixels in one part."""


def attribution(
    ask: Ask, architecture: Architecture, image: inspection.Image, answer: int
) -> Attribution:
    """What in a picture (28, 28) speaks for an answer."""
    gradient = ask(inspection.gradient, image, answer)
    pieces = parts(1 + PATCH_POSITIONS**2, digits_at_once(architecture))
    chances = np.concatenate([ask(inspection.chances, image, answer, *piece) for piece in pieces])
    drops = chances[0] - chances[1:]
    return Attribution(gradient, drops.reshape(PATCH_POSITIONS, PATCH_POSITIONS))


def neighbours(
    ask: Ask, architecture: Architecture, image: inspection.Image, count: int
) -> tuple[Neighbours, Neighbours]:
    """The nearest training digits by pixels, and those for the network."""
    searched = neighbours_searched(stack_of(architecture))
    by_pixels = parts(SET_SIZES["train"], _PIXELS_AT_ONCE)
    by_network = parts(searched, digits_at_once(architecture))
    return (
        _nearest(ask, inspection.nearest_by_pixels, image, count, list(by_pixels)),
        _nearest(ask, inspection.nearest_by_network, image, count, list(by_network)),
    )


def _nearest(
    ask: Ask, task: Any, image: inspection.Image, count: int, pieces: list[tuple[int, int]]
) -> Neighbours:
    nearest_of_parts: list[Neighbours] = [ask(task, image, count, *piece) for piece in pieces]
    indices = np.concatenate(
        [part.indices + first for part, (first, _) in zip(nearest_of_parts, pieces, strict=True)]
    )
    distances = np.concatenate([part.distances for part in nearest_of_parts])
    nearest = np.argsort(distances, kind="stable")[:count]
    return Neighbours(
        indices[nearest], distances[nearest], sum(part.searched for part in nearest_of_parts)
    )
