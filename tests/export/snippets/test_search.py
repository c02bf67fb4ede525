"""The loop that is shown finds the lab's winner, with the lab's numbers."""

from collections.abc import Callable
from typing import Any

import pytest

from digitlab.analysis.search import winner
from digitlab.data.mnist import Dataset
from digitlab.engine.fit import train
from digitlab.export import snippets
from digitlab.specs import RunSpec, TrainSpec
from digitlab.specs.search import SearchSpec
from tests.export.snippets.test_snippets import execute  # noqa: F401 - a fixture

BASE = RunSpec(training=TrainSpec(epochs=2, validation_share=0.2, learning_rate=0.1))

PLANS = {
    "two seeds, learning rate and units": SearchSpec(
        BASE, (("learning_rate", (0.1,)), ("units", (4, 10))), (3, 8)
    ),
    "optimizer and batch size": SearchSpec(
        BASE, (("batch_size", (50, 100)), ("optimizer", ("adam",))), (3,)
    ),
    "epochs": SearchSpec(BASE, (("epochs", (1, 2)),), (3,)),
    "optimizer and learning rate, halving": SearchSpec(
        BASE, (("learning_rate", (0.01, 1.0)), ("optimizer", ("momentum", "sgd"))), (3,), True
    ),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_the_loop_gives_the_labs_winner(
    execute: Callable[..., Any],  # noqa: F811
    small: Dataset,
    plan: SearchSpec,
) -> None:
    names, printed = execute(snippets.prepare(BASE), snippets.search(plan))
    scores: dict[RunSpec, float] = {}
    for rung in range(len(plan.rungs)):
        for run in plan.runs(plan.in_rung(rung, scores) or (), rung):
            network = train(run, small, lambda record: None, lambda: None)
            scores[run] = network.history[-1].logs["val_accuracy"]
    assert len(set(scores.values())) > 1, "any of them could be the winner"
    best = winner(plan, scores)
    assert best is not None
    assert names["winner"] == best.setting
    assert names["scores"][best.setting] == pytest.approx(best.mean, abs=1e-12)
    ours = train(plan.run(best.setting, plan.seeds[0]), small, lambda record: None, lambda: None)
    assert names["test_accuracy"] == ours.test_metric
    assert f"Its test accuracy: {ours.test_metric}" in printed
