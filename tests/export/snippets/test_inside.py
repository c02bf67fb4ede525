"""The code shown gives the lab's own numbers, in plain Keras."""

import io
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import matplotlib as mpl
import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from digitlab.architecture.layers import Activation, Dense
from digitlab.architecture.stack import LayerStack, stack_of
from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.engine.inspection import pca
from digitlab.engine.inspection.attribution import attribution
from digitlab.engine.inspection.neighbours import by_network, by_pixels
from digitlab.export.snippets import inside
from digitlab.export.snippets.uploaded import load
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.uploads.models.archive import read_network
from tests.random_networks import scaled_within, sigmoid
from tests.uploads.models.making import saved, with_layer
from tests.uploads.models.older import in_hdf5
from tests.uploads.models.random_weights import with_random_weights
from tests.uploads.models.test_dialects import functional, nested, older

mpl.use("Agg")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[NDArray[Any]]:
    """What `plt.imshow` got."""
    from matplotlib import pyplot

    drawn = []
    monkeypatch.setattr(pyplot, "imshow", lambda image, **how: drawn.append(np.array(image)))
    return drawn


@pytest.fixture
def execute(
    networks: dict[str, SimpleNamespace], small: Dataset, shown: list[NDArray[Any]]
) -> Callable[..., Any]:
    """Run pieces one after another beside a network and prepared digits; gives their names."""

    def run(name: str, *pieces: Sequence[Any]) -> Any:
        stack = stack_of(networks[name].network.architecture)
        return run_beside(stack, small, pieces, model=networks[name].model)

    return run


def run_beside(
    stack: LayerStack,
    small: Dataset,
    pieces: Sequence[Any],
    **names: Any,
) -> Any:
    """What pieces of code name and print, run one after another beside prepared digits."""
    from matplotlib import pyplot

    names |= {"keras": keras, "np": np, "tf": tf, "PCA": PCA, "plt": pyplot}
    names |= {
        f"x_{subset}": network_input(getattr(small, f"x_{subset}")[:1200], stack)
        for subset in ("train", "test")
    }
    names |= {"y_train": one_hot(small.y_train[:1200]), "y_test": one_hot(small.y_test)}
    output = io.StringIO()
    with redirect_stdout(output):
        for piece in pieces:
            exec(compile(piece, "snippet", "exec"), names)
    return names, output.getvalue()


@pytest.mark.parametrize("name", ["tanh", "CNN", "no hidden layer", "logits"])
def test_code_gives_the_labs_pictures_and_numbers(
    execute: Callable[..., Any],
    networks: dict[str, SimpleNamespace],
    small: Dataset,
    shown: list[NDArray[Any]],
    name: str,
) -> None:
    network, image = networks[name].network, small.x_test[3]
    stack = stack_of(network.architecture)
    answer = int(probabilities(network, image[None])[0].argmax())
    names, printed = execute(
        name,
        inside.weights(stack),
        inside.activations(stack, 3),
        inside.last_step(stack, 3),
        inside.attribution(stack, 3, answer if name == "logits" else None),
        inside.neighbours(stack, 3, 1000, True),
    )
    exponentials = np.asarray(names["exponentials"])[0]
    expected = attribution(network, image, answer)
    np.testing.assert_allclose(
        exponentials / exponentials.sum(), probabilities(network, image[None])[0], rtol=1e-3
    )
    np.testing.assert_allclose(shown[-2], expected.gradient, rtol=1e-3, atol=1e-5)
    if name != "logits":  # there the model itself ends with sums
        np.testing.assert_allclose(shown[-1], expected.drops, atol=1e-5)
    near = by_pixels(small.x_train[:1200], image, 10).indices
    near_inside = by_network(network, small.x_train[:1000], image, 10).indices
    for indices in (near, near_inside):
        assert str(indices) in printed
    np.testing.assert_array_equal(names["nearest"], near_inside)


