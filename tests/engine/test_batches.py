"""The order of the digits against Keras's own input pipeline."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from digitlab import limits
from digitlab.engine.batches import REPORTS_PER_EPOCH, Batches, Groups
from digitlab.specs import TrainSpec


class Spy(keras.Sequential):  # type: ignore[misc]  # Keras has no type hints
    """Notes which samples each training step gets; a sample is its own number."""

    def train_step(self, data: Any) -> dict[str, Any]:
        tf.py_function(lambda x: self.seen.append(x.numpy().ravel().astype(int)), [data[0]], [])
        return {"loss": tf.constant(0.0)}


def groups(way: Groups, done: int = 0) -> tuple[Any, list[Any]]:
    """What is left after so many batches: the places, and the batches done after each group."""
    ends, places = zip(*way.after(done), strict=True)
    return np.concatenate(places).tolist(), list(ends)


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
        for (_, places), batch in zip(ours.learned.after(0), theirs, strict=True):
            np.testing.assert_array_equal(places, batch)
    assert groups(ours.validated)[0] == [51, 52, 53, 54, 55, 56]


def test_an_epoch_is_cut_into_tenths_and_a_first_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 1e9)
    batches = Batches(TrainSpec(batch_size=128), 60_000)  # the last batch has 96
    places, ends = groups(batches.learned)
    tenths = [46 * (number + 1) for number in range(REPORTS_PER_EPOCH)]
    assert ends == [1, *tenths, 469]
    assert batches.count == 469
    assert sorted(places) == list(range(60_000))
    assert groups(batches.learned) == (places, [*tenths, 469])  # a batch was timed before
    assert groups(batches.learned, 50) == (places[50 * 128 :], [*tenths[1:], 469])


def test_slow_batches_are_cut_into_groups_of_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**6))  # each group takes a second
    monkeypatch.setattr("digitlab.engine.batches.time.perf_counter", lambda: next(clock))
    monkeypatch.setattr(limits, "LOOK_SECONDS", 4)
    batches = Batches(TrainSpec(batch_size=16), 60_000)
    places, ends = groups(batches.learned)
    # 1 batch in a second, so 4 in a look; these 4 in a second, so 16; 64, 256, a tenth.
    assert ends[:5] == [1, 5, 21, 85, 341]
    assert places == groups(Batches(TrainSpec(batch_size=1000), 60_000).learned)[0]


def test_every_place_is_a_place_to_go_on_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 0)
    way = Batches(TrainSpec(batch_size=50), 512).learned
    whole, ends = groups(way)
    assert ends == list(range(1, 12))
    for done in range(11):
        assert groups(way, done) == (whole[done * 50 :], ends[done:])
    assert list(way.after(11)) == []


def test_nothing_validates_without_a_share() -> None:
    assert list(Batches(TrainSpec(), 200).validated.after(0)) == []
