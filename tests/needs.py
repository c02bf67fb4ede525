"""What a test needs, read from its source: this gives each test its mark.

A mark says what a process must have or start for the test. There are six, from cheap to dear, and
a test has the dearest of those that hold:

- `pure`: nothing but the test's own process and the packages of the web process.
- `pages`: a test that reaches `AppTest`. It runs a page's script, 0.1 to 1 s each time: too slow
for
  a loop that is run at each change.
- `processes`: it reaches `subprocess` or the lab's readers of strangers' files, which are
processes.
  Each takes 0.3 s at least to start, and memory is measured in them, up to a minute.
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
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

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

_KERAS: Final = frozenset({"keras", "tensorflow"})
_HEAVY: Final = {"keras": _KERAS, "browser": frozenset({"playwright"})}
"""What is loaded with a file of the tests, and the least that its tests need then."""
_OURS: Final = ("tests", "digitlab")

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class _Module:
    """One file of ours: what its names stand for."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.defined: dict[str, list[ast.AST]] = {}
        self.imported: dict[str, str] = {}
        self.loaded_with_it: set[str] = set()
        for node in _at_head(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self.imported |= self.names_of(node)
                self.loaded_with_it |= self.modules_of(node)
            elif isinstance(node, _Function | ast.ClassDef):
                self.defined.setdefault(node.name, []).append(node)
            else:
                for target in ast.walk(node):
                    if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                        self.defined.setdefault(target.id, []).append(node)

    def names_of(self, node: ast.Import | ast.ImportFrom) -> dict[str, str]:
        """The names that an import brings, and what each stands for, with dots."""
        if isinstance(node, ast.Import):
            return {
                alias.asname or alias.name.partition(".")[0]: alias.name
                if alias.asname
                else alias.name.partition(".")[0]
                for alias in node.names
            }
        source = self._source(node)
        return {alias.asname or alias.name: f"{source}.{alias.name}" for alias in node.names}

    def modules_of(self, node: ast.Import | ast.ImportFrom) -> set[str]:
        """The modules that an import may load; `from a import b`: a, and a.b if it is a module."""
        if isinstance(node, ast.Import):
            return {alias.name for alias in node.names}
        source = self._source(node)
        return {source, *(f"{source}.{alias.name}" for alias in node.names)}

    def _source(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".")
        if self.path.name != "__init__.py":
            package = package[:-1]
        package = package[: len(package) - node.level + 1]
        return ".".join([*package, *([node.module] if node.module else [])])


def _at_head(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements that run when the module is loaded."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from _at_head(node)
        elif isinstance(node, ast.stmt):
            yield node


@cache
def _module(name: str) -> _Module | None:
    """The file of ours with this name, None if there is none."""
    if name.partition(".")[0] not in _OURS:
        return None
    path = ROOT.joinpath(*name.split("."))
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return _Module(name, file)
    return None


@cache
def _loads(name: str) -> frozenset[str]:
    """All modules that an import of this one loads."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        parents = one.split(".")
        for length in range(1, len(parents) + 1):
            part = ".".join(parents[:length])
            if part not in found:
                found.add(part)
                module = _module(part)
                waiting += module.loaded_with_it if module else ()
    return frozenset(found)


def module_name(path: Path) -> str:
    """As it is imported from the project's root."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def least(path: Path) -> str:
    """What each test of this file needs at least: collecting them loads that already."""
    loaded = frozenset[str]().union(*map(_loads, [module_name(path), *_conftests(path)]))
    needed = [mark for mark, heavy in _HEAVY.items() if heavy & loaded]
    return needed[-1] if needed else "pure"


@cache
def cheapest(path: Path) -> str:
    """The mark that each test of this file has at least, as far as its source alone tells.

    Collecting a file means importing it: one whose tests are all too dear is not even looked at.
    """
    module = _module(module_name(path))
    if module is None:
        return least(path)
    tests = [name for name in module.defined if name.startswith(("test", "Test"))]
    marks = [mark(path, name, _arguments(module.defined[name])) for name in tests]
    return min(marks, key=list(MARKS).index, default=least(path))


def _arguments(nodes: list[ast.AST]) -> tuple[str, ...]:
    """The names of what these functions take: of a test, its own fixtures."""
    functions = [node for node in nodes if isinstance(node, _Function)]
    return tuple(argument.arg for function in functions for argument in function.args.args)


def _conftests(path: Path) -> list[str]:
    """The conftests whose fixtures this file sees, the nearest one first."""
    folders = [folder for folder in path.parents if folder.is_relative_to(ROOT / "tests")]
    files = [folder / "conftest.py" for folder in folders]
    return [module_name(file) for file in files if file.is_file()]


def mark(path: Path, function: str, fixtures: tuple[str, ...]) -> str:
    """The name of the mark that a test gets.

    Args:
        path: its file.
        function: its name there, or its class's if it is in one.
        fixtures: the names of all fixtures that it uses, as pytest knows them.
    """
    needed = {least(path), *map(_needed, reaches(path, function, fixtures))}
    return max(needed, key=list(MARKS).index)


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
    visible = [own, *_conftests(path)]
    waiting = [f"{own}.{function}", *_of_fixtures(visible, fixtures)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        source, _, rest = name.rpartition(".")
        module = _module(source) if name.startswith("tests.") else None
        if module is None:
            continue
        for node in module.defined.get(rest, ()):
            waiting += _named(module, node)
        if rest in module.imported:
            waiting.append(module.imported[rest])
    return frozenset(found)


def _of_fixtures(visible: list[str], fixtures: tuple[str, ...]) -> Iterator[str]:
    for fixture in fixtures:
        for name in visible:
            module = _module(name)
            if module and (fixture in module.defined or fixture in module.imported):
                yield f"{name}.{fixture}"
                break


@cache
def _named(module: _Module, node: ast.AST) -> frozenset[str]:
    """What the code of one definition names, with dots."""
    return frozenset(_names(module, node))


def _names(module: _Module, node: ast.AST) -> Iterator[str]:
    names = dict(module.imported)
    for child in ast.walk(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            names |= module.names_of(child)
            yield from module.names_of(child).values()
            for loaded in module.modules_of(child):
                yield from _KERAS & _loads(loaded)
    for child in ast.walk(node):
        if isinstance(child, ast.Name):
            if child.id in names:
                yield names[child.id]
            elif child.id in module.defined:
                yield f"{module.name}.{child.id}"
        elif (
            isinstance(child, ast.Attribute)
            and isinstance(child.value, ast.Name)
            and child.value.id in names
        ):
            yield f"{names[child.value.id]}.{child.attr}"
