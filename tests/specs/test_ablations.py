"""Breaking a run on purpose: what changes, what mends it, what came of it, what Keras says."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import keras
import pytest

from digitlab.analysis.ablation import ALIKE, is_over, outcome, refusal, same_curves
from digitlab.cli.arguments import main
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.records.reason import Reason, ReasonCode, refused
from digitlab.records.training import Refusal
from digitlab.runs.record import Run
from digitlab.specs import ARTICLE, PRESETS, PrepSpec, RunSpec, TrainSpec
from digitlab.specs.ablations import (
    ABLATIONS,
    Ablation,
    Outcome,
    ablations_in,
    with_ablations_of,
    with_fitting_loss,
    without_ablations,
)
from digitlab.specs.training import SPARSE
from digitlab.wording.ablations import ablation_words
from digitlab.wording.choices import recipe

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("ablation", ABLATIONS, ids=lambda ablation: ablation.field)
def test_each_changes_one_thing_and_is_taken_out_again(ablation: Ablation) -> None:
    for baseline in (ARTICLE, PRESETS["Small CNN"].with_seed(4)):
        for value in (None, *ablation.values):
            ablated = ablation.applied_to(baseline, value)
            assert ablations_in(ablated) == [ablation]
            assert without_ablations(ablated) == baseline
            assert not ablated.is_article
            assert RunSpec.from_json(ablated.to_json()) == ablated
    assert ablation.value in (ablation.values or (ablation.value,))
    assert ablations_in(ARTICLE) == []


def test_all_at_once_are_named_and_taken_out_again() -> None:
    ablated = ARTICLE
    for ablation in ABLATIONS:
        ablated = ablation.applied_to(ablated)
    words = (
        "no scaling, no one-hot, shuffled labels, 1\N{NO-BREAK SPACE}% of the digits, "
        "20\N{NO-BREAK SPACE}% label noise, no 8, start at zero"
    )
    assert ", ".join(ablation_words(ablated)) == f"{words}, learning rate 10"
    assert recipe(ablated) == f"SGD, learning rate 10, batches of 100, 5 epochs, {words}"
    assert without_ablations(ablated) == ARTICLE
    assert without_ablations(with_fitting_loss(ablated)) == ARTICLE
    cnn = with_ablations_of(PRESETS["Small CNN"], with_fitting_loss(ablated))
    assert ablations_in(cnn) == list(ABLATIONS)
    assert (cnn.labels_fit, cnn.network) == (True, PRESETS["Small CNN"].network)


def test_an_old_description_is_a_baseline() -> None:
    old = '{"version": 1, "training": {"epochs": 9}}'
    assert RunSpec.from_json(old) == RunSpec(training=TrainSpec(epochs=9))


def run(
    spec: Any = ARTICLE,
    accuracy: Any = None,
    state: JobState = JobState.FINISHED,
    reason: Reason | None = None,
) -> Run:
    return Run("", "", spec, state, NOON, NOON, reason=reason, test_accuracy=accuracy)


@pytest.mark.parametrize(
    ("ablated", "came"),
    [
        (run(accuracy=0.75 + 1.1 * ALIKE), Outcome.BETTER),
        (run(accuracy=0.75 + 0.9 * ALIKE), Outcome.SAME),
        (run(accuracy=0.75 - 0.9 * ALIKE), Outcome.SAME),
        (run(accuracy=0.75 - 1.1 * ALIKE), Outcome.WORSE),
        (run(accuracy=0.2), Outcome.NOTHING),
        (run(accuracy=0.9, state=JobState.DIVERGED), Outcome.NOTHING),
        (run(state=JobState.FAILED, reason=refused("ValueError: no")), Outcome.REFUSED),
    ],
)
def test_what_came_of_it(ablated: Run, came: Outcome) -> None:
    assert is_over(ablated)
    assert outcome(run(accuracy=0.75), ablated) is came
    assert refusal(ablated) == ("ValueError: no" if came is Outcome.REFUSED else "")


def test_what_was_stopped_or_failed_of_itself_shows_nothing() -> None:
    assert not is_over(run(accuracy=0.8, state=JobState.STOPPED))
    failed = Reason(ReasonCode.FAILED, {"error": "OSError"})
    assert not is_over(run(state=JobState.FAILED, reason=failed))


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


def run_of(network: TrainedNetwork | Checkpoint | Refusal | None) -> Run:
    return replace(run(network.spec, network.test_accuracy), history=network.history)


def test_the_sparse_loss_mends_it_with_the_same_numbers(small: Dataset) -> None:
    spec = replace(ARTICLE, training=TrainSpec(epochs=2))
    sparse = with_fitting_loss(replace(spec, preparation=PrepSpec(one_hot=False)))
    assert sparse.labels_fit
    one, other = (train(each, small, lambda record: None, lambda: None) for each in (spec, sparse))
    assert [record.logs for record in one.history] == [record.logs for record in other.history]
    assert same_curves(*(run_of(each) for each in (one, other)))
    assert not same_curves(run_of(one), replace(run_of(other), test_accuracy=0.0))


def test_the_command_line_says_it_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--link", "http://lab.example/Train?v=1&one_hot=no"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("digitlab: Keras does not train this run. It says: ValueError: Arg")
