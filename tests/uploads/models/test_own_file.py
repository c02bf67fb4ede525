"""A file of the lab's own, brought back to it. Its network comes from a worker (tests/needs.py)."""

import numpy as np
import pytest

from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import evaluate_model


def test_a_file_of_the_labs_own_gives_the_same_answers(
    trained: TrainedNetwork, mnist: Dataset
) -> None:
    from digitlab.engine import inference

    network = read_network(trained.model)
    answers = inference.probabilities(network, mnist.x_test)
    np.testing.assert_allclose(answers, trained.probabilities, atol=1e-6)
    evaluated = evaluate_model(network, "network.keras", answers, mnist.y_test)
    assert evaluated.test_accuracy == pytest.approx(trained.test_accuracy, abs=2e-4)
    assert evaluated.test_loss == pytest.approx(trained.test_loss, rel=1e-4)
    assert not evaluated.architecture.gives_logits
