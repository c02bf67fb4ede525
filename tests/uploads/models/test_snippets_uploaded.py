"""The code shown for an uploaded network gives the lab's numbers, whatever its preprocessing."""

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import keras
import matplotlib as mpl
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.engine.attribution import attribution
from digitlab.engine.inference import probabilities
from digitlab.export.snippets import inside, robustness
from digitlab.export.snippets.names import with_imports
from digitlab.export.snippets.uploaded import evaluate_uploaded
from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.specs import Preprocessing
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel, evaluate_model
from tests.uploads.models.making import saved
from tests.uploads.models.test_answers import convolutions, pictures, set_random_weights

mpl.use("Agg")

DIGITS = 1000


@pytest.fixture
def execute(mnist: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run pieces in one namespace beside the file; gives their names, pictures drawn, and words."""
    from matplotlib import pyplot

    digits = (mnist.x_test[:DIGITS], mnist.y_test[:DIGITS])
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: (digits, digits))
    monkeypatch.chdir(tmp_path)
    drawn: list[np.ndarray] = []
    monkeypatch.setattr(pyplot, "imshow", lambda image, **how: drawn.append(np.array(image)))

    def run(file: Any, *pieces: Any) -> tuple[dict[str, Any], list[NDArray[Any]], str]:
        (tmp_path / "network.keras").write_bytes(file)
        names = {"keras": keras, "np": np, "tf": tf, "plt": pyplot}
        (names["x_train"], names["y_train"]), (names["x_test"], names["y_test"]) = digits, digits
        output = io.StringIO()
        with redirect_stdout(output):
            for piece in pieces:
                exec(compile(with_imports(piece), "snippet", "exec"), names)
        pyplot.close("all")
        return names, drawn, output.getvalue()

    return run


def line() -> list[Any]:
    return [
        keras.Input((784,)),
        keras.layers.Dense(9, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ]


def every_way(*networks: Callable[..., Any]) -> list[Any]:
    """Each preprocessing with one of the networks in turn: what either does has no part in the
    other, and each pair costs two seconds."""
    return [
        pytest.param(way, layers, id=f"{way}, {layers.__name__}")
        for way, layers in zip(Preprocessing, cycle(networks), strict=False)
    ]


def made(layers: Callable[..., Any]) -> tuple[ParsedModel, bytes]:
    model = keras.Sequential(layers())
    set_random_weights(model, 0.05)
    file = saved(model)
    return read_network(file), file


@pytest.mark.parametrize(("way", "layers"), every_way(line, pictures))
def test_the_code_tests_it_as_the_lab_does(
    execute: Callable[..., Any], mnist: Dataset, way: Preprocessing, layers: Callable[..., Any]
) -> None:
    network, file = made(layers)
    network = replace(network, preprocessing=way)
    answers = probabilities(network, mnist.x_test[:DIGITS])
    evaluated = evaluate_model(network, "a.keras", answers, mnist.y_test[:DIGITS])
    names, _, _ = execute(file, evaluate_uploaded(network.architecture, way))
    assert names["test_metric"] == pytest.approx(evaluated.test_accuracy, abs=2e-3)
    assert names["test_loss"] == pytest.approx(evaluated.test_loss, rel=1e-3)


@pytest.mark.parametrize(("way", "layers"), every_way(pictures, convolutions))
def test_the_code_finds_the_labs_evidence(
    execute: Callable[..., Any], mnist: Dataset, way: Preprocessing, layers: Callable[..., Any]
) -> None:
    network, file = made(layers)
    network = replace(network, preprocessing=way)
    stack = network.architecture
    _, drawn, _ = execute(
        file,
        evaluate_uploaded(stack, way),
        inside.attribution(stack, 3, 6, way),
    )
    evidence = attribution(network, mnist.x_test[3], 6)
    most = float(np.abs(evidence.gradient).max())
    assert most > 0
    np.testing.assert_allclose(drawn[-2], evidence.gradient, rtol=1e-3, atol=1e-4 * most)
    np.testing.assert_allclose(drawn[-1], evidence.drops, atol=2e-5)


@pytest.mark.parametrize("way", Preprocessing)
def test_the_code_spoils_the_digits_as_the_lab_does(
    execute: Callable[..., Any], mnist: Dataset, way: Preprocessing
) -> None:
    network, file = made(line)
    network = replace(network, preprocessing=way)
    _, _, printed = execute(
        file, evaluate_uploaded(network.architecture, way), robustness.spoil(way)
    )
    labels = mnist.y_test[:DIGITS]
    for kind, pattern in (
        ("shift", r"Shifted by (\d+) pixels: (\S+)"),
        ("noise", r"Noise of (\d+) %: (\S+)"),
    ):
        shares = {int(strength): float(share) for strength, share in re.findall(pattern, printed)}
        assert tuple(shares) == DISTORTIONS[kind].strengths
        for strength, share in shares.items():
            images = DISTORTIONS[kind].apply(mnist.x_test[:DIGITS], strength)
            right = probabilities(network, images).argmax(axis=1) == labels
            assert share == pytest.approx(right.mean(), abs=2e-3)
