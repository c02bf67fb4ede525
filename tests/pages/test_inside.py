"""Look inside: every view with this network's own numbers, under AppTest with a real worker."""

import base64
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, softmax
from sklearn.neighbors import NearestNeighbors
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.architecture.layers import Dense, GlobalAveragePooling2D, Reshape
from digitlab.architecture.stack import LayerStack
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.export.lesson import Lesson
from digitlab.export.script import script
from digitlab.preprocess import drawing_to_digit
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import PRESETS, HiddenLayer, NetworkSpec, RunSpec, SampleSelection
from digitlab.ui.inside import digit_map
from digitlab.ui.inside.feature_maps import ALL, ONE
from digitlab.ui.session.state import Lab
from digitlab.uploads.models.archive import read_network
from digitlab.uploads.models.parsed import ParsedModel, evaluate_model
from digitlab.wording.calculations import number
from digitlab.wording.problems.reasons import problem_words
from digitlab.wording.settings.descriptions import percent
from tests.conftest import finished, wait_until
from tests.export.pieces import missing
from tests.pages.exam import examined
from tests.pages.test_pages import ROOT, words
from tests.reading import captions, chart, checked, code, control
from tests.uploads.models.making import saved

WEIGHTS, NUMBERS, ANSWER, EVIDENCE, NEIGHBOURS, MAP = VIEWS = (
    "weights",
    "numbers",
    "answer",
    "evidence",
    "neighbours",
    "map",
)


def opened(lab: Lab, view: str = WEIGHTS) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/8_Look_inside.py"), default_timeout=60)
    test.session_state["digitlab"] = lab
    test.session_state["view_Look inside"] = view
    return checked(test.run())


def press(test: AppTest, label: str) -> AppTest:
    return checked(next(button for button in test.button if button.label == label).click().run())


def turn_to(test: AppTest, view: str) -> AppTest:
    """The page after its view was chosen."""
    return checked(test.segmented_control(key="view_Look inside").set_value(view).run())


def one_map(test: AppTest) -> AppTest:
    """A layer of maps shows one of them; another layer stays as it is."""
    shown = [choice for choice in test.segmented_control if choice.label == "Show"]
    return checked(shown[0].set_value(ONE).run()) if shown else test


def values(array: Any) -> NDArray[np.float64]:
    """The numbers of an array as Plotly sends it."""
    return np.frombuffer(base64.b64decode(array["bdata"]), array["dtype"])


@pytest.fixture
def lab(queue: TrainingQueue, trained: TrainedNetwork) -> Lab:
    return Lab(job=finished(trained), selection=SampleSelection(test_index=42))


def test_lost_weights_are_said_in_every_view(lab: Lab, trained: TrainedNetwork) -> None:
    lab.job = finished(replace(trained, model=b""))
    for view in VIEWS:
        test = AppTest.from_file(str(ROOT / "pages/8_Look_inside.py"), default_timeout=60)
        test.session_state["digitlab"] = lab
        test.session_state["view_Look inside"] = view
        test.run()
        assert not test.exception
        assert "no longer keeps the weights" in test.error[0].value


def untrained(trained: TrainedNetwork, network: NetworkSpec) -> TrainedNetwork:
    """The same story, told of another network with random weights."""
    from digitlab.engine.build import build_model

    spec = RunSpec(network)
    return replace(trained, spec=spec, model=saved(build_model(network)))


def test_weights_are_a_picture_and_a_row_for_each_unit(lab: Lab) -> None:
    test = opened(lab)
    kernel, bias = lab.network.weights[:2]
    assert captions(test) == [f"unit {unit}" for unit in range(10)]
    assert f"The darkest blue means +{np.abs(kernel).max():.2f}" in words(test)
    table = test.dataframe[0].value
    np.testing.assert_allclose(table["Largest weight"], kernel.max(axis=0), rtol=1e-6)
    np.testing.assert_allclose(table["Bias"], bias, rtol=1e-6)
    assert "Look inside" in lab.seen


