"""Settings to an address and back: exactly, and with a problem for each value that is nonsense."""

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from digitlab import limits
from digitlab.specs import (
    CONTROLS,
    PRESETS,
    HiddenLayer,
    LessonSpec,
    NetworkSpec,
    PrepSpec,
    RunSpec,
    SampleSelection,
    TrainSpec,
)
from digitlab.specs.link import (
    PARAMETERS,
    from_address,
    from_link,
    locked_parameters,
    to_link,
    to_query,
)
from digitlab.wording.problems.link_problems import link_notice, link_words

DOCUMENT = Path(__file__).parents[2] / "docs" / "link.md"
LAB = "https://lab.example/Train?"

NETWORKS = [
    *(run.network for run in PRESETS.values()),
    NetworkSpec((), use_bias=False),
    NetworkSpec((HiddenLayer(1, "linear"),) * limits.MAX_HIDDEN_LAYERS, (32, 1)),
]
TRAININGS = [
    TrainSpec(),
    TrainSpec(learning_rate=0.1 + 0.2, validation_share=1 / 3, seed=limits.MAX_SEED),
    TrainSpec("mean_squared_error", "momentum", 1e-6, "top_k_categorical_accuracy", 16, 50, 0.5),
    TrainSpec(learning_rate=5e-5, rate_changes=((1, 10.0), (2, 1e-6), (49, 0.007000000000000001))),
    TrainSpec(learning_rate=1),  # a whole number, as JSON may bring it
    TrainSpec(zero_start=True),
]
PREPARATIONS = [PrepSpec(), PrepSpec(False, False, 1 / 3, 0, 0.1 + 0.2, True)]
LOOKS = [
    SampleSelection(),
    SampleSelection("test", 9_999, 0, 0, 27, 0, 0),
    SampleSelection("train", 59_999, axes=1),
]
LOCKS = [
    (set(), set()),
    ({"network", "seed"}, {"sample"}),
    (set(CONTROLS), set()),
    (set(), {"loss"}),
]

FULL = LessonSpec(
    RunSpec(
        NetworkSpec((HiddenLayer(512, "sigmoid"),) * limits.MAX_HIDDEN_LAYERS, (32, 32)),
        TrainSpec(
            epochs=50,
            learning_rate=0.012345678901234567,
            rate_changes=tuple((epoch, 1.2345678901234567e-05 * epoch) for epoch in range(1, 50)),
        ),
    ),
    fixed=frozenset(CONTROLS),
)


def read(query: str) -> tuple[LessonSpec, list[str]]:
    """The settings, and what a page says."""
    lesson, problems = from_address(LAB + query)
    return lesson, [link_notice(problem) for problem in problems]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("look", LOOKS)
def test_the_same_comes_back(look: SampleSelection, lock: tuple[set[str], set[str]]) -> None:
    fixed, hidden = map(frozenset, lock)
    other = LessonSpec(FULL.spec.with_seed(3), LOOKS[1])  # whatever stood there before
    for parts in itertools.product(NETWORKS, TRAININGS, PREPARATIONS):
        lesson = LessonSpec(RunSpec(*parts), look, fixed, hidden)
        assert from_address(LAB + to_query(to_link(lesson))) == (lesson, [])
        query = {name: [value] for name, value in to_link(lesson).items()}
        assert from_link(query, other) == (lesson, [])


def test_the_longest_link_is_read() -> None:
    assert read(to_query(to_link(FULL))) == (FULL, [])
    assert read(quote(to_query(to_link(FULL)), safe="=&")) == (FULL, [])  # as browsers copy it


def test_an_address_can_be_written_by_hand() -> None:
    lesson, notices = read(
        "epochs=9&hidden_layers=128-relu,%2064-tanh&fix=epochs,%20seed&learning_rate=1e-3"
    )
    assert notices == []
    assert lesson.spec.training == TrainSpec(epochs=9, learning_rate=0.001)
    assert lesson.spec.network.hidden == (HiddenLayer(128, "relu"), HiddenLayer(64, "tanh"))
    assert lesson.fixed == {"epochs", "seed"}


def test_what_is_left_out_stays_as_it_is() -> None:
    mine = LessonSpec(RunSpec(training=TrainSpec(epochs=9, seed=417)), SampleSelection(index=3))
    lesson, notices = from_link({"batch_size": ["50"]}, mine)
    assert (lesson.spec.training, notices) == (TrainSpec(epochs=9, seed=417, batch_size=50), [])
    assert lesson.selection == mine.selection
    assert "seed" not in to_link(mine, with_seed=False)


