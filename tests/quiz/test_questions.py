"""Check yourself: each answer against Keras, scikit-learn or NumPy, and the hints for slips."""

import re
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from sklearn import metrics

from digitlab.architecture.layers import (
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    Reshape,
)
from digitlab.architecture.stack import LayerStack
from digitlab.data.mnist import Dataset
from digitlab.preprocess.arrays import network_input, one_hot
from digitlab.preprocess.training_digits import training_digits
from digitlab.quiz import Attempt, QuizContext, progress, questions
from digitlab.quiz.catalogue import CATALOGUE
from digitlab.quiz.hour import OF_CARD
from digitlab.quiz.question import Question
from digitlab.records.networks import TrainedNetwork
from digitlab.records.training import EpochRecord
from digitlab.specs import (
    ARTICLE,
    IMAGE_SHAPE,
    LOSSES,
    METRICS,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    Preprocessing,
    PrepSpec,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.ui.shell.path import STEPS, WHY
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording import pseudo
from digitlab.wording.language import ENGLISH, speak

SPOILED = PrepSpec(scale=False, one_hot=False, data_share=0.01, dropped_digit=3, label_noise=0.5)
RUNS = [
    *PRESETS.values(),
    RunSpec(NetworkSpec(()), TrainSpec(batch_size=16, epochs=1, validation_share=0.3)),
    RunSpec(NetworkSpec((HiddenLayer(300, "relu"), HiddenLayer(7))), TrainSpec(), SPOILED),
]
NO_BIASES = RunSpec(NetworkSpec(use_bias=False))
WINDOWS = LayerStack(
    (*IMAGE_SHAPE, 1),
    (
        Conv2D(4, (5, 5), (1, 1), "valid", "relu", True),
        Flatten(),
        Dense(10, "softmax", True),
    ),
)


@pytest.fixture(scope="module")
def answers(mnist: Dataset) -> Any:
    """Answers to the test digits of which about three quarters are right, shape (10000, 10)."""
    logits = np.random.default_rng(3).normal(size=(10_000, 10))
    logits[np.arange(10_000), mnist.y_test] += 2.4
    odds = np.exp(1.5 * logits)
    return (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def context(mnist: Dataset, answers: Any) -> Any:
    """A session with this run; its network has ended with these losses."""

    def make(
        run: RunSpec = ARTICLE,
        losses: Any = (2.1, 1.4, 1.2),
        look: Any = None,
        uploaded: bool = False,
    ) -> QuizContext:
        accuracy = float(np.mean(answers.argmax(axis=1) == mnist.y_test))
        history = tuple(
            EpochRecord(epoch, 600, 1.0, {"loss": loss}) for epoch, loss in enumerate(losses)
        )
        network: TrainedNetwork | UploadedModel = TrainedNetwork(
            run, history, b"", answers, accuracy, 1.0, accuracy, 3.0
        )
        if uploaded:
            random = np.random.default_rng(1)
            shapes = [shape for layer in WINDOWS.weight_shapes for shape in layer]
            arrays = tuple(random.normal(size=shape).astype(np.float32) for shape in shapes)
            network = UploadedModel("a.keras", WINDOWS, arrays, answers, accuracy, 1.0)
        return QuizContext(run, look or SampleSelection(), mnist, network, exam=True)

    return make


def asked(context: Any, step: str) -> dict[str, Question]:
    return {question.name: question for question in questions(step, context)}


def numbers(text: str) -> list[float]:
    """The numbers of a sentence, in their order."""
    written = re.findall(r"-?\d[\d,]*(?:\.\d+)?", text.replace("\N{MINUS SIGN}", "-"))
    return [float(number.replace(",", "")) for number in written]


@pytest.mark.parametrize("run", [*RUNS, NO_BIASES])
@pytest.mark.parametrize("uploaded", [False, True])
def test_every_question_can_be_answered_and_its_slips_are_wrong(
    context: Any, run: RunSpec, uploaded: bool
) -> None:
    for step in CATALOGUE:
        for question in questions(step, context(run, uploaded=uploaded)):
            assert question.is_right(question.answer)
            assert question.reason.endswith((".", "?"))
            if question.options:
                ends = {words[-1] for words in question.options.values()}
                assert not ends & {*".!?"}, "the sentence around an option ends with a full stop"
                assert question.answer in question.options
                assert {misconception.answer for misconception in question.misconceptions} < {
                    *question.options
                }
                continue
            assert not isinstance(question.answer, str)  # a number is asked for
            near = max(0.051, question.tolerance)  # a reason rounds
            assert min(abs(number - question.answer) for number in numbers(question.reason)) <= near
            wrong = [
                misconception
                for misconception in question.misconceptions
                if not question.is_right(misconception.answer)
            ]
            hints = {misconception.hint for misconception in question.misconceptions}
            for misconception in wrong:
                assert question.hint_for(misconception.answer) in hints
                if abs(question.answer) >= 100:  # a hint does not tell it
                    assert f"{question.answer:,}" not in question.hint_for(misconception.answer)
            far = 7.0 * abs(question.answer) + 123_457
            assert question.hint_for(int(far) if question.is_whole else far) == question.hint


def test_options_of_the_hour_end_without_a_full_stop() -> None:
    for make in OF_CARD.values():
        for words in make().options.values():
            assert words[-1] not in ".!?", words


def test_every_step_asks() -> None:
    assert [*CATALOGUE] == [step.name for step in (*STEPS, *WHY)]


@pytest.mark.parametrize("step", CATALOGUE)
def test_a_question_is_another_one_when_its_values_differ(context: Any, step: str) -> None:
    looks = [SampleSelection(), SampleSelection(subset="test", index=8, digit=5, test_index=3)]
    losses = [(2.1, 1.4, 1.2), (2.3, 2.2, 1.9)]
    texts: dict[str, str] = {}
    for run in (*RUNS, NO_BIASES):
        for look, loss, uploaded in product(looks, losses, (False, True)):
            for question in questions(step, context(run, loss, look, uploaded)):
                assert texts.setdefault(question.id, question.text) == question.text


@pytest.mark.parametrize("step", CATALOGUE)
def test_a_question_is_the_same_one_in_another_language(context: Any, step: str) -> None:
    english = [question.id for question in questions(step, context())]
    speak(pseudo.NAME)
    other = [question.id for question in questions(step, context())]
    speak(ENGLISH)
    assert other == english


def test_progress_counts_a_question_once() -> None:
    attempts = [
        Attempt("a", 1, right=True),
        Attempt("a", 2, right=True),
        Attempt("b", 3, right=False),
        Attempt("c", 3, right=False).give_up(),
    ]
    assert progress(attempts) == (1, sum(map(len, CATALOGUE.values())))


def test_data(context: Any, mnist: Dataset) -> None:
    selection = SampleSelection("test", 11, digit=5)
    by_name = asked(context(look=selection), "Data")
    assert by_name["data-paper"].answer == (mnist.x_test[11] == 0).sum()
    assert "That is how many numbers hold ink" in by_name["data-paper"].hint_for(
        int((mnist.x_test[11] > 0).sum())
    )
    question = by_name["data-label"]
    assert mnist.y_test[11] == 6
    assert "`y_test[11] = 1`" in question.text
    assert question.options[str(question.answer)] == "Nothing: only its label is different"
    assert "If a network then reads 6, this counts as a mistake" in question.reason
    hints = {question.hint_for(wrong) for wrong in {*question.options} - {question.answer}}
    assert len(hints) == 2, "each wrong answer has a hint of its own"
    of_training = asked(context(look=replace(selection, subset="train")), "Data")["data-label"]
    assert "takes" in of_training.reason
    assert "`x_train` holds the pictures" in of_training.reason


@pytest.mark.parametrize("scale", [True, False])
def test_a_pixel_as_the_network_gets_it(context: Any, mnist: Dataset, scale: bool) -> None:
    spec = RunSpec(preparation=PrepSpec(scale=scale))
    question = asked(context(spec, look=SampleSelection("train", 17)), "Prepare")["prepare-pixel"]
    row, column, value = map(int, numbers(question.text)[1:])
    given = network_input(
        mnist.x_train[[17]], NetworkSpec((), (4,)), spec.preparation.preprocessing
    )[0, row, column, 0]
    assert mnist.x_train[17, row, column] == value
    assert question.is_right(float(given))
    assert not question.is_right(float(given) / 255)
    wrong = value if scale else value / 255
    assert ("before step 2" if scale else "left the scaling out") in question.hint_for(float(wrong))


def test_why_a_label_becomes_ten_numbers(context: Any, mnist: Dataset) -> None:
    question = asked(context(), "Prepare")["prepare-label"]
    assert question.answer == "targets"
    assert f"the label {mnist.y_train[8]} into {len(one_hot(mnist.y_train[8]))}" in (
        question.text.replace("ten", "10")
    )


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("metric", METRICS)
def test_a_label_as_one_number_fits_where_keras_trains_with_it(
    context: Any, loss: str, metric: str
) -> None:
    training = TrainSpec(loss=loss, metric=metric)
    run = RunSpec(training=training, preparation=PrepSpec(one_hot=False))
    question = asked(context(run), "Prepare")["prepare-label"]
    import keras

    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, "softmax")])
    model.compile(loss=loss, metrics=[metric])
    try:
        model.train_on_batch(np.zeros((2, 784), "float32"), np.array([3, 8], "float32"))
    except ValueError:
        assert question.answer == "refused"
    else:
        assert question.answer == "fits"


