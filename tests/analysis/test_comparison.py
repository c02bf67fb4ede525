"""Runs beside each other: names, differences, and what may be said of them."""

import math
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digitlab.analysis.comparison import same_numbers
from digitlab.analysis.differences import (
    EpochCount,
    RunSetting,
    differences,
    recipe_differences,
    settings_apart,
)
from digitlab.records.job import new_id
from digitlab.records.job_state import JobState
from digitlab.records.training import EpochRecord, Interruption
from digitlab.runs.record import Run
from digitlab.runs.scores import accuracy, best, can_be_taken
from digitlab.specs import ARTICLE, PRESETS, HiddenLayer, NetworkSpec, PrepSpec, RunSpec, TrainSpec
from digitlab.wording.results.run_comparison import exam_words, gap_words, verdict_words
from digitlab.wording.results.run_differences import (
    difference_table,
    recipe_causes,
    setting_words,
    value_words,
)
from digitlab.wording.settings.descriptions import (
    automatic_name,
    epoch_count_words,
    favourite_mistake_words,
    state_words,
    titles,
)
from digitlab.wording.settings.network_names import network_words, short_network

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

# Another value for each field of a `TrainSpec`, and how many settings a reader then sees changed.
OTHER: dict[str, Any] = {
    "loss": "mean_squared_error",
    "optimizer": "adam",
    "learning_rate": 0.1,
    "metric": "top_k_categorical_accuracy",
    "batch_size": 32,
    "epochs": 9,
    "validation_share": 0.2,
    "seed": 1,
    "rate_changes": ((2, 0.5),),
    "zero_start": True,
}

# The same for a `PrepSpec`, with both values in words.
PREPARED: dict[str, Any] = {
    "scale": (False, "Pixels", "from 0 to 1", "from 0 to 255"),
    "one_hot": (False, "Labels", "one-hot", "whole numbers"),
    "data_share": (
        0.01,
        "Share of the training digits",
        "100\N{NO-BREAK SPACE}%",
        "1\N{NO-BREAK SPACE}%",
    ),
    "dropped_digit": (0, "Digit left out", "none", "0"),
    "label_noise": (0.2, "Label noise", "none", "20\N{NO-BREAK SPACE}%"),
    "shuffle_labels": (True, "Labels shuffled", "no", "yes"),
}


def run(
    spec: RunSpec = ARTICLE,
    state: JobState = JobState.FINISHED,
    epochs: int | None = None,
    accuracy: float | None = 0.7173,
    start: float = 2.3,
    **more: Any,
) -> Run:
    """A run with `epochs` finished epochs, all that it asked for by default."""
    training = spec.training
    done = training.epochs if epochs is None else epochs
    history = tuple(
        EpochRecord(i, 600, 0.1 * (i + 1), {"loss": start / (i + 1), training.metric: 0.1 * i})
        for i in range(done)
    )
    loss = None if accuracy is None else 1 - accuracy
    return replace(
        Run(new_id(), "me", spec, state, NOON, NOON, history=history),
        test_accuracy=accuracy,
        test_loss=loss,
        has_predictions=accuracy is not None,
        **more,
    )


def validated(score: float, **more: Any) -> Run:
    """A run of ReLU 128 with this validation accuracy after its last epoch."""
    without = run(PRESETS["ReLU 128"], **more)
    *before, last = without.history
    return replace(
        without, history=(*before, replace(last, logs={**last.logs, "val_accuracy": score}))
    )


def prepared(of: Run, **changes: Any) -> Run:
    """The same run with other steps before the training."""
    preparation = replace(of.spec.preparation, **changes)
    return replace(of, spec=replace(of.spec, preparation=preparation))


def trained(**changes: Any) -> Run:
    return run(replace(ARTICLE, training=replace(ARTICLE.training, **changes)))