BAD = {
    "hidden_layers": [
        *("", "128", "relu", "0-relu", "513-relu", "9-softmax", "1.5-relu", "9-relu,"),
        ",".join(["9-relu"] * 5),
    ],
    "convolutions": ["", "0", "33", "8,16,8", "8;16", "-8"],
    "use_bias": ["", "True", "none"],
    "loss": ["", "mse", "None", "CATEGORICAL_CROSSENTROPY"],
    "optimizer": ["", "Adam", "sgd,adam"],
    "learning_rate": [
        *("", "0", "11", "-0.1", "nan", "inf", "1e999", "0,1", "0x1", "1_0", "٣", "True"),
    ],
    "rate_changes": ["", "3", "0-0.1", "3-0.1,3-0.2", "51-0.1", "3-99", "3-nan", "3--1", "x-0.1"],
    "metric": ["", "loss", "Accuracy"],
    "batch_size": ["", "99", "100.0", "1e2", "9" * 500],
    "epochs": ["", "0", "51", "-5", "5.0", "five", "9" * 3000, "٣", "1_0", "true", "none"],
    "validation_share": ["", "0.51", "-0.1", "10%", "nan"],
    "seed": ["", "-1", str(2**31), "0.5", "none"],
    "scale": ["", "True", "1", "Yes"],
    "one_hot": ["", "none", "false"],
    "data_share": ["", "0", "0.009", "1.01", "10%", "nan"],
    "dropped_digit": ["", "10", "-1", "no", "2.0"],
    "label_noise": ["", "-0.1", "1.1", "nan", "none"],
    "shuffle_labels": ["", "0", "yes,no"],
    "zero_start": ["", "zeros", "None"],
    "sample": ["", "8", "train", "train-60000", "test-10000", "test--1", "valid-8", "train-x"],
    "digit": ["", "10", "-1", "seven"],
    "tensor": ["", "1", "4-0-0", "1-28-0", "0-0-28", "1-2-3-4", "a-b-c"],
    "test": ["", "10000", "-1"],
}  # fmt: skip


def test_every_setting_has_its_bad_values() -> None:
    assert {"v", *BAD, "fix", "hide"} == {*PARAMETERS}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in BAD for value in BAD[name]])
def test_a_bad_value_gives_its_default_and_a_sentence_and_the_good_ones_stay(
    name: str, value: str
) -> None:
    good = {"epochs": "9"} if name != "epochs" else {"batch_size": "50"}
    lesson, notices = read(to_query({name: value, **good}))
    expected, _ = read(to_query(good))
    assert lesson == expected
    (notice,) = notices
    assert notice.endswith(f" The lab uses {name}={to_link(LessonSpec())[name]} instead.")
    assert len(notice) < 200


@pytest.mark.parametrize("name", sorted(BAD))
def test_twice_the_same_is_no_value(name: str) -> None:
    value = to_link(FULL)[name]
    lesson, (notice,) = read(f"{name}={value}&{name}={value}")
    assert lesson == LessonSpec()
    assert f"The link has the setting {name} 2 times. Write it only once." in notice
    assert f"The lab uses {name}={to_link(LessonSpec())[name]} instead." in notice


def test_unknown_names_are_named_and_cut() -> None:
    query = "&".join(f"x{number}{'y' * 50}=1" for number in range(40))
    lesson, (notice,) = read(f"{query}&epochs=9")
    assert lesson.spec.training.epochs == 9
    assert "x0yyy" in notice
    assert notice.endswith("The lab leaves them out.")
    assert len(notice) < 250


def test_a_lesson_holds_what_it_knows() -> None:
    lesson, notices = read("fix=epochs,nonsense,<b>&hide=seed,,none&hide=epochs")
    assert (lesson.fixed, lesson.hidden) == (frozenset(), {"seed", "epochs"})
    (notice,) = notices
    assert "unknown controls in fix: nonsense, <b>. " in notice


@pytest.mark.parametrize("version", ["2", "", "1.0", "x", "9" * 300])
def test_another_version_is_not_guessed(version: str) -> None:
    lesson, (notice,) = read(f"v={version}&epochs=9&fix=epochs")
    assert lesson == LessonSpec()
    assert "this lab reads version 1" in notice
    assert len(notice) < 170


@pytest.mark.parametrize(
    "query",
    [
        "epochs=" + "9" * 5000,
        "&".join(f"a{n}=1" for n in range(5000)),
        "x" * 10**6 + "=1",
        "%2C" * 10**5,
    ],
)
def test_too_much_is_not_read(query: str) -> None:
    lesson, (notice,) = read("optimizer=adam&" + query)
    assert lesson == LessonSpec()
    assert notice == (
        "The link has more than 4,000 characters. The lab's own links are shorter. Copy the link "
        "again. The lab did not use this link."
    )


@pytest.mark.parametrize("address", ["", "epochs=3", "x", "http://[x?epochs=3", "Train"])
def test_what_is_no_address_is_said(address: str) -> None:
    lesson, problems = from_address(address)
    assert lesson == LessonSpec()
    begin = f"{address} is not a link from the lab." if address else "There is no link."
    assert [link_words(problem) for problem in problems] == [
        f"{begin} Press Copy link in the lab, and give the link here."
    ]


def test_a_sentence_holds_nothing_that_a_terminal_obeys() -> None:
    _, notices = read("loss=%1b%5b31m%0a%00%E2%80%AE&%1b%5b2J=1&fix=%1b%5b2J&epochs=%ED%A0%80")
    assert len(notices) == 4
    assert all(notice.isprintable() for notice in notices)