@pytest.mark.parametrize("name", ["tanh", "no hidden layer"])
def test_code_draws_the_labs_map(
    execute: Callable[..., Any], networks: dict[str, SimpleNamespace], small: Dataset, name: str
) -> None:
    network = networks[name].network
    names, printed = execute(name, inside.digit_map(stack_of(network.architecture), 400, True))
    places, _, share = pca.pca(network, small.x_test[:400], small.x_test[0])
    np.testing.assert_allclose(np.abs(names["positions"]), np.abs(places), rtol=1e-2, atol=1e-3)
    assert float(printed.split()[-1]) == pytest.approx(share, rel=1e-3)


def test_layers_arranged_in_another_way_are_said_to_have_no_code(
    networks: dict[str, SimpleNamespace],
) -> None:
    stack = networks["no bias"].network.architecture
    assert isinstance(stack, LayerStack)
    assert inside.last_step(stack, 3) != inside.OTHER_END
    dense: Any = type(stack.layers[0])
    last = LayerStack((784,), (dense(10, "softmax", False),))
    assert "(kernel,) = last.get_weights()" in inside.last_step(last, 3)
    assert "bias" not in inside.last_step(last, 3)
    activated = LayerStack((784,), (Dense(10, "relu", True), Activation("softmax")))
    assert inside.last_step(activated, 3) == inside.OTHER_END  # its sums go through relu first
    usual = LayerStack((784,), (Dense(10, "linear", True), Activation("softmax")))
    assert inside.last_step(usual, 3) != inside.OTHER_END


def from_sigmoids() -> bytes:
    return saved(with_random_weights(keras.Sequential(sigmoid())))


def from_augmentation() -> bytes:
    return saved(with_random_weights(keras.Sequential(scaled_within())))


def from_tensorflow() -> bytes:
    function = {"module": "builtins", "class_name": "function", "registered_name": "function"}
    first, second = keras.layers.Dense(5, activation="tanh"), keras.layers.Dense(10)
    stack = [keras.Input((28, 28)), keras.layers.Flatten(), first, second]
    model = with_random_weights(keras.Sequential(stack))
    return with_layer(saved(model), 3, activation={**function, "config": "softmax_v2"})


@pytest.mark.filterwarnings("ignore:You are saving your model as an HDF5")
@pytest.mark.parametrize(
    "make",
    [
        *(from_sigmoids, from_augmentation, from_tensorflow),
        *(lambda: saved(nested()), lambda: saved(functional())),
        *(lambda: in_hdf5(nested()), lambda: in_hdf5(older())),
    ],
    ids=["sigmoids", "augmentation", "tf.nn", "nested", "functional", "nested h5", "h5"],
)
def test_code_for_networks_from_elsewhere(
    make: Callable[..., Any],
    small: Dataset,
    shown: list[NDArray[Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the file itself: the shown code loads it, and gives the lab's own numbers."""
    content = make()
    network = read_network(content)
    stack, image = network.architecture, small.x_test[3]
    (tmp_path / f"network.{'h5' if stack.origin.hdf5 else 'keras'}").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    pieces = [
        load(stack),
        inside.weights(stack),
        inside.activations(stack, 3),
        inside.last_step(stack, 3),
        inside.attribution(stack, 3, 4),
        inside.neighbours(stack, 3, 1000, True),
        inside.digit_map(stack, 300, True),
    ]
    assert inside.OTHER_END not in pieces
    names, printed = run_beside(stack, small, pieces)
    answers = probabilities(network, small.x_test[:20])
    np.testing.assert_allclose(names["model"].predict(names["x_test"][:20]), answers, atol=1e-5)
    steps = names["sigmoids"] if stack.gives_sigmoids else names["exponentials"]
    np.testing.assert_allclose(
        np.asarray(steps)[0] / np.sum(steps), answers[3], rtol=1e-3, atol=1e-6
    )
    expected = attribution(network, image, 4)
    largest = np.abs(expected.gradient).max()
    np.testing.assert_allclose(shown[-2], expected.gradient, atol=1e-3 * largest)
    np.testing.assert_allclose(shown[-1], expected.drops, atol=1e-5)
    assert str(by_network(network, small.x_train[:1000], image, 10).indices) in printed
