"""A training preempted between any two batches, against an uninterrupted one and plain Keras."""

import pickle
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import pytest

from digitlab import limits
from digitlab.data.mnist import Dataset
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord, Interruption, Progress
from digitlab.specs import (
    ARTICLE,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    TrainSpec,
)
from digitlab.specs.training import SPARSE
from tests.engine.test_fit import assert_equals_plain_keras, assert_same, plain_keras, run
from tests.engine.test_replay import assert_same_replay

_RATES = ((1, 0.05), (2, 0.002))
RECIPES = {
    "The article's network": TrainSpec(
        "mean_squared_error",
        "momentum",
        metric="top_k_categorical_accuracy",
        validation_share=0.3,
        rate_changes=_RATES,
    ),
    "ReLU 128": TrainSpec(optimizer="adam", rate_changes=_RATES),
    "Two hidden layers": TrainSpec(optimizer="rmsprop", validation_share=0.5),
    "Small CNN": TrainSpec(optimizer="adam", learning_rate=0.001, validation_share=0.1),
}
SPECS = {
    name: RunSpec(PRESETS[name].network, replace(training, batch_size=16, epochs=3, seed=4))
    for name, training in RECIPES.items()
}
SHORT = SPECS["The article's network"]


@pytest.fixture(scope="module")
def few(mnist: Dataset) -> Dataset:
    """Digits for eight batches of 16 and one of 2."""
    return Dataset(mnist.x_train[:130], mnist.y_train[:130], mnist.x_test[:40], mnist.y_test[:40])


@pytest.fixture(autouse=True)
def each_batch_is_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOOK_SECONDS", 0)


def always(_: Any) -> Interruption:
    return Interruption.PREEMPTED


def at_looks(*numbers: int) -> Callable[[Any], Interruption | None]:
    """Preempt at these looks of a time slice, counted from 0."""
    looks = iter(range(10**6))
    return lambda _: Interruption.PREEMPTED if next(looks) in numbers else None


def in_time_slices(
    spec: RunSpec,
    data: Dataset,
    interruptions: Iterator[Any],
    between: RunSpec | None = None,
) -> tuple[Any, list[Any]]:
    """Train in time slices, each with the next interruption: the result and the checkpoints."""
    result: Any = None
    checkpoints: list[Any] = []
    while result is None or isinstance(result, Checkpoint):
        result, _ = run(spec, data, next(interruptions, lambda _: None), result)
        if isinstance(result, Checkpoint):
            if between and not checkpoints:
                run(between, data)  # somebody else's training, on the same compiled network
            result = pickle.loads(pickle.dumps(result))  # it travels to another process and back
            checkpoints.append(result)
    return result, checkpoints


def forever(interruption: Any) -> Iterator[Any]:
    while True:
        yield interruption


def assert_same_run(trained: TrainedNetwork, expected: Any) -> None:
    assert_same(trained, expected)
    assert_same_replay(trained.replay, expected.replay)
    assert trained.interruption is expected.interruption
    assert trained.diverged == expected.diverged


@pytest.mark.parametrize("name", SPECS)
def test_preempted_anywhere_it_equals_an_uninterrupted_run_and_plain_keras(
    few: Dataset, name: str
) -> None:
    spec = SPECS[name]
    uninterrupted, _ = run(spec, few)
    rates = keras.callbacks.LearningRateScheduler(lambda epoch, _: spec.training.rate_at(epoch))
    model, history = plain_keras(name, spec.training, few, [rates])
    del history["learning_rate"]  # the scheduler's own entry
    assert_equals_plain_keras(uninterrupted, model, history)
    generator = random.Random(name)
    somewhere = (at_looks(generator.randrange(9)) for _ in range(100))
    other = replace(spec, training=replace(spec.training, epochs=1, seed=9))
    sliced, checkpoints = in_time_slices(spec, few, somewhere, between=other)
    assert any(checkpoint.partial for checkpoint in checkpoints)
    assert_same_run(sliced, uninterrupted)


def test_preempted_at_every_look_it_equals_an_uninterrupted_run(few: Dataset) -> None:
    uninterrupted, _ = run(SHORT, few)
    sliced, checkpoints = in_time_slices(SHORT, few, forever(always))
    # Six batches to learn from and three to validate: eight looks within, and one after it.
    progress = [
        (c.partial.progress.batch, c.partial.validated) if c.partial else None for c in checkpoints
    ]
    within = [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 1), (6, 2)]
    assert progress == [*within, None, *within, None, *within]
    assert [len(c.history) for c in checkpoints] == [0] * 7 + [1] * 8 + [2] * 8
    assert_same_run(sliced, uninterrupted)
    seconds = [checkpoint.seconds for checkpoint in checkpoints]
    assert seconds == sorted(seconds)
    assert sum(record.seconds for record in sliced.history) <= sliced.seconds


