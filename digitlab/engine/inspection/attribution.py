"""Attribution of a predicted digit to pixels. Imports Keras and TensorFlow: for workers only."""

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.engine import inference
from digitlab.engine.inspection.forward_pass import logits, stack_and_tensors
from digitlab.preprocess.arrays import network_input
from digitlab.preprocess.preprocessing import ink_gradient
from digitlab.records.inside import PATCH, PATCH_POSITIONS, STEP, Attribution
from digitlab.records.networks import Network
from digitlab.specs import IMAGE_SHAPE

Array = NDArray[np.float32]


def attribution(network: Network, image: NDArray[np.uint8], answer: int) -> Attribution:
    """Gradient and occlusion of one answer for an image (28, 28)."""
    return Attribution(gradient(network, image, answer), drops(network, image, answer))


def gradient(network: Network, image: NDArray[np.uint8], answer: int) -> Array:
    """The gradient of the answer's logit for each pixel, from paper to ink: `(28, 28)`.

    For normalized pixels, the gradient for each number that the network takes.
    """
    stack, tensors = stack_and_tensors(network)
    x = tf.convert_to_tensor(network_input(image[None], stack, network.preprocessing))
    with tf.GradientTape() as tape:
        tape.watch(x)
        logit = logits(stack, tensors, x)[0, answer]
    gradients: Array = np.asarray(tape.gradient(logit, x)).reshape(IMAGE_SHAPE)
    return ink_gradient(gradients, network.preprocessing)


def drops(network: Network, image: NDArray[np.uint8], answer: int) -> Array:
    """By how much the answer's probability falls at each position of a patch of paper."""
    probabilities = occlusion_probabilities(network, image, answer, 0, 1 + PATCH_POSITIONS**2)
    falls: Array = probabilities[0] - probabilities[1:]
    return falls.reshape(PATCH_POSITIONS, PATCH_POSITIONS)


def occlusion_probabilities(
    network: Network, image: NDArray[np.uint8], answer: int, first: int, last: int
) -> Array:
    """The answer's probability for the image, then for each occluded one: from first to last."""
    images = [image, *occluded(image)][first:last]
    return inference.probabilities(network, np.stack(images))[:, answer]


def occluded(image: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The image with the patch at each of its positions, row by row."""
    corners = range(0, STEP * PATCH_POSITIONS, STEP)
    images = []
    for row in corners:
        for column in corners:
            occluded_image = image.copy()
            occluded_image[row : row + PATCH, column : column + PATCH] = 0
            images.append(occluded_image)
    return images
