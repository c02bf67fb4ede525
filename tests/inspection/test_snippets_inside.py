"""The code shown gives the lab's own numbers, in plain Keras."""

import io
from contextlib import redirect_stdout

import keras
import matplotlib as mpl
import numpy as np
import pytest
import tensorflow as tf
from sklearn.decomposition import PCA

from digitlab.brought.layers import Activation, Dense
from digitlab.brought.stack import LayerStack
from digitlab.inspection import maps
from digitlab.inspection.evidence import evidence
from digitlab.inspection.neighbours import by_network, by_pixels
from digitlab.inspection.stacks import stack_of
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.snippets import inside
from digitlab.training.inference import probabilities

mpl.use("Agg")


@pytest.fixture
def shown(monkeypatch):
    """What `plt.imshow` got."""
    from matplotlib import pyplot

    drawn = []
    monkeypatch.setattr(pyplot, "imshow", lambda image, **how: drawn.append(np.array(image)))
    return drawn


@pytest.fixture
def execute(networks, small, shown):
    """Run pieces one after another beside a network and prepared digits; gives their names."""
    from matplotlib import pyplot

    def run(name, *pieces):
        one = networks[name]
        stack = stack_of(one.network.architecture)
        names = {"keras": keras, "np": np, "tf": tf, "PCA": PCA, "plt": pyplot, "model": one.model}
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

    return run


@pytest.mark.parametrize("name", ["tanh", "CNN", "no hidden layer", "logits"])
def test_code_gives_the_labs_pictures_and_numbers(execute, networks, small, shown, name):
    network, image = networks[name].network, small.x_test[3]
    stack = stack_of(network.architecture)
    answer = int(probabilities(network, image[None])[0].argmax())
    names, printed = execute(
        name,
        inside.weights(stack),
        inside.numbers(stack, 3),
        inside.evidence(stack, 3, answer if name == "logits" else None),
        inside.neighbours(stack, 3, 1000, True),
    )
    powers = np.asarray(names["powers"])[0]
    found = evidence(network, image, answer)
    np.testing.assert_allclose(
        powers / powers.sum(), probabilities(network, image[None])[0], rtol=1e-3
    )
    np.testing.assert_allclose(shown[-2], found.gradient, rtol=1e-3, atol=1e-5)
    if name != "logits":  # there the model itself ends with sums
        np.testing.assert_allclose(shown[-1], found.falls, atol=1e-5)
    near = by_pixels(small.x_train[:1200], image, 10).indices
    near_inside = by_network(network, small.x_train[:1000], image, 10).indices
    for indices in (near, near_inside):
        assert str(indices) in printed
    np.testing.assert_array_equal(names["nearest"], near_inside)


@pytest.mark.parametrize("name", ["tanh", "no hidden layer"])
def test_code_draws_the_labs_map(execute, networks, small, name):
    network = networks[name].network
    names, printed = execute(name, inside.digit_map(stack_of(network.architecture), 400, True))
    places, _, share = maps.pca(network, small.x_test[:400], small.x_test[0])
    np.testing.assert_allclose(np.abs(names["places"]), np.abs(places), rtol=1e-2, atol=1e-3)
    assert float(printed.split()[-1]) == pytest.approx(share, rel=1e-3)


def test_layers_arranged_in_another_way_are_said_to_have_no_code(networks):
    stack = networks["no bias"].network.architecture
    assert isinstance(stack, LayerStack)
    assert inside.numbers(stack, 3) != inside.OTHER_END
    last = LayerStack((784,), (type(stack.layers[0])(10, "softmax", False),))
    assert inside.numbers(last, 3) == inside.OTHER_END
    bent = LayerStack((784,), (Dense(10, "relu", True), Activation("softmax")))
    assert inside.numbers(bent, 3) == inside.OTHER_END  # its sums go through relu first
    usual = LayerStack((784,), (Dense(10, "linear", True), Activation("softmax")))
    assert inside.numbers(usual, 3) != inside.OTHER_END