def test_preempted_once_at_each_look_it_equals_an_uninterrupted_run(few: Dataset) -> None:
    spec = replace(SHORT, training=replace(SHORT.training, epochs=1))
    uninterrupted, _ = run(spec, few)
    for look in range(7):
        sliced, checkpoints = in_time_slices(spec, few, iter([at_looks(look)]))
        assert len(checkpoints) == 1
        assert_same_run(sliced, uninterrupted)


def test_the_numbers_do_not_depend_on_the_groups(
    few: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("The article's network", "Small CNN"):
        each, records = run(SPECS[name], few)
        monkeypatch.setattr(limits, "LOOK_SECONDS", 1e9)
        batches = Dataset(few.x_train, few.y_train, few.x_test, few.y_test)
        monkeypatch.setattr("digitlab.engine.batches.REPORTS_PER_EPOCH", 1)
        at_once, fewer = run(SPECS[name], batches)
        assert len(fewer) < len(records)
        assert_same_run(each, at_once)
        monkeypatch.undo()
        monkeypatch.setattr(limits, "LOOK_SECONDS", 0)


@pytest.mark.parametrize(
    "spec",
    [
        replace(ARTICLE, training=TrainSpec(epochs=3, batch_size=1000)),  # of one batch
        RunSpec(
            training=TrainSpec(SPARSE, batch_size=16, epochs=2),
            preparation=PrepSpec(data_share=0.3, one_hot=False, scale=False, label_noise=0.5),
        ),
    ],
    ids=["one batch", "spoiled"],
)
def test_odd_runs_in_time_slices_equal_an_uninterrupted_run(few: Dataset, spec: RunSpec) -> None:
    uninterrupted, _ = run(spec, few)
    sliced, checkpoints = in_time_slices(spec, few, forever(always))
    assert len(checkpoints) == (2 if spec.training.batch_size == 1000 else 5)
    assert_same_run(sliced, uninterrupted)


def test_divergence_in_time_slices_ends_after_the_same_epoch(few: Dataset) -> None:
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    spec = RunSpec(network, TrainSpec(learning_rate=0.5, batch_size=32, epochs=4))
    uninterrupted, _ = run(spec, few)
    assert uninterrupted.diverged
    assert len(uninterrupted.history) < 4
    sliced, _ = in_time_slices(spec, few, forever(always))
    assert repr([r.logs for r in sliced.history]) == repr([r.logs for r in uninterrupted.history])
    assert sliced.diverged


# Ends of a training that goes on within an epoch.


def left_at(few: Dataset, look: int) -> Any:
    """A checkpoint of SHORT after this look; an epoch has eight."""
    return run(SHORT, few, at_looks(look))[0]


@pytest.mark.parametrize("requested", [Interruption.STOP, Interruption.TOO_LONG])
@pytest.mark.parametrize("later", [0, 2])
def test_stop_goes_back_to_the_last_full_epoch(
    few: Dataset, requested: Interruption, later: int
) -> None:
    first, _ = run(replace(SHORT, training=replace(SHORT.training, epochs=1)), few)
    start = left_at(few, 9)
    assert (start.partial.progress.epoch, start.partial.progress.batch) == (1, 2)
    looks = iter(range(100))
    stopped, records = run(SHORT, few, lambda _: requested if next(looks) >= later else None, start)
    assert [(r.epoch, r.batch) for r in records] == [(1, 3 + look) for look in range(later + 1)]
    assert stopped.interruption is requested
    assert stopped.seconds > start.seconds
    assert_same(stopped, first)
    rest, _ = run(SHORT, few, start=stopped.checkpoint)
    assert_same_run(rest, run(SHORT, few)[0])


def test_stop_in_a_first_epoch_that_goes_on_leaves_nothing(few: Dataset) -> None:
    stopped, _ = run(SHORT, few, lambda _: Interruption.STOP, left_at(few, 3))
    assert stopped is None


def test_pause_finishes_the_epoch_that_goes_on(few: Dataset) -> None:
    paused, _ = run(SHORT, few, lambda _: Interruption.PAUSE, left_at(few, 3))
    assert paused.interruption is Interruption.PAUSE
    first, _ = run(replace(SHORT, training=replace(SHORT.training, epochs=1)), few)
    assert_same(paused, first)


@pytest.mark.parametrize(
    "requested", [Interruption.STOP, Interruption.TOO_LONG, Interruption.PAUSE]
)
def test_an_epoch_that_is_only_validated_is_kept(few: Dataset, requested: Interruption) -> None:
    start = left_at(few, 5)
    assert (start.partial.progress.batch, start.partial.validated) == (6, 1)
    ended, _ = run(SHORT, few, lambda _: requested, start)
    first, _ = run(replace(SHORT, training=replace(SHORT.training, epochs=1)), few)
    assert ended.interruption is requested
    assert_same(ended, first)


# The evaluation, too.


@pytest.fixture
def ten_predictions_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitlab.engine.fit._IMAGES_AT_ONCE", 10)  # so there are four parts


@pytest.mark.usefixtures("ten_predictions_at_once")
def test_evaluated_in_time_slices_it_equals_an_uninterrupted_run(few: Dataset) -> None:
    spec = replace(SHORT, training=replace(SHORT.training, epochs=1))
    uninterrupted, _ = run(spec, few)
    sliced, checkpoints = in_time_slices(spec, few, forever(always))
    assert [len(c.probabilities) for c in checkpoints if c.probabilities is not None] == [
        10,
        20,
        30,
    ]
    assert_same_run(sliced, uninterrupted)


@pytest.mark.usefixtures("ten_predictions_at_once")
def test_what_diverged_is_not_trained_on_after_its_evaluation_was_preempted(few: Dataset) -> None:
    network = NetworkSpec((HiddenLayer(32, "linear"),) * 4)
    spec = RunSpec(network, TrainSpec(learning_rate=0.5, batch_size=32, epochs=4))
    uninterrupted, _ = run(spec, few)
    start, _ = run(spec, few, at_looks(5 * len(uninterrupted.history) - 1))
    assert len(start.probabilities) == 10
    rest, records = run(spec, few, start=start)
    assert records == []
    assert rest.diverged
    assert len(rest.history) == len(uninterrupted.history)


@pytest.mark.usefixtures("ten_predictions_at_once")
def test_stopped_and_preempted_in_its_evaluation_it_stays_stopped(few: Dataset) -> None:
    """The job is asked to stop in each time slice from then on."""
    spec = replace(SHORT, training=replace(SHORT.training, epochs=2))
    looks = iter([None] * 9 + [Interruption.STOP, Interruption.PREEMPTED])
    start, _ = run(spec, few, lambda _: next(looks))
    assert len(start.probabilities) == 10
    rest, _ = run(spec, few, lambda _: Interruption.STOP, start)
    assert rest.interruption is Interruption.STOP
    first, _ = run(replace(spec, training=replace(spec.training, epochs=1)), few)
    assert_same(rest, first)


@pytest.mark.usefixtures("ten_predictions_at_once")
def test_predictions_of_an_earlier_epoch_are_not_taken(few: Dataset) -> None:
    """It was stopped, and then trained on."""
    spec = replace(SHORT, training=replace(SHORT.training, epochs=2))
    looks = iter([None] * 9 + [Interruption.STOP, Interruption.PREEMPTED])
    start, _ = run(spec, few, lambda _: next(looks))
    rest, _ = run(spec, few, start=start)
    assert_same_run(rest, run(spec, few)[0])


def test_reports_go_on_where_they_were(few: Dataset) -> None:
    start = left_at(few, 2)
    _, records = run(SHORT, few, start=start)
    assert records[0].batch == start.partial.progress.batch + 1 == 4
    assert records[0].logs != start.partial.progress.logs
    assert isinstance(records[2], Progress)
    assert isinstance(records[3], EpochRecord)
    assert records[3].logs.keys() > records[2].logs.keys()
    assert records[3].seconds > start.partial.seconds


# What it costs.


def test_an_epoch_under_way_takes_the_memory_of_its_variables(few: Dataset) -> None:
    partial = left_at(few, 2).partial
    parameters = 7960
    assert partial.size == 4 * (2 * parameters + 1) + 8 + sum(
        array.nbytes for array in partial.sums
    )
    assert np.sum([array.nbytes for array in partial.sums]) < 100
