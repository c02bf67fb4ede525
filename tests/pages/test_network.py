"""The page Network, alone: every control reaches the spec, and the page says what it has."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.architecture.summary import total_parameters
from digitlab.export import snippets
from digitlab.export.snippets.names import with_imports
from digitlab.specs import (
    ARTICLE,
    PRESETS,
    HiddenLayer,
    LessonSpec,
    NetworkSpec,
    RunSpec,
    TrainSpec,
)
from digitlab.specs.presets import VALIDATION_SHARE
from digitlab.ui.network.form import OWN
from digitlab.ui.session.state import Lab
from digitlab.ui.session.views import key_of
from digitlab.wording.settings.choices import recipe
from tests.reading import open_view

PAGE = Path(__file__).parents[2] / "pages" / "3_Network.py"


def open_page(run: RunSpec | None = None, view: str = "layers") -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.session_state[key_of("Network")] = view
    if run:
        page.session_state["digitlab"] = Lab(spec=run)
    return page.run()


def lab(page: AppTest) -> Any:
    return page.session_state["digitlab"]


def control(kind: Any, label: str) -> Any:
    (widget,) = [widget for widget in kind if widget.label == label]
    return widget


def units(page: AppTest, layer: int) -> Any:
    return control(page.number_input, f"Layer {layer}: units")


def preset(page: AppTest) -> Any:
    return control(page.get("button_group"), "Network")


def title(page: AppTest) -> Any:
    """The title of the picture, as the browser gets it."""
    return json.loads(page.get("plotly_chart")[0].proto.spec)["layout"]["title"]["text"]


def text(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.info, page.success)
    return "\n".join(element.value for kind in kinds for element in kind)


def says(page: AppTest, network: NetworkSpec) -> bool:
    """The picture, the table, the code and the controls all tell of this network."""
    assert not page.exception
    assert lab(page).spec.network == network
    total = f"{total_parameters(network):,}"
    assert title(page) == f"{total} parameters to learn"
    assert form_says(page, network)
    open_view(page, "parameters")
    assert list(page.table[0].value["Parameters"])[-1] == f"**{total}**"
    assert form_says(page, network)
    open_view(page, "keras")
    assert page.code[0].value == with_imports(snippets.define(lab(page).spec)).rstrip()
    assert form_says(page, network)
    open_view(page, "layers")
    return True


def form_says(page: AppTest, network: NetworkSpec) -> bool:
    """The controls, and the line at the end, tell of this network."""
    total = f"{total_parameters(network):,}"
    assert f"Your network has **{total} parameters**" in text(page)
    assert control(page.slider, "Hidden layers").value == len(network.hidden)
    assert [
        (units(page, n).value, control(page.selectbox, f"Layer {n}: activation").value)
        for n in range(1, len(network.hidden) + 1)
    ] == [(layer.units, layer.activation) for layer in network.hidden]
    return True


def test_opens_with_the_articles_network() -> None:
    page = open_page()
    assert says(page, ARTICLE.network)
    assert preset(page).value == "The article's network"
    open_view(page, "parameters")
    assert page.table[0].value.to_dict("list") == {
        "Layer": ["dense (Dense)", "dense_1 (Dense)", "**Total**"],
        "Output shape": ["(None, 10)", "(None, 10)", ""],
        "Parameters": ["7,850", "110", "**7,960**"],
        "Where they come from": ["784 × 10 + 10 = 7,850", "10 × 10 + 10 = 110", ""],
    }
    assert control(page.button, "Back to the article").disabled
    assert lab(page).seen == {"Network"}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_brings_its_recipe_and_keeps_the_seed(name: str) -> None:
    start = RunSpec(NetworkSpec((HiddenLayer(33),)), TrainSpec(epochs=9, seed=77))
    page = open_page(start)
    assert preset(page).value == OWN
    preset(page).set_value(name).run()
    assert lab(page).spec == PRESETS[name].with_seed(77)
    assert says(page, PRESETS[name].network)
    assert preset(page).value == name
    assert f"Its recipe on Train: {recipe(PRESETS[name])}." in text(page)


def test_recipes_in_words() -> None:
    assert recipe(PRESETS["ReLU 128"]) == ("Adam, learning rate 0.001, batches of 128, 5 epochs")
    assert recipe(RunSpec(training=TrainSpec(optimizer="momentum", epochs=1))).endswith(
        "momentum, learning rate 0.01, batches of 100, 1 epoch"
    )


def test_a_stopped_recipe_says_how_much_it_got() -> None:
    assert recipe(RunSpec(training=TrainSpec(epochs=5)), 2).endswith(", 2 of 5 epochs")


def test_no_change_of_units_is_lost() -> None:
    page = open_page()
    training = lab(page).spec.training
    for count in (64, 100, 120, 40, 1, 512, 30):
        units(page, 1).set_value(count).run()
        assert says(page, NetworkSpec((HiddenLayer(count),)))
        assert preset(page).value == OWN
    assert lab(page).spec.training == replace(training, validation_share=VALIDATION_SHARE)
    assert "23,550 + 310 = 23,860" in text(open_view(page, "parameters"))  # the task is done


def test_layers_come_as_copies_and_go() -> None:
    page = open_page(PRESETS["ReLU 128"])
    for count in (4, 1, 0, 1, 3):
        control(page.slider, "Hidden layers").set_value(count).run()
        assert len(lab(page).spec.network.hidden) == count
        assert says(page, lab(page).spec.network)
    assert lab(page).spec.network.hidden == (HiddenLayer(),) * 3  # after none, the article's
    units(page, 2).set_value(7).run()
    control(page.selectbox, "Layer 3: activation").set_value("tanh").run()
    assert says(page, NetworkSpec((HiddenLayer(), HiddenLayer(7), HiddenLayer(10, "tanh"))))
    control(page.slider, "Hidden layers").set_value(4).run()
    assert lab(page).spec.network.hidden[3] == HiddenLayer(10, "tanh")


def test_hidden_layers_after_the_convolutions() -> None:
    page = open_page(PRESETS["Small CNN"])
    assert says(page, NetworkSpec((HiddenLayer(64, "relu"),), (8, 16)))
    assert "**convolution**" in text(page)
    control(page.slider, "Hidden layers").set_value(0).run()
    assert says(page, NetworkSpec((), (8, 16)))
    assert preset(page).value == OWN
    control(page.slider, "Hidden layers").set_value(1).run()
    assert says(page, NetworkSpec((HiddenLayer(),), (8, 16)))
    assert preset(page).value == OWN


def test_back_to_the_article() -> None:
    own = RunSpec(NetworkSpec((HiddenLayer(5), HiddenLayer(6))), TrainSpec(epochs=9, seed=77))
    page = open_page(own)
    control(page.button, "Back to the article").click().run()
    assert lab(page).spec == ARTICLE.with_seed(77)
    assert says(page, ARTICLE.network)
    assert preset(page).value == "The article's network"


def test_choices_are_there_when_one_comes_back() -> None:
    page = AppTest.from_file(PAGE.parents[1] / "app.py", default_timeout=30).run()
    page.switch_page("pages/3_Network.py").run()
    units(page, 1).set_value(30).run()
    control(open_view(page, "activations").slider, "Score of 5").set_value(3.0).run()
    page.switch_page("pages/1_Data.py").run()
    page.switch_page("pages/3_Network.py").run()
    assert control(page.slider, "Score of 5").value == 3.0
    assert says(open_view(page, "layers"), NetworkSpec((HiddenLayer(30),)))
    assert control(open_view(page, "activations").slider, "Score of 5").value == 3.0


def test_a_network_changed_elsewhere_shows_here() -> None:
    page = open_page()
    units(page, 1).set_value(30).run()
    lab(page).spec = replace(lab(page).spec, network=PRESETS["Two hidden layers"].network)
    page.run()
    assert says(page, PRESETS["Two hidden layers"].network)


def test_too_many_parameters_is_one_sentence_with_the_remedy() -> None:
    page = open_page(RunSpec(NetworkSpec((HiddenLayer(512),), (32,))))
    assert not page.exception
    (warning,) = page.warning
    assert "up to 1,200,000 parameters" in warning.value
    assert "fewer units" in warning.value


def test_the_sum_and_the_scores_move_their_charts() -> None:
    page = open_page(view="activations")
    control(page.slider, "Sum of a unit").set_value(-3.0).run()
    control(page.slider, "Score of 8").set_value(4.0).run()
    curves, shares = (json.loads(chart.proto.spec) for chart in page.get("plotly_chart"))
    assert curves["layout"]["annotations"][0]["text"] == "<b>sigmoid</b> (yours)<br>0.05"
    assert shares["data"][0]["text"] == ["0.114", "0.042", "0.844"]
    sentence = (
        "turns the sum −3.0 into 0.05. Softmax turns the score 4.0 into the probability 0.844."
    )
    assert sentence in text(page)


def test_a_network_of_ones_own_begins_with_validation_digits() -> None:
    page = open_page()
    assert lab(page).spec.training.validation_share == 0  # the article's
    units(page, 1).set_value(64).run()
    assert lab(page).spec.training.validation_share == VALIDATION_SHARE
    assert "It keeps 10\N{NO-BREAK SPACE}% of the training digits for validation." in text(page)


def test_who_takes_the_validation_digits_back_keeps_them_back() -> None:
    own = RunSpec(NetworkSpec((HiddenLayer(33),)))
    page = open_page(own)
    units(page, 1).set_value(64).run()
    assert lab(page).spec.training.validation_share == 0


def test_a_lesson_keeps_its_validation_share() -> None:
    page = open_page()
    session = lab(page)
    session.lesson = LessonSpec(session.spec, fixed=frozenset({"validation_share"}))
    units(page, 1).set_value(64).run()
    assert session.spec.network.hidden == (HiddenLayer(64),)
    assert session.spec.training.validation_share == 0