@pytest.mark.parametrize("run", RUNS)
def test_parameters_are_those_of_keras(context: Any, run: RunSpec) -> None:
    from digitlab.engine.build import build_model

    by_name = asked(context(run), "Network")
    units = int(numbers(by_name["network-double"].text)[0])
    layers = run.network.hidden or (HiddenLayer(),)
    other = replace(run.network, hidden=(replace(layers[0], units=units), *layers[1:]))
    model = build_model(other)
    total = model.count_params()
    assert by_name["network-double"].answer == total
    kernels = sum(array.size for array in model.get_weights() if array.ndim > 1)
    assert "Each unit has a bias too" in by_name["network-double"].hint_for(kernels)


MORE_MAPS = RunSpec(NetworkSpec((), convolutions=(32, 32)))  # its largest layer has filters


@pytest.mark.parametrize("run", [*RUNS, NO_BIASES, MORE_MAPS])
def test_the_largest_layer_and_its_inputs_are_those_of_keras(context: Any, run: RunSpec) -> None:
    from digitlab.engine.build import build_model

    question = asked(context(run), "Network")["network-why"]
    layer = max(build_model(run.network).layers, key=lambda layer: layer.count_params())
    assert f"`{layer.name}` has {layer.count_params():,} parameters" in question.text
    kernel = layer.kernel.shape
    of_one = int(np.prod(kernel[:-1]))
    assert f" {of_one:,} " in question.shown(question.answer)
    assert ("filter" if len(kernel) > 2 else "unit") in question.shown(question.answer)
    assert f"would have {kernel[-1]} " in question.hint_for("one_each")