def network(*layers: tuple[int, str], convolutions: tuple[int, ...] = ()) -> NetworkSpec:
    return NetworkSpec(tuple(HiddenLayer(*layer) for layer in layers), convolutions)


def built(*layers: tuple[int, str], convolutions: tuple[int, ...] = ()) -> Run:
    return run(RunSpec(network(*layers, convolutions=convolutions)))


def rows(first: Run, second: Run) -> list[tuple[str, str, str]]:
    return [
        (
            setting_words(difference.setting),
            value_words(difference.setting, difference.first),
            value_words(difference.setting, difference.second),
        )
        for difference in differences(first, second)
    ]


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


class TestNames:
    def test_name_is_network_and_result(self) -> None:
        article = "The article's network, training 40.00\N{NO-BREAK SPACE}%"
        assert automatic_name(run()) == article
        assert automatic_name(run(accuracy=0.9)) == article  # never the test score
        assert automatic_name(validated(0.6)) == "ReLU 128, validation 60.00\N{NO-BREAK SPACE}%"
        changed = RunSpec(preparation=PrepSpec(scale=False))
        assert automatic_name(run(changed)) == (
            "The article's network, no scaling, training 40.00\N{NO-BREAK SPACE}%"
        )
        own = "20 tanh units, training 40.00\N{NO-BREAK SPACE}%"
        assert automatic_name(built((20, "tanh"))) == own

    def test_a_network_whose_accuracy_was_not_counted_is_called_trained(self) -> None:
        other = trained(metric="top_k_categorical_accuracy")
        assert automatic_name(other) == "The article's network, trained"

    @pytest.mark.parametrize("state", [JobState.DIVERGED, JobState.RUNNING, JobState.FAILED])
    def test_name_without_a_network_says_why(self, state: JobState) -> None:
        assert automatic_name(run(state=state, epochs=2)).endswith(
            state_words(run(state=state, epochs=2))
        )

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (
                ("", "Mine", "", "Mine", ""),
                [
                    "The article's network, training 40.00\N{NO-BREAK SPACE}% (3)",
                    "Mine (2)",
                    "The article's network, training 40.00\N{NO-BREAK SPACE}% (2)",
                    "Mine",
                    "The article's network, training 40.00\N{NO-BREAK SPACE}%",
                ],
            ),
            (("X (2)", "X", "X", "X (2)", "X"), ["X (2) (2)", "X (4)", "X (3)", "X (2)", "X"]),
        ],
        ids=["named or not", "a given name that looks numbered"],
    )
    def test_no_two_are_called_the_same_and_the_oldest_keeps_its_name(
        self, names: tuple[str, ...], expected: list[str]
    ) -> None:
        newest_first = [run(name=name) for name in names]
        called = titles(newest_first)
        assert [called[run_.id] for run_ in newest_first] == expected

    def test_a_younger_run_changes_no_name(self) -> None:
        runs = [run(), run(name="Mine"), run()]
        before = titles(runs)
        after = titles([run(), *runs])
        assert {run_.id: after[run_.id] for run_ in runs} == before

    @pytest.mark.parametrize(
        ("spec", "short", "words"),
        [
            (network(), "no hidden layer", "no hidden layer"),
            (network((20, "tanh")), "20 tanh units", "1 hidden layer of 20 units, tanh"),
            (
                network((9, "relu"), (8, "tanh")),
                "9 relu + 8 tanh units",
                "2 hidden layers of 9, 8 units, relu and tanh",
            ),
            (
                network((9, "relu"), (9, "relu")),
                "2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}9 relu units",
                "2 hidden layers of 9, 9 units, relu",
            ),
            (
                network((9, "relu"), convolutions=(4, 8)),
                "CNN 4 + 8, 9 relu units",
                "2 convolutions of 4 and 8 filters, 1 dense hidden layer of 9 units, relu",
            ),
            (
                network((1, "relu"), convolutions=(1,)),
                "CNN 1, 1 relu unit",
                "1 convolution of 1 filter, 1 dense hidden layer of 1 unit, relu",
            ),
        ],
    )
    def test_networks_in_words(self, spec: NetworkSpec, short: str, words: str) -> None:
        assert short_network(spec) == short
        assert network_words(spec) == words


