"""What in a picture speaks for an answer, against finite differences and patched pictures."""

import numpy as np
import pytest

from digitlab.analysis.layer_arithmetic import (
    first_pictures,
)
from digitlab.architecture.stack import stack_of
from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.engine.inspection.attribution import attribution, occluded
from digitlab.engine.inspection.forward_pass import logits, stack_and_tensors
from digitlab.records.inside import PATCH, STEP
from digitlab.records.layer_weights import layers_of
from tests.random_networks import RandomNetwork


@pytest.mark.parametrize(
    "name",
    ["tanh", "not scaled", "logits", "row by row", "sigmoid", "filters for each channel"],
)
def test_gradient_is_what_finite_differences_give(
    networks: dict[str, RandomNetwork], small: Dataset, name: str
) -> None:
    network, image, answer = networks[name].network, small.x_test[3], 6
    stack, tensors = stack_and_tensors(network)
    slope = attribution(network, image, answer).gradient
    unit = 255 if name == "not scaled" else 1
    pixels = image.astype(np.float32) / 255 * unit
    assert np.abs(slope).max() > 0.01
    step = 0.01 * unit
    for row, column in [(14, 14), (5, 20), (0, 0), (20, 9)]:
        ends = []
        for sign in (1, -1):
            moved = pixels.copy()
            moved[row, column] += sign * step
            x = moved.reshape(1, *stack.input_shape)
            ends.append(float(logits(stack, tensors, x)[0, answer]))
        difference = (ends[0] - ends[1]) / (2 * step) * unit
        assert slope[row, column] == pytest.approx(
            difference, abs=3e-3 * float(np.abs(slope).max())
        )


def test_gradient_of_a_network_without_hidden_layer_is_its_weights(
    networks: dict[str, RandomNetwork], small: Dataset
) -> None:
    network = networks["no hidden layer"].network
    expected = attribution(network, small.x_test[3], 4)
    weights = network.weights[0][:, 4].reshape(28, 28)
    np.testing.assert_allclose(expected.gradient, weights, rtol=1e-5)
    stack = stack_of(network.architecture)
    pictures = first_pictures(stack, layers_of(network)[0])
    assert pictures is not None
    np.testing.assert_array_equal(pictures[4], weights)


def test_occlusion_is_what_a_patch_of_paper_takes_away(
    networks: dict[str, RandomNetwork], small: Dataset
) -> None:
    network, image = networks["CNN"].network, small.x_test[3]
    drops = attribution(network, image, 0).drops
    assert drops.shape == (13, 13)
    for row, column in [(0, 0), (5, 6), (12, 12)]:
        patched = image.copy()
        patched[STEP * row : STEP * row + PATCH, STEP * column : STEP * column + PATCH] = 0
        before, after = probabilities(network, np.stack([image, patched]))[:, 0]
        assert drops[row, column] == pytest.approx(before - after, abs=1e-6)
    assert len(occluded(image)) == drops.size
    assert not np.any(occluded(image)[-1][-PATCH:, -PATCH:])  # it reaches the last pixel
