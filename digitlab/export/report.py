"""A run on two printed pages that can be handed in: one HTML file that needs nothing else."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import jinja2
import numpy as np

from digitlab import __version__
from digitlab.architecture.summary import layer_rows
from digitlab.data.mnist import Dataset
from digitlab.export import report_words as words
from digitlab.export import svg_curves
from digitlab.export.report_answers import Answers
from digitlab.records.history import history_columns
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord
from digitlab.specs.display_name import shortened
from digitlab.wording.language import spoken
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import short_per_cent, significant, whole
from digitlab.wording.results.scores import score
from digitlab.wording.say import say
from digitlab.wording.settings.ablations import ablation_words
from digitlab.wording.settings.descriptions import epoch_count_words, rates_words, setting_name
from digitlab.wording.settings.parameter_count import arithmetic

HISTORY_ROWS: Final = 10
_MOST_RATES: Final = 3  # a list of more is no longer read
_NAME: Final = 60  # characters: one line
_LINK: Final = 80  # of its address, without the settings, which nobody types

_LOSS_TOPS: Final = {
    "categorical_crossentropy": 2.5,
    "sparse_categorical_crossentropy": 2.5,
    "mean_squared_error": 0.1,
}
"""Ends of the loss axis. A network that guesses has loss ln 10 = 2.30, and 0.09."""

_PACKAGES: Final = {
    "python": "Python",
    "keras": "Keras",
    "tensorflow": "TensorFlow",
    "numpy": "NumPy",
}

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
        titles = {"loss": say("Loss"), training.metric: setting_name(training.metric)}
        head, shown = [say("Epoch")], [[str(epoch) for epoch in columns.pop("epoch")]]
        for log, values in columns.items():
            head.append(titles[log.removeprefix("val_")])
            shown.append([score(value) for value in values])
        validation = sum(log.startswith("val_") for log in columns)
        groups = [
            ("", 1),
            (say("Training"), len(columns) - validation),
            (say("Validation"), validation),
        ]
        if any(epoch < len(trained.history) for epoch, _ in training.rate_changes):
            head.append(say("Learning rate"))
            shown.append([significant(training.rate_at(record.epoch)) for record in chosen])
            groups.append(("", 1))
        return cls(
            groups if validation else [], head, [list(row) for row in zip(*shown, strict=True)]
        )


def report(trained: TrainedNetwork, data: Dataset, name: str = "", link: str = "") -> str:
    """The report of a run as an HTML file: no script, nothing to load, two pages of paper.

    It speaks the language that is spoken.

    Args:
        trained: the run.
        data: the digits that it was tested with.
        name: of the run; "" if it has none. Who made it writes the own name on a line.
        link: where the run's settings can be opened again.
    """
    network, training = trained.spec.network, trained.spec.training
    history, rows, fixed = trained.history, layer_rows(network), words.fixed_words()
    answers = Answers.of(data.y_test, data.x_test, trained)
    table, heading, named = History.of(trained), fixed["title"], shortened(name, _NAME)
    return _template().render(
        language=spoken(),
        words=fixed,
        tab=say("{title}: {name}", title=heading, name=named) if named else heading,
        run=say("Run: {name}", name=named) if named else "",
        second_page=say("{title}, page 2 of 2", title=heading),
        result=words.result_words(trained, answers is not None),
        test=words.test_words(trained, answers.right, answers.total) if answers else "",
        end=words.end_words(trained),
        layers=[(row, whole(row.parameters), arithmetic(row)) for row in rows],
        parameters=whole(sum(row.parameters for row in rows)),
        settings=_settings(trained),
        curves=[
            (title, svg_curves.svg(history, name, title, training.epochs, top))
            for name, title, top in (
                ("loss", say("Loss"), _LOSS_TOPS[training.loss]),
                (training.metric, setting_name(training.metric), 1),
            )
        ],
        history=table,
        history_title=words.history_title(len(table.rows), len(history)),
        answers=answers,
        repeat=words.repeat_words(training.seed, _versions(trained), __version__),
        link=link,
        printed_link=shortened(link.partition("?")[0], _LINK),
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


def _settings(trained: TrainedNetwork) -> Rows:
    training = trained.spec.training
    share, ablations = training.validation_share, ablation_words(trained.spec)
    validation = (
        say("{share} of the training digits", share=short_per_cent(share)) if share else say("none")
    )
    return [
        [say("Optimizer"), setting_name(training.optimizer)],
        [say("Learning rate"), _rates(trained)],
        [say("Batch size"), str(training.batch_size)],
        [say("Epochs"), epoch_count_words(len(trained.history), training.epochs)],
        [say("Loss"), setting_name(training.loss)],
        [say("Metric"), setting_name(training.metric)],
        [say("Validation"), validation],
        [say("Seed"), str(training.seed)],
        *([[say("Changed on purpose"), with_commas(ablations)]] if ablations else []),
    ]


def _rates(trained: TrainedNetwork) -> str:
    training, done = trained.spec.training, len(trained.history)
    changes = [change for change in training.rate_changes if change[0] < done]
    if len(changes) <= _MOST_RATES:
        return rates_words(training, done)
    last, rate = changes[-1]
    return say(
        "First {first}. It changed {count} times. From epoch {epoch} on it was {rate}.",
        first=significant(training.learning_rate),
        count=len(changes),
        epoch=last + 1,
        rate=significant(rate),
    )


def _versions(trained: TrainedNetwork) -> str:
    versions = [
        f"{name} {trained.versions[package]}"
        for package, name in _PACKAGES.items()
        if package in trained.versions
    ]
    return with_commas(versions) if versions else ""


def _evenly(history: tuple[EpochRecord, ...]) -> list[EpochRecord]:
    count = min(len(history), HISTORY_ROWS)
    return [history[round(position)] for position in np.linspace(0, len(history) - 1, count)]