def test_numbers_at_work_are_this_networks(lab: Lab, mnist: Dataset) -> None:
    test = opened(lab, NUMBERS)
    pixels = mnist.x_test[42].reshape(-1) / 255
    kernel, bias, last, last_bias = (array.astype(float) for array in lab.network.weights)
    sums = pixels @ kernel + bias
    unit = int(sums.argmax())
    assert control(test.number_input, "Unit").value == unit
    assert f"**{number(pixels @ kernel[:, unit])}**" in words(test)
    assert f"sigmoid({number(sums[unit])}) = **{number(expit(sums[unit]))}**" in words(test)
    control(test.number_input, "Unit").set_value(3).run()
    assert f"sigmoid({number(sums[3])}) = **{number(expit(sums[3]))}**" in words(test)
    products = values(chart(test, "inside_products")["data"][0]["z"])
    np.testing.assert_allclose(products, pixels * kernel[:, 3], atol=1e-5)
    assert f"and **{number(expit(sums[3]))}** goes on" in words(test)
    logits = expit(sums) @ last + last_bias
    control(test.selectbox, "Layer").select(1).run()
    digit = int(logits.argmax())
    assert control(test.number_input, "Digit").value == digit
    assert f"= **{number(logits[digit])}**" in words(checked(test))
    assert "logit" in words(test)
    turn_to(test, ANSWER)
    table = test.dataframe[0].value
    np.testing.assert_allclose(table["Sum"], logits, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(table["Share"], lab.network.probabilities[42], rtol=1e-3)
    np.testing.assert_allclose(table["Share"], softmax(logits), rtol=1e-3)
    turn_to(test, NUMBERS)
    assert control(test.selectbox, "Layer").value == 1  # as it was left


def test_evidence_follows_the_chosen_answer(lab: Lab) -> None:
    test = opened(lab, EVIDENCE)
    answer = int(lab.network.probabilities[42].argmax())
    choice = next(choice for choice in test.segmented_control if choice.label == "Which answer?")
    assert choice.value == answer
    assert "answer = np.argmax(" in code(test)
    other = (answer + 1) % 10
    checked(choice.set_value(other).run())
    assert f"answer = {other}\n" in code(test)
    chance = percent(lab.network.probabilities[42, other])
    assert f"lowers the probability of {other} (now {chance}) by up to" in words(test)
    titles = [
        chart(test, key)["layout"]["title"]["text"]
        for key in ("inside_saliency", "inside_occlusion")
    ]
    assert all(str(other) in title for title in titles)


def test_neighbours_are_scikit_learns(lab: Lab, mnist: Dataset) -> None:
    test = opened(lab, NEIGHBOURS)
    points = mnist.x_train.reshape(-1, 784) / np.float32(255)
    sought = mnist.x_test[42].reshape(1, 784) / 255
    kernel, bias = lab.network.weights[:2]
    hidden = [expit(numbers @ kernel + bias) for numbers in (points, sought)]
    table = test.dataframe[0].value
    for name, (near, digit) in {"By pixels": (points, sought), "For the network": hidden}.items():
        nearest = NearestNeighbors(n_neighbors=10, algorithm="brute").fit(near).kneighbors(digit)
        assert set(table[name]) == set(nearest[1][0])
    np.testing.assert_allclose(table["Label"], mnist.y_train[table["By pixels"]])
    assert "all 60,000 training digits" in words(test)
    label, count = Counter(mnist.y_train[table["By pixels"]].tolist()).most_common(1)[0]
    assert f"is {label} by pixels ({count} of 10)" in words(test)


def test_map_shows_digits_and_the_sample_as_a_star(
    lab: Lab, mnist: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened(lab, MAP)
    _, digits, star = chart(test, "inside_digit_map")["data"]
    assert digits["text"] == [str(label) for label in mnist.y_test[: limits.MAP_DIGITS]]
    table = test.dataframe[0].value
    place = [values(star[axis])[0] for axis in ("x", "y")]
    np.testing.assert_allclose(place, table.iloc[42][["Across", "Up"]].astype(float), atol=1e-4)
    assert star["marker"]["symbol"] == "star"
    monkeypatch.setattr(digit_map, "_EARLY", 50)
    monkeypatch.setattr(digit_map, "_LATER", 50)
    kind = next(choice for choice in test.segmented_control if choice.label == "Map made by")
    checked(kind.set_value("tsne").run())
    assert not test.get("plotly_chart")
    press(test, "Make the map, 100 steps")
    (background_task,) = lab.background_tasks.values()
    wait_until(lambda: not background_task.active, "the map")
    checked(test.run())
    assert len(test.dataframe[0].value) == limits.MAP_DIGITS
    assert "on the map made by t-SNE" in words(test)


def test_before_the_exam_the_map_shows_no_mistakes(lab: Lab) -> None:
    test = opened(lab, MAP)
    rings, digits, _ = chart(test, "inside_digit_map")["data"]
    assert rings["x"] == []
    assert "your network reads" not in str(digits["customdata"])
    assert "Read as" not in test.dataframe[0].value
    assert next(button for button in test.button if button.label == "Next mistake").disabled
    test = opened(examined(lab), MAP)
    rings, digits, _ = chart(test, "inside_digit_map")["data"]
    assert len(values(rings["x"])) == str(digits["customdata"]).count("✗") > 0
    assert "Read as" in test.dataframe[0].value
    assert not next(button for button in test.button if button.label == "Next mistake").disabled


def test_where_the_package_for_tsne_is_missing_the_map_is_drawn_by_pca(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digit_map, "find_spec", lambda name: None if name == "openTSNE" else 1 / 0)
    lab_without = opened(lab, MAP)
    assert not [choice for choice in lab_without.segmented_control if choice.label == "Map made by"]
    assert "no package for t-SNE" in words(lab_without)
    assert chart(lab_without, "inside_digit_map")["data"]


@pytest.mark.parametrize("name", ["Two hidden layers", "Small CNN"])
def test_every_views_code_is_in_the_program(lab: Lab, trained: TrainedNetwork, name: str) -> None:
    lab.job = finished(untrained(trained, PRESETS[name].network))
    program = script(Lesson.of(lab.trained.spec, lab.selection))
    test = opened(lab)
    for view in VIEWS:
        turn_to(test, view)
        assert missing(code(test), program) == []


def test_next_mistake_is_one_and_another_pages_digit_is_followed(lab: Lab, mnist: Dataset) -> None:
    test = opened(examined(lab), EVIDENCE)
    press(test, "Next mistake")
    wrong = np.flatnonzero(lab.network.probabilities.argmax(axis=1) != mnist.y_test)
    assert lab.selection.test_index == wrong[wrong > 42][0]
    assert "✗ It is" in words(test)
    press(test, "Another one")
    lab.select_samples(replace(lab.selection, test_index=7))  # "Why?" on another page
    test.run()
    assert control(test.number_input, "Test digit").value == 7
    assert "Your network reads test digit 7 as" in words(test)


def test_own_drawing_is_looked_into(lab: Lab, queue: TrainingQueue, mnist: Dataset) -> None:
    test = opened(lab, ANSWER)
    source = next(choice for choice in test.segmented_control if choice.label == "Look at")
    checked(source.set_value("own").run())
    assert "Your canvas has no digit" in words(test)
    assert not test.get("plotly_chart")
    lab.sketch.pixels = np.kron(255 - mnist.x_test[0], np.ones((10, 10), np.uint8))
    checked(test.run())
    digit = drawing_to_digit(lab.sketch.pixels).digit
    assert lab.network is not None
    answers = queue.predict(lab.network, digit[None])[0]
    assert f"Your network reads your drawing as **{answers.argmax()}**" in words(test)
    np.testing.assert_allclose(test.dataframe[0].value["Share"], answers, rtol=1e-3)
    lab.select_samples(replace(lab.selection, test_index=7))
    assert "Your network reads test digit 7 as" in words(test.run())


def test_a_cell_of_a_feature_map_is_worked_out(lab: Lab, trained: TrainedNetwork) -> None:
    lab.job = finished(untrained(trained, PRESETS["Small CNN"].network))
    test = opened(lab)
    assert "moves 8 **filters**" in words(test)
    turn_to(test, NUMBERS)
    assert "8 maps of 26\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}26" in words(test)
    assert captions(test) == [f"map {place}" for place in range(8)]
    one_map(test)
    assert captions(test) == []
    control(test.number_input, "Row").set_value(12)
    control(test.number_input, "Column").set_value(13).run()
    # Not from the table: it has four decimals, and these rounded again may give another third one.
    cells = values(chart(test, "inside_feature_map")["data"][0]["z"]).reshape(26, 26)
    assert f"= **{number(float(cells[12, 13]))}**" in words(checked(test))
    np.testing.assert_allclose(test.dataframe[0].value, cells, atol=1e-4)
    checked(test.segmented_control(key="inside_maps").set_value(ALL).run())
    layer = control(test.selectbox, "Layer")
    layer.select(1).run()
    assert "**Pooling**" in words(checked(test))
    one_map(test)
    for place, said in {
        2: "72 numbers",
        5: "400 numbers come in",
        6: "logit",
    }.items():
        control(test.selectbox, "Layer").select(place).run()
        assert said in words(checked(test)), layer.options
    for view in (EVIDENCE, NEIGHBOURS, MAP):
        turn_to(test, view)
        assert "What you have seen" in words(test)


def test_without_a_hidden_layer_each_digit_has_a_picture(lab: Lab, trained: TrainedNetwork) -> None:
    lab.job = finished(untrained(trained, NetworkSpec(())))
    test = opened(lab)
    assert captions(test) == [f"digit {digit}" for digit in range(10)]
    turn_to(test, NEIGHBOURS)
    assert "the network's ten sums" in words(test)
    turn_to(test, NUMBERS)
    assert "784 numbers come in" in words(test)


def test_many_units_come_page_by_page(lab: Lab, trained: TrainedNetwork) -> None:
    lab.job = finished(untrained(trained, NetworkSpec((HiddenLayer(64, "relu"),))))
    test = opened(lab)
    assert captions(test) == [f"unit {unit}" for unit in range(30)]
    assert len(test.dataframe[0].value) == 64


def test_a_network_from_a_file_is_looked_into_as_far_as_it_goes(lab: Lab, mnist: Dataset) -> None:
    import keras

    from tests.uploads.models.test_answers import rows

    read = read_network(saved(keras.Sequential(rows())))
    answers = np.full((10_000, 10), 0.1, np.float32)
    lab.uploaded = evaluate_model(read, "rows.keras", answers, mnist.y_test)
    test = opened(lab)
    assert "sees a part of the picture at a time" in words(test)
    for view in (NUMBERS, EVIDENCE, NEIGHBOURS, MAP):
        turn_to(test, view)
        assert "What you have seen" in words(test)


ELSEWHERE = {
    "scaled": (
        "scaled_within",
        "Rescaling, BatchNormalization. The weights multiply what comes out of them",
        4,
    ),
    "channels": ("filters_for_each_channel", "moves 4 **filters**", 4),
    "sigmoid": ("sigmoid", "Normalization. The weights multiply what comes out of it", 12),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_networks_from_elsewhere_are_looked_into(
    lab: Lab, queue: TrainingQueue, mnist: Dataset, name: str
) -> None:
    import keras

    from tests import random_networks
    from tests.uploads.models.random_weights import with_random_weights

    make, said, pictures = ELSEWHERE[name]
    model = with_random_weights(keras.Sequential(getattr(random_networks, make)()))
    read = read_network(saved(model))
    answers = np.concatenate([queue.predict(read, mnist.x_test[:100]), np.full((9900, 10), 0.1)])
    lab.uploaded = evaluate_model(read, "elsewhere.keras", answers.astype("float32"), mnist.y_test)
    test = opened(lab)
    assert said in words(test)
    assert len(captions(test)) == pictures
    for view in (EVIDENCE, NEIGHBOURS, MAP):
        turn_to(test, view)
        assert "What you have seen" in words(test)
    turn_to(test, EVIDENCE)
    assert ("before the sigmoid" in words(test)) == (name == "sigmoid")
    turn_to(test, ANSWER)
    np.testing.assert_allclose(test.dataframe[0].value["Share"], answers[42], rtol=1e-3)
    assert ("they need not make 1" in words(test)) == (name == "sigmoid")
    assert ("**Softmax** turns" in words(test)) == (name != "sigmoid")
    x = mnist.x_test[42:43].reshape(1, *model.input_shape[1:]).astype("float32") / 255
    outputs = {}
    for layer in model.layers:
        x = layer(x, training=False)
        outputs[type(layer).__name__] = np.asarray(x)[0]
    turn_to(test, NUMBERS)
    layer = control(test.selectbox, "Layer")
    assert not [option for option in layer.options if option.startswith(("random", "flatten"))]
    for place in range(len(layer.options)):
        checked(control(test.selectbox, "Layer").select_index(place).run())
        if name == "scaled" and layer.options[place] == "rescaling":
            assert "Here is 1 map of 28" in words(test)
            one_map(test)
            np.testing.assert_allclose(
                test.dataframe[0].value, outputs["Rescaling"][..., 0], atol=1e-4
            )
        if name == "channels" and layer.options[place].startswith("depthwise_conv2d_1"):
            one_map(test)
            unit = control(test.number_input, "Map").value
            cells = outputs["DepthwiseConv2D"][..., unit]
            assert f"has no activation: **{number(float(cells.max()))}**" in words(test)


def test_many_maps_come_page_by_page(lab: Lab, queue: TrainingQueue, mnist: Dataset) -> None:
    many = (Reshape((1, 1, 784)), Dense(500), GlobalAveragePooling2D(), Dense(10))
    stack = LayerStack((784,), many)
    arrays = [np.full(shape, 0.01, "f4") for layer in stack.weight_shapes for shape in layer]
    answers = np.full((10_000, 10), 0.1, np.float32)
    read = ParsedModel(stack, tuple(arrays))
    lab.uploaded = evaluate_model(read, "many.keras", answers, mnist.y_test)
    test = opened(lab, NUMBERS)
    control(test.selectbox, "Layer").select_index(1).run()
    assert "Here are 500 maps of 1" in words(checked(test))
    assert captions(test) == [f"map {place}" for place in range(30)]


@pytest.mark.parametrize("view", [NUMBERS, MAP])
def test_no_worker_is_one_sentence(
    lab: Lab, queue: TrainingQueue, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    def ask(*arguments: Any, **settings: dict[str, Any]) -> None:
        raise EngineError(Problem.NO_WORKERS)

    monkeypatch.setattr(queue.asking, "question", ask)
    test = AppTest.from_file(str(ROOT / "pages/8_Look_inside.py"), default_timeout=60)
    test.session_state["digitlab"] = lab
    test.session_state["view_Look inside"] = view
    test.run()
    assert not test.exception
    assert [error.value for error in test.error] == [problem_words(Problem.NO_WORKERS)]
