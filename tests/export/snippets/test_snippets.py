"""The code shown is the code that runs: every piece is executed and compared with the lab's own."""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot
from numpy.typing import NDArray

from digitlab.analysis import evaluation
from digitlab.analysis.ablation import Reading
from digitlab.analysis.weight_changes import changed as changed_weights
from digitlab.architecture.summary import total_parameters
from digitlab.data.mnist import Dataset
from digitlab.engine.build import build_model
from digitlab.engine.fit import train
from digitlab.engine.inference import probabilities
from digitlab.export import snippets
from digitlab.export.snippets import ablations
from digitlab.export.snippets.names import with_imports
from digitlab.preprocess import drawing_to_digit, png, preprocessed
from digitlab.records.networks import ModelWeights, TrainedNetwork
from digitlab.specs import (
    LOSSES,
    METRICS,
    OPTIMIZERS,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    Preprocessing,
    PrepSpec,
    RunSpec,
    TrainSpec,
)
from digitlab.specs.ablations import ABLATIONS, BASELINE, UNSEEN_DIGITS
from digitlab.specs.training import SPARSE
from digitlab.specs.weight_changes import WeightChange, WeightChangeKind

mpl.use("Agg")

NETWORKS = {
    **{name: preset.network for name, preset in PRESETS.items()},
    "no hidden layer": NetworkSpec(hidden=()),
    "four hidden layers": NetworkSpec(
        (HiddenLayer(7, "tanh"), HiddenLayer(6, "linear"), *(HiddenLayer(5, "relu"),) * 2)
    ),
    "convolution and dense": NetworkSpec((HiddenLayer(12, "relu"),), convolutions=(4,)),
    "no biases": NetworkSpec((HiddenLayer(12, "relu"),), convolutions=(4,), use_bias=False),
}

WITH_ONE_HOT = [loss for loss in LOSSES if loss != SPARSE]

TRAININGS = [
    TrainSpec(loss, optimizer, OPTIMIZERS[optimizer], metric, batch_size=64, epochs=2, seed=9)
    for (loss, optimizer), metric in zip(
        product(WITH_ONE_HOT, OPTIMIZERS), [*METRICS * 2, *METRICS[::-1] * 2], strict=True
    )
]

# Each network with one of the recipes: the code of either has no part in the other's, and Keras
# takes three seconds to compile what a run needs.
RUNS = {
    f"{name}, {training.loss}, {training.optimizer}, {training.metric}": RunSpec(network, training)
    for (name, network), training in zip(NETWORKS.items(), TRAININGS, strict=True)
} | {
    "validation": RunSpec(training=TrainSpec(validation_share=0.2, epochs=2, seed=3)),
    "large batches, half for validation": RunSpec(
        training=TrainSpec(
            learning_rate=0.0001, optimizer="adam", batch_size=512, epochs=1, validation_share=0.5
        )
    ),
}


@pytest.fixture
def execute(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Load the small data as Keras's MNIST, then run pieces one after another in one namespace."""
    data = ((small.x_train, small.y_train), (small.x_test, small.y_test))
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: deepcopy(data))
    namespace: dict[Any, Any] = {}

    def run(*pieces: Any) -> tuple[dict[Any, Any], str]:
        output = io.StringIO()
        with redirect_stdout(output):
            for piece in (snippets.LOAD, *pieces):
                exec(compile(with_imports(piece), "snippet", "exec"), namespace)
        pyplot.close("all")
        return namespace, output.getvalue()

    return run


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[NDArray[Any], Any]]:
    """What `plt.imshow` got before each `plt.show`."""
    drawn: list[Any] = []
    shown: list[Any] = []
    pyplot = ModuleType("matplotlib.pyplot")
    vars(pyplot)["imshow"] = lambda image, cmap: drawn.append((np.array(image), cmap))
    vars(pyplot)["show"] = lambda: shown.append(drawn.pop())
    matplotlib = ModuleType("matplotlib")
    vars(matplotlib)["pyplot"] = pyplot
    monkeypatch.setitem(sys.modules, "matplotlib", matplotlib)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", pyplot)
    return shown


