"""Results that are remembered: for equal arguments the same, for others never."""

import pkgutil
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from digitlab import figures, limits
from digitlab.caching.memoized import memoized
from digitlab.compute.service import TrainingQueue
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import ARTICLE, PRESETS
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from tests.conftest import finished
from tests.pages.exam import examined
from tests.pages.test_pages import open_page
from tests.reading import open_view


@pytest.fixture
def counted() -> Any:
    """A remembered function, and what it was really called with."""
    calls = []

    @memoized
    def function(*arguments: Any, **named: Any) -> object:
        calls.append((arguments, named))
        return object()

    return function, calls


def test_equal_content_gives_the_same_object_and_is_computed_once(counted: Any) -> None:
    function, calls = counted
    array = np.arange(6).reshape(2, 3)
    first = function(array, "a", spec=ARTICLE, some={"b", "a"})
    assert function(array.copy(), "a", spec=ARTICLE, some={"a", "b"}) is first
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("argument", "other"),
    [
        (np.arange(6), np.arange(6).reshape(2, 3)),
        (np.arange(6, dtype=np.uint8), np.arange(6, dtype=np.int8)),
        (np.array([0.0, np.nan]), np.array([np.nan, 0.0])),
        ("1", 1),
        (PRESETS["ReLU 128"], PRESETS["Small CNN"]),
        ((1, 2), (2, 1)),
    ],
    ids=["shape", "type", "place", "text", "spec", "order"],
)
def test_other_content_gives_another(counted: Any, argument: Any, other: Any) -> None:
    function, calls = counted
    assert function(argument) is not function(other)
    assert len(calls) == 2


def test_each_number_of_a_large_array_counts(counted: Any) -> None:
    function, _ = counted
    probabilities = np.zeros(
        (10_000, 10), np.float32
    )  # of a network; some caches look at samples only
    first = function(probabilities)
    for index in (0, 54_321, 99_999):
        other = probabilities.copy()
        other.flat[index] = 1e-7
        assert function(other) is not first


def test_what_is_remembered_has_an_end(counted: Any) -> None:
    function, calls = counted
    first = function(0)
    for number in range(1, limits.RESULTS_MEMOIZED):
        function(number)
    assert function(0) is first  # and is now the last that was asked for
    function(limits.RESULTS_MEMOIZED)
    assert function(0) is first
    assert len(calls) == limits.RESULTS_MEMOIZED + 1
    function(1)
    assert len(calls) == limits.RESULTS_MEMOIZED + 2


def test_many_threads_get_what_belongs_to_their_arguments() -> None:
    @memoized
    def double(number: int) -> int:
        return 2 * number

    with ThreadPoolExecutor(30) as pool:
        numbers = [number % (2 * limits.RESULTS_MEMOIZED) for number in range(3000)]
        assert list(pool.map(double, numbers)) == [2 * number for number in numbers]


def test_an_error_is_not_remembered() -> None:
    calls = []

    @memoized
    def fails(number: int) -> None:
        calls.append(number)
        raise ValueError(number)

    for _ in range(2):
        with pytest.raises(ValueError, match="7"):
            fails(7)
    assert calls == [7, 7]


def remembered_in(package: Any) -> dict[tuple[Any, Any], Any]:
    """All remembered results, by function and arguments, as text."""
    modules = [
        import_module(module.name)
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    functions = {
        function
        for module in modules
        for function in vars(module).values()
        if hasattr(function, "cache_key")
    }
    assert len(functions) > 8
    return {
        (function.__qualname__, key): figure.to_json()
        for function in functions
        for key, figure in function.cache.items()
    }


def test_no_page_changes_a_figure_that_others_get(
    queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    """Streamlit shows a copy, and no page draws into a figure that another visitor gets next."""
    pages = ("Data", "Prepare", "Network", "Train", "Evaluate", "Replay")

    def open_all() -> dict[tuple[Any, Any], Any]:
        for page in map(path.step, pages):
            for view in page.views:
                test = open_page(page.file, examined(Lab(job=finished(trained))))
                open_view(test, view)
        return remembered_in(figures)

    first, second = open_all(), open_all()
    assert {"curves", "confusion_heat_map", "numbers", "histogram"} <= {name for name, _ in first}
    assert {key: second[key] for key in first} == first
