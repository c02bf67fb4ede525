"""In the pseudo-language no words of what is taken home stand outside brackets, but code."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

import nbformat
import pytest

from digitlab.data.mnist import Dataset
from digitlab.export.length import Length
from digitlab.export.lesson import Lesson
from digitlab.export.notebook import notebook
from digitlab.export.report import report
from digitlab.export.script import script
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import Interruption
from digitlab.specs import ARTICLE, PRESETS, NetworkSpec, PrepSpec, RunSpec
from digitlab.wording.language import ENGLISH, speaking
from digitlab.wording.pseudo import NAME
from tests.shown_words import unsaid

from . import networks
from .test_report import read


def outside(texts: Iterable[str]) -> list[str]:
    """The words that no message holds."""
    return [word for text in texts for word in unsaid(CODE.sub(" ", text))]


def stopped(data: Dataset) -> TrainedNetwork:
    """With convolutions, validation digits, other rates and a change on purpose."""
    spec = PRESETS["Small CNN"]
    training = replace(spec.training, epochs=8, validation_share=0.2, rate_changes=((5, 0.1),))
    return networks.trained(
        RunSpec(spec.network, training, PrepSpec(dropped_digit=8, label_noise=0.2)),
        data,
        history=networks.history(training, 3),
        interruption=Interruption.STOP,
    )


def without_an_epoch(data: Dataset) -> TrainedNetwork:
    return networks.trained(ARTICLE, data, right=0.1, history=(), interruption=Interruption.STOP)


CODE = re.compile(r"train\.py|\(None, [\d, ]+\)|NaN")
"""A file's name, a shape as Keras prints it, and what is no number."""

RUNS = (
    *(networks.article, networks.smallest, networks.biggest, networks.diverged),
    *(stopped, without_an_epoch),
)


@pytest.mark.parametrize("make", RUNS)
def test_a_report_says_nothing_outside_the_catalogue(
    small: Dataset, make: Callable[[Dataset], TrainedNetwork]
) -> None:
    run = make(small)
    html = speaking(NAME, lambda: report(run, small, link="https://lab.example/Train?v=1"))
    shown = read(html)
    told = [value for _, element in shown.elements for value in read_aloud(element)]
    assert outside([shown.words, *told]) == []
    assert shown.all("html") == [{"lang": NAME}]
    assert len(html) > len(report(run, small))


def read_aloud(attributes: dict[str, str]) -> list[str]:
    """The attributes of an element that are read aloud."""
    return [attributes[name] for name in ("alt", "aria-label", "title") if name in attributes]


@pytest.mark.parametrize("make", RUNS[:-1])  # no network is taken home without an epoch
@pytest.mark.parametrize("length", Length)
def test_a_notebook_says_nothing_outside_the_catalogue_but_its_code(
    small: Dataset, make: Callable[[Dataset], TrainedNetwork], length: Length
) -> None:
    run = make(small)
    ours, english = (
        nbformat.reads(
            speaking(language, lambda: notebook(Lesson.of(run.spec, None, run, length=length))),
            as_version=4,
        ).cells
        for language in (NAME, ENGLISH)
    )
    words = [cell.source for cell in ours if cell.cell_type == "markdown"]
    assert outside(words) == []
    code = [
        [cell.source for cell in cells if cell.cell_type == "code"] for cells in (ours, english)
    ]
    assert code[0] == code[1]


def test_the_code_of_a_program_is_the_same_in_each_language(small: Dataset) -> None:
    run = stopped(small)

    def lines(language: str) -> list[str]:
        text = speaking(language, lambda: script(Lesson.of(run.spec, None, run)))
        said = re.sub(r'^""".*?^"""$', "", text, count=1, flags=re.DOTALL | re.MULTILINE)
        return [line for line in said.splitlines() if line and not line.startswith("#")]

    assert lines(NAME) == lines(ENGLISH)
    assert len(lines(NAME)) > 100


def test_without_a_hidden_layer_the_words_fit_the_code() -> None:
    def words(network: NetworkSpec) -> str:
        return script(Lesson.of(RunSpec(network)))

    sums = "The code compares the ten sums"
    assert sums in " ".join(words(NetworkSpec(())).replace("\n# ", " ").split())
    assert sums not in words(NetworkSpec())
