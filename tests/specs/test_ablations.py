"""Ablations: what they change, how it is taken back, what came of it, what Keras says."""

from dataclasses import replace
from datetime import UTC, datetime

import keras
import numpy as np
import pytest

from digitlab.analysis.ablation import ALIKE, Reading, is_over, outcome, refusal
from digitlab.analysis.differences import recipe_differences
from digitlab.cli.arguments import main
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.job_state import JobState
from digitlab.records.reason import Reason, ReasonCode, refused
from digitlab.records.training import Refusal
from digitlab.runs.record import Run
from digitlab.specs import ARTICLE, PRESETS, PrepSpec, RunSpec, TrainSpec
from digitlab.specs.ablations import (
    ABLATIONS,
    BASELINE,
    LONGER_STEPS,
    UNSEEN_DIGITS,
    Ablation,
    Outcome,
    ablations_in,
    with_ablations_of,
    with_fitting_loss,
    without_ablations,
)
from digitlab.specs.training import SPARSE
from digitlab.wording.settings.ablations import ablation_words
from digitlab.wording.settings.choices import recipe

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("ablation", ABLATIONS, ids=lambda ablation: ablation.name)
def test_each_changes_one_thing_and_is_taken_out_again(ablation: Ablation) -> None:
    for baseline in (BASELINE, ARTICLE, PRESETS["Small CNN"].with_seed(4)):
        for value in (None, *ablation.values):
            ablated = ablation.applied_to(baseline, value)
            assert RunSpec.from_json(ablated.to_json()) == ablated
            if ablation.field == "learning_rate":  # a choice like any other
                assert ablations_in(ablated) == []
                continue
            assert ablations_in(ablated) == [ablation]
            assert without_ablations(ablated) == baseline
            assert not ablated.is_article
    assert ablation.value in (ablation.values or (ablation.value,))
    assert ablations_in(ARTICLE) == []


def test_all_at_once_are_named_and_taken_out_again() -> None:
    ablated = ARTICLE
    for ablation in ABLATIONS[:-1]:
        ablated = ablation.applied_to(ablated)
    words = (
        "no scaling, no one-hot, shuffled labels, 1\N{NO-BREAK SPACE}% of the digits, "
        "80\N{NO-BREAK SPACE}% label noise, no 8, no biases, start at zero"
    )
    assert ", ".join(ablation_words(ablated)) == words
    assert recipe(ablated) == f"SGD, learning rate 0.01, batches of 100, 5 epochs, {words}"
    assert without_ablations(ablated) == ARTICLE
    assert without_ablations(with_fitting_loss(ablated)) == ARTICLE
    cnn = with_ablations_of(PRESETS["Small CNN"], with_fitting_loss(ablated))
    assert ablations_in(cnn) == list(ABLATIONS[:-1])
    assert (cnn.labels_fit, cnn.network.hidden) == (True, PRESETS["Small CNN"].network.hidden)


@pytest.mark.parametrize("ablation", LONGER_STEPS, ids=lambda ablation: ablation.name)
def test_a_longer_step_changes_one_thing_of_the_slow_recipe(ablation: Ablation) -> None:
    changed = ablation.applied_to(ablation.baseline)
    assert changed.network == ARTICLE.network
    apart = recipe_differences(ablation.baseline, changed)
    assert len(apart) == 1


@pytest.mark.parametrize(
    "spec",
    [
        ablation.applied_to(BASELINE, value)
        for ablation in ABLATIONS
        for value in (ablation.values or (ablation.value,))
    ],
    ids=lambda spec: ", ".join(ablation_words(spec)),
)
def test_no_ablation_learns_from_the_unseen_digits(mnist: Dataset, spec: RunSpec) -> None:
    places = np.arange(len(mnist.y_train), dtype=np.int64)
    kept, _ = training_digits(places, mnist.y_train, spec.preparation, spec.training.seed)  # type: ignore[arg-type]
    learned = kept[: int(len(kept) * (1 - spec.training.validation_share))]
    assert learned.max() < len(places) - UNSEEN_DIGITS


def test_an_old_description_is_a_baseline() -> None:
    old = '{"version": 1, "training": {"epochs": 9}}'
    assert RunSpec.from_json(old) == RunSpec(training=TrainSpec(epochs=9))


def run(state: JobState, reason: Reason | None = None) -> Run:
    return Run("", "", ARTICLE, state, NOON, NOON, reason=reason)


@pytest.mark.parametrize(
    ("changed", "came"),
    [
        (0.75 + 1.1 * ALIKE, Outcome.BETTER),
        (0.75 + 0.9 * ALIKE, Outcome.SAME),
        (0.75 - 0.9 * ALIKE, Outcome.SAME),
        (0.75 - 1.1 * ALIKE, Outcome.WORSE),
        (0.2, Outcome.NOTHING),
    ],
)
def test_what_came_of_it(changed: float, came: Outcome) -> None:
    assert outcome(0.75, changed) is came