class TestMistakes:
    @pytest.mark.parametrize(
        ("count", "words"),
        [
            (0, "It makes no mistakes."),
            (1, "It makes no mistake twice. One of its mistakes: it reads the digit 8 as 3."),
            (2, "Its most common mistake: it reads the digit 8 as 3 (2 times)."),
            (1234, "Its most common mistake: it reads the digit 8 as 3 (1,234 times)."),
        ],
    )
    def test_the_favourite_one_in_words(self, count: int, words: str) -> None:
        assert favourite_mistake_words(8, 3, count) == words


class TestStates:
    @pytest.mark.parametrize(
        ("state", "done", "words"),
        [
            (JobState.FINISHED, 5, "finished"),
            (JobState.STOPPED, 3, "stopped after 3 epochs"),
            (JobState.STOPPED, 0, "stopped"),
            (JobState.PAUSED, 1, "paused after 1 epoch"),
            (JobState.INTERRUPTED, 2, "stopped by the server after 2 epochs"),
            (JobState.DIVERGED, 0, "loss too large in epoch 1"),
            (JobState.DIVERGED, 2, "loss too large in epoch 2"),
            (JobState.RUNNING, 2, "in training"),
            (JobState.QUEUED, 0, "in training"),
            (JobState.FAILED, 0, "failed"),
        ],
    )
    def test_state_in_words(self, state: JobState, done: int, words: str) -> None:
        assert state_words(run(state=state, epochs=done)) == words

    def test_out_of_time_is_said(self) -> None:
        late = run(state=JobState.STOPPED, epochs=4, interruption=Interruption.TOO_LONG)
        assert state_words(late) == "out of time after 4 epochs"

    def test_epochs_say_how_many_were_asked_for(self) -> None:
        assert epoch_count_words(5, 5) == "5"
        assert epoch_count_words(3, 5) == "3 of 5"

    def test_a_diverged_run_has_no_accuracy(self) -> None:
        assert accuracy(run(state=JobState.DIVERGED, accuracy=0.098)) is None
        assert accuracy(run(state=JobState.STOPPED)) == 0.7173

    def test_what_can_be_taken(self) -> None:
        assert can_be_taken(run())
        assert can_be_taken(run(state=JobState.INTERRUPTED, accuracy=None))
        assert can_be_taken(run(state=JobState.PAUSED, accuracy=None, has_model=True))
        assert can_be_taken(run(state=JobState.PAUSED, accuracy=None))  # it can begin again
        assert not can_be_taken(run(state=JobState.STOPPED, accuracy=None))
        assert not can_be_taken(run(state=JobState.DIVERGED))
        assert not can_be_taken(run(state=JobState.FAILED, accuracy=None))

    def test_best_is_chosen_by_validation_digits(self) -> None:
        good = validated(0.8, accuracy=0.7)  # fewer test digits than the others
        runs = [run(accuracy=0.99), validated(0.7, accuracy=0.9), good]
        assert best([*runs, validated(0.9, state=JobState.DIVERGED)]) is good

    def test_without_two_to_compare_there_is_no_best(self) -> None:
        assert best([run(), run(), validated(0.8)]) is None
        assert best([run(state=JobState.DIVERGED)]) is None