@pytest.mark.parametrize(("subset", "index"), [("train", 8), ("test", 42)])
def test_look_shows_the_chosen_sample(
    execute: Callable[..., Any],
    small: Dataset,
    shown: list[tuple[NDArray[Any], Any]],
    subset: str,
    index: int,
) -> None:
    images, labels = getattr(small, f"x_{subset}"), getattr(small, f"y_{subset}")
    _, printed = execute(snippets.look(subset, index))
    ((image, colors),) = shown
    np.testing.assert_array_equal(image, images[index])
    assert colors == "binary"  # ink is dark
    assert printed.splitlines() == [str(labels[index]), f"3 {images.shape} uint8"]


@pytest.mark.parametrize("digit", [0, 7])
def test_one_digit_counts_and_averages(
    execute: Callable[..., Any], small: Dataset, shown: list[tuple[NDArray[Any], Any]], digit: int
) -> None:
    names, printed = execute(snippets.look("train", 0), snippets.one_digit(digit))
    pairs = zip(small.x_train, small.y_train, strict=True)
    of_digit = [image for image, label in pairs if label == digit]
    average = sum(image.astype(float) for image in of_digit) / len(of_digit)
    np.testing.assert_allclose(names["average"], average)
    np.testing.assert_allclose(shown[-1][0], average)
    counts = [
        str(np.array([np.count_nonzero(labels == each) for each in range(10)]))
        for labels in (small.y_train, small.y_test)
    ]
    assert printed.splitlines()[-2:] == counts


@pytest.mark.parametrize(
    ("expression", "index"),
    [
        ("x_train", ()),
        ("x_train[8]", (8,)),
        ("x_train[8, 14]", (8, 14)),
        ("x_train[8, 14, 10]", (8, 14, 10)),
    ],
)
def test_tensor_is_described(
    execute: Callable[..., Any], small: Dataset, expression: str, index: tuple[Any, ...]
) -> None:
    names, printed = execute(snippets.tensor(expression))
    part = small.x_train[index]
    np.testing.assert_array_equal(names["tensor"], part)
    assert printed == f"{part}\n{3 - len(index)} {small.x_train.shape[len(index) :]} uint8\n"


