"""A link sets the controls of every page; a lesson link locks some of them."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.records.checkpoint import Checkpoint
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import (
    ARTICLE,
    PRESETS,
    HiddenLayer,
    LessonSpec,
    NetworkSpec,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.specs.lesson import TRAINING
from digitlab.specs.link import from_link, to_link
from digitlab.ui.session.state import Lab
from digitlab.wording import pseudo
from digitlab.wording.settings.control_names import CONTROL_NAMES
from tests.conftest import finished, wait_until
from tests.pages.test_pages import NEED_NETWORK, PAGES, ROOT, words
from tests.reading import control, open_view
from tests.shown_words import unsaid

DATA, PREPARE, NETWORK, TRAIN = PAGES[1:5]

RUN = RunSpec(
    NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(7, "tanh")), (8,)),
    TrainSpec(
        loss="mean_squared_error",
        optimizer="adam",
        learning_rate=0.0042,  # none of the slider's own
        metric="top_k_categorical_accuracy",
        batch_size=512,
        epochs=9,
        validation_share=0.2,
        seed=1234,
        rate_changes=((3, 0.001),),
    ),
)
LOOK = SampleSelection("test", 196, digit=3, axes=0, row=20, column=5, test_index=42)
SETTINGS = LessonSpec(RUN, LOOK)


def visit(page: str, parameters: dict[str, str], lab: Lab | None = None) -> AppTest:
    """Open a page by an address, as a new visitor."""
    test = AppTest.from_file(str(ROOT / page), default_timeout=30)
    test.query_params.update(parameters)
    if lab is not None:
        test.session_state["digitlab"] = lab
    test.run()
    assert not test.exception
    return test


def lesson(
    spec: LessonSpec = SETTINGS,
    fix: tuple[str, ...] | list[str] = (),
    hide: tuple[str, ...] | list[str] = (),
) -> dict[str, str]:
    return to_link(replace(spec, fixed=frozenset(fix), hidden=frozenset(hide)))


def lab_of(test: AppTest) -> Lab:
    return test.session_state["digitlab"]


def settings(test: AppTest) -> list[Any]:
    """The number inputs that set something: all but the answers of Check yourself."""
    return [field for field in test.number_input if not field.key.startswith("answer_")]


def labels(test: AppTest) -> set[str]:
    """Of all controls on the page."""
    kinds = (test.slider, test.select_slider, test.selectbox, test.number_input)
    others = (test.segmented_control, test.pills, test.button)
    return {widget.label for kind in (*kinds, *others) for widget in kind}


def press(test: AppTest, label: str) -> AppTest:
    control(test.button, label).click().run()
    assert not test.exception
    return test


def forge(widget: Any, value: str | float) -> Any:
    """Set a disabled control, as no browser would; Streamlit itself turns that away."""
    assert widget.disabled
    widget.proto.disabled = False
    return widget.set_value(value)


def parameters_of(test: AppTest) -> dict[str, str]:
    return {name: test.query_params[name] for name in test.query_params}


# What stands at the controls


def test_train_stands_at_the_links_values() -> None:
    test = visit(TRAIN, lesson())
    assert lab_of(test).spec == RUN
    assert control(test.slider, "Epochs").value == 9
    assert control(test.select_slider, "Learning rate").value == 0.0042
    assert control(test.select_slider, "Batch size").value == 512
    assert control(test.select_slider, "Validation share").value == 0.2
    assert control(test.selectbox, "Optimizer").value == "adam"
    assert control(test.selectbox, "Loss").value == "mean_squared_error"
    assert control(test.selectbox, "Metric").value == "top_k_categorical_accuracy"
    assert control(test.number_input, "Seed").value == 1234
    assert "0.001 from epoch 4" in labels(test)
    assert parameters_of(test) == {}
    assert not test.warning


def test_network_stands_at_the_links_values() -> None:
    test = visit(NETWORK, lesson())
    assert control(test.slider, "Hidden layers").value == 2
    assert control(test.number_input, "Layer 2: units").value == 7
    assert control(test.selectbox, "Layer 2: activation").value == "tanh"
    assert "Conv2D(8" in "\n".join(code.value for code in open_view(test, "keras").code)


def test_the_pages_on_data_stand_at_the_links_values() -> None:
    test = visit(DATA, lesson())
    assert control(test.segmented_control, "Set").value == "test"
    assert control(test.number_input, "Number").value == 196
    assert control(open_view(test, "many").pills, "Digit").value == 3
    assert control(open_view(test, "tensor").selectbox, "Tensor").value == 0
    assert control(test.slider, "Row").value == 20
    assert control(test.slider, "Column").value == 5
    assert "tensor = x_test[196, 20, 5]\n" in "\n".join(code.value for code in test.code)
    test = visit(PREPARE, lesson())
    assert control(test.segmented_control, "Set").value == "test"
    assert control(test.number_input, "Number").value == 196


def test_predict_stands_at_the_links_value(queue: TrainingQueue, trained: TrainedNetwork) -> None:
    test = visit("pages/6_Predict.py", lesson(), Lab(job=finished(trained)))
    assert control(test.number_input, "Test digit").value == 42


def test_every_control_can_be_changed_after_an_ordinary_link() -> None:
    test = visit(TRAIN, lesson())
    control(test.selectbox, "Optimizer").set_value("sgd").run()
    assert lab_of(test).spec.training == replace(
        RUN.training, optimizer="sgd", learning_rate=0.01, rate_changes=()
    )
    assert "lesson link" not in words(test)


def test_without_a_seed_each_visitor_has_their_own() -> None:
    parameters = to_link(SETTINGS, with_seed=False)
    seeds = {lab_of(visit("app.py", parameters)).spec.training.seed for _ in range(4)}
    assert len(seeds) > 1
    assert 1234 not in seeds or len(seeds) > 2


def test_run_and_settings_together(queue: TrainingQueue, trained: TrainedNetwork) -> None:
    job = queue.submit(Job(replace(trained.spec, training=TrainSpec(epochs=1, seed=31)), "x"))
    wait_until(lambda: not job.active, "the training to end")
    test = visit(TRAIN, {"run": job.id, "v": "1", "epochs": "9", "fix": "epochs"})
    assert lab_of(test).trained.model == job.result.model
    assert lab_of(test).spec == replace(job.spec, training=replace(job.spec.training, epochs=9))
    assert parameters_of(test) == {"run": job.id, "v": "1", "epochs": "9", "fix": "epochs"}


# Nonsense


def test_a_bad_value_is_said_once_and_the_good_ones_stand() -> None:
    test = visit(TRAIN, {"epochs": "1000", "batch_size": "50", "utm": "x"})
    training = lab_of(test).spec.training
    assert (training.epochs, training.batch_size) == (5, 50)
    (warning,) = test.warning
    assert "Here it is 1,000. The lab uses epochs=5 instead." in warning.value
    assert "The link has an unknown setting\\: utm." in warning.value
    assert parameters_of(test) == {}
    assert not test.run().warning


def test_a_bad_value_is_said_in_the_language_that_the_link_names() -> None:
    (warning,) = visit(TRAIN, {"epochs": "1000", "utm": "x", "lang": pseudo.NAME}).warning
    assert "epochs=5" in warning.value
    assert not unsaid(warning.value.replace("epochs=5", "").replace("utm", ""))


@pytest.mark.parametrize(
    "wrong",
    [
        {"[Log in](//evil.example)": "1"},
        {"![](//evil.example/x.png)": "1"},
        {"loss": "[Log in](//evil.example)"},
        {"fix": "![](//evil.example/x.png)"},
        {"v": "[2](//evil.example)"},
        {"sample": "<script>-8"},
        {"epochs": "9" * 100_000},
        {"epochs": ["3", "4"]},
        {f"name{number}": "x" for number in range(200)},
    ],
)
def test_a_strangers_words_are_no_links_and_break_nothing(wrong: dict[str, Any]) -> None:
    test = visit(TRAIN, wrong)
    assert lab_of(test).spec.is_article
    (warning,) = test.warning
    assert "](" not in warning.value  # its signs are escaped
    assert "<" not in warning.value.replace("\\<", "")
    assert len(warning.value) < 500
    warning.value.encode()
    assert parameters_of(test) == {}


def test_streamlits_own_parameters_are_no_news() -> None:
    assert not visit(TRAIN, {"embed": "true", "embed_options": "dark_theme"}).warning


# A lesson


def test_fixed_controls_are_shown_and_disabled() -> None:
    test = visit(TRAIN, lesson(fix=TRAINING))
    assert "you can't change some of the controls" in words(test)
    kinds = (test.slider, test.select_slider, test.selectbox, settings(test))
    controls = [widget for kind in kinds for widget in kind]
    assert len(controls) == len(TRAINING)
    assert all(
        widget.disabled and "Your lesson fixes this value." in widget.help for widget in controls
    )
    assert control(test.button, "0.001 from epoch 4").disabled


def test_hidden_controls_are_not_shown_and_keep_their_values() -> None:
    test = visit(TRAIN, lesson(hide=TRAINING))
    assert "some controls are not here" in words(test)
    assert not test.slider
    assert not test.select_slider
    assert not test.selectbox
    assert not settings(test)
    assert "0.001 from epoch 4" not in labels(test)
    assert lab_of(test).spec == RUN


@pytest.mark.parametrize("name", TRAINING)
def test_a_control_is_locked_alone(name: str) -> None:
    free = labels(visit(TRAIN, lesson()))
    test = visit(TRAIN, lesson(hide=[name]))
    gone = {CONTROL_NAMES[name]} | ({"0.001 from epoch 4"} if name == "learning_rate" else set())
    assert free - labels(test) == gone
    test = visit(TRAIN, lesson(fix=[name]))
    kinds = (test.slider, test.select_slider, test.selectbox, test.number_input)
    assert [w.label for kind in kinds for w in kind if w.disabled] == [CONTROL_NAMES[name]]


def test_a_forged_change_of_a_fixed_control_changes_nothing() -> None:
    test = visit(TRAIN, lesson(fix=["epochs", "seed"]))
    forge(control(test.slider, "Epochs"), 50)
    forge(control(test.number_input, "Seed"), 1).run()
    assert lab_of(test).spec == RUN
    assert control(test.slider, "Epochs").value == 9
    assert control(test.number_input, "Seed").value == 1234


def test_another_optimizer_leaves_a_fixed_learning_rate() -> None:
    test = visit(TRAIN, lesson(fix=["learning_rate"]))
    control(test.selectbox, "Optimizer").set_value("sgd").run()
    assert lab_of(test).spec.training == replace(RUN.training, optimizer="sgd")


def test_back_to_the_article_puts_back_what_is_free() -> None:
    test = visit(TRAIN, lesson(fix=["epochs", "network"], hide=["loss"]))
    press(test, "Back to the article")
    assert lab_of(test).spec == RunSpec(
        RUN.network, TrainSpec(epochs=9, loss="mean_squared_error", seed=1234)
    )
    assert control(test.button, "Back to the article").disabled
    assert control(test.slider, "Epochs").value == 9


def test_a_preset_leaves_what_is_locked() -> None:
    test = visit(NETWORK, lesson(fix=["epochs", "batch_size"]))
    control(test.pills, "Network").set_value("Two hidden layers").run()
    preset = PRESETS["Two hidden layers"]
    assert lab_of(test).spec == replace(
        preset, training=replace(preset.training, epochs=9, batch_size=512, seed=1234)
    )
    assert "lesson link" not in words(test)  # nothing is locked on this page


def test_a_fixed_network_is_shown_and_stays() -> None:
    test = visit(NETWORK, lesson(fix=["network"]))
    assert "you can't change some of the controls" in words(test)
    kinds = (test.slider, test.number_input, test.selectbox)
    locked = [w for kind in kinds for w in kind if w.label.startswith(("Layer", "Hidden"))]
    assert len(locked) == 5
    assert all(widget.disabled for widget in locked)
    assert "Your turn" not in words(test)  # the task asks for another network
    forge(control(test.number_input, "Layer 1: units"), 3)
    forge(control(test.pills, "Network"), "ReLU 128").run()
    assert lab_of(test).spec == RUN
    assert control(test.number_input, "Layer 1: units").value == 128


def test_a_hidden_network_is_not_asked_for() -> None:
    test = visit(NETWORK, lesson(hide=["network"]))
    assert "Hidden layers" not in labels(test)
    assert "Network" not in labels(test)
    assert lab_of(test).spec.network == RUN.network


@pytest.mark.parametrize("page", [DATA, PREPARE])
def test_a_fixed_digit_is_shown_and_stays(page: str) -> None:
    test = visit(page, lesson(fix=["sample"]))
    assert "you can't change some of the controls" in words(test)
    assert control(test.segmented_control, "Set").disabled
    assert control(test.button, "Another one").disabled
    forge(control(test.number_input, "Number"), 3).run()
    assert lab_of(test).selection == LOOK
    assert control(test.number_input, "Number").value == 196
    assert "Your turn" not in words(test)  # the tasks ask for another digit


@pytest.mark.parametrize("page", [DATA, PREPARE])
def test_a_hidden_digit_is_looked_at(page: str) -> None:
    test = visit(page, lesson(hide=["sample"]))
    assert not {"Set", "Number, 0 to 9,999", "Another one"} & labels(test)
    assert "x_test[196]" in "\n".join([words(test), *(code.value for code in test.code)])


def test_the_rest_of_data_is_free_under_a_fixed_digit() -> None:
    test = visit(DATA, lesson(fix=["sample"]))
    control(open_view(test, "many").pills, "Digit").set_value(5).run()
    control(open_view(test, "tensor").slider, "Row").set_value(2).run()
    assert lab_of(test).selection == replace(LOOK, digit=5, row=2)


def test_a_lesson_outlives_a_change_of_page_and_a_reload() -> None:
    link = lesson(fix=["network", "learning_rate"], hide=["seed", "sample"])
    app = visit("app.py", link)
    carried = parameters_of(app)
    assert carried == link
    page = app.switch_page(DATA).run()
    assert "Another one" not in labels(page)
    page = app.switch_page(TRAIN).run()
    assert "Seed" not in labels(page)
    assert lab_of(page).spec == RUN
    again = visit(TRAIN, carried)  # a reload
    assert parameters_of(again) == carried
    assert control(again.select_slider, "Learning rate").disabled
    assert lab_of(again).spec == RUN  # what is free is back at the lesson's beginning


def test_beside_a_run_only_what_is_locked_is_carried(trained: TrainedNetwork) -> None:
    test = visit(TRAIN, link := lesson(fix=["network", "learning_rate"], hide=["seed", "sample"]))
    lab_of(test).start(finished(trained))
    locked = (
        "v",
        "hidden_layers",
        "convolutions",
        "use_bias",
        "learning_rate",
        "rate_changes",
        "seed",
        "sample",
    )
    carried = parameters_of(test.run())
    assert carried.pop("run") == lab_of(test).job.id
    assert carried == {name: link[name] for name in (*locked, "fix", "hide")}


def test_links_within_the_lab_carry_the_lesson() -> None:
    app = visit("app.py", link := lesson(fix=["epochs"]))
    press(app, "Start with the data")
    assert parameters_of(app) == link


def test_a_fixed_seed_of_ones_own_outlives_a_reload() -> None:
    link = to_link(replace(SETTINGS, fixed=frozenset({"seed"})), with_seed=False)
    first = visit(TRAIN, link)
    seed = lab_of(first).spec.training.seed
    assert parameters_of(first)["seed"] == str(seed)
    assert lab_of(visit(TRAIN, parameters_of(first))).spec.training.seed == seed


def test_the_network_of_the_lesson_is_trained_on_the_spot(queue: TrainingQueue) -> None:
    spec = LessonSpec(replace(RUN, training=replace(ARTICLE.training, epochs=1, seed=3)))
    test = visit(NEED_NETWORK[0], lesson(spec, fix=["network", "epochs", "seed"]))
    press(test, "Train the network here")
    job = lab_of(test).job
    assert job.spec == RunSpec(RUN.network, TrainSpec(epochs=1, seed=3))
    assert job is not None
    wait_until(lambda: job.progress, "the training to run")
    queue.stop(job)  # an epoch of the CNN takes 6 s of a processor
    wait_until(lambda: not job.active, "the training to end")
    locked = lesson(spec, fix=["epochs"])
    assert "Train the article's network here" in labels(visit(NEED_NETWORK[0], locked))


def test_the_front_page_trains_with_what_the_lesson_locks(queue: TrainingQueue) -> None:
    spec = LessonSpec(replace(RUN, training=replace(RUN.training, epochs=1)))
    test = visit("app.py", lesson(spec, fix=["epochs", "batch_size"], hide=["seed"]))
    press(test, "Train a network now")
    job = lab_of(test).job
    assert job.spec == RunSpec(training=TrainSpec(epochs=1, batch_size=512, seed=1234))
    wait_until(lambda: not job.active, "the training to end")


# Continue


@pytest.fixture
def one_epoch(trained: TrainedNetwork) -> Checkpoint:
    assert trained.checkpoint
    return trained.checkpoint


def with_job(trained: TrainedNetwork, state: JobState, epochs: int, start: Checkpoint) -> Lab:
    run = replace(trained.spec, training=replace(trained.spec.training, epochs=epochs))
    lab = Lab(spec=run)
    lab.job = Job(run, lab.owner, start=start, state=state, history=start.history)
    return lab


HELD = {"v": "1", "epochs": "3", "learning_rate": "0.01"}


def test_more_epochs_are_for_free_ones(
    queue: TrainingQueue, trained: TrainedNetwork, one_epoch: Checkpoint
) -> None:
    lab = with_job(trained, JobState.STOPPED, 3, one_epoch)
    assert "Continue" in labels(visit(TRAIN, {}, lab))
    lab.arrived = False
    assert "Continue" not in labels(visit(TRAIN, HELD | {"fix": "epochs"}, lab))


def test_what_is_left_of_a_paused_training_can_be_continued(
    queue: TrainingQueue, trained: TrainedNetwork, one_epoch: Checkpoint
) -> None:
    lab = with_job(trained, JobState.PAUSED, 3, one_epoch)
    test = visit(TRAIN, HELD | {"fix": "epochs"}, lab)
    more = control(test.number_input, "More epochs")
    assert more.value == 2
    rate = control(test.selectbox, "Learning rate from here on")
    assert not rate.disabled
    rate.set_value(0.003)
    forge(more, 9)
    press(test, "Continue")
    assert lab.job.spec.training.epochs == 3
    assert lab.job.spec.training.rate_changes == ((1, 0.003),)
    assert lab.spec == lab.job.spec
    job = lab.job
    assert job is not None
    queue.stop(job)
    wait_until(lambda: not job.active, "the training to end")


@pytest.mark.parametrize("how", ["fix", "hide"])
def test_a_locked_learning_rate_stays_when_it_goes_on(
    queue: TrainingQueue, trained: TrainedNetwork, one_epoch: Checkpoint, how: str
) -> None:
    lab = with_job(trained, JobState.PAUSED, 3, one_epoch)
    test = visit(TRAIN, HELD | {how: "learning_rate,epochs"}, lab)
    if how == "fix":
        forge(control(test.selectbox, "Learning rate from here on"), 0.3)
    else:
        assert not {"Learning rate from here on", "More epochs"} & labels(test)
    press(test, "Continue")
    job = lab.job
    assert job.spec.training == replace(trained.spec.training, epochs=3)
    assert job is not None
    queue.stop(job)
    wait_until(lambda: not job.active, "the training to end")


def test_a_run_that_is_taken_leaves_what_is_locked() -> None:
    lab = Lab()
    lab.lesson, _ = from_link({"epochs": ["9"], "fix": ["epochs"]})
    lab.start(Job(PRESETS["Small CNN"], lab.owner, state=JobState.STOPPED))
    training = replace(PRESETS["Small CNN"].training, epochs=9)
    assert lab.spec == replace(PRESETS["Small CNN"], training=training)
