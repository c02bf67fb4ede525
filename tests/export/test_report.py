"""The report of a run: what it says, read back from its HTML."""

import base64
import io
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from PIL import Image
from sklearn import metrics

from digitlab import __version__
from digitlab.analysis.evaluation import confident_mistakes
from digitlab.architecture.summary import layer_rows
from digitlab.data.mnist import Dataset
from digitlab.export.report import HISTORY_ROWS, report
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import Interruption
from digitlab.specs import ARTICLE, PRESETS, RunSpec, TrainSpec
from digitlab.wording.settings.parameter_count import arithmetic

from . import networks

WITHOUT_END = {"meta", "img", "line", "path", "circle", "rect", "link", "br"}


@dataclass
class Read(HTMLParser):
    """An HTML file, taken apart.

    Attributes:
        tables: of each table, by its class, the texts of the cells.
        elements: tags with their attributes.
        words: all text but the style.
        well_formed: whether every tag that begins also ends, in order.
    """

    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: str = ""
    well_formed: bool = True

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._table: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in WITHOUT_END:
            self._open.append(tag)
        if tag == "table":
            self._table = self.tables[dict(attrs)["class"]] = []
        if tag == "tr":
            self._table.append([])
        if tag in ("td", "th"):
            self._table[-1].append("")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.well_formed &= self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words += data
        if {"td", "th"} & set(self._open):
            self._table[-1][-1] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(html: str) -> Read:
    shown = Read()
    shown.feed(html)
    shown.close()
    shown.words = re.sub(r"\s+", " ", shown.words)
    assert shown.well_formed
    assert not shown._open
    return shown


@pytest.fixture
def small_cnn(small: Dataset) -> TrainedNetwork:
    spec = PRESETS["Small CNN"]
    training = replace(
        spec.training, epochs=8, validation_share=0.2, rate_changes=((2, 0.0003), (5, 0.1))
    )
    return networks.trained(
        RunSpec(spec.network, training),
        small,
        history=networks.history(training, 3),
        interruption=Interruption.STOP,
    )


def test_a_network_that_misses_some_digits_never_reads_all(
    trained: TrainedNetwork, mnist: Dataset
) -> None:
    nearly = replace(trained, test_accuracy=0.9961)
    assert "It reads over 99 of 100 digits" in read(report(nearly, mnist)).words


def test_a_trained_network_in_its_own_numbers(trained: TrainedNetwork, mnist: Dataset) -> None:
    shown = read(report(trained, mnist))
    assert f"It reads {round(100 * trained.test_accuracy)} of 100 digits" in shown.words
    assert f"Test accuracy: {trained.test_accuracy:.4f}." in shown.words
    assert f"Test loss: {trained.test_loss:.4f}." in shown.words
    assert f"Keras {trained.versions['keras']}" in shown.words
    assert f"Python {trained.versions['python']}" in shown.words
    assert f"DigitLab {__version__}" in shown.words
    assert "The seed is 5." in shown.words
    answers = trained.probabilities.argmax(axis=1)
    expected = metrics.confusion_matrix(mnist.y_test, answers)
    cells = [row[-12:-1] for row in shown.tables["matrix"][2:12]]
    assert [[int(text) for text in row[1:]] for row in cells] == expected.tolist()
    assert [row[0] for row in cells] == list("0123456789")
    assert f"It reads {np.trace(expected):,} of them correctly." in shown.words


def test_matrix_recall_and_precision_are_those_of_scikit_learn(small: Dataset) -> None:
    network = networks.article(small)
    rows = read(report(network, small)).tables["matrix"]
    answers = network.probabilities.argmax(axis=1)
    expected = metrics.confusion_matrix(small.y_test, answers)
    assert [[int(text) for text in row[-11:-1]] for row in rows[2:12]] == expected.tolist()
    recall = metrics.recall_score(small.y_test, answers, average=None)
    precision = metrics.precision_score(small.y_test, answers, average=None)
    np.testing.assert_allclose([float(row[-1]) / 100 for row in rows[2:12]], recall, atol=6e-4)
    np.testing.assert_allclose([float(v) / 100 for v in rows[13][1:11]], precision, atol=6e-4)


@pytest.mark.parametrize("preset", PRESETS)
def test_layers_are_those_of_the_network(small: Dataset, preset: str) -> None:
    spec = PRESETS[preset]
    head, *rows, total = read(report(networks.trained(spec, small), small)).tables["layers"]
    expected = layer_rows(spec.network)
    assert head[0] == "Layer"
    assert rows == [
        [row.kind, str(row.output_shape), row.activation, f"{row.parameters:,}", arithmetic(row)]
        for row in expected
    ]
    assert total[1] == f"{sum(row.parameters for row in expected):,}"