class TestDifferences:
    def test_the_same_settings_have_none(self) -> None:
        assert differences(run(), run(accuracy=0.5)) == []

    @pytest.mark.parametrize("field", [field.name for field in fields(TrainSpec)])
    def test_every_setting_is_seen(self, field: str) -> None:
        (difference,) = differences(run(), trained(**{field: OTHER[field]}))
        assert difference.first != difference.second
        assert difference.matters is (field != "metric")

    @pytest.mark.parametrize("field", [field.name for field in fields(PrepSpec)])
    def test_what_is_broken_is_seen(self, field: str) -> None:
        value, *words = PREPARED[field]
        broken = run(RunSpec(preparation=PrepSpec(**{field: value})))
        assert rows(run(), broken) == [tuple(words)]
        assert "differs: **" in verdict_words(run(), broken)

    def test_values_are_in_words(self) -> None:
        rate = trained(learning_rate=0.1, rate_changes=((2, 0.5), (4, 0.5)), validation_share=0.2)
        assert rows(run(), rate) == [
            ("Learning rate", "0.01", "0.1, then 0.5 from epoch 3 on"),
            ("Validation share", "none", "20\N{NO-BREAK SPACE}%"),
        ]

    def test_a_rate_that_never_came_does_not_differ(self) -> None:
        later = replace(trained(rate_changes=((4, 0.5),)), history=run(epochs=4).history)
        assert RunSetting.LEARNING_RATE not in [
            difference.setting for difference in differences(run(), later)
        ]

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            (built((10, "relu")), built((20, "relu")), [("Units", "10", "20")]),
            (built((10, "relu")), built((10, "tanh")), [("Activation", "relu", "tanh")]),
            (
                built((10, "relu"), (9, "relu")),
                built((10, "relu"), (9, "tanh")),
                [("Activation", "relu", "relu, tanh")],
            ),
            (
                built((10, "relu")),
                built((12, "relu"), (10, "relu")),
                [("Hidden layers", "10 relu", "12 relu, 10 relu")],
            ),
            (built(), built((10, "relu")), [("Hidden layers", "none", "10 relu")]),
            (
                built((10, "relu")),
                built((8, "tanh"), (6, "tanh")),
                [
                    ("Number of hidden layers", "1", "2"),
                    ("Units", "10", "8, 6"),
                    ("Activation", "relu", "tanh"),
                ],
            ),
            (
                built((10, "relu")),
                built((10, "relu"), convolutions=(8, 16)),
                [("Filters of the convolutions", "none", "8, 16")],
            ),
        ],
    )
    def test_networks(self, first: Run, second: Run, expected: list[tuple[str, ...]]) -> None:
        assert rows(first, second) == expected
        assert rows(second, first) == [(name, b, a) for name, a, b in expected]

    def test_epochs_count_as_far_as_they_were_trained(self) -> None:
        (stopped,) = differences(run(), run(state=JobState.STOPPED, epochs=3))
        assert stopped.setting is RunSetting.EPOCHS
        assert (stopped.second, stopped.matters) == (EpochCount(3, 5), True)
        long = trained(epochs=9)
        (asked,) = differences(run(), replace(long, history=long.history[:5]))
        assert (asked.second, asked.matters) == (EpochCount(5, 9), False)

    def test_epochs_cut_off_by_divergence_are_no_setting(self) -> None:
        assert differences(run(), run(state=JobState.DIVERGED, epochs=2)) == []


