"""The same recipe with several seeds: what counts, how far luck goes, what is compared."""

from dataclasses import replace

import numpy as np
import pytest

from digitlab import limits
from digitlab.analysis import seed_runs
from digitlab.figures.seeds import Curves, accuracy_points, bands
from digitlab.records.job_state import JobState
from digitlab.records.score import DigitSet
from digitlab.runs.record import Run
from digitlab.specs import ARTICLE, PrepSpec, RunSpec, TrainSpec
from digitlab.wording.shares import range_of_hundred
from tests.analysis.test_comparison import run, trained

OTHER = RunSpec(training=TrainSpec(learning_rate=0.1))


def runs(spec: RunSpec = ARTICLE, *accuracies: float) -> list[Run]:
    return [run(spec.with_seed(seed), accuracy=value) for seed, value in enumerate(accuracies)]


class TestWhatCounts:
    def test_same_recipe_other_seed(self) -> None:
        recipes = seed_runs.by_recipe([*runs(ARTICLE, 0.7, 0.6), *runs(OTHER, 0.9)])
        assert {key: seed_runs.accuracies(ran) for key, ran in recipes.items()} == {
            ARTICLE: [0.7, 0.6],
            OTHER: [0.9],
        }

    def test_one_of_each_seed_the_newer_and_in_order(self) -> None:
        newer, older, first = trained(seed=3), trained(seed=3), trained(seed=1)
        assert seed_runs.by_recipe([newer, older, first]) == {ARTICLE: [first, newer]}

    @pytest.mark.parametrize("state", [s for s in JobState if s is not JobState.FINISHED])
    def test_what_did_not_finish_does_not_count(self, state: JobState) -> None:
        assert seed_runs.by_recipe([run(state=state)]) == {}
        assert seed_runs.by_recipe([run(epochs=4)]) == {}

    def test_what_does_not_count_is_found_once_a_seed_and_not_of_others(self) -> None:
        spec = [ARTICLE.with_seed(seed) for seed in range(4)]
        newest_first = [
            run(spec[2], JobState.DIVERGED, epochs=2),
            run(spec[1], JobState.STOPPED, epochs=3),
            run(spec[1], JobState.FAILED, epochs=0),
            run(spec[0], JobState.STOPPED, epochs=1),
            run(spec[0]),
            run(spec[3], JobState.RUNNING, epochs=1),
            run(OTHER, JobState.FAILED),
        ]
        assert seed_runs.uncounted(newest_first, ARTICLE) == [newest_first[1], newest_first[0]]

    def test_next_seeds_leave_out_those_taken_and_begin_anew_at_the_end(self) -> None:
        assert seed_runs.next_seeds(7, [8, 9, 3], 3) == [7, 10, 11]
        assert seed_runs.next_seeds(limits.MAX_SEED, [0], 2) == [limits.MAX_SEED, 1]


class TestSpread:
    def test_band_is_lowest_mean_and_highest_of_each_epoch(self) -> None:
        band = seed_runs.band([run(start=2.0).history, run(start=1.0).history], "loss")
        assert band.lowest.tolist() == pytest.approx([1 / n for n in range(1, 6)])
        assert band.highest.tolist() == pytest.approx([2 / n for n in range(1, 6)])
        assert band.mean.tolist() == pytest.approx([1.5 / n for n in range(1, 6)])

    def test_no_band_of_what_was_not_logged(self) -> None:
        other = trained(metric="top_k_categorical_accuracy")
        assert seed_runs.band([other.history], "accuracy") is None
        assert seed_runs.band([], "loss") is None

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ([0.6771, 0.7884, 0.7], ("68", "79")),
            ([0.9741, 0.9768], ("97.4", "97.7")),
            ([0.1135, 0.1135], ("11.3", "11.3")),
            ([0.9812, 0.9968], ("98.1", "99.7")),
            ([0.9992, 0.9998], ("99.92", "99.98")),
            ([0.97, 1.0], ("97", "100")),
        ],
    )
    def test_of_hundred(self, values: list[float], words: tuple[str, str]) -> None:
        assert range_of_hundred(values) == words


def with_share(run: Run, val_accuracy: float) -> Run:
    """The same with a validation accuracy."""
    last = run.history[-1]
    logs = {**last.logs, "val_accuracy": val_accuracy}
    return replace(run, history=(*run.history[:-1], replace(last, logs=logs)))


def numbered(ran: list[Run], *numbers: int) -> list[Run]:
    """The same as they came into the store."""
    return [replace(run, number=number) for run, number in zip(ran, numbers, strict=True)]


