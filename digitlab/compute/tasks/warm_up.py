"""What a worker does before its first task."""

import numpy as np

from digitlab.data.mnist import load_mnist
from digitlab.records.networks import ModelWeights
from digitlab.records.training import WorkerKind
from digitlab.specs import IMAGE_SHAPE, NetworkSpec


def warm_up(kind: str) -> None:
    """Import Keras and compute once, so that the first visitor doesn't wait for it."""
    from digitlab.engine import lean

    lean.import_keras()

    from digitlab.engine import fit, inference
    from digitlab.engine.build import build_model, use_own_settings

    use_own_settings()

    if kind == WorkerKind.TRAIN:
        load_mnist().x_train  # noqa: B018 - loaded when first asked for
        fit.warm_up()
    else:
        network = NetworkSpec()
        images = np.zeros((1, *IMAGE_SHAPE), np.uint8)
        weights = tuple(build_model(network).get_weights())
        inference.probabilities(ModelWeights(network, weights), images)
        load_mnist().x_test  # noqa: B018 - loaded when first asked for
