"""The code of Robustness gives the lab's own numbers."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from digitlab.analysis import confidence
from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.export import snippets
from digitlab.export.snippets import robustness
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.records.networks import ModelWeights
from digitlab.specs import PRESETS, RunSpec, TrainSpec
from tests.export.snippets.test_snippets import execute  # noqa: F401 - a fixture


def test_code_counts_what_the_lab_counts(execute: Callable[..., Any], small: Dataset) -> None:  # noqa: F811
    spec = RunSpec(
        PRESETS["Small CNN"].network, TrainSpec(optimizer="adam", learning_rate=0.001, epochs=1)
    )
    names, printed = execute(
        snippets.prepare(spec), snippets.train(spec), snippets.evaluate(spec), snippets.predict(0),
        robustness.spoil(), robustness.calibrate(),
    )  # fmt: skip
    network = ModelWeights(spec.network, tuple(names["model"].get_weights()))
    labels = small.y_test
    for kind, pattern in (
        ("shift", r"Shifted by (\d+) pixels: (\S+)"),
        ("noise", r"Noise of (\d+) %: (\S+)"),
    ):
        printed_shares = {
            int(strength): float(share) for strength, share in re.findall(pattern, printed)
        }
        assert tuple(printed_shares) == DISTORTIONS[kind].strengths
        for strength in printed_shares:
            images = DISTORTIONS[kind].apply(small.x_test, strength)
            right = probabilities(network, images).argmax(axis=1) == labels
            assert printed_shares[strength] == pytest.approx(right.mean(), abs=1e-12)
    answers = names["predictions"]
    for percent, answered, right in re.findall(r"(\d+) %: (\d+) answered, (\d+) right", printed):
        reject_option = confidence.reject_option(labels, answers, int(percent) / 100)
        assert (reject_option.answered, reject_option.right) == (int(answered), int(right))
    rows = re.findall(r"(\d+) answers: says (\S+) and is right in (\S+)", printed)
    bins = [bin_ for bin_ in confidence.reliability(labels, answers) if bin_.count]
    np.testing.assert_allclose(
        np.array(rows, float),
        [(bin_.count, bin_.confidence, bin_.accuracy) for bin_ in bins],
        rtol=1e-6,
    )
