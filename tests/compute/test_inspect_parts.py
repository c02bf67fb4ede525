"""What is asked in parts is what is asked at once."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.stack import stack_of
from digitlab.architecture.workload import neighbours_searched
from digitlab.compute import inspect_parts
from digitlab.compute.parts import digits_at_once, parts
from digitlab.compute.tasks import distorted_accuracy
from digitlab.data.mnist import Dataset, load_mnist
from digitlab.engine.build import build_model
from digitlab.engine.inspection.attribution import attribution
from digitlab.engine.inspection.neighbours import by_network, by_pixels
from digitlab.records.networks import ModelWeights
from digitlab.specs import PRESETS

CNN = PRESETS["Small CNN"].network


@pytest.fixture(scope="module")
def network() -> ModelWeights:
    return ModelWeights(CNN, tuple(build_model(CNN).get_weights()))


class Asked:
    """A worker that is here, and counts."""

    def __init__(self, network: ModelWeights) -> None:
        self.network = network
        self.parts: list[Any] = []

    def __call__(self, task: Any, *arguments: Any) -> Any:
        self.parts.append(task.__name__)
        return task(self.network, *arguments)


def test_parts_are_all_of_it_and_none_is_too_large() -> None:
    for count in (1, 7, 1000, 60_000):
        for at_once in (1, 3, 999, 100_000):
            pieces = list(parts(count, at_once))
            assert [index for first, last in pieces for index in range(first, last)] == [
                *range(count)
            ]
            assert max(last - first for first, last in pieces) <= at_once


def test_a_part_is_so_much_work_at_most() -> None:
    for preset in PRESETS.values():
        stack = stack_of(preset.network)
        assert digits_at_once(preset.network) * stack.multiply_adds <= limits.PART_MULTIPLY_ADDS
        assert digits_at_once(stack) == digits_at_once(preset.network)


def test_attribution(
    network: ModelWeights, mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PART_MULTIPLY_ADDS", 50 * stack_of(CNN).multiply_adds)
    image, asked = mnist.x_test[4], Asked(network)
    in_parts = inspect_parts.attribution(asked, CNN, image, 4)
    at_once = attribution(network, image, 4)
    assert asked.parts == ["gradient", *4 * ["chances"]]
    np.testing.assert_allclose(in_parts.drops, at_once.drops, atol=1e-6)
    np.testing.assert_array_equal(in_parts.gradient, at_once.gradient)


def test_neighbours(network: ModelWeights, mnist: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NEIGHBOUR_MULTIPLY_ADDS", 2000 * stack_of(CNN).multiply_adds)
    monkeypatch.setattr(limits, "PART_MULTIPLY_ADDS", 300 * stack_of(CNN).multiply_adds)
    image, asked = mnist.x_test[4], Asked(network)
    pixels, inside = inspect_parts.neighbours(asked, CNN, image, 10)
    assert asked.parts == 3 * ["nearest_by_pixels"] + 7 * ["nearest_by_network"]
    at_once = by_pixels(mnist.x_train, image, 10)
    np.testing.assert_array_equal(pixels.indices, at_once.indices)
    np.testing.assert_array_equal(pixels.distances, at_once.distances)
    assert pixels.searched == 60_000
    at_once = by_network(network, mnist.x_train[:2000], image, 10)
    np.testing.assert_array_equal(inside.indices, at_once.indices)
    np.testing.assert_allclose(inside.distances, at_once.distances, rtol=1e-5)
    assert inside.searched == neighbours_searched(stack_of(CNN)) == 2000


def test_spoiled_digits(network: ModelWeights, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = distorted_accuracy.share_right(partial(Asked(network)), CNN, "noise", 30)
    monkeypatch.setattr(limits, "PART_MULTIPLY_ADDS", 300 * stack_of(CNN).multiply_adds)
    asked = Asked(network)
    assert distorted_accuracy.share_right(asked, CNN, "noise", 30) == at_once
    assert asked.parts == 4 * ["right"]
    assert len(load_mnist().x_test) == 10_000
