"""What a test needs, read from its source: this gives each test its mark.

A mark says what a process must have or start for the test. There are six, from cheap to dear, and
a test has the dearest of those that hold:

- `pure`: nothing but the test's own process and the packages of the web process.
- `pages`: a test that reaches `AppTest`. It runs a page's script, 0.1 to 1 s each time: too slow
  for a loop that is run at each change.
- `processes`: it reaches `subprocess` or the lab's readers of strangers' files, which are
  processes. Each takes 0.3 s at least to start, and memory is measured in them, up to a minute.
- `keras`: its module imports Keras or TensorFlow at its head, itself or through others, or the test
  reaches an import of them. That takes 4 s and 500 MB before the first test.
- `workers`: it reaches the lab's worker processes, a web server of the lab's, nginx or PostgreSQL.
- `browser`: it reaches Chromium or Firefox.

"Reaches" means: in its own source, in its fixtures, or in functions of the tests that these name.
Nothing is imported for this, so that whoever runs the pure tests never waits for Keras
(`pytest_ignore_collect` in conftest.py). What the source does not show is found while the test
runs: a test that loads Keras or starts a worker fails if its mark promises otherwise (also in
conftest.py)."""

import ast
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path
from typing import Final

from tests.sources import (
    KERAS,
    Function,
    Module,
    all_fixtures,
    asked_fixtures,
    autouse_fixtures,
    conftests,
    loads,
    module_name,
    names_in,
    of_fixtures,
    source_of,
)

MARKS: Final = {
    "pure": "needs nothing but its own process",
    "pages": "runs a page's script under AppTest, without workers",
    "processes": "starts programs of its own, none of them with Keras",
    "keras": "needs Keras in the test's own process, or in a Python that the test starts",
    "workers": "needs the lab's workers, a web server, nginx or PostgreSQL",
    "browser": "needs Chromium or Firefox",
}
"""From cheap to dear."""

_SIGNS: Final = {
    "streamlit.testing.v1.AppTest": "pages",
    "subprocess": "processes",
    "tests.conftest.starts_processes": "processes",
    "digitlab.compute.cluster.worker_process.WorkerProcess": "processes",
    "digitlab.uploads.sandbox": "processes",
    "digitlab.uploads.models.isolated": "processes",
    "digitlab.uploads.pictures.isolated": "processes",
    "keras": "keras",
    "tests.conftest.uses_keras": "keras",
    "tensorflow": "keras",
    "tests.export.alone": "keras",  # runs what is taken home, which imports Keras
    "digitlab.compute.service.TrainingQueue": "workers",
    "digitlab.compute.cluster.embedded.EmbeddedCluster": "workers",
    "digitlab.ui.session.services": "workers",
    "tests.browser.servers.LabServer": "workers",
    "tests.nginx": "workers",
    "tests.postgres": "workers",
    "tests.test_web_process": "workers",  # a process of its own opens all pages
    "playwright": "browser",
    "tests.browser.conftest": "browser",
    "tests.browser.firefox": "browser",
}
"""Who reaches this name, or one below it, needs at least that."""

_HEAVY: Final = {"keras": KERAS, "browser": frozenset({"playwright"})}
"""What is loaded with a file of the tests, and the least that its tests need then."""


@cache
def least(path: Path) -> str:
    """What each test of this file needs at least: collecting them loads that already."""
    loaded = frozenset[str]().union(*map(loads, [module_name(path), *conftests(path)]))
    needed = [mark for mark, heavy in _HEAVY.items() if heavy & loaded]
    return needed[-1] if needed else "pure"


@cache
def marks_of(path: Path) -> frozenset[str]:
    """The marks of this file's tests, as its source tells: whether it is worth an import.

    Collecting a file means importing it. What is said here is compared with the marks that the
    tests really get (conftest.py), so no test is lost.
    """
    module = source_of(module_name(path))
    if module is None:
        return frozenset({least(path)})
    fixtures = autouse_fixtures([module, *map(source_of, conftests(path))])
    marks = set()
    for name, asked in _tests(module):
        marks.add(mark(path, name, tuple(sorted(all_fixtures(path, fixtures | asked)))))
    return frozenset(marks or {least(path)})


def _tests(module: Module) -> Iterator[tuple[str, set[str]]]:
    """Each test function of a module, and each method of its classes by the class's name, with the
    fixtures that it asks for."""
    for name, definitions in module.defined.items():
        if not name.startswith(("test", "Test")):
            continue
        for definition in definitions:
            if isinstance(definition, ast.ClassDef):
                of_all = asked_fixtures(definition)
                for part in definition.body:
                    if isinstance(part, Function):
                        yield name, of_all | asked_fixtures(part)
            elif isinstance(definition, Function):
                yield name, asked_fixtures(definition)


@cache
def mark(path: Path, function: str, fixtures: tuple[str, ...]) -> str:
    """The name of the mark that a test gets.

    Args:
        path: its file.
        function: its name there, or its class's if it is in one.
        fixtures: the names of all fixtures that it uses, as pytest knows them.
    """
    needed = {least(path), *map(_needed, reaches(path, function, fixtures))}
    return max(needed, key=list(MARKS).index)


@cache
def _needed(name: str) -> str:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        sign = _SIGNS.get(".".join(parts[:length]))
        if sign:
            return sign
    return "pure"


def misplaced(path: Path, mark: str) -> bool:
    """Whether a test is in a file that loads Keras while it is to run where no Keras is loaded."""
    return least(path) == "keras" != mark


@cache
def reaches(path: Path, function: str, fixtures: tuple[str, ...]) -> frozenset[str]:
    """All names with dots that a test comes to through its source, its fixtures and our
    functions."""
    own = module_name(path)
    visible = [own, *conftests(path)]
    reached = set().union(*map(_reached_from, of_fixtures(visible, fixtures)))
    return frozenset(reached | _reached(f"{own}.{function}", reached))


@cache
def _reached_from(name: str) -> frozenset[str]:
    return frozenset(_reached(name, set()))


def _reached(name: str, known: Set[str]) -> set[str]:
    """What this name comes to, without what is known already, and what that comes to."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name in reached or name in known:
            continue
        reached.add(name)
        source, _, rest = name.rpartition(".")
        module = source_of(source) if name.startswith("tests.") else None
        if module is None:
            continue
        for node in module.defined.get(rest, ()):
            waiting += names_in(module, node)
        if rest in module.imported:
            waiting.append(module.imported[rest])
    return reached
