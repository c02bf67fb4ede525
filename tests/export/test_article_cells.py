"""What the page says that Keras 3 says to the article's code, it says."""

import io
import warnings
from contextlib import redirect_stdout
from typing import Any

import keras
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot

from digitlab.architecture.summary import total_parameters
from digitlab.architecture.summary_text import summary_text
from digitlab.data.mnist import Dataset
from digitlab.engine.build import build_model
from digitlab.export.article_cells import CELLS, FUNCTIONAL, INITIALIZER, VERBOSE
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec

mpl.use("Agg")

NETWORKS = {
    **{name: preset.network for name, preset in PRESETS.items()},
    "no hidden layer": NetworkSpec(hidden=()),
    "widest": NetworkSpec((HiddenLayer(512),) * 4, convolutions=(32, 32)),
}


def said(code: str, names: dict[str, Any]) -> str:
    """The error or warning that a cell gives, as Python prints it; empty without one."""
    with warnings.catch_warnings(record=True) as caught, redirect_stdout(io.StringIO()):
        warnings.simplefilter("always")
        try:
            exec(compile(code, "cell", "exec"), names)
        except SyntaxError as error:
            return f"{type(error).__name__}: {error.msg}"
        except ImportError as error:
            return f"{type(error).__name__}: {error}"
    return "".join(f"{warning.category.__name__}: {warning.message}" for warning in caught)


def test_keras_says_to_each_cell_what_the_page_says(
    mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ((mnist.x_train, mnist.y_train), (mnist.x_test, mnist.y_test))
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: data)
    names: dict[str, Any] = {}
    for cell in CELLS:
        if cell.says:  # apart: what it did is not done twice
            apart = dict(names)
            assert said(cell.then, apart) == cell.says
            assert bool(cell.now)
            again = dict(names)
            assert said(cell.now, again) == ""
            if cell.idea == "Define the network":
                assert same_layers(apart["model"], again["model"])
                names = again
        else:
            # One epoch shows as much as five.
            assert said(cell.then.replace("epochs=5", "epochs=1"), names) == ""
    pyplot.close("all")
    assert names["predictions"].shape == (10_000, 10)


def same_layers(first: Any, second: Any) -> bool:
    return [layer.count_params() for layer in first.layers] == [
        layer.count_params() for layer in second.layers
    ]


@pytest.mark.parametrize("name", NETWORKS)
def test_summary_is_the_text_that_keras_prints(name: str) -> None:
    keras.utils.clear_session()  # names are counted from the start
    printed: list[str] = []
    build_model(NETWORKS[name]).summary(print_fn=printed.append)
    assert summary_text(NETWORKS[name]).splitlines() == "".join(printed).splitlines()


def test_after_a_training_keras_counts_the_optimizer_too() -> None:
    model = build_model(ARTICLE.network)
    model.compile(loss="categorical_crossentropy", optimizer="sgd")
    model.fit(np.zeros((100, 784), np.float32), np.eye(10)[[0] * 100], verbose=0)
    printed: list[str] = []
    model.summary(print_fn=printed.append)
    text = "".join(printed)
    assert f"Total params: {total_parameters(ARTICLE.network) + 2:,} " in text
    assert "Optimizer params: 2 " in text


def test_functional_api_gives_the_same_network() -> None:
    names: dict[str, Any] = {}
    keras.utils.set_random_seed(5)
    exec(FUNCTIONAL, names)
    keras.utils.set_random_seed(5)
    for ours, theirs in zip(
        build_model(ARTICLE.network).get_weights(), names["model"].get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_the_line_with_an_initializer_changes_it_from_keras_own() -> None:
    names: dict[str, Any] = {"keras": keras}
    exec(INITIALIZER, names)
    assert (
        keras.layers.Dense(10).get_config()["kernel_initializer"]["class_name"] == "GlorotUniform"
    )
    assert names["layer"].get_config()["kernel_initializer"]["class_name"] == "HeNormal"


def test_verbose_2_prints_a_line_for_each_epoch() -> None:
    model = build_model(ARTICLE.network)
    model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    names = {
        "model": model,
        "x_train": np.zeros((200, 784), np.float32),
        "y_train": np.eye(10)[[0] * 200],
    }
    output = io.StringIO()
    with redirect_stdout(output):
        exec(VERBOSE, names)
    lines = output.getvalue().splitlines()
    assert lines[::2] == [f"Epoch {epoch}/5" for epoch in range(1, 6)]
    assert all(line.startswith("2/2 - ") and "loss: " in line for line in lines[1::2])
