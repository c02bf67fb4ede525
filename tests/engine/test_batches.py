"""The order of the digits against Keras's own input pipeline."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from digitlab import limits
from digitlab.engine.batches import REPORTS_PER_EPOCH, Batches, BatchGroups
from digitlab.specs import TrainSpec


class Spy(keras.Sequential):  # type: ignore[misc]  # Keras has no type hints
    """Notes which samples each training step gets; a sample is its own number."""

    def train_step(self, data: Any) -> dict[str, Any]:
        tf.py_function(lambda x: self.seen.append(x.numpy().ravel().astype(int)), [data[0]], [])
        return {"loss": tf.constant(0.0)}


def groups(batches: BatchGroups, done: int = 0) -> tuple[Any, list[Any]]:
    """The rest after `done` batches: the indices, and the batches done after each group."""
    ends, indices = zip(*batches.after(done), strict=True)
    return np.concatenate(indices).tolist(), list(ends)


@pytest.mark.parametrize("seed", [0, 7, 2**31 - 1])
def test_each_epoch_has_the_order_of_fit(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 0)  # each batch is a group
    keras.utils.set_random_seed(seed)
    model = Spy([keras.Input((1,)), keras.layers.Dense(1)])
    model.seen = []
    model.compile(loss="mse")
    samples = np.arange(57, dtype=np.float32).reshape(-1, 1)
    model.fit(samples, samples, batch_size=16, epochs=3, validation_split=0.1, verbose=0)
    ours = Batches(TrainSpec(seed=seed, batch_size=16, validation_share=0.1), 57)
    for epoch in range(3):
        theirs = model.seen[4 * epoch : 4 * (epoch + 1)]
        for (_, indices), batch in zip(ours.training.after(0), theirs, strict=True):
            np.testing.assert_array_equal(indices, batch)
    assert groups(ours.validation)[0] == [51, 52, 53, 54, 55, 56]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.34, 0.5])  # 50 * (1 - 0.34) is a little less than 33
def test_as_many_digits_are_learned_from_as_in_fit(share: float) -> None:
    model = Spy([keras.Input((1,)), keras.layers.Dense(1)])
    model.seen = []
    model.compile(loss="mse")
    samples = np.zeros((50, 1), np.float32)
    model.fit(samples, samples, batch_size=50, validation_split=share, verbose=0)
    (batch,) = model.seen
    assert TrainSpec(validation_share=share).digits_to_learn_from(50) == len(batch)


def test_an_epoch_is_cut_into_tenths_and_a_first_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 1e9)
    batches = Batches(TrainSpec(batch_size=128), 60_000)  # the last batch has 96
    indices, ends = groups(batches.training)
    tenths = [46 * (number + 1) for number in range(REPORTS_PER_EPOCH)]
    assert ends == [1, *tenths, 469]
    assert batches.count == 469
    assert sorted(indices) == list(range(60_000))
    assert groups(batches.training) == (indices, [*tenths, 469])  # a batch was timed before
    assert groups(batches.training, 50) == (indices[50 * 128 :], [*tenths[1:], 469])


def test_slow_batches_are_cut_into_groups_of_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**6))  # each group takes a second
    monkeypatch.setattr("digitlab.engine.batches.time.perf_counter", lambda: next(clock))
    monkeypatch.setattr(limits, "LOOK_SECONDS", 4)
    batches = Batches(TrainSpec(batch_size=16), 60_000)
    indices, ends = groups(batches.training)
    # 1 batch in a second, so 4 in a look; these 4 in a second, so 16; 64, 256, a tenth.
    assert ends[:5] == [1, 5, 21, 85, 341]
    assert indices == groups(Batches(TrainSpec(batch_size=1000), 60_000).training)[0]


def test_an_epoch_can_go_on_after_each_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 0)
    batches = Batches(TrainSpec(batch_size=50), 512).training
    indices, ends = groups(batches)
    assert ends == list(range(1, 12))
    for done in range(11):
        assert groups(batches, done) == (indices[done * 50 :], ends[done:])
    assert list(batches.after(11)) == []


def test_nothing_validates_without_a_share() -> None:
    assert list(Batches(TrainSpec(), 200).validation.after(0)) == []
