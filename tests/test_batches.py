"""The order of the digits against Keras's own input pipeline."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from digitlab.specs import TrainSpec
from digitlab.training.batches import REPORTS_PER_EPOCH, Batches


class Spy(keras.Sequential):
    """Notes which samples each training step gets; a sample is its own number."""

    def train_step(self, data):
        tf.py_function(lambda x: self.seen.append(x.numpy().ravel().astype(int)), [data[0]], [])
        return {"loss": tf.constant(0.0)}


@pytest.mark.parametrize("seed", [0, 7, 2**31 - 1])
def test_each_epoch_has_the_order_of_fit(seed):
    keras.utils.set_random_seed(seed)
    model = Spy([keras.Input((1,)), keras.layers.Dense(1)])
    model.seen = []
    model.compile(loss="mse")
    samples = np.arange(57, dtype=np.float32).reshape(-1, 1)
    model.fit(samples, samples, batch_size=16, epochs=3, validation_split=0.1, verbose=0)
    ours = Batches(TrainSpec(seed=seed, batch_size=16, validation_share=0.1), 57)
    for epoch in range(3):
        theirs = model.seen[4 * epoch : 4 * (epoch + 1)]
        for (_, places), batch in zip(ours.epoch(), theirs, strict=True):
            np.testing.assert_array_equal(places, batch)
    assert list(np.concatenate(list(ours.validation()))) == [51, 52, 53, 54, 55, 56]


def test_groups_are_of_whole_batches():
    batches = Batches(TrainSpec(batch_size=128), 60_000)  # the last batch has 96
    done, places = zip(*batches.epoch(), strict=True)
    assert batches.count == done[-1] == 469
    assert {len(group) for group in places[:-1]} == {46 * 128}
    assert len(done) == REPORTS_PER_EPOCH + 1
    assert sorted(np.concatenate(places)) == list(range(60_000))


def test_nothing_validates_without_a_share():
    assert list(Batches(TrainSpec(), 200).validation()) == []
