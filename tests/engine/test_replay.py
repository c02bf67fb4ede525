"""The weights of each epoch: those of plain Keras, the same in pieces, and never too many."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.data.mnist import Dataset
from digitlab.engine.inference import probabilities
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.replay import with_epoch
from digitlab.records.training import Interruption
from digitlab.specs import RunSpec, TrainSpec
from tests.engine.test_fit import after_epoch, in_batch, plain_keras, run

SPEC = RunSpec(training=TrainSpec(epochs=5, seed=8))
WEIGHTS_MEGABYTES = 4 * 7960 / 10**6  # of the article's network


def assert_same_replay(replay: Any, expected_replay: list[Any]) -> None:
    assert [weights.epoch for weights in replay] == [weights.epoch for weights in expected_replay]
    for mine, theirs in zip(replay, expected_replay, strict=True):
        for array, expected in zip(mine.arrays, theirs.arrays, strict=True):
            np.testing.assert_array_equal(array, expected)


@pytest.fixture(scope="module")
def uninterrupted(small: Dataset) -> Any:
    return run(SPEC, small)[0]


def test_each_epochs_weights_are_those_of_plain_keras(small: Dataset, uninterrupted: Any) -> None:
    kept = []

    class Keep(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no type hints
        def on_train_begin(self, logs: Any = None) -> None:
            kept.append(self.model.get_weights())

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            kept.append(self.model.get_weights())

    plain_keras("The article's network", SPEC.training, small, [Keep()])
    assert [weights.epoch for weights in uninterrupted.replay] == [0, 1, 2, 3, 4]
    assert [weights.epoch for weights in uninterrupted.epochs] == [0, 1, 2, 3, 4, 5]
    for weights, expected in zip(uninterrupted.epochs, kept, strict=True):
        for mine, theirs in zip(weights.arrays, expected, strict=True):
            np.testing.assert_array_equal(mine, theirs)


def test_the_network_at_an_epoch_predicts_as_one_trained_so_far(
    small: Dataset, uninterrupted: Any
) -> None:
    shorter, _ = run(replace(SPEC, training=replace(SPEC.training, epochs=2)), small)
    predicted = probabilities(uninterrupted.at(uninterrupted.epochs[2]), small.x_test)
    np.testing.assert_allclose(predicted, shorter.probabilities, atol=1e-6)


@pytest.mark.parametrize(("most", "epochs"), [(10, [0, 1, 2, 3, 4, 5]), (3, [0, 2, 4, 5])])
def test_in_time_slices_it_is_the_same_as_at_once(
    small: Dataset,
    uninterrupted: Any,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    epochs: list[int],
) -> None:
    monkeypatch.setattr(limits, "MAX_REPLAY_MEGABYTES", most * WEIGHTS_MEGABYTES)
    at_once, _ = run(SPEC, small)
    assert [weights.epoch for weights in at_once.epochs] == epochs
    sliced, _ = run(SPEC, small, lambda records: Interruption.PREEMPTED)
    while isinstance(sliced, Checkpoint):
        sliced, _ = run(SPEC, small, lambda records: Interruption.PREEMPTED, sliced)
    assert_same_replay(sliced.epochs, at_once.epochs)
    paused, _ = run(SPEC, small, after_epoch(2, Interruption.PAUSE))
    rest, _ = run(SPEC, small, start=paused.checkpoint)
    assert_same_replay(rest.epochs, at_once.epochs)
    stopped, _ = run(SPEC, small, in_batch(3, 10, Interruption.STOP))
    assert [weights.epoch for weights in stopped.epochs] == [0, *range(epochs[1], 3, epochs[1]), 3]
    rest, _ = run(SPEC, small, start=stopped.checkpoint)
    assert_same_replay(rest.epochs, at_once.epochs)
    by_epoch = {weights.epoch: weights for weights in uninterrupted.epochs}
    assert_same_replay(at_once.epochs, [by_epoch[epoch] for epoch in epochs])


def test_a_start_whose_replay_is_lost_goes_on_with_the_epochs_from_there(
    small: Dataset, uninterrupted: Any
) -> None:
    paused, _ = run(SPEC, small, after_epoch(2, Interruption.PAUSE))
    rest, _ = run(SPEC, small, start=replace(paused.checkpoint, replay=()))
    assert_same_replay(rest.epochs, uninterrupted.epochs[3:])


@pytest.mark.parametrize("most", [1, 2, 3, 7, 51])
def test_it_is_thinned_evenly_and_stays_within_the_limit(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    arrays = (np.zeros((10, 20), np.float32), np.zeros(20, np.float32))
    size = sum(array.nbytes for array in arrays)
    monkeypatch.setattr(limits, "MAX_REPLAY_MEGABYTES", (most + 0.5) * size / 10**6)
    replay: tuple[Any, ...] = ()
    for epoch in range(51):
        replay = with_epoch(replay, epoch, arrays)
        kept = [weights.epoch for weights in replay]
        assert kept[0] == 0
        assert len({later - earlier for earlier, later in pairwise(kept)}) <= 1
        assert len(kept) <= most
    assert len(replay) > most / 2