def test_the_reason_shows_the_working(context: Any) -> None:
    question = asked(context(), "Network")["network-double"]
    assert question.reason == (
        "Layer by layer: 784 × 20 + 20 = 15,700 and 20 × 10 + 10 = 210. All together: 15,910."
    )
    assert question.hint_for(15_900).startswith("Almost. Look at the biases")
    assert question.hint_for(2 * 7960).startswith("Not everything doubles")


@pytest.mark.parametrize("run", RUNS)
def test_a_step_is_that_of_keras(context: Any, run: RunSpec) -> None:
    import keras

    rate = run.training.learning_rate
    weight = keras.Variable(0.25, dtype="float64")
    keras.optimizers.SGD(rate).apply([keras.ops.convert_to_tensor(-0.5, "float64")], [weight])
    question = asked(context(run), "Learn")["learn-size"]
    assert question.is_right(float(weight) - 0.25)
    assert not question.is_right(float(weight))
    assert "new weight" in question.hint_for(float(weight))


def test_a_step_that_is_too_long_ends_higher_though_it_goes_downhill(context: Any) -> None:
    """What the options say, on a valley: loss = weight²."""
    question = asked(context(), "Learn")["learn-too-far"]
    rate, large = numbers(question.text)
    assert rate == ARTICLE.training.learning_rate
    before, slope = 1.0, 2.0
    after = {step: (before - step * slope) ** 2 for step in (rate, 10 * rate, large)}
    assert after[large] > before > after[rate] > after[10 * rate]  # longer is not always higher
    assert before - large * slope < before  # yet it went against the gradient
    assert question.answer == "place"


