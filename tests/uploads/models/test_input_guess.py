"""In which numbers a brought network takes the pixels: found by what it reads."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.layers import Dense
from digitlab.architecture.stack import LayerStack
from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.preprocess import preprocessed
from digitlab.specs import Preprocessing
from digitlab.uploads.models import input_guess
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel
from tests.preprocess.test_preprocessing import IN_KERAS
from tests.uploads.models.learned import OF_UNIT, learned, shifted
from tests.uploads.models.making import saved
from tests.uploads.models.test_answers import convolutions, flat, pictures, rows, set_random_weights

OWN = Preprocessing.ZERO_TO_ONE

STACK = LayerStack((784,), (Dense(10, "softmax", True),))


@pytest.fixture(scope="module")
def own_model(mnist: Dataset) -> keras.Sequential:
    """Learned from pixels from 0 to 1."""
    return learned(OWN, mnist)


def recognised(
    model: keras.Sequential, mnist: Dataset
) -> tuple[Preprocessing, dict[Preprocessing, float]]:
    network = read_network(saved(model))
    shares = input_guess.shares(network, probabilities, mnist.x_train, mnist.y_train)
    return input_guess.chosen(shares), shares


@pytest.mark.parametrize("way", OF_UNIT)
def test_a_network_that_wants_other_pixels_is_recognised(
    own_model: keras.Sequential, mnist: Dataset, way: Preprocessing
) -> None:
    guess, shares = recognised(shifted(own_model, *OF_UNIT[way]), mnist)
    x = preprocessed(mnist.x_train[:1000], OWN)
    right = np.asarray(own_model(x)).argmax(axis=1) == mnist.y_train[:1000]
    assert right.mean() > 0.85
    assert guess == way, shares
    assert shares[way] == pytest.approx(right.mean(), abs=0.002)


def test_a_network_that_learned_from_normalized_columns_is_recognised(mnist: Dataset) -> None:
    guess, shares = recognised(learned(Preprocessing.NORMALIZED_COLUMNS, mnist), mnist)
    assert guess == Preprocessing.NORMALIZED_COLUMNS, shares


@pytest.mark.parametrize(
    ("lead", "of_more", "expected"),
    [
        (0.05, 0.6, Preprocessing.NORMALIZED_COLUMNS),  # and of more digits it reads more, too
        (0.05, 0.4, OWN),  # of more digits it reads fewer
        (0.2, 0.4, Preprocessing.NORMALIZED_COLUMNS),  # no chance: nothing more is asked
    ],
)
def test_a_small_lead_is_looked_at_on_more_digits(
    lead: float, of_more: float, expected: Preprocessing
) -> None:
    labels = np.zeros(200, np.uint8)  # more than are asked
    asked = []

    def ask_more(network: ParsedModel) -> np.ndarray:
        asked.append(network.preprocessing)
        share = 0.5 if network.preprocessing is OWN else of_more
        digits = np.where(np.arange(100) < 100 * share, 0, 1)
        return np.eye(10, dtype=np.float32)[digits]

    tried = {OWN: 0.6, Preprocessing.NORMALIZED_COLUMNS: 0.6 + lead}
    network = input_guess.settled(ParsedModel(STACK, ()), tried, ask_more, labels)
    assert network.preprocessing == expected
    assert len(asked) == (0 if lead > input_guess.NO_CHANCE else 2)


@pytest.mark.parametrize("way", Preprocessing)
@pytest.mark.parametrize("layers", [flat, pictures, rows, convolutions])
def test_it_is_asked_in_the_numbers_that_it_takes(
    mnist: Dataset, way: Preprocessing, layers: Callable[..., Any]
) -> None:
    """Its answers are those that Keras gives to the same numbers."""
    model = keras.Sequential(layers())
    set_random_weights(model, 0.05)
    images = mnist.x_test[:40]
    x = np.asarray(IN_KERAS[way](images.astype("float32"))).reshape(40, *model.input_shape[1:])
    expected = np.asarray(model(x))
    network = replace(read_network(saved(model)), preprocessing=way)
    if network.architecture.gives_logits:
        expected = np.asarray(keras.ops.softmax(expected))
    np.testing.assert_allclose(probabilities(network, images), expected, atol=2e-4)


class Fake:
    """Answers a chosen share of the digits rightly, by preprocessing; counts the questions."""

    def __init__(self, mnist: Dataset, shares: dict[Any, Any]) -> None:
        self.labels, self.shares = mnist.y_test, shares
        self.asked: list[Any] = []

    def __call__(self, network: ParsedModel, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.asked.append((network.preprocessing, len(images)))
        labels = self.labels[: len(images)].copy()
        wrong = round(len(images) * (1 - self.shares.get(network.preprocessing, 0.1)))
        labels[len(images) - wrong :] += 1
        return np.eye(11, dtype=np.float32)[labels][:, :10]


def guessed(
    fake: Callable[[ParsedModel, NDArray[np.uint8]], NDArray[np.float32]],
    mnist: Dataset,
    network: ParsedModel | None = None,
) -> tuple[Preprocessing, dict[Preprocessing, float]]:
    network = network or ParsedModel(STACK, ())
    shares = input_guess.shares(network, fake, mnist.x_test, mnist.y_test)
    return input_guess.chosen(shares), shares


@pytest.mark.parametrize("way", Preprocessing)
def test_the_best_is_taken(mnist: Dataset, way: Preprocessing) -> None:
    fake = Fake(mnist, {way: 0.9})
    guess, shares = guessed(fake, mnist)
    assert guess == way
    assert shares == {other: 0.9 if other == way else 0.1 for other in Preprocessing}
    assert fake.asked == [(other, limits.GUESS_DIGITS) for other in Preprocessing]


def test_the_labs_own_is_taken_if_another_is_hardly_better(mnist: Dataset) -> None:
    assert guessed(Fake(mnist, {OWN: 0.9, Preprocessing.STANDARDIZED: 0.909}), mnist)[0] == OWN
    better = Fake(mnist, {OWN: 0.9, Preprocessing.STANDARDIZED: 0.915})
    assert guessed(better, mnist)[0] == Preprocessing.STANDARDIZED


def test_numbers_to_255_are_taken_only_if_they_are_clearly_better(mnist: Dataset) -> None:
    small, large = Preprocessing.INVERTED_ZERO_TO_ONE, Preprocessing.INVERTED_ZERO_TO_255
    assert guessed(Fake(mnist, {small: 0.9, large: 0.905}), mnist)[0] == small
    assert guessed(Fake(mnist, {small: 0.9, large: 0.915}), mnist)[0] == large
    other = Preprocessing.NORMALIZED_PICTURE  # between numbers that are small, the best is taken
    assert guessed(Fake(mnist, {small: 0.9, other: 0.905, large: 0.91}), mnist)[0] == other


def test_a_network_that_reads_well_is_asked_once(mnist: Dataset) -> None:
    fake = Fake(mnist, {OWN: input_guess.READS_WELL})
    assert guessed(fake, mnist) == (OWN, {OWN: input_guess.READS_WELL})
    assert len(fake.asked) == 1


def test_only_the_labs_own_way_ends_the_search(mnist: Dataset) -> None:
    """What reads well with large numbers may read still better with others."""
    shares = {Preprocessing.ZERO_TO_255: 0.985, Preprocessing.STANDARDIZED: 0.99}
    assert guessed(Fake(mnist, shares), mnist)[0] == Preprocessing.STANDARDIZED


def test_where_none_reads_half_the_labs_own_is_taken(mnist: Dataset) -> None:
    guess, shares = guessed(Fake(mnist, {Preprocessing.ZERO_TO_255: 0.49}), mnist)
    assert guess == OWN
    assert len(shares) == len(Preprocessing)


def test_answers_that_are_no_numbers_are_wrong_and_end_nothing(mnist: Dataset) -> None:
    def overflows(network: ParsedModel, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        answers = np.eye(10, dtype=np.float32)[mnist.y_test[: len(images)]]
        if network.preprocessing != Preprocessing.ZERO_TO_255:
            answers[:] = np.nan
        return answers

    guess, shares = guessed(overflows, mnist)
    assert (guess, shares[OWN]) == (Preprocessing.ZERO_TO_255, 0)


def test_a_network_that_takes_whole_numbers_gets_no_fractions(mnist: Dataset) -> None:
    class Whole(LayerStack):
        takes_integers = True

    network = ParsedModel(Whole((784,), STACK.layers), ())
    fake = Fake(mnist, {Preprocessing.INVERTED_ZERO_TO_255: 0.8, OWN: 0.9})
    guess, shares = guessed(fake, mnist, network)
    assert guess == Preprocessing.INVERTED_ZERO_TO_255
    assert list(shares) == [Preprocessing.ZERO_TO_255, Preprocessing.INVERTED_ZERO_TO_255]
    assert guessed(Fake(mnist, {}), mnist, network)[0] == Preprocessing.ZERO_TO_255