def test_run_and_streamlits_own_are_no_settings() -> None:
    assert read(f"run={'A' * 9000}&embed=true&embed_options=dark_theme") == (LessonSpec(), [])


def test_a_lesson_keeps_what_it_locks() -> None:
    lesson = LessonSpec(
        FULL.spec, fixed=frozenset({"network", "learning_rate"}), hidden=frozenset({"sample"})
    )
    requested = PRESETS["Small CNN"].with_seed(9)
    kept = lesson.lock(requested)
    assert kept.network == FULL.spec.network
    assert kept.training == replace(
        requested.training,
        learning_rate=FULL.spec.training.learning_rate,
        rate_changes=FULL.spec.training.rate_changes,
    )
    assert lesson.lock_selection(SampleSelection("test", 1, digit=2)) == replace(
        lesson.selection, digit=2
    )
    assert LessonSpec(FULL.spec).lock(requested) == requested
    assert LessonSpec(FULL.spec).lock_selection(LOOKS[1]) == LOOKS[1]


@pytest.mark.parametrize(
    "control", [name for name in CONTROLS if name not in ("network", "preparation", "sample")]
)
def test_each_control_of_train_can_be_held(control: str) -> None:
    other = TrainSpec(
        "mean_squared_error", "adam", 0.5, "top_k_categorical_accuracy", 16, 9, 0.5, 3
    )
    lesson = LessonSpec(RunSpec(training=other), fixed=frozenset({control}))
    kept = lesson.lock(RunSpec()).training
    assert kept == replace(TrainSpec(), **{control: getattr(other, control)})


def test_what_is_broken_can_be_held() -> None:
    broken = RunSpec(training=TrainSpec(zero_start=True), preparation=PREPARATIONS[1])
    lesson = LessonSpec(broken, hidden=frozenset({"preparation"}))
    requested = RunSpec(training=TrainSpec(epochs=9), preparation=PrepSpec(label_noise=0.5))
    kept = lesson.lock(requested)
    assert kept.preparation == broken.preparation
    assert kept.training == TrainSpec(epochs=9, zero_start=True)
    assert {"zero_start", "scale", "shuffle_labels"} < set(locked_parameters(lesson))
    assert LessonSpec(broken).lock(requested) == requested


def test_held_values_are_carried_along() -> None:
    lesson, _ = read(
        "epochs=9&optimizer=adam&learning_rate=0.5&rate_changes=3-0.1&fix=learning_rate&hide=epochs"
    )
    carried = locked_parameters(lesson)
    assert carried == {
        "v": "1", "learning_rate": "0.5", "rate_changes": "3-0.1", "epochs": "9",
        "fix": "learning_rate", "hide": "epochs",
    }  # fmt: skip
    again, notices = read(to_query(carried))
    assert (locked_parameters(again), notices) == (carried, [])
    assert locked_parameters(LessonSpec(FULL.spec)) == {}


@pytest.mark.parametrize("wrong", [{"fixed": {"run"}}, {"fixed": {"seed"}, "hidden": {"seed"}}])
def test_a_lesson_is_checked(wrong: dict[str, set[str]]) -> None:
    with pytest.raises(ValueError, match="fixe"):
        LessonSpec(**dict[str, Any]({name: frozenset(value) for name, value in wrong.items()}))


def test_the_document_has_every_parameter_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", DOCUMENT.read_text(), re.MULTILINE)
    assert [name for name, _ in rows] == list(PARAMETERS)
    defaults = to_link(LessonSpec())
    for name, default in rows:
        if name not in ("seed", "fix", "hide"):
            assert default.startswith(f"`{defaults[name]}`"), name


def test_the_document_has_every_limit_and_every_control() -> None:
    text = DOCUMENT.read_text()
    for number in (
        f"up to {limits.MAX_HIDDEN_LAYERS}",
        f"1 to {limits.MAX_UNITS} units",
        f"each 1 to {limits.MAX_FILTERS}",
        f"| 1 to {limits.MAX_EPOCHS} |",
        f"0 to {limits.MAX_VALIDATION_SHARE} |",
        f"0 to {limits.MAX_SEED} |",
        ", ".join(map(str, limits.BATCH_SIZES)),
        f"to {limits.MAX_LEARNING_RATE:g} |",
        f"{limits.MAX_LINK_CHARACTERS:,} characters",
    ):
        assert number in text
    names = text[text.index("Both parameters take these names") :].split("\n\n")[1]
    assert re.findall(r"`(\w+)`", names) == list(CONTROLS)


def test_the_documents_examples_are_right() -> None:
    examples = re.findall(r"^ {4}(http\S+)$", DOCUMENT.read_text(), re.MULTILINE)
    assert len(examples) == 5
    lessons = [from_address(example) for example in examples]
    assert [notices for _, notices in lessons] == [[]] * 5
    assert lessons[1][0].spec == PRESETS["Small CNN"].with_seed(42)
    assert lessons[2][0].spec.training.rate_changes == ((3, 0.03), (6, 0.01))
    assert lessons[3][0].selection.tensor == "x_test[11, 14, 10]"
    assert lessons[4][0].locked == {*CONTROLS} - {"learning_rate", "sample"}