def test_settings_of_the_article(small: Dataset) -> None:
    assert read(report(networks.article(small), small)).tables["settings"] == [
        ["Optimizer", "SGD"],
        ["Learning rate", "0.01"],
        ["Batch size", "100"],
        ["Epochs", "5"],
        ["Loss", "Cross-entropy"],
        ["Metric", "Accuracy"],
        ["Validation", "none"],
        ["Seed", "0"],
    ]


def test_history_is_that_of_the_training(small: Dataset) -> None:
    network = networks.article(small)
    head, *rows = read(report(network, small)).tables["history"]
    assert head == ["Epoch", "Accuracy", "Loss"]
    assert rows == [
        [str(record.epoch + 1), f"{record.logs['accuracy']:.4f}", f"{record.logs['loss']:.4f}"]
        for record in network.history
    ]


def test_stopped_with_validation_and_other_rates(small: Dataset, small_cnn: TrainedNetwork) -> None:
    shown = read(report(small_cnn, small))
    assert "I stopped the training after 3 of 8 epochs." in shown.words
    settings = dict(shown.tables["settings"])
    assert settings["Epochs"] == "3 of 8"
    assert settings["Learning rate"] == "0.001, then 0.0003 from epoch 3 on"  # so far
    assert settings["Validation"] == "20\u00a0% of the training digits"
    groups, head, *rows = shown.tables["history"]
    assert groups == ["", "Training", "Validation", ""]
    assert head == ["Epoch", "Accuracy", "Loss", "Accuracy", "Loss", "Learning rate"]
    names = ("accuracy", "loss", "val_accuracy", "val_loss")
    assert rows == [
        [str(record.epoch + 1), *(f"{record.logs[name]:.4f}" for name in names), rate]
        for record, rate in zip(small_cnn.history, ("0.001", "0.001", "0.0003"), strict=True)
    ]


def test_a_rate_that_it_did_not_reach_is_left_out(small: Dataset) -> None:
    training = TrainSpec(rate_changes=((2, 0.1),))
    network = networks.trained(
        RunSpec(training=training), small, history=networks.history(training, 2)
    )
    shown = read(report(network, small))
    assert dict(shown.tables["settings"])["Learning rate"] == "0.01"
    assert shown.tables["history"][0] == ["Epoch", "Accuracy", "Loss"]


def test_of_fifty_epochs_ten_stand_in_the_table(small: Dataset) -> None:
    network = networks.trained(RunSpec(training=TrainSpec(epochs=50)), small)
    shown = read(report(network, small))
    epochs = [int(row[0]) for row in shown.tables["history"][1:]]
    assert len(epochs) == HISTORY_ROWS
    assert (epochs[0], epochs[-1]) == (1, 50)
    assert set(np.diff(epochs)) <= {5, 6}
    assert "10 of 50 epochs" in shown.words
    path = shown.all("path")[0]["d"]
    assert path.count("L") == 49  # the curve has them all


def test_the_biggest(small: Dataset) -> None:
    shown = read(report(networks.biggest(small), small))
    settings = dict(shown.tables["settings"])
    assert settings["Learning rate"].startswith("First 0.01. It changed 48 times. From epoch 49")
    assert settings["Loss"] == "Mean squared error"
    assert settings["Metric"] == "Label among the five best answers"
    assert "Label among the five best answers: 0." in shown.words
    assert "The lab ended it after 49 of 50 epochs." in shown.words
    assert len(shown.tables["layers"]) == 12


def test_the_precision_of_a_digit_that_is_never_answered_is_no_number(small: Dataset) -> None:
    network = networks.article(small)
    answers = network.probabilities.copy()
    answers[:, 8] = 0
    shown = read(report(replace(network, probabilities=answers), small))
    precision = shown.tables["matrix"][-1][1:-1]
    assert precision[8] == "–"
    assert "–" not in precision[:8] + precision[9:]


def test_no_mistakes(small: Dataset) -> None:
    shown = read(report(networks.smallest(small), small))
    assert "It reads 100 of 100 digits" in shown.words
    assert "There are none" in shown.words
    assert "It makes no mistakes." in shown.words
    assert shown.all("img") == []


def test_surest_mistakes_in_pictures_and_words(small: Dataset) -> None:
    network = networks.article(small)
    indices = confident_mistakes(small.y_test, network.probabilities, 12)
    shown = read(report(network, small))
    pictures = shown.all("img")
    assert len(pictures) == 12
    for i, picture in zip(indices, pictures, strict=True):
        start, content = picture["src"].split(",")
        assert start == "data:image/png;base64"
        pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(content))))
        np.testing.assert_array_equal(pixels, 255 - small.x_test[i])  # ink on paper
        label, answer = small.y_test[i], network.probabilities[i]
        words = f"True: {label}. Answer: {answer.argmax()} ({100 * answer.max():.0f}\u00a0%)."
        assert picture["alt"].endswith(words)


