"""The same recipe with several seeds: what counts, how far luck goes, which recipe is better."""

import itertools
from typing import Any

import numpy as np
import pytest

from digitlab import limits
from digitlab.analysis import seed_runs
from digitlab.figures.seeds import Curves, accuracy_points, bands
from digitlab.records.job_state import JobState
from digitlab.runs.record import Run
from digitlab.specs import ARTICLE, RunSpec, TrainSpec
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

    def test_it_is_said_why_once_a_seed_and_not_of_others(self) -> None:
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
        assert seed_runs.uncounted(newest_first, ARTICLE) == [
            "seed 1 (stopped after 3 epochs)",
            "seed 2 (diverged in epoch 2)",
        ]

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
            ([0.6771, 0.7884, 0.7], "68 to 79 of 100"),
            ([0.9741, 0.9768], "97.4 to 97.7 of 100"),
            ([0.1135, 0.1135], "11.3 of 100"),
        ],
    )
    def test_of_hundred(self, values: list[float], words: str) -> None:
        assert seed_runs.of_hundred(values) == words


class TestContest:
    # All 252 ways to deal ten runs, without ties: the definition of the exact test.
    def by_hand(self, a: list[float], b: list[float]) -> tuple[int, Any]:
        def wins(first: list[Any], second: list[Any]) -> int:
            return sum((x > y) + (x == y) / 2 for x, y in itertools.product(first, second))

        everything = [*a, *b]
        middle = len(a) * len(b) / 2
        dealt = itertools.combinations(range(len(everything)), len(a))
        split = [
            wins(
                [everything[i] for i in chosen],
                [value for i, value in enumerate(everything) if i not in chosen],
            )
            for chosen in dealt
        ]
        return wins(a, b), np.mean([abs(s - middle) >= abs(wins(a, b) - middle) for s in split])

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ([0.91, 0.92, 0.93, 0.94, 0.95], [0.70, 0.71, 0.72, 0.73, 0.74]),
            ([0.70, 0.76, 0.74, 0.69, 0.72], [0.71, 0.77, 0.73, 0.75, 0.68]),
            ([0.1, 0.3, 0.4, 0.5, 0.6], [0.2, 0.7, 0.8, 0.9, 0.95]),
        ],
    )
    def test_is_the_exact_test_of_all_ways_to_deal_the_runs(
        self, a: list[float], b: list[float]
    ) -> None:
        result = seed_runs.mann_whitney(a, b)
        wins, p = self.by_hand(a, b)
        assert (result.wins, result.pairs) == (wins, 25)
        assert result.p == pytest.approx(p)

    def test_ties_count_half_and_never_make_luck_look_like_skill(self) -> None:
        random = np.random.default_rng(3)
        for _ in range(10):
            a, b = random.integers(0, 5, (2, 5)) / 10
            result = seed_runs.mann_whitney(a, b)
            wins, p = self.by_hand(a, b)
            assert result.wins == wins
            assert (result.p < seed_runs.SURE) <= (p < seed_runs.SURE)


class TestVerdict:
    low, high = (0.70, 0.71, 0.72, 0.73, 0.74), (0.90, 0.91, 0.92, 0.93, 0.94)

    def verdict(self, a: tuple[Any, ...], b: tuple[Any, ...]) -> str:
        return seed_runs.verdict({"A": runs(ARTICLE, *a), "B": runs(OTHER, *b)})

    def test_clear_cut(self) -> None:
        said = self.verdict(self.high, self.low)
        assert said.startswith("**A is better than B:** A reads more in **25 of 25** pairs")
        assert "**0.79\N{NO-BREAK SPACE}%** of the time" in said  # 2 of 252
        turned = self.verdict(self.low, self.high)
        assert turned.startswith("**B is better than A:** B reads more in **25 of 25** pairs")
        assert "tie" not in said

    def test_could_be_luck(self) -> None:
        said = self.verdict(self.low, (0.705, 0.715, 0.725, 0.735, 0.745))
        assert said.startswith("**It could be luck:** B reads more in **15 of 25** pairs")
        assert "is better" not in said

    def test_a_tie_is_half_a_win(self) -> None:
        said = self.verdict(self.low, (0.70, 0.60, 0.61, 0.62, 0.63))
        assert (
            "A reads more in **24.5 of 25** pairs of a run of A and a run of B (a tie counts as "
            "half)" in said
        )

    def test_nothing_is_said_of_fewer_than_five(self) -> None:
        said = self.verdict(self.high, self.low[:2])
        assert said == "**Not yet:** B has 2 of 5 runs. With fewer, luck can look like skill."
        assert "A has 0 of 5, B has 4 of 5 runs" in self.verdict((), self.low[:4])

    def test_all_the_same(self) -> None:
        assert self.verdict((0.1135,) * 5, (0.1135,) * 5).startswith("**No difference:**")


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
        figure = accuracy_points([("A", [0.7, 0.8], [4, 9]), ("B", [0.9], [4])])
        traces = {trace.name: trace for trace in figure.data if trace.name}
        assert traces["A"].x == (0.7, 0.8)
        assert traces["A"].customdata == (4, 9)
        assert [trace.x for trace in figure.data if not trace.name] == [
            pytest.approx((0.75,)),
            (0.9,),
        ]
        low, high = figure.layout.xaxis.range
        assert low < 0.7 < 0.9 < high

    def test_b_alone_looks_like_b(self) -> None:
        (_, alone) = accuracy_points([("B", [0.9], [4])]).data
        (*_, beside) = accuracy_points([("A", [0.8], [4]), ("B", [0.9], [4])]).data
        assert alone.marker.color == beside.marker.color
