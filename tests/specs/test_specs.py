"""The choices: every limit is kept and named, presets are what they say."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from functools import partial
from typing import Any

import pytest

from digitlab import limits
from digitlab.architecture.summary import total_parameters
from digitlab.specs import (
    ACTIVATIONS,
    ARTICLE,
    OPTIMIZERS,
    PRESETS,
    HiddenLayer,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    TrainSpec,
    preset_name,
)
from digitlab.specs.checks import ChoiceError
from digitlab.wording.problems.choice_rules import choice_words


def refused(make: Callable[..., Any]) -> str:
    """What is said of a choice that is not taken."""
    with pytest.raises(ChoiceError) as caught:
        make()
    return choice_words(caught.value)


TOO_DEEP = (HiddenLayer(),) * (limits.MAX_HIDDEN_LAYERS + 1)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: HiddenLayer(0), r"number of units must be between 1 and 512\. Here it is 0\."),
        (lambda: HiddenLayer(513), r"between 1 and 512\. Here it is 513\."),
        (lambda: HiddenLayer(math.nan), r"number of units .* it is nan\."),  # type: ignore[arg-type]  # wrong on purpose
        (
            lambda: HiddenLayer(10, "softmax"),
            r"activation must be one of these: sigmoid, relu, tanh, ",
        ),
        (lambda: NetworkSpec(TOO_DEEP), r"hidden layers must be between 0 and 4\. Here it is 5\."),
        (lambda: NetworkSpec(convolutions=(1, 1, 1)), r"convolutions must be between 0 and 2"),
        (
            lambda: NetworkSpec(convolutions=(0,)),
            r"filters must be between 1 and 32\. Here it is 0\.",
        ),
        (lambda: NetworkSpec(convolutions=(8, 33)), r"filters .* it is 33\."),
        (lambda: TrainSpec(loss="hinge"), r"loss must be one of these: .*\. Here it is hinge\."),
        (lambda: TrainSpec(optimizer="SGD"), r"optimizer must be one of these: sgd, momentum"),
        (lambda: TrainSpec(metric="auc"), r"metric must be one of these: accuracy, "),
        (
            lambda: TrainSpec(batch_size=99),
            r"batch size must be one of these: 16, 32,.* it is 99\.",
        ),
        (lambda: TrainSpec(learning_rate=0), r"learning rate must be between 0\.000001 and 10\. "),
        (lambda: TrainSpec(learning_rate=10.1), r"learning rate .* it is 10\.1\."),
        (lambda: TrainSpec(learning_rate=math.nan), r"learning rate .* it is nan\."),
        (lambda: TrainSpec(learning_rate=math.inf), r"learning rate .* it is inf\."),
        (lambda: TrainSpec(epochs=0), r"epochs must be between 1 and 50\. Here it is 0\."),
        (lambda: TrainSpec(epochs=51), r"epochs .* it is 51\."),
        (lambda: TrainSpec(validation_share=-0.1), r"validation share must be between 0 and 0\.5"),
        (lambda: TrainSpec(validation_share=0.51), r"validation share .* it is 0\.51\."),
        (lambda: TrainSpec(validation_share=math.nan), r"validation share .* it is nan\."),
        (lambda: TrainSpec(seed=-1), r"seed must be between 0 and 2,147,483,647\. Here it is -1\."),
        (lambda: TrainSpec(seed=2**31), r"seed .* it is 2,147,483,648\."),
    ],
)
def test_past_a_limit_is_refused_with_a_sentence(make: Callable[..., Any], says: str) -> None:
    assert re.search(says, refused(make))


def test_the_limits_themselves_are_allowed() -> None:
    for units in (1, limits.MAX_UNITS):
        for activation in ACTIVATIONS:
            HiddenLayer(units, activation)
    widest = NetworkSpec((HiddenLayer(limits.MAX_UNITS),) * limits.MAX_HIDDEN_LAYERS)
    assert total_parameters(widest) == 1_195_018 <= limits.MAX_PARAMETERS
    NetworkSpec(hidden=(), convolutions=(1, limits.MAX_FILTERS))
    for optimizer, rate in OPTIMIZERS.items():
        TrainSpec(optimizer=optimizer, learning_rate=rate)
    for batch_size in limits.BATCH_SIZES:
        TrainSpec(batch_size=batch_size)
    TrainSpec(learning_rate=1e-6, epochs=1, validation_share=0, seed=0)
    TrainSpec(
        learning_rate=limits.MAX_LEARNING_RATE,
        epochs=limits.MAX_EPOCHS,
        validation_share=limits.MAX_VALIDATION_SHARE,
        seed=limits.MAX_SEED,
    )


@pytest.mark.parametrize("spec", [HiddenLayer(), NetworkSpec(), TrainSpec(), RunSpec()])
def test_a_spec_stays_as_it_was_made(spec: Any) -> None:
    for field in fields(spec):
        with pytest.raises(FrozenInstanceError):
            setattr(spec, field.name, None)
    assert spec == type(spec)()
    assert hash(spec) == hash(type(spec)())


def test_the_articles_recipe() -> None:
    assert ARTICLE.network == NetworkSpec((HiddenLayer(10, "sigmoid"),), ())
    assert ARTICLE.training == TrainSpec(
        loss="categorical_crossentropy",
        optimizer="sgd",
        learning_rate=0.01,
        metric="accuracy",
        batch_size=100,
        epochs=5,
        validation_share=0.0,
    )


def test_a_run_is_the_articles_whatever_its_seed() -> None:
    assert ARTICLE.is_article
    assert ARTICLE.with_seed(123).is_article
    assert ARTICLE.with_seed(123).training.seed == 123
    assert not replace(ARTICLE, training=TrainSpec(epochs=6)).is_article
    assert not replace(ARTICLE, network=NetworkSpec(hidden=())).is_article


def test_presets_are_found_by_their_network() -> None:
    assert next(iter(PRESETS.items())) == ("The article's network", ARTICLE)
    assert {"ReLU 128", "Two hidden layers", "Small CNN"} <= PRESETS.keys()
    for name, run in PRESETS.items():
        assert preset_name(run.network) == name
    assert preset_name(NetworkSpec((HiddenLayer(11),))) is None


def test_what_goes_into_the_network() -> None:
    assert NetworkSpec().input_shape == (784,)
    assert NetworkSpec(convolutions=(4,)).input_shape == (28, 28, 1)


LONGEST = RunSpec(
    NetworkSpec((HiddenLayer(512, "sigmoid"),) * limits.MAX_HIDDEN_LAYERS, (32, 32)),
    TrainSpec(
        metric="top_k_categorical_accuracy",
        optimizer="momentum",
        learning_rate=0.1 + 0.2,
        batch_size=1000,
        epochs=limits.MAX_EPOCHS,
        validation_share=1 / 3,
        seed=limits.MAX_SEED,
        rate_changes=tuple((epoch, epoch / 7e5) for epoch in range(1, limits.MAX_EPOCHS + 1)),
    ),
)


@pytest.mark.parametrize("run", [*PRESETS.values(), LONGEST, RunSpec(NetworkSpec(hidden=()))])
def test_json_and_back(run: RunSpec) -> None:
    text = run.to_json()
    assert len(text) <= limits.MAX_SPEC_CHARACTERS / 2
    assert json.loads(text)["version"] == 1
    again = RunSpec.from_json(text)
    assert again == run
    assert repr(again) == repr(run)  # 1, 1.0 and True are equal, but not the same


def test_what_json_leaves_out_has_its_default() -> None:
    assert RunSpec.from_json('{"version": 1}') == ARTICLE
    text = '{"version": 1, "network": {"hidden": [{"units": 64}]}, "training": {"seed": 3}}'
    assert RunSpec.from_json(text) == RunSpec(
        NetworkSpec((HiddenLayer(64, "sigmoid"),)), TrainSpec(seed=3)
    )


def described(**changes: Any) -> str:
    """JSON of a run where one value, named by its path, is another."""
    run = json.loads(LONGEST.to_json())
    for path, value in changes.items():
        *parents, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        node = run
        for step in parents:
            node = node[step]
        node[last] = value
    return json.dumps(run)


PATHS = [
    "version",
    "network",
    "training",
    "network__hidden",
    "network__hidden__0",
    "network__hidden__0__units",
    "network__hidden__0__activation",
    "network__convolutions",
    "network__convolutions__1",
    "network__use_bias",
    "training__rate_changes",
    "training__rate_changes__0",
    "training__rate_changes__0__0",
    "training__rate_changes__0__1",
    "network__another",
    "training__rate changes",
    "network__hidden__0__name",
    "another",
    *(f"training__{field.name}" for field in fields(TrainSpec)),
    "preparation",
    *(f"preparation__{field.name}" for field in fields(PrepSpec)),
]
YES_OR_NO = [
    "network__use_bias",
    "training__zero_start",
    *(f"preparation__{name}" for name in ("scale", "one_hot", "shuffle_labels")),
]
NONSENSE: list[Any] = [
    *(None, True, False, "", "12", "0.01", "relu" * 900, "<b>", "\x00", -1, 1.5, 10**30, 2**63),
    *(math.nan, math.inf, -math.inf, [None], [[]], [[1]], [[1, 2, 3]], [1, 2, 3], [True, 0.1]),
    *({"units": 3, "version": 1}, [{}, 1], [[[[[[[[[[]]]]]]]]]]),
]


@pytest.mark.parametrize("path", PATHS)
def test_nonsense_in_json_is_refused_with_one_sentence(path: str) -> None:
    allowed = {
        # A float may be given as a whole number, and these are fine where they stand.
        ("training__learning_rate", 1.5),
        ("training__rate_changes__0__1", 1.5),
        *((path, choice) for path in YES_OR_NO for choice in (True, False)),
        ("preparation__data_share", 1),
        ("preparation__dropped_digit", None),
        *(("preparation__label_noise", number) for number in (0.0, 1.0)),
    }
    for value in NONSENSE:
        if isinstance(value, int | float | None) and (path, value) in allowed:
            continue
        sentence = refused(partial(RunSpec.from_json, described(**{path: value})))
        assert re.match(r"[A-Z].*\.$", sentence)
        assert len(sentence) < 250


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "{", "null", "[]", "1", '"text"', "{}", "{'version': 1}", "\x00", "\ud800"),
        *('{"version": 1', "[" * 4000, '{"version": 1, "training": ' + "[" * 900 + "]" * 900 + "}"),
        *('{"version": 1.0}', '{"version": "1"}', '{"version": 2}', '{"version": NaN}'),
        '{"version": 1, "training": {"seed": ' + "9" * 3900 + "}}",
        '{"version": 1, "training": {"learning_rate": 1e999}}',
        '{"version": 1}' + " " * 5000,
        '{"version": 1, "network": ' * 100,
    ],
)
def test_what_is_no_run_at_all_is_refused_with_one_sentence(text: str) -> None:
    sentence = refused(lambda: RunSpec.from_json(text))
    assert re.match(r"The .*\.$", sentence)
    assert len(sentence) < 250


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: HiddenLayer("12"), r"number of units must be a number\. Here it is 12\."),  # type: ignore[arg-type]  # wrong on purpose
        (lambda: HiddenLayer(12.0), r"number of units must be a whole number\. Here it is 12\.0\."),  # type: ignore[arg-type]  # wrong on purpose
        (lambda: HiddenLayer(True), r"number of units must be a number\. Here it is True\."),
        (
            lambda: TrainSpec(batch_size=100.0),  # type: ignore[arg-type]  # wrong on purpose
            r"batch size must be one of these: 16, .* it is 100\.0\.",
        ),
        (
            lambda: TrainSpec(loss=["hinge"]),  # type: ignore[arg-type]  # wrong on purpose
            r"loss must be one of these: .*\. Here it is \['hinge'\]\.",
        ),
        (lambda: TrainSpec(loss="h" * 99), r"it is h{40}…\."),
    ],
)
def test_a_value_of_another_type_is_refused_with_a_sentence(
    make: Callable[..., Any], says: str
) -> None:
    assert re.search(says, refused(make))