def test_a_diverged_run_has_a_report_too(small: Dataset) -> None:
    html = report(networks.diverged(small), small)
    shown = read(html)
    assert "It reads no digits" in shown.words
    assert "In epoch 2 of 5 the loss was no longer a number (NaN)." in shown.words
    assert shown.tables["history"][1:] == [["1", "0.3000", "1e+30"], ["2", "0.1000", "NaN"]]
    assert "matrix" not in shown.tables
    assert "nan" not in "".join(path["d"] for path in shown.all("path"))


def test_of_a_network_that_guesses_it_says_so(small: Dataset) -> None:
    spec = RunSpec(training=TrainSpec(epochs=1))
    shown = read(report(networks.trained(spec, small, right=0.01), small))
    assert "By guessing it would read 10." in shown.words


def test_without_an_epoch(small: Dataset) -> None:
    nothing = networks.trained(ARTICLE, small, history=(), interruption=Interruption.STOP)
    assert "The training finished no epoch." in read(report(nothing, small)).words


def test_lines_to_write_on_and_the_name_of_the_run(small: Dataset) -> None:
    network = networks.article(small)
    plain = read(report(network, small))
    assert plain.all("span").count({"class": "blank"}) == 3
    assert "Run:" not in plain.words
    shown = read(report(network, small, name="Many units"))
    assert shown.all("span").count({"class": "blank"}) == 3
    assert "Run: Many units" in shown.words


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}"])
def test_a_strangers_words_stay_words(small: Dataset, words: str) -> None:
    network = networks.article(small)
    html = report(network, small, name=words, link=words)
    shown = read(html)
    plain = read(report(network, small, name="Ada", link="Ada"))
    assert [tag for tag, _ in shown.elements] == [tag for tag, _ in plain.elements]
    assert words in shown.words


def test_a_link_leads_to_the_lab_and_nowhere_else(small: Dataset) -> None:
    network = networks.article(small)
    address = "https://lab.example/Train?run=abc&x=1"
    assert read(report(network, small, link=address)).all("a") == [{"href": address}]
    shown = read(report(network, small, link="javascript:alert(1)"))
    assert shown.all("a") == []
    assert "javascript:alert(1)" in shown.words


@pytest.mark.parametrize(
    "make", [networks.article, networks.smallest, networks.biggest, networks.diverged]
)
def test_it_needs_nothing_else(small: Dataset, make: Callable[..., Any]) -> None:
    html = report(make(small), small, name="Ada", link="https://lab.example/Train?run=abc")
    shown = read(html)
    tags = {tag for tag, _ in shown.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "base"}
    assert all(picture["src"].startswith("data:image/png;") for picture in shown.all("img"))
    assert not re.search(r"url\(|@import|\bon\w+=", html)
    assert len(html) < 60_000


def test_it_can_be_read_aloud(small: Dataset, small_cnn: TrainedNetwork) -> None:
    shown = read(report(small_cnn, small))
    assert shown.all("html") == [{"lang": "en"}]
    assert all(cell.get("scope") for cell in shown.all("th"))
    assert all(picture["alt"] for picture in shown.all("img"))
    loss, accuracy = (picture["aria-label"] for picture in shown.all("svg"))
    way = "2.0000 in epoch 1, 1.9333 in epoch 3. Validation: 2.0000"
    assert loss.startswith(f"Loss of each epoch. Training: {way}")
    assert accuracy.startswith("Accuracy of each epoch. Training: 0.3000 in epoch 1, ")


def test_text_in_the_matrix_has_contrast(small: Dataset) -> None:
    cells = [
        cell["style"]
        for cell in read(report(networks.article(small), small)).all("td")
        if "style" in cell
    ]
    assert len(cells) == 100
    colors = [re.fullmatch(r"background:(#\w+);color:(#\w+)", style).groups() for style in cells]
    assert {ink for _, ink in colors} == {"#000000", "#ffffff"}
    for ground, ink in colors:
        light, dark = sorted((_luminance(ground), 1.0 if ink == "#ffffff" else 0.0), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ground, ink)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_digit_that_is_not_among_the_test_digits(small: Dataset) -> None:
    chosen = small.y_test != 7
    few = Dataset(small.x_train, small.y_train, small.x_test[chosen], small.y_test[chosen])
    rows = read(report(networks.article(few), few)).tables["matrix"]
    assert rows[2 + 7][-1] == "0.0"


def test_curves_show_what_is_a_number(small: Dataset) -> None:
    network = networks.article(small)
    values = [2.0, math.nan, math.inf, 1.0, 3.0]
    history = tuple(
        replace(record, logs={**record.logs, "loss": loss})
        for record, loss in zip(network.history, values, strict=True)
    )
    loss = read(report(replace(network, history=history), small)).all("path")[0]
    xs, ys = zip(*re.findall(r"([\d.]+) ([\d.]+)", loss["d"]), strict=True)
    assert len(xs) == 3
    first, second, third = map(float, ys)
    assert second > first > third  # down is less
    assert (first - third) == pytest.approx((second - first), abs=0.2)