@pytest.mark.parametrize("run", RUNS)
def test_steps_are_those_of_the_engine(context: Any, mnist: Dataset, run: RunSpec) -> None:
    from digitlab.engine.batches import Batches

    labels = training_digits(mnist.y_train, mnist.y_train, run.preparation, 0)[1]
    question = asked(context(run), "Train")["train-updates"]
    epoch = Batches(run.training, len(labels)).count
    assert question.answer == epoch * run.training.epochs
    if run.training.epochs > 1:
        assert question.hint_for(epoch).startswith("That is one epoch.")


def test_digits_that_are_left_out_are_named(context: Any) -> None:
    question = asked(context(RUNS[-2]), "Train")["train-updates"]
    share = "30\N{NO-BREAK SPACE}%"
    said = f"The validation share is {share}. So the network learns from 42,000 digits."
    assert said in question.reason
    assert "does not learn from all" in question.hint_for(60_000 // 16)
    spoiled = asked(context(RUNS[-1]), "Train")["train-updates"]
    kept = "Your settings keep 1\N{NO-BREAK SPACE}% of them. Your settings leave out the digit 3."
    assert f"{kept} So 541 digits are left." in spoiled.reason


def curve_question(context: Any, logs: dict[str, Any], run: RunSpec = ARTICLE) -> Question:
    """The question about the curves of a run that has these numbers, a list for each name."""
    trained = context(run, losses=logs["loss"])
    history = tuple(
        replace(record, logs={name: values[record.epoch] for name, values in logs.items()})
        for record in trained.network.history
    )
    network = replace(trained.network, history=history)
    return asked(replace(trained, network=network), "Train")["train-curves"]


ASIDE = replace(ARTICLE, training=replace(ARTICLE.training, validation_share=0.1))


def test_a_validation_loss_that_rises_is_overfitting(context: Any) -> None:
    logs = {"loss": (0.3, 0.1, 0.05), "val_loss": (0.2, 0.15, 0.19)}
    logs |= {"accuracy": (0.90, 0.97, 0.99), "val_accuracy": (0.94, 0.96, 0.955)}
    question = curve_question(context, logs, ASIDE)
    assert question.answer == "remembers"
    assert numbers(question.text) == [2, 3, 0.1, 0.05, 0.15, 0.19]
    assert curve_question(context, logs | {"val_loss": (0.2, 0.15, 0.151)}, ASIDE) != question
    both_rise = logs | {"loss": (0.3, 0.1, 0.2)}
    assert curve_question(context, both_rise, ASIDE).answer != "remembers"
    no_number = logs | {"val_loss": (0.2, 0.15, float("nan"))}
    assert curve_question(context, no_number, ASIDE).answer != "remembers"


def test_a_training_curve_below_the_validation_curve_is_an_average(context: Any) -> None:
    logs = {"loss": (1.2, 0.5), "val_loss": (0.7, 0.4)}
    logs |= {"accuracy": (0.70, 0.88), "val_accuracy": (0.86, 0.90)}
    question = curve_question(context, logs, ASIDE)
    assert question.answer == "average"
    assert numbers(question.text) == [1, 0.7, 0.86], "where they are furthest apart"
    assert "after 600 steps" in question.reason
    few = replace(ASIDE, preparation=PrepSpec(data_share=0.01))  # by luck 60 digits differ so much
    assert curve_question(context, logs, few).answer == "higher"
    stands = logs | {"accuracy": (0.86, 0.865), "val_accuracy": (0.86, 0.90)}
    assert curve_question(context, stands, ASIDE).answer != "average", "it did not improve"


def test_an_average_is_less_than_what_is_read_at_the_end(context: Any) -> None:
    logs = {"loss": (2.1, 1.5), "accuracy": (0.40, 0.62)}
    question = curve_question(context, logs)
    assert question.answer == "higher"
    assert numbers(question.text) == [2, 0.62]
    worse = curve_question(context, {"loss": (2.1, 2.1), "accuracy": (0.11, 0.112)})
    assert worse.answer == "longer"
    one_epoch = curve_question(context, {"loss": (0.5,), "accuracy": (0.85,)})
    assert one_epoch.answer == "higher"


def test_without_curves_the_learning_rate_is_asked_for(context: Any) -> None:
    for without_curves in (context(uploaded=True), replace(context(), network=None)):
        question = asked(without_curves, "Train")["train-curves"]
        assert question.answer == "longer"
        assert numbers(question.text)[:2] == [0.01, 0.1]


def test_the_average_is_less_in_keras_too(mnist: Dataset) -> None:
    """What two of the questions take for true: a network that improves reads more at the end."""
    from digitlab.engine.build import build_model

    model = build_model(NetworkSpec())
    inputs = network_input(mnist.x_train[:3000], NetworkSpec())
    labels = one_hot(mnist.y_train[:3000])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(inputs, labels, 20, 2, verbose=0, validation_split=0.1).history
    learnt = model.evaluate(inputs[:2700], labels[:2700], verbose=0)[1]
    assert history["accuracy"][-1] < learnt
    assert history["accuracy"][0] < history["val_accuracy"][0]


def test_evaluate_asks_what_recall_and_precision_say(
    context: Any, mnist: Dataset, answers: Any
) -> None:
    said = answers.argmax(axis=1)
    question = asked(context(), "Evaluate")["evaluate-tendency"]
    digit = int(numbers(question.text)[0])
    real, called = (np.count_nonzero(those == digit) for those in (mnist.y_test, said))
    assert question.answer == ("rarely" if called < real else "often")
    recall, precision = (
        score(mnist.y_test, said, labels=[digit], average=None)[0]
        for score in (metrics.recall_score, metrics.precision_score)
    )
    assert numbers(question.text)[1:] == [round(recall, 3), round(precision, 3)]
    assert f"answers {digit} {called:,} times" in question.reason


@pytest.mark.parametrize(("answer", "instead"), [("often", 7), ("rarely", 2)])
def test_an_answer_given_too_often_or_too_rarely(
    context: Any, mnist: Dataset, answer: str, instead: int
) -> None:
    """All twos are read as sevens, so the seven comes too often; or half of them as any digit."""
    said = mnist.y_test.copy()
    twos = np.flatnonzero(said == 2)
    if answer == "often":
        said[twos] = 7
    else:
        said[twos[::2]] = np.arange(len(twos[::2])) % 10
    network = replace(context().network, probabilities=np.eye(10, dtype=np.float32)[said])
    question = asked(replace(context(), network=network), "Evaluate")["evaluate-tendency"]
    assert numbers(question.text)[0] == instead
    assert question.answer == answer


def test_a_network_without_mistakes_is_asked_about_one_that_never_says_a_digit(
    context: Any, mnist: Dataset
) -> None:
    perfect = np.eye(10, dtype=np.float32)[mnist.y_test]
    network = replace(context().network, probabilities=perfect)
    question = asked(replace(context(), network=network), "Evaluate")["evaluate-tendency"]
    digit, *_, share = numbers(question.text)
    accuracy = metrics.accuracy_score(mnist.y_test == digit, np.zeros(10_000, bool))
    assert share == pytest.approx(100 * accuracy, abs=0.05)
    assert question.answer == "recall"
    assert metrics.recall_score(mnist.y_test == digit, np.zeros(10_000, bool)) == 0


def test_evaluate_asks_along_the_row(context: Any, mnist: Dataset, answers: Any) -> None:
    said = answers.argmax(axis=1)
    by_name = asked(context(), "Evaluate")
    digit = int(numbers(by_name["evaluate-missed"].text)[0])
    recall = metrics.recall_score(mnist.y_test, said, average=None)
    assert digit == recall.argmin()
    assert by_name["evaluate-missed"].answer == ((mnist.y_test == digit) & (said != digit)).sum()
    column = ((mnist.y_test != digit) & (said == digit)).sum()
    assert "Those are the false positives" in by_name["evaluate-missed"].hint_for(int(column))


def test_predict(context: Any, mnist: Dataset, answers: Any) -> None:
    by_name = asked(context(look=SampleSelection(test_index=42)), "Predict")
    largest = answers[42].max()
    assert by_name["predict-rest"].answer == pytest.approx(100 * (1 - largest), abs=0.06)
    assert "What percentage" in by_name["predict-rest"].hint_for(round(float(1 - largest), 3))
    right = answers.argmax(axis=1) == mnist.y_test
    for index in (int(right.argmax()), int(right.argmin())):
        question = asked(context(look=SampleSelection(test_index=index)), "Predict")[
            "predict-meaning"
        ]
        assert numbers(question.text) == [
            answers[index].argmax(),
            round(100 * answers[index].max()),
        ]
        assert question.answer == "sure"
        assert ("the answer is wrong" in question.reason) == (not right[index])


def test_predict_asks_of_a_certain_answer_too(context: Any, answers: Any) -> None:
    certain = np.eye(10, dtype=np.float32)[answers.argmax(axis=1)]
    sure = replace(context().network, probabilities=certain)
    by_name = asked(replace(context(), network=sure), "Predict")
    assert by_name["predict-rest"].answer == 0.0
    assert "a little more than 0" in by_name["predict-rest"].reason
    assert "> 99\N{NO-BREAK SPACE}%" in by_name["predict-meaning"].text


def test_draw(context: Any, mnist: Dataset) -> None:
    by_name = asked(context(), "Draw")
    assert by_name["draw-received"].answer == network_input(mnist.x_test[:1], NetworkSpec()).size
    assert "That is the canvas" in by_name["draw-received"].hint_for(280 * 280)
    letter = by_name["draw-letter"]
    assert letter.answer == "digit"
    assert {misconception.answer for misconception in letter.misconceptions} == {
        *letter.options
    } - {"digit"}


def test_a_letter_is_read_as_a_digit(trained: TrainedNetwork) -> None:
    """What the question of Draw takes for true: ten numbers that add up to 1, and no more."""
    from digitlab.engine.inference import probabilities

    canvas = np.zeros((28, 28), np.uint8)
    for row in range(4, 24):
        half = (row - 4) // 3
        canvas[row, [14 - half, 14 + half]] = 255
    canvas[16, 10:19] = 255
    (shares,) = probabilities(trained, canvas[None])
    assert shares.shape == (10,)
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert shares.max() > 0.1 + 1e-3, "not all the same"


def test_look_inside_counts_and_multiplies(context: Any) -> None:
    uploaded = context(uploaded=True)
    by_name = asked(uploaded, "Look inside")
    assert by_name["inside-weights"].answer == 5 * 5
    assert "the same few weights" in by_name["inside-weights"].hint_for(784)
    window = uploaded.kernel[..., 0]
    heaviest = np.unravel_index(np.abs(window).argmax(), window.shape)
    more = np.zeros_like(window)
    more[heaviest] = 0.5  # of ink; paper elsewhere
    darker, paper = ((window * pixels).sum() for pixels in (more, np.zeros_like(window)))
    question = by_name["inside-ink"]
    assert question.answer == ("first" if darker > paper else "second")
    assert numbers(question.text)[1] == pytest.approx(window[heaviest], abs=0.005)
    assert {*question.options} == {question.answer, *(m.answer for m in question.misconceptions)}
    dark = replace(uploaded.network, preprocessing=Preprocessing.INVERTED_ZERO_TO_ONE)
    inverted = asked(replace(uploaded, network=dark), "Look inside")["inside-ink"]
    darker, paper = ((window * (1 - pixels)).sum() for pixels in (more, np.zeros_like(window)))
    assert inverted.answer == ("first" if darker > paper else "second") != question.answer
    assert asked(context(), "Look inside") == {}  # its weights are lost


def test_a_filter_for_one_channel_has_the_weights_of_one_channel(context: Any) -> None:
    """Arrays before it are no weights, and the four channels have filters of their own."""
    layers = (BatchNormalization(), Reshape((14, 14, 4)), DepthwiseConv2D((3, 2)), Flatten())
    stack = LayerStack((784,), (*layers, Dense(10, "softmax")))
    arrays = [np.ones(shape, "f4") for layer in stack.weight_shapes for shape in layer]
    context_ = context(uploaded=True)
    network = replace(context_.network, architecture=stack, weights=tuple(arrays))
    by_name = asked(replace(context_, network=network), "Look inside")
    assert by_name["inside-weights"].answer == 3 * 2
    assert by_name["inside-ink"].answer == "first"
    assert "has a larger number there" in by_name["inside-ink"].text


def test_replay(context: Any) -> None:
    by_name = asked(context(losses=(2.0, 1.9, 1.1, 1.0, 0.95)), "Replay")
    assert by_name["replay-updates"].answer == 1800
    assert "one epoch" in by_name["replay-updates"].hint_for(600)
    point = by_name["replay-point"]
    assert point.answer == "average"
    assert numbers(point.text) == [0.95, 5]
    assert {*point.options} == {"average", *(slip.answer for slip in point.misconceptions)}
    questions = asked(context(RUNS[-1], losses=(2.0,)), "Replay")
    assert (questions["replay-updates"].answer, numbers(questions["replay-point"].text)) == (
        600,
        [2.0, 1],
    )
    assert asked(context(uploaded=True), "Replay") == {}


def test_luck(context: Any) -> None:
    by_name = asked(context(ARTICLE.with_seed(17)), "Luck")
    assert by_name["luck-seed"].shown("right") == "Only the two with seed 17 are the same"
    right, total, other = numbers(by_name["luck-points"].text)
    assert by_name["luck-points"].is_right(100 * abs(other - right) / total)
    assert "Divide by all" in by_name["luck-points"].hint_for(100 * 150 / right)
    without = replace(context(), network=None)
    assert [*asked(without, "Luck")] == ["luck-seed"]


def test_choose(context: Any) -> None:
    by_name = asked(context(ARTICLE), "Choose")
    which = by_name["choose-set"]
    assert which.answer == "validation"
    assert {*which.options} == {"validation", *(slip.answer for slip in which.misconceptions)}
    # Six settings for two epochs, then three for two more.
    assert by_name["choose-halving"].answer == 6 * 2 + 3 * 2
    assert "to the end" in by_name["choose-halving"].hint_for(6 * 4)
    assert "first epochs count too" in by_name["choose-halving"].hint_for(3 * 4)


def test_robustness(context: Any, mnist: Dataset, answers: Any) -> None:
    by_name = asked(context(), "Robustness")
    threshold = numbers(by_name["robust-threshold"].text)[0] / 100
    given = answers.max(axis=1) >= threshold
    assert 0.3 < given.mean() < 0.7
    accuracy = metrics.accuracy_score(mnist.y_test[given], answers[given].argmax(axis=1))
    assert by_name["robust-threshold"].is_right(100 * accuracy)
    assert "all test digits" in by_name["robust-threshold"].hint_for(100 * accuracy * given.mean())
    letter = by_name["robust-letter"]
    assert letter.answer == "shares"
    assert {*letter.options} == {"shares", *(slip.answer for slip in letter.misconceptions)}
    closed = asked(replace(context(), exam=False), "Robustness")
    assert [*closed] == ["robust-letter"]
    shy = replace(context().network, probabilities=np.full((10_000, 10), 0.0999, np.float32))
    assert [*asked(replace(context(), network=shy), "Robustness")] == ["robust-letter"]


@pytest.mark.parametrize("step", CATALOGUE)
def test_before_the_exam_no_question_tells_the_test_score(context: Any, step: str) -> None:
    """Whatever the network reads of all test digits, it is asked the same."""
    closed = replace(context(), exam=False)
    answers = closed.network.probabilities.copy()
    others = np.arange(len(answers)) != closed.selection.test_index
    answers[others] = np.roll(answers[others], 1, axis=1)  # now it reads next to nothing
    worse = replace(closed.network, probabilities=answers, test_accuracy=0.02, test_loss=9.0)
    assert questions(step, closed) == questions(step, replace(closed, network=worse))


def test_ablations(context: Any, mnist: Dataset) -> None:
    by_name = asked(context(), "Ablations")
    left_out = by_name["ablations-left-out"]
    unseen = mnist.y_train[55_000:]
    assert left_out.answer == np.count_nonzero(unseen != 8)
    assert "wrongly" in left_out.hint_for(int(np.count_nonzero(unseen == 8)))
    scaling = by_name["ablations-scaling"]
    assert scaling.answer == "longer"
    hints = {scaling.hint_for(wrong) for wrong in scaling.options if wrong != "longer"}
    assert len(hints) == len(scaling.options) - 1  # each wrong option has its own
    assert scaling.hint not in hints
    assert "128" in scaling.hint_for("useless")


def test_ablations_asks_for_the_digit_that_the_network_has_never_seen(
    context: Any, mnist: Dataset
) -> None:
    for digit in (0, 3):
        run = replace(ARTICLE, preparation=PrepSpec(dropped_digit=digit))
        question = asked(context(run), "Ablations")["ablations-left-out"]
        assert f"all digits except {digit}." in question.text
        assert question.answer == np.count_nonzero(mnist.y_train[55_000:] != digit)


@pytest.mark.parametrize("run", RUNS)
def test_keras_counts_the_batches_of_the_network_that_was_trained(
    context: Any, mnist: Dataset, run: RunSpec
) -> None:
    from digitlab.engine.batches import Batches

    labels = training_digits(mnist.y_train, mnist.y_train, run.preparation, 0)[1]
    count = Batches(run.training, len(labels)).count
    changed = replace(context(run), spec=PRESETS["Two hidden layers"])  # after the training
    for session in (context(run), replace(context(run), network=None), changed):
        question = asked(session, "Then and now")["then-counts"]
        assert f"`{count}/{count}`" in question.text
        assert question.answer == "batches"
        assert numbers(question.hint_for("epochs")) == [run.training.epochs]
    # What the cell says is held against Keras in tests/export/test_article_cells.py.
    assert asked(changed, "Then and now")["then-old-program"].answer == "trains"