class TestVerdict:
    def test_the_same_twice(self) -> None:
        assert verdict_words(run(), run()) == (
            "Both runs have the same settings. All their numbers are the same, to the last digit."
        )

    @pytest.mark.parametrize("other", [run(start=2.2999999), run(accuracy=0.7174), run(epochs=4)])
    def test_other_numbers_are_never_called_the_same(self, other: Run) -> None:
        assert not same_numbers(run(), other)
        assert "to the last digit" not in verdict_words(run(), other)

    def test_nan_is_the_same_as_nan(self) -> None:
        assert same_numbers(run(start=math.nan), run(start=math.nan))
        assert not same_numbers(run(start=math.nan), run())

    def test_runs_without_an_epoch_are_not_called_the_same(self) -> None:
        nothing = run(state=JobState.STOPPED, epochs=0, accuracy=None)
        assert not same_numbers(nothing, nothing)
        assert "to the last digit" not in verdict_words(nothing, nothing)

    def test_time_is_no_number_of_the_run(self) -> None:
        assert same_numbers(run(seconds=2.0), run(seconds=9.0, created=NOON + timedelta(1)))

    def test_the_seed_alone_is_luck(self) -> None:
        assert "the whole difference is luck" in verdict_words(run(), run(ARTICLE.with_seed(8)))

    def test_one_change_is_named(self) -> None:
        said = verdict_words(trained(seed=4), trained(seed=4, learning_rate=0.1))
        assert "Only one setting differs: **Learning rate**" in said
        assert "Both runs have the seed 4." in said

    @pytest.mark.parametrize(
        ("changes", "many"),
        [
            ({"learning_rate": 0.1, "seed": 8}, 2),
            ({"learning_rate": 0.1, "batch_size": 32, "optimizer": "adam"}, 3),
        ],
    )
    def test_several_changes_name_no_cause(self, changes: dict[str, Any], many: int) -> None:
        said = verdict_words(run(), trained(**changes))
        assert said.startswith(f"{many} settings differ. So nobody can tell which of them made")

    def test_all_at_once_are_counted_too(self) -> None:
        training = TrainSpec(**(OTHER | {"rate_changes": ()}))
        prepared = PrepSpec(**{field: value for field, (value, *_) in PREPARED.items()})
        layers = network((8, "tanh"), (6, "tanh"), convolutions=(4,))
        other = run(RunSpec(layers, training, prepared))
        assert verdict_words(run(), other).startswith("18 settings differ.")

    def test_the_metric_is_no_cause(self) -> None:
        other = trained(metric="top_k_categorical_accuracy")
        assert "does not change the learning" in verdict_words(run(), other)
        both = trained(metric="top_k_categorical_accuracy", learning_rate=0.1)
        assert "Only one setting differs: **Learning rate**" in verdict_words(run(), both)

    def test_nothing_is_said_before_both_have_ended(self) -> None:
        assert "has not ended yet" in verdict_words(run(), run(state=JobState.RUNNING, epochs=2))

    def test_other_packages_may_be_why(self) -> None:
        old, new = run(versions={"keras": "3.14.0"}), run(start=2.2, versions={"keras": "3.15.1"})
        assert "keras 3.14.0 and 3.15.1" in verdict_words(old, new)
        assert "round numbers in different ways" in verdict_words(run(), run(start=2.2))

    def test_other_packages_are_a_second_change(self) -> None:
        old = replace(run(), versions={"keras": "3.14.0"})
        new = replace(trained(learning_rate=0.1), versions={"keras": "3.15.1"})
        assert "nobody can tell which of them" in verdict_words(old, new)
        assert "3.14.0 and 3.15.1" in verdict_words(old, new)