class TestWhatIsCompared:
    share = RunSpec(training=TrainSpec(validation_share=0.1))

    def test_validation_where_all_recipes_keep_the_same_digits_aside(self) -> None:
        faster = RunSpec(training=TrainSpec(validation_share=0.1, learning_rate=0.1))
        for recipes in ([self.share], [self.share, faster]):
            assert seed_runs.digits_to_compare_by(recipes) is DigitSet.VALIDATION
        (run,) = runs(self.share, 0.8)
        read = with_share(run, 0.9)
        assert seed_runs.accuracies([read], DigitSet.VALIDATION) == [0.9]
        assert seed_runs.accuracies([read]) == [0.8]

    @pytest.mark.parametrize(
        "other",
        [
            ARTICLE,
            RunSpec(training=TrainSpec(validation_share=0.2)),
            RunSpec(training=TrainSpec(validation_share=0.1, metric="top_k_categorical_accuracy")),
            RunSpec(
                training=TrainSpec(validation_share=0.1), preparation=PrepSpec(label_noise=0.2)
            ),
            RunSpec(
                training=TrainSpec(validation_share=0.1), preparation=PrepSpec(shuffle_labels=True)
            ),
            RunSpec(training=TrainSpec(validation_share=0.1), preparation=PrepSpec(data_share=0.1)),
            RunSpec(
                training=TrainSpec(validation_share=0.1), preparation=PrepSpec(dropped_digit=3)
            ),
        ],
    )
    def test_else_the_test_digits(self, other: RunSpec) -> None:
        assert seed_runs.digits_to_compare_by([self.share, other]) is DigitSet.TEST
        assert seed_runs.digits_to_compare_by([other, self.share]) is DigitSet.TEST

    def test_a_plan_takes_shared_seeds_first_then_those_of_one_then_new_ones(self) -> None:
        assert seed_runs.planned_seeds(5, 7, [[3, 8], [8, 9]]) == [8, 3, 9, 7, 10]
        assert seed_runs.planned_seeds(2, 7, [[3, 8], [8, 9]]) == [8, 3]
        assert seed_runs.planned_seeds(3, 7, [[8], []], without={8, 7}) == [9, 10, 11]

    def test_a_seed_that_diverged_is_known(self) -> None:
        spec = ARTICLE.with_seed(4)
        ran = [run(spec, JobState.DIVERGED, epochs=2), run(ARTICLE.with_seed(5)), run(OTHER)]
        assert seed_runs.diverged_seeds(ran, ARTICLE) == {4}

    def test_pairs_share_a_seed_and_stand_in_the_order_in_which_they_were_complete(self) -> None:
        a = numbered(runs(ARTICLE, 0.7, 0.6, 0.5), 9, 2, 3)
        b = numbered(runs(OTHER, 0.9, 0.8, 0.7), 1, 5, 4)
        pairs = seed_runs.pairs(a, b)
        assert [pair[0].spec.training.seed for pair in pairs] == [2, 1, 0]
        assert all(one.spec.training.seed == two.spec.training.seed for one, two in pairs)
        assert seed_runs.pairs(a[:1], b[1:]) == []


class TestFigures:
    def curves(
        self, letter: str = "A", runs: tuple[tuple[float, ...], ...] = ((2.0, 1.5), (1.8, 1.2))
    ) -> Curves:
        low, mean, high = (op(runs, axis=0).tolist() for op in (np.min, np.mean, np.max))
        return Curves(letter, runs, low, mean, high, len(runs[0]))

    def test_band_goes_along_the_highest_and_back_along_the_lowest(self) -> None:
        traces = {trace.name: trace for trace in bands([self.curves()], "loss").data}
        assert traces["A, band"].x == (1, 2, 2, 1)
        assert traces["A, band"].y == (2.0, 1.5, 1.2, 1.8)
        assert traces["A, mean"].y == pytest.approx((1.9, 1.35))

    def test_two_recipes_differ_in_colour_dash_and_letter(self) -> None:
        figure = bands([self.curves(), self.curves("B")], "loss")
        first, second = (t for t in figure.data if t.name and t.name.endswith("mean"))
        assert first.line.color != second.line.color
        assert (first.line.dash, second.line.dash) == ("solid", "dash")
        assert {note.text for note in figure.layout.annotations} == {"<b>A</b>", "<b>B</b>"}

    def test_curves_come_before_there_is_a_band(self) -> None:
        growing = Curves("A", [[2.0]], [], [], [], 5)
        figure = bands([growing], "loss")
        assert [trace.y for trace in figure.data] == [(2.0,)]
        assert figure.layout.xaxis.range[1] > 5

    def test_one_epoch_has_a_band_that_is_seen(self) -> None:
        figure = bands([self.curves(runs=((2.0,), (1.8,)))], "loss")
        (band,) = [trace for trace in figure.data if trace.name == "A, band"]
        assert max(band.x) > min(band.x)

    def test_points_are_the_accuracies_and_bars_their_means(self) -> None:
        figure = accuracy_points([("A", [0.7, 0.8], [4, 9]), ("B", [0.9], [4])], DigitSet.TEST)
        traces = {trace.name: trace for trace in figure.data if trace.name}
        assert traces["A"].x == (0.7, 0.8)
        assert traces["A"].customdata == (4, 9)
        assert traces["same seed"].x == (0.7, 0.9, None)
        # One run has no mean: its point says all.
        assert [trace.x for trace in figure.data if not trace.name] == [pytest.approx((0.75,))]
        low, high = figure.layout.xaxis.range
        assert low < 0.7 < 0.9 < high

    def test_b_alone_looks_like_b(self) -> None:
        (alone,) = accuracy_points([("B", [0.9], [4])], DigitSet.VALIDATION).data
        (*_, beside) = accuracy_points(
            [("A", [0.8], [4]), ("B", [0.9], [4])], DigitSet.VALIDATION
        ).data
        assert alone.marker.color == beside.marker.color
