"""The code shown for an uploaded network gives the lab's numbers, whatever its preprocessing."""

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

import keras
import matplotlib as mpl
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.engine.inspection.attribution import attribution
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


def line() -> list[Any]:
    return [
        keras.Input((784,)),
        keras.layers.Dense(9, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ]


@dataclass(frozen=True)
class Ran:
    """A network, and what the code shown for it named, drew and printed."""

    network: ParsedModel
    names: dict[str, Any]
    drawn: list[NDArray[Any]]
    printed: str


def every_way(*networks: Callable[..., Any]) -> list[Any]:
    """Each preprocessing with one of the networks in turn: what either does has no part in the
    other, and each pair costs two seconds."""
    return [
        pytest.param((way, layers), id=f"{way}, {layers.__name__}")
        for way, layers in zip(Preprocessing, cycle(networks), strict=False)
    ]


@pytest.fixture(scope="module", params=every_way(line, pictures, convolutions))
def ran(
    request: pytest.FixtureRequest, mnist: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Ran:
    """All pieces in one namespace beside the file, as in the program: Keras loads it once."""
    from matplotlib import pyplot

    way, layers = request.param
    network, file = network_of(layers)
    network = replace(network, preprocessing=way)
    folder = tmp_path_factory.mktemp("uploaded")
    (folder / "network.keras").write_bytes(file)
    digits = (mnist.x_test[:DIGITS], mnist.y_test[:DIGITS])
    names = {"keras": keras, "np": np, "tf": tf, "plt": pyplot}
    (names["x_train"], names["y_train"]), (names["x_test"], names["y_test"]) = digits, digits
    drawn: list[NDArray[Any]] = []
    output = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(output):
        patch.setattr(keras.datasets.mnist, "load_data", lambda: (digits, digits))
        patch.setattr(pyplot, "imshow", lambda image, **how: drawn.append(np.array(image)))
        patch.chdir(folder)
        for piece in (
            evaluate_uploaded(network.architecture, way),
            inside.attribution(network.architecture, 3, 6, way),
            robustness.spoil(way),
        ):
            exec(compile(with_imports(piece), "snippet", "exec"), names)
    pyplot.close("all")
    return Ran(network, names, drawn, output.getvalue())


def network_of(layers: Callable[..., Any]) -> tuple[ParsedModel, bytes]:
    model = keras.Sequential(layers())
    set_random_weights(model, 0.05)
    file = saved(model)
    return read_network(file), file


def test_the_code_tests_it_as_the_lab_does(ran: Ran, mnist: Dataset) -> None:
    answers = probabilities(ran.network, mnist.x_test[:DIGITS])
    evaluated = evaluate_model(ran.network, "a.keras", answers, mnist.y_test[:DIGITS])
    assert ran.names["test_metric"] == pytest.approx(evaluated.test_accuracy, abs=2e-3)
    assert ran.names["test_loss"] == pytest.approx(evaluated.test_loss, rel=1e-3)


def test_the_code_finds_the_labs_evidence(ran: Ran, mnist: Dataset) -> None:
    evidence = attribution(ran.network, mnist.x_test[3], 6)
    most = float(np.abs(evidence.gradient).max())
    assert most > 0
    np.testing.assert_allclose(ran.drawn[-2], evidence.gradient, rtol=1e-3, atol=1e-4 * most)
    np.testing.assert_allclose(ran.drawn[-1], evidence.drops, atol=2e-5)


def test_the_code_spoils_the_digits_as_the_lab_does(ran: Ran, mnist: Dataset) -> None:
    labels = mnist.y_test[:DIGITS]
    for kind, pattern in (
        ("shift", r"Shifted by (\d+) pixels: (\S+)"),
        ("noise", r"Noise of (\d+) %: (\S+)"),
    ):
        lines = re.findall(pattern, ran.printed)
        shares = {int(strength): float(share) for strength, share in lines}
        assert tuple(shares) == DISTORTIONS[kind].strengths
        for strength, share in shares.items():
            images = DISTORTIONS[kind].apply(mnist.x_test[:DIGITS], strength)
            right = probabilities(ran.network, images).argmax(axis=1) == labels
            assert share == pytest.approx(right.mean(), abs=2e-3)
