"""Networks from files that sessions hold: within a bound, also when the visitors are gone."""

import gc
import weakref
from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.architecture.layers import Dense
from digitlab.architecture.stack import LayerStack
from digitlab.caching.pool import Pool
from digitlab.records.job import Job
from digitlab.ui.session.state import Lab
from digitlab.uploads.models import pooled
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.uploads.models.pooled import PooledModel

SESSIONS = 128  # so many that have gone Streamlit remembers


def uploaded(number: int, parameters: int = 1_200_000) -> UploadedModel:
    return UploadedModel(
        name=f"{number}.keras",
        architecture=LayerStack((784,), (Dense(10, "softmax", True),)),
        weights=(np.full(parameters, number, np.float32),),
        probabilities=np.full((10_000, 10), number, np.float32),
        test_accuracy=number / SESSIONS,
        test_loss=number,
    )


class Watched:
    """Counts the bytes of the arrays that anybody still holds."""

    def __init__(self) -> None:
        self.arrays: list[weakref.ref[np.ndarray]] = []

    def __call__(self, network: UploadedModel) -> UploadedModel:
        self.arrays += map(weakref.ref, (*network.weights, network.probabilities))
        return network

    @property
    def megabytes(self) -> float:
        gc.collect()
        return sum(array.nbytes for ref in self.arrays if (array := ref()) is not None) / 10**6


def test_128_sessions_that_have_gone_hold_no_more_than_the_bound() -> None:
    watched = Watched()
    pool = Pool[Any](limits.MAX_UPLOADED_MEGABYTES)
    labs = [
        Lab(owner=str(number), uploaded=PooledModel(watched(uploaded(number)), pool))
        for number in range(SESSIONS)
    ]
    assert watched.megabytes == pool.size / 10**6
    assert limits.MAX_UPLOADED_MEGABYTES - 6 < watched.megabytes <= limits.MAX_UPLOADED_MEGABYTES
    there = [lab for lab in labs if lab.network.there]
    assert there == labs[-30:]  # a class of thirty finds room
    for lab in there:
        number = int(lab.owner)
        assert lab.network.weights[0][0] == lab.network.probabilities[0, 0] == number
    for lab in labs[:-30]:
        assert lab.network.weights == ()
        assert np.isnan(lab.network.probabilities).all()
        assert lab.network.probabilities.shape == (10_000, 10)
    # What the sidebar says is still known.
    assert [lab.network.test_accuracy for lab in labs] == [n / SESSIONS for n in range(SESSIONS)]


def test_all_who_hold_one_network_share_its_arrays() -> None:
    network = PooledModel(uploaded(1, 10), Pool[Any](1))
    labs = [Lab(owner="me", uploaded=network) for _ in range(2)]
    assert len({id(lab.network.weights[0]) for lab in labs}) == 1
    assert len({id(lab.network.probabilities) for lab in labs}) == 1


@pytest.mark.parametrize("how", ["put away", "train"])
def test_a_network_that_is_put_away_takes_no_room(how: str) -> None:
    pool, watched = Pool[Any](10), Watched()
    lab = Lab(owner="me", uploaded=PooledModel(watched(uploaded(1)), pool))
    assert watched.megabytes == pool.size / 10**6 == 5.2
    if how == "put away":
        lab.uploaded = None
    else:
        lab.start(Job(lab.spec, "me"))
    assert watched.megabytes == pool.size == 0


def test_the_largest_network_that_is_taken_finds_room() -> None:
    assert 4 * limits.MAX_UPLOADED_PARAMETERS + 400_000 < limits.MAX_UPLOADED_MEGABYTES * 10**6
    assert pooled.POOL._max_size == limits.MAX_UPLOADED_MEGABYTES * 10**6
