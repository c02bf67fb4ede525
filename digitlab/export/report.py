"""A run on two printed pages that can be handed in: one HTML file that needs nothing else."""

import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import jinja2
import numpy as np

from digitlab import __version__
from digitlab.architecture.summary import layer_rows
from digitlab.data.mnist import Dataset
from digitlab.export import svg_curves
from digitlab.export.report_answers import Answers
from digitlab.records.history import history_columns
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord, Interruption
from digitlab.wording.ablations import ablation_words
from digitlab.wording.descriptions import GUESSING, NAMES, rates_words
from digitlab.wording.parameter_count import arithmetic

HISTORY_ROWS = 10
_MOST_RATES = 3  # a list of more is no longer read
_MOST_CHARACTERS = {"name": 60, "link": 330}  # one line and four; few links are longer

_LOSS_TOPS = {
    "categorical_crossentropy": 2.5,
    "sparse_categorical_crossentropy": 2.5,
    "mean_squared_error": 0.1,
}
"""Ends of the loss axis. A network that guesses has loss ln 10 = 2.30, and 0.09."""

_ENDS = {
    None: "The training ended",
    Interruption.STOP: "I stopped the training",
    Interruption.PAUSE: "I paused the training",
    Interruption.TOO_LONG: "The training ran out of time",
    Interruption.PREEMPTED: "The training paused",
}

_PACKAGES = {"python": "Python", "keras": "Keras", "tensorflow": "TensorFlow", "numpy": "NumPy"}

Rows = list[list[str]]


@dataclass(frozen=True)
class History:
    """The History as a table.

    Attributes:
        groups: what stands above the columns, each with how many it spans.
        head: what each column is called.
        rows: the values, in words: the first epoch, the last, and evenly chosen ones between.
    """

    groups: list[tuple[str, int]]
    head: list[str]
    rows: Rows

    @classmethod
    def of(cls, trained: TrainedNetwork) -> "History":
        """The table of this run, of at most `HISTORY_ROWS` epochs."""
        training, chosen = trained.spec.training, _evenly(trained.history)
        columns = history_columns(chosen)
        titles = {"loss": "Loss", training.metric: NAMES[training.metric]}
        head, shown = ["Epoch"], [[str(epoch) for epoch in columns.pop("epoch")]]
        for log, values in columns.items():
            head.append(titles[log.removeprefix("val_")])
            shown.append([_number(value) for value in values])
        validation = sum(log.startswith("val_") for log in columns)
        groups = [("", 1), ("Training", len(columns) - validation), ("Validation", validation)]
        if any(epoch < len(trained.history) for epoch, _ in training.rate_changes):
            head.append("Learning rate")
            shown.append([f"{training.rate_at(record.epoch):g}" for record in chosen])
            groups.append(("", 1))
        return cls(
            groups if validation else [], head, [list(row) for row in zip(*shown, strict=True)]
        )


def report(
    trained: TrainedNetwork, data: Dataset, name: str = "", link: str = "", day: date | None = None
) -> str:
    """The report of a run as an HTML file: no script, nothing to load, two pages of paper.

    Args:
        trained: the run.
        data: the digits that it was tested with.
        name: who made it; if left out, a line to write on.
        link: where the run can be opened again.
        day: the day on the report; if left out, a line to write on.
    """
    network, training = trained.spec.network, trained.spec.training
    history, rows = trained.history, layer_rows(network)
    answers = Answers.of(data.y_test, data.x_test, trained)
    return _template().render(
        name=_short(name, "name"),
        day=f"{day.day} {day:%B %Y}" if day else "",
        result=_result(trained, answers),
        end=_end(trained),
        layers=[(row, arithmetic(row)) for row in rows],
        parameters=sum(row.parameters for row in rows),
        settings=_settings(trained),
        curves=[
            ("Loss", svg_curves.svg(history, "loss", training.epochs, _LOSS_TOPS[training.loss])),
            (NAMES[training.metric], svg_curves.svg(history, training.metric, training.epochs, 1)),
        ],
        history=History.of(trained),
        epochs=len(history),
        answers=answers,
        scores=_scores(trained),
        seed=training.seed,
        versions=", ".join(
            f"{_PACKAGES.get(package, package)} {version}"
            for package, version in trained.versions.items()
        ),
        lab_version=__version__,
        link=link,
        printed_link=_short(link, "link"),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")


def _result(trained: TrainedNetwork, answers: Answers | None) -> str:
    if answers is None:
        return "It reads no digits: its loss is no longer a number (NaN)."
    words = f"It reads {round(100 * trained.test_accuracy)} of 100 digits that it has never seen."
    return words if trained.test_accuracy > GUESSING else f"{words} Guessing would get 10."


def _end(trained: TrainedNetwork) -> str:
    """How the training ended, if not with its last epoch."""
    done, asked = len(trained.history), trained.spec.training.epochs
    if trained.diverged:
        return (
            f"In epoch {max(1, done)} of {asked} the loss was no longer a number (NaN). Often the "
            "cause is that the steps are too long. Try a smaller learning rate."
        )
    if done < asked:
        return (
            f"{_ENDS[trained.interruption]} after {done} of {asked} epochs; what it learned stays."
        )
    return ""


def _settings(trained: TrainedNetwork) -> Rows:
    training, done = trained.spec.training, len(trained.history)
    share = training.validation_share
    ablations = ablation_words(trained.spec)
    return [
        ["Optimizer", NAMES[training.optimizer]],
        ["Learning rate", _rates(trained)],
        ["Batch size", str(training.batch_size)],
        ["Epochs", str(done) if done == training.epochs else f"{done} of {training.epochs}"],
        ["Loss", NAMES[training.loss]],
        ["Metric", NAMES[training.metric]],
        ["Validation", f"{100 * share:g} % of the training digits" if share else "none"],
        ["Seed", str(training.seed)],
        *([["Changed on purpose", ", ".join(ablations)]] if ablations else []),
    ]


def _rates(trained: TrainedNetwork) -> str:
    training, done = trained.spec.training, len(trained.history)
    changes = [change for change in training.rate_changes if change[0] < done]
    if len(changes) <= _MOST_RATES:
        return rates_words(training, done)
    last, rate = changes[-1]
    return (
        f"{training.learning_rate:g} at first, changed {len(changes)} times, "
        f"{rate:g} from epoch {last + 1} on"
    )


def _evenly(history: tuple[EpochRecord, ...]) -> list[EpochRecord]:
    count = min(len(history), HISTORY_ROWS)
    return [history[round(position)] for position in np.linspace(0, len(history) - 1, count)]


def _scores(trained: TrainedNetwork) -> str:
    metric = trained.spec.training.metric
    other = f"{NAMES[metric].lower()} {_number(trained.test_metric)}, "
    return (
        f"test accuracy {_number(trained.test_accuracy)}, {other if metric != 'accuracy' else ''}"
        f"test loss {_number(trained.test_loss)}"
    )


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "infinite"
    return f"{value:.4f}" if abs(value) < 1e5 else f"{value:.3g}"


def _short(text: str, what: str) -> str:
    most = _MOST_CHARACTERS[what]
    return text if len(text) <= most else f"{text[: most - 1]}…"
