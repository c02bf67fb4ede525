"""Trained networks for reports, made by hand: no training is needed."""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from digitlab.data.mnist import Dataset
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord, Interruption
from digitlab.specs import ARTICLE, HiddenLayer, NetworkSpec, RunSpec, TrainSpec
from tests.runs.making import network

VERSIONS = {"python": "3.13.5", "keras": "3.15.0", "tensorflow": "2.21.0", "numpy": "2.3.1"}


def history(training: TrainSpec, epochs: int, loss: float = 2.0) -> tuple[EpochRecord, ...]:
    """Each value differs from all others."""

    def logs(epoch: int) -> dict[str, float]:
        logs = {training.metric: 0.3 + epoch / 100, "loss": loss - epoch / 30}
        if training.validation_share:
            logs |= {f"val_{training.metric}": 0.2 + epoch / 90, "val_loss": loss - epoch / 40}
        return logs

    return tuple(EpochRecord(epoch, 600, 0.5, logs(epoch)) for epoch in range(epochs))


def trained(spec: RunSpec, data: Dataset, right: float = 0.75, **changes: Any) -> TrainedNetwork:
    """A network that reads about this share of the test digits."""
    random, labels = np.random.default_rng(4), data.y_test
    told = np.where(random.random(len(labels)) < right, labels, random.integers(0, 10, len(labels)))
    answers = (
        random.random((len(labels), 10)) + 9 * random.random((len(labels), 1)) * np.eye(10)[told]
    )
    if right == 1:
        answers = np.eye(10)[labels]
    answers = (answers / answers.sum(axis=1, keepdims=True)).astype(np.float32)
    accuracy = float(np.mean(answers.argmax(axis=1) == labels))
    trained = network(
        spec,
        history=history(spec.training, spec.training.epochs),
        probabilities=answers,
        test_accuracy=accuracy,
        test_metric=accuracy,
        versions=VERSIONS,
    )
    return replace(trained, **changes)


def article(data: Dataset) -> TrainedNetwork:
    return trained(ARTICLE, data)


def smallest(data: Dataset) -> TrainedNetwork:
    """No hidden layer, one epoch, no mistakes, nothing known about the packages."""
    spec = RunSpec(NetworkSpec(()), TrainSpec(epochs=1))
    return trained(spec, data, right=1, versions={})


def biggest(data: Dataset) -> TrainedNetwork:
    """As many layers, epochs and settings as there can be, each in its longest words."""
    training = TrainSpec(
        loss="mean_squared_error",
        optimizer="momentum",
        metric="top_k_categorical_accuracy",
        epochs=50,
        validation_share=0.25,
        seed=2**31 - 1,
        rate_changes=tuple((epoch, 0.01 * 0.9**epoch) for epoch in range(1, 50)),
    )
    spec = RunSpec(NetworkSpec((HiddenLayer(512),) * 4, convolutions=(32, 32)), training)
    return trained(spec, data, history=history(training, 49), interruption=Interruption.TOO_LONG)


def diverged(data: Dataset) -> TrainedNetwork:
    """Its loss grew, and then it was no number."""
    first, second = history(ARTICLE.training, 2, loss=1e30)
    return trained(
        ARTICLE,
        data,
        history=(first, replace(second, logs={"accuracy": 0.1, "loss": math.nan})),
        probabilities=np.full((len(data.y_test), 10), math.nan, np.float32),
        test_loss=math.inf,
        test_metric=math.nan,
        diverged=True,
    )
