"""What may be asked about a network's inside.

What takes long is asked in parts: see `digitlab.compute.inspect_parts`.
"""

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.stack import stack_of
from digitlab.architecture.workload import digits_on_map
from digitlab.data.mnist import load_mnist
from digitlab.records.inside import DigitMap, ForwardPass, Neighbours
from digitlab.records.networks import ModelWeights

Image = NDArray[np.uint8]


def forward_pass(network: ModelWeights, image: Image) -> ForwardPass:
    """What each layer makes of a picture (28, 28)."""
    from digitlab.engine.inspection import forward_pass

    return forward_pass.forward(network, image)


def gradient(network: ModelWeights, image: Image, answer: int) -> NDArray[np.float32]:
    """The slope of an answer's logit for each pixel of a picture."""
    from digitlab.engine.inspection import attribution

    return attribution.gradient(network, image, answer)


def chances(
    network: ModelWeights, image: Image, answer: int, first: int, last: int
) -> NDArray[np.float32]:
    """An answer's probability for the picture, and under each place of the patch: some of these."""
    from digitlab.engine.inspection import attribution

    return attribution.occlusion_probabilities(network, image, answer, first, last)


def nearest_by_pixels(
    network: ModelWeights, image: Image, count: int, first: int, last: int
) -> Neighbours:
    """The nearest of some of the training digits, pixel by pixel."""
    from digitlab.engine.inspection import neighbours

    return neighbours.by_pixels(load_mnist().x_train[first:last], image, count)


def nearest_by_network(
    network: ModelWeights, image: Image, count: int, first: int, last: int
) -> Neighbours:
    """The nearest of some of the training digits for the network."""
    from digitlab.engine.inspection import neighbours

    return neighbours.by_network(network, load_mnist().x_train[first:last], image, count)


def pca_map(network: ModelWeights, image: Image) -> DigitMap:
    """The first test digits, and one picture among them, on the two main axes of the layer."""
    from digitlab.engine.inspection import pca

    return DigitMap(*pca.pca(network, _on_the_map(network), image))


def tsne_begin(network: ModelWeights) -> bytes:
    """A t-SNE map of the first test digits before its first step."""
    from digitlab.engine.inspection import tsne

    return tsne.begin(network, _on_the_map(network))


def tsne_go_on(network: ModelWeights, state: bytes, steps: int, exaggeration: float) -> bytes:
    """The map after some more steps."""
    from digitlab.engine.inspection import tsne

    return tsne.optimize(state, steps, exaggeration)


def tsne_map(network: ModelWeights, state: bytes, image: Image) -> DigitMap:
    """The map as it is, and one picture put on it."""
    from digitlab.engine.inspection import tsne

    return DigitMap(*tsne.coordinates(network, state, image))


def _on_the_map(network: ModelWeights) -> Image:
    return load_mnist().x_test[: digits_on_map(stack_of(network.architecture))]
