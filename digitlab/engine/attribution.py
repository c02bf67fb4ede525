"""What in a picture speaks for an answer. Imports Keras and TensorFlow: for workers only."""

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.engine import inference
from digitlab.engine.forward_pass import logits, prepared
from digitlab.preprocess.arrays import network_input
from digitlab.preprocess.preprocessing import ink_gradient
from digitlab.records.inside import PATCH, STEP, Attribution
from digitlab.records.networks import Network
from digitlab.specs import IMAGE_SHAPE

Array = NDArray[np.float32]


def attribution(network: Network, image: NDArray[np.uint8], answer: int) -> Attribution:
    """Gradient and occlusion of one answer for a picture (28, 28)."""
    return Attribution(gradient(network, image, answer), drops(network, image, answer))


def gradient(network: Network, image: NDArray[np.uint8], answer: int) -> Array:
    """The slope of the answer's logit for each pixel, from paper to ink: `(28, 28)`.

    Of normalized pixels, the slope for each number that the network takes.
    """
    stack, tensors = prepared(network)
    x = tf.convert_to_tensor(network_input(image[None], stack, network.preprocessing))
    with tf.GradientTape() as tape:
        tape.watch(x)
        logit = logits(stack, tensors, x)[0, answer]
    slope: Array = np.asarray(tape.gradient(logit, x)).reshape(IMAGE_SHAPE)
    return ink_gradient(slope, network.preprocessing)


def drops(network: Network, image: NDArray[np.uint8], answer: int) -> Array:
    """By how much the answer's probability falls under each place of a patch of paper."""
    pictures = [image, *occluded(image)]
    chances = inference.probabilities(network, np.stack(pictures))[:, answer]
    side = places(IMAGE_SHAPE[0])
    fallen: Array = chances[0] - chances[1:]
    return fallen.reshape(side, side)


def chances(
    network: Network, image: NDArray[np.uint8], answer: int, first: int, last: int
) -> Array:
    """The answer's probability for the picture, then for each that `occluded` makes: some of these."""
    pictures = [image, *occluded(image)][first:last]
    return inference.probabilities(network, np.stack(pictures))[:, answer]


def occluded(image: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The picture with the patch at each of its places, row by row."""
    corners = range(0, STEP * places(IMAGE_SHAPE[0]), STEP)
    found = []
    for row in corners:
        for column in corners:
            picture = image.copy()
            picture[row : row + PATCH, column : column + PATCH] = 0
            found.append(picture)
    return found


def places(side: int) -> int:
    """How many places the patch has along one side."""
    return (side - PATCH) // STEP + 1