@pytest.mark.parametrize("name", NETWORKS)
def test_prepared_arrays_are_printed(
    execute: Callable[..., Any], small: Dataset, name: str
) -> None:
    network = NETWORKS[name]
    _, printed = execute(snippets.prepare(RunSpec(network)), snippets.PREPARED)
    one_hot = np.eye(10)
    assert printed.splitlines() == [
        f"{(2010, *network.input_shape)} {(500, *network.input_shape)}",
        "(2010, 10) (500, 10)",
        str(one_hot[small.y_test[0]]),
        str(one_hot[small.y_train[0]]),
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_network_is_the_one_the_lab_builds(execute: Callable[..., Any], name: str) -> None:
    network = NETWORKS[name]
    names, printed = execute(snippets.define(RunSpec(network, TrainSpec(seed=6))))
    model, expected = names["model"], build_model(network)
    assert layer_configs(model) == layer_configs(expected)
    assert model.count_params() == total_parameters(network)
    assert f"{total_parameters(network):,}" in printed  # what summary() says
    keras.utils.set_random_seed(6)
    for ours, shown in zip(build_model(network).get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(shown, ours)


def layer_configs(model: Any) -> list[tuple[str, dict[Any, Any]]]:
    """Class and settings of each layer, without the counter that Keras puts into names."""
    unnamed = [
        {k: v for k, v in layer.get_config().items() if k != "name"} for layer in model.layers
    ]
    return [
        (type(layer).__name__, config) for layer, config in zip(model.layers, unnamed, strict=True)
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_preparation_gives_what_the_network_takes(
    execute: Callable[..., Any], small: Dataset, name: str
) -> None:
    names, _ = execute(snippets.prepare(RunSpec(NETWORKS[name])))
    assert names["x_train"].shape == (len(small.x_train), *NETWORKS[name].input_shape)
    assert names["x_test"].dtype == np.float32
    assert names["y_train"].shape == (len(small.y_train), 10)


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_the_whole_script_gives_the_same_history(
    execute: Callable[..., Any], small: Dataset, run: RunSpec
) -> None:
    """It learns, evaluates and predicts what the lab does."""
    names, printed = execute(
        snippets.prepare(run),
        snippets.train(run),
        snippets.evaluate(run),
        snippets.predict(11),
    )
    trained = train(run, small, lambda record: None, lambda: None)
    assert isinstance(trained, TrainedNetwork)
    assert trained.probabilities is not None
    ours = {
        key: [record.logs[key] for record in trained.history] for key in names["history"].history
    }
    assert names["history"].history == ours
    assert names["test_metric"] == trained.test_metric
    assert names["test_loss"] == pytest.approx(trained.test_loss, rel=1e-6)
    matrix = evaluation.confusion_matrix(small.y_test, trained.probabilities)
    np.testing.assert_array_equal(names["matrix"], matrix)
    np.testing.assert_allclose(names["predictions"], trained.probabilities, atol=1e-6)
    assert printed.splitlines()[-1] == str(trained.probabilities[11].argmax())


@pytest.mark.parametrize("preprocessing", Preprocessing)
@pytest.mark.parametrize("name", ["ReLU 128", "Small CNN"])
def test_what_was_received_of_a_drawing_is_read_the_same(
    execute: Callable[..., Any],
    small: Dataset,
    in_folder: Path,
    name: str,
    preprocessing: Preprocessing,
) -> None:
    picture = np.kron(255 - small.x_test[0], np.ones((10, 10), np.uint8))
    digit = drawing_to_digit(picture).digit
    (in_folder / "digit.png").write_bytes(png(digit))
    network = PRESETS[name].network
    names, _ = execute(
        snippets.define(RunSpec(network, TrainSpec(seed=2))),
        snippets.read_drawing(network, preprocessing),
    )
    ready = preprocessed(digit[None], preprocessing)
    np.testing.assert_array_equal(names["digit"].reshape(1, 28, 28), ready)
    plain = ModelWeights(network, tuple(names["model"].get_weights()), preprocessing)
    ours = probabilities(plain, digit[None])[0]
    np.testing.assert_allclose(names["probabilities"], ours, atol=1e-6)


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_kept_epoch_is_the_network_as_it_was_then(
    execute: Callable[..., Any], small: Dataset, in_folder: Path
) -> None:
    spec = RunSpec(training=TrainSpec(epochs=2, seed=4, rate_changes=((1, 0.3),)))
    moments = train(spec, small, lambda record: None, lambda: None).epochs
    names, printed = execute(snippets.prepare(spec), snippets.replay(spec, 1))
    for epoch, moment in enumerate(moments):
        model = keras.saving.load_model(in_folder / f"epoch_{epoch:02d}.keras")
        for mine, kept in zip(moment.arrays, model.get_weights(), strict=True):
            np.testing.assert_array_equal(kept, mine)
    for mine, asked in zip(moments[1].arrays, names["earlier"].get_weights(), strict=True):
        np.testing.assert_array_equal(asked, mine)
    assert printed.rstrip().endswith("]")


def test_a_changed_control_changes_its_own_line_only() -> None:
    before = snippets.train(RunSpec()).splitlines()
    after = snippets.train(RunSpec(training=TrainSpec(batch_size=64))).splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed == ["    batch_size=64,"]


@pytest.mark.parametrize("preparation", [PrepSpec(), PrepSpec(label_noise=0.3)])
def test_several_seeds_give_the_lab_s_results(
    execute: Callable[..., Any], small: Dataset, preparation: PrepSpec
) -> None:
    spec = RunSpec(training=TrainSpec(epochs=2, rate_changes=((1, 0.1),)), preparation=preparation)
    pieces = () if preparation.label_noise else (snippets.prepare(spec),)
    names, printed = execute(*pieces, snippets.several_seeds(spec, [4, 9]))
    ours = [
        train(spec.with_seed(seed), small, lambda record: None, lambda: None) for seed in (4, 9)
    ]
    assert names["results"] == [trained.test_metric for trained in ours]
    assert f"mean {np.mean(names['results'])}" in printed


ONE_EPOCH = replace(BASELINE, training=replace(BASELINE.training, epochs=1, seed=4))


def read_by_the_lab(network: Any, data: Dataset) -> Reading:
    """How the lab reads the last training digits, as the page does."""
    images, labels = data.x_train[-UNSEEN_DIGITS:], data.y_train[-UNSEEN_DIGITS:]
    return Reading.of(probabilities(ModelWeights.of(network), images), labels)


@pytest.mark.parametrize("name", ["scale", "label_noise", "dropped_digit", "use_bias"])
def test_an_ablation_reads_as_many_digits_as_the_page_says(
    execute: Callable[..., Any], small: Dataset, name: str
) -> None:
    (changed,) = (a.applied_to(ONE_EPOCH) for a in ABLATIONS if a.name == name)
    network = train(changed, small, lambda record: None, lambda: None)
    reading = read_by_the_lab(network, small)
    names, printed = execute(ablations.ablation(changed))
    np.testing.assert_array_equal(names["answers"], reading.answers)
    lines = printed.splitlines()[-11:]
    assert float(lines[0]) == reading.accuracy
    correct, count = reading.of_digit(8)
    assert lines[9] == f"8 {correct / count}"


def test_the_code_without_one_hot_is_refused_too(execute: Callable[..., Any]) -> None:
    (changed,) = (a.applied_to(ONE_EPOCH) for a in ABLATIONS if a.name == "one_hot")
    with pytest.raises(ValueError, match="same rank"):
        execute(ablations.ablation(changed))


def test_changed_weights_are_the_labs(execute: Callable[..., Any], small: Dataset) -> None:
    network = train(ONE_EPOCH, small, lambda record: None, lambda: None)
    assert isinstance(network, TrainedNetwork)
    before = [array.copy() for array in network.weights]
    unchanged = read_by_the_lab(network, small)
    names, _ = execute(ablations.ablation(ONE_EPOCH))
    for change in (
        WeightChange(WeightChangeKind.CUT, 64),
        WeightChange(WeightChangeKind.NOISE, 0.5),
    ):
        names["model"].set_weights(before)
        other = changed_weights(network, change, seed=4)
        names, printed = execute(ablations.change_weights(change, 4))
        for shown, ours in zip(names["model"].get_weights(), other.weights, strict=True):
            np.testing.assert_array_equal(shown, ours)
        for now, then in zip(network.weights, before, strict=True):
            np.testing.assert_array_equal(now, then)  # the network itself stays
        reading = read_by_the_lab(other, small)
        assert printed.splitlines()[-1] == f"{reading.accuracy} {unchanged.changed(reading)}"
        assert reading.accuracy < unchanged.accuracy


def test_several_seeds_count_validation_digits_where_there_are_some(
    execute: Callable[..., Any], small: Dataset
) -> None:
    spec = RunSpec(training=TrainSpec(epochs=2, validation_share=0.1))
    names, printed = execute(snippets.prepare(spec), snippets.several_seeds(spec, [4, 9]))
    ours = [
        train(spec.with_seed(seed), small, lambda record: None, lambda: None) for seed in (4, 9)
    ]
    assert names["results"] == [trained.history[-1].logs["val_accuracy"] for trained in ours]
    assert "Validation accuracy of each seed:" in printed
    assert "x_test" not in snippets.several_seeds(spec, [4])