def test_two_that_learn_nothing_are_said_to_learn_nothing() -> None:
    assert outcome(0.1, 0.1) is Outcome.NOTHING


def test_a_reading_counts_digits_and_changes() -> None:
    labels = np.array([8, 8, 1, 0], np.uint8)
    reading = Reading.of(np.eye(10, dtype=np.float32)[[8, 3, 1, 0]], labels)
    lost = Reading.of(np.full((4, 10), np.nan, np.float32), labels)
    assert reading.accuracy == 0.75
    assert (reading.of_digit(8), lost.of_digit(8)) == ((1, 2), (0, 2))
    assert reading.changed(lost) == 3
    assert (lost.accuracy, lost.most_frequent) == (0.25, (0, 4))


def test_what_was_stopped_or_failed_of_itself_shows_nothing() -> None:
    failed = Reason(ReasonCode.FAILED, {"error": "OSError"})
    assert not is_over(run(JobState.STOPPED))
    assert not is_over(run(JobState.FAILED, failed))
    assert is_over(run(JobState.FINISHED))
    assert is_over(run(JobState.DIVERGED))
    no = run(JobState.FAILED, refused("ValueError: no"))
    assert is_over(no)
    assert refusal(no) == "ValueError: no"


# Keras's own words, from plain `fit` on all the digits.

MISFITS = [
    RunSpec(preparation=PrepSpec(one_hot=False)),
    RunSpec(
        PRESETS["Small CNN"].network,
        TrainSpec(batch_size=50, validation_share=1 / 3),
        PrepSpec(one_hot=False, scale=False),
    ),
    RunSpec(training=TrainSpec(loss=SPARSE, batch_size=64)),
    RunSpec(
        training=TrainSpec(loss=SPARSE, metric="top_k_categorical_accuracy"),
        preparation=PrepSpec(one_hot=False),
    ),
    RunSpec(
        training=TrainSpec(loss="mean_squared_error", batch_size=1000),
        preparation=PrepSpec(one_hot=False),
    ),
]


def plain_keras(spec: RunSpec, data: Dataset) -> str:
    """The error's class, and the last line of what it says that is no list of source files."""
    x, y = data.x_train.astype("float32"), data.y_train
    if spec.preparation.scale:
        x /= 255
    if spec.preparation.one_hot:
        y = keras.utils.to_categorical(y, 10)
    shape = spec.network.input_shape
    layers = [keras.layers.Dense(10, activation="sigmoid", name="dense")]
    if len(shape) == 3:
        layers = [keras.layers.Conv2D(8, 3), keras.layers.Flatten()]
    last = keras.layers.Dense(10, activation="softmax", name="dense_1")
    model = keras.Sequential([keras.Input(shape), *layers, last], name="sequential")
    training = spec.training
    model.compile(loss=training.loss, optimizer="sgd", metrics=[training.metric])
    with pytest.raises(Exception) as error:  # noqa: PT011 - its words are what is asked
        model.fit(
            x.reshape(-1, *shape),
            y,
            batch_size=training.batch_size,
            validation_split=training.validation_share,
            verbose=0,
        )
    lines = [line for line in str(error.value).splitlines() if line.strip()]
    last_line = next(line for line in reversed(lines) if not line.startswith(("\t", " ")))
    return f"{type(error.value).__name__}: {last_line}"


@pytest.mark.parametrize("spec", MISFITS, ids=lambda spec: spec.training.loss)
def test_labels_that_do_not_fit_give_the_words_of_plain_fit(small: Dataset, spec: RunSpec) -> None:
    assert not spec.labels_fit
    refused = train(spec, small, lambda record: None, lambda: None)
    assert isinstance(refused, Refusal)
    assert str(refused) == plain_keras(spec, small)
    assert "File " not in str(refused)


def test_the_sparse_loss_mends_it_with_the_same_numbers(small: Dataset) -> None:
    spec = replace(ARTICLE, training=TrainSpec(epochs=2))
    sparse = with_fitting_loss(replace(spec, preparation=PrepSpec(one_hot=False)))
    assert sparse.labels_fit
    one, other = (train(each, small, lambda record: None, lambda: None) for each in (spec, sparse))
    assert [record.logs for record in one.history] == [record.logs for record in other.history]


def test_the_command_line_says_it_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--link", "http://lab.example/Train?v=1&one_hot=no"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("digitlab: Keras can't train this run. Keras says: ValueError: Arg")
