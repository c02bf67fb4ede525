"""Neighbours and maps, against scikit-learn."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from digitlab import limits
from digitlab.architecture import workload
from digitlab.architecture.layers import Conv2D, Dense, Flatten
from digitlab.architecture.stack import LayerStack
from digitlab.data.mnist import Dataset
from digitlab.engine.inspection import pca, tsne
from digitlab.engine.inspection.forward_pass import features
from digitlab.engine.inspection.neighbours import by_network, by_pixels
from digitlab.records.networks import ModelWeights
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec
from tests.random_networks import RandomNetwork


def nearest(points: NDArray[Any], query: str) -> tuple[Any, Any]:
    distances, indices = (
        NearestNeighbors(n_neighbors=10, algorithm="brute").fit(points).kneighbors([query])
    )
    return indices[0], distances[0]


def test_nearest_by_pixels_are_scikit_learns(small: Dataset) -> None:
    image = small.x_test[3]
    neighbours = by_pixels(small.x_train, image, 10)
    indices, distances = nearest(small.x_train.reshape(-1, 784) / 255, image.reshape(-1) / 255)
    np.testing.assert_array_equal(neighbours.indices, indices)
    np.testing.assert_allclose(neighbours.distances, distances, rtol=1e-5)
    assert neighbours.searched == len(small.x_train)


@pytest.mark.parametrize("name", ["tanh", "no hidden layer", "CNN"])
def test_nearest_for_the_network_are_scikit_learns(
    networks: dict[str, SimpleNamespace], small: Dataset, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    network, image = networks[name].network, small.x_test[3]
    multiply_adds = LayerStack.of(network.architecture).multiply_adds
    monkeypatch.setattr(limits, "NEIGHBOUR_MULTIPLY_ADDS", 1500 * multiply_adds)
    monkeypatch.setattr(limits, "HIDDEN_NUMBERS", 4000)  # in many parts
    neighbours = by_network(network, small.x_train, image, 10)
    assert neighbours.searched == 1500
    points = features(network, small.x_train[:1500])
    indices, distances = nearest(points, features(network, image[None])[0])
    np.testing.assert_array_equal(neighbours.indices, indices)
    np.testing.assert_allclose(neighbours.distances, distances, rtol=1e-3, atol=1e-5)


def test_a_digit_among_them_is_its_own_nearest(
    networks: dict[str, RandomNetwork], small: Dataset
) -> None:
    for neighbours in (
        by_pixels(small.x_train, small.x_train[17], 3),
        by_network(networks["CNN"].network, small.x_train, small.x_train[17], 3),
    ):
        assert neighbours.indices[0] == 17
        assert neighbours.distances[0] == pytest.approx(0, abs=1e-4)


def test_a_layer_of_many_numbers_is_held_for_few_digits_at_once() -> None:
    """A file may make 50,176 numbers of each digit, with little work."""
    wide = LayerStack(
        (28, 28, 1),
        (Conv2D(64, (1, 1), (1, 1), "valid", "relu", True), Flatten(), Dense(10, "softmax", True)),
    )
    assert workload.hidden_batch_size(wide) * 28 * 28 * 64 <= limits.HIDDEN_NUMBERS
    assert workload.digits_on_map(wide) == workload.hidden_batch_size(wide) < limits.MAP_DIGITS
    assert workload.digits_on_map(LayerStack.of(NetworkSpec())) == limits.MAP_DIGITS


def test_all_training_digits_are_compared_if_that_is_quick() -> None:
    assert workload.neighbours_searched(LayerStack.of(NetworkSpec())) == 60_000
    assert 5000 < workload.neighbours_searched(LayerStack.of(PRESETS["Small CNN"].network)) < 60_000


def test_pca_map_is_scikit_learns(networks: dict[str, SimpleNamespace], small: Dataset) -> None:
    network, image = networks["CNN"].network, small.x_train[0]
    coordinates, star, share = pca.pca(network, small.x_test, image)
    points = features(network, small.x_test)
    fitted = PCA(2).fit(points)
    np.testing.assert_allclose(
        np.abs(coordinates), np.abs(fitted.transform(points)), rtol=1e-2, atol=1e-4
    )
    there = fitted.transform(features(network, image[None]))[0]
    np.testing.assert_allclose(np.abs(star), np.abs(there), rtol=1e-2, atol=1e-4)
    assert share == pytest.approx(fitted.explained_variance_ratio_.sum(), rel=1e-3)


@pytest.mark.parametrize("units", [1, 3])
def test_maps_of_layers_that_are_narrow_or_dead(small: Dataset, units: int) -> None:
    """One unit is a line; and where every digit gives the same numbers there is still a picture."""
    spec = NetworkSpec((HiddenLayer(units, "relu"),))
    dead = (np.zeros((784, units)), -np.ones(units), np.ones((units, 10)), np.zeros(10))
    alive = (np.full((784, units), 0.01), *dead[1:])
    for weights, shares in ((dead, [None]), (alive, [pytest.approx(1)])):
        network = ModelWeights(spec, tuple(array.astype(np.float32) for array in weights))
        coordinates, star, share = pca.pca(network, small.x_test[:120], small.x_test[0])
        assert np.isfinite(coordinates).all()
        assert np.isfinite(star).all()
        assert share in shares
        state = tsne.optimize(tsne.begin(network, small.x_test[:120]), 5, 12.0)
        coordinates, star = tsne.coordinates(network, state, small.x_test[0])
        assert np.isfinite(coordinates).all()
        assert np.isfinite(star).all()


def test_tsne_keeps_neighbours_together_and_puts_a_picture_among_its_own(
    networks: dict[str, SimpleNamespace], small: Dataset
) -> None:
    network, images = networks["tanh"].network, small.x_test[:300]
    state = tsne.begin(network, images)
    for exaggeration in (12.0, 1.0, 1.0):
        state = tsne.optimize(state, 60, exaggeration)
    coordinates, star = tsne.coordinates(network, state, images[40])
    assert trustworthiness(features(network, images), coordinates) > 0.9
    distances = np.linalg.norm(coordinates - star, axis=1)
    assert np.argsort(distances).tolist().index(40) < 5  # beside the same picture on the map
    again = tsne.coordinates(
        network, tsne.optimize(tsne.begin(network, images), 60, 12.0), images[40]
    )
    once = tsne.coordinates(
        network, tsne.optimize(tsne.begin(network, images), 60, 12.0), images[40]
    )
    np.testing.assert_array_equal(again[0], once[0])


def test_wide_layers_are_made_narrower_before_tsne(small: Dataset) -> None:
    spec = NetworkSpec((HiddenLayer(80, "tanh"),))
    random = np.random.default_rng(0)
    weights = (random.normal(0, 0.05, (784, 80)), np.zeros(80), np.zeros((80, 10)), np.zeros(10))
    network = replace(
        ModelWeights(spec, ()), weights=tuple(array.astype(np.float32) for array in weights)
    )
    state = tsne.begin(network, small.x_test[:150])
    coordinates, star = tsne.coordinates(network, tsne.optimize(state, 5, 12.0), small.x_test[3])
    assert coordinates.shape == (150, 2)
    assert star.shape == (2,)