class TestGap:
    def test_better_one_is_named_by_its_validation_accuracy(self) -> None:
        low, high = validated(0.6924, accuracy=0.9), validated(0.7274, accuracy=0.8)
        assert plain(gap_words(low, high)) == (
            "**B has the better validation accuracy**: 72.74 %. A has 69.24 %."
        )
        assert gap_words(high, low).startswith("**A has the better validation accuracy**")

    def test_equal(self) -> None:
        said = plain(gap_words(validated(0.7), validated(0.7)))
        assert said == "Both have the same validation accuracy: 70.00 %."

    def test_other_validation_digits_are_said(self) -> None:
        half = validated(0.7)
        spec = replace(half.spec, training=replace(half.spec.training, validation_share=0.5))
        assert "not the same" in gap_words(validated(0.8), replace(half, spec=spec))

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"scale": False}, ""),
            ({"one_hot": False}, ""),
            ({"data_share": 0.5}, "not the same"),
            ({"dropped_digit": 3}, "not the same"),
            ({"label_noise": 0.2}, "not fair"),
            ({"shuffle_labels": True}, "not fair"),
        ],
    )
    def test_what_preparation_does_to_the_validation_digits(
        self, changes: dict[str, Any], told: str
    ) -> None:
        clean = validated(0.7)
        said = gap_words(clean, prepared(clean, **changes))
        assert [words for words in ("not the same", "not fair") if words in said] == (
            [told] if told else []
        )
        assert "not" not in gap_words(*[prepared(clean, **changes)] * 2)

    def test_changed_labels_are_the_same_with_the_same_seed_only(self) -> None:
        noisy = prepared(validated(0.7), label_noise=0.2)
        training = replace(noisy.spec.training, seed=noisy.spec.training.seed + 1)
        assert "not fair" in gap_words(
            noisy, replace(noisy, spec=replace(noisy.spec, training=training))
        )

    def test_without_validation_digits_it_says_why_that_is_not_fair(self) -> None:
        said = plain(gap_words(run(), run(epochs=4)))
        assert said.startswith("A and B have no validation digits")
        assert "**A has the better training accuracy**: 40.00 %. B has 30.00 %." in said
        assert "**That is not fair:**" in said
        assert gap_words(validated(0.9), run()).startswith("B has no validation digits")

    def test_without_a_network(self) -> None:
        said = gap_words(run(), run(state=JobState.DIVERGED, epochs=2))
        assert said == "B has no network to compare (loss too large in epoch 2)."

    def test_without_an_accuracy(self) -> None:
        said = gap_words(run(), trained(metric="top_k_categorical_accuracy"))
        assert said == (
            "At least one training did not count the accuracy, so there is nothing to compare."
        )

    def test_the_exam_of_both_is_told_apart_from_choosing(self) -> None:
        assert exam_words(run(accuracy=0.6924), run(accuracy=0.7274)) == (
            "In the exam A read 6,924 of the 10,000 test digits, and B read 7,274. Don't choose "
            "between them by these numbers."
        )


class TestRecipes:
    def test_the_seed_and_the_length_of_a_run_are_no_difference(self) -> None:
        assert recipe_differences(ARTICLE, ARTICLE.with_seed(3)) == []
        more = replace(ARTICLE, training=replace(ARTICLE.training, epochs=9))
        (difference,) = recipe_differences(ARTICLE, more)
        assert (difference.setting, difference.first, difference.second, difference.matters) == (
            RunSetting.EPOCHS, EpochCount(5, 5), EpochCount(9, 9), True,
        )  # fmt: skip

    def test_one_setting_alone_is_called_the_reason(self) -> None:
        cause = differences(run(), trained(learning_rate=0.1))
        both = differences(run(), trained(learning_rate=0.1, batch_size=32))
        metric = differences(run(), trained(metric="top_k_categorical_accuracy"))
        assert "one setting only: **Learning rate**." in recipe_causes(cause)
        assert "2 settings: Learning rate, Batch size." in recipe_causes(both)
        assert recipe_causes(metric) == "The recipes differ in nothing that changes the learning."


class TestSeveral:
    def test_settings_that_not_all_share(self) -> None:
        runs = [trained(seed=1), trained(seed=2), trained(seed=1, learning_rate=0.1)]
        assert difference_table(settings_apart(runs), "ABC") == {
            "Setting": ["Seed", "Learning rate"],
            "A": ["1", "0.01"],
            "B": ["2", "0.01"],
            "C": ["1", "0.1"],
        }
        assert settings_apart([runs[0]] * 3) == {}

    def test_layers_are_one_setting(self) -> None:
        other = built((12, "relu"), (10, "relu"))
        table = difference_table(settings_apart([run(), other, run()]), "ABC")
        assert table == {
            "Setting": ["Network"],
            "A": ["1 hidden layer of 10 units, sigmoid"],
            "B": ["2 hidden layers of 12, 10 units, relu"],
            "C": ["1 hidden layer of 10 units, sigmoid"],
        }
