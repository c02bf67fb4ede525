"""Reads the source of the tests: what a module imports, and what a function of it names.

Nothing is imported for this. `tests.needs` makes the marks of it.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

KERAS: Final = frozenset({"keras", "tensorflow"})

_READ: Final = ("tests", "digitlab.engine")
"""Whose sources are read. Nothing else of the lab loads Keras with it: the workers import the
engine in functions, and tests/test_web_process.py opens all pages without Keras. To read the other
500 modules too would take a second before the first test."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


class Module:
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
            elif isinstance(node, Function | ast.ClassDef):
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
def source_of(name: str) -> Module | None:
    """The file with this name, None if it is not one that is read."""
    if not f"{name}.".startswith(tuple(f"{package}." for package in _READ)):
        return None
    path = ROOT.joinpath(*name.split("."))
    for file in (path / "__init__.py", path.with_suffix(".py")):
        if file.is_file():
            return Module(name, file)
    return None


@cache
def loads(name: str) -> frozenset[str]:
    """All modules that an import of this one loads."""
    loaded: set[str] = set()
    waiting = {name}
    while waiting:
        loaded |= waiting
        waiting = set().union(*map(_loaded_with, waiting)) - loaded
    return frozenset(loaded)


@cache
def _loaded_with(name: str) -> frozenset[str]:
    """What an import of this module loads at once: its package, and what it imports itself."""
    module = source_of(name)
    package, _, _ = name.rpartition(".")
    return frozenset({*([package] if package else []), *(module.loaded_with_it if module else ())})


@cache
def module_name(path: Path) -> str:
    """As it is imported from the project's root."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def conftests(path: Path) -> tuple[str, ...]:
    """The conftests whose fixtures this file sees, the nearest one first."""
    return _conftests_above(path.parent)


@cache
def _conftests_above(folder: Path) -> tuple[str, ...]:
    folders = [folder, *folder.parents]
    files = [folder / "conftest.py" for folder in folders if folder.is_relative_to(ROOT / "tests")]
    return tuple(module_name(file) for file in files if file.is_file())


def definition(name: str) -> list[ast.AST]:
    """Of a function of ours with this name with dots, wherever it was imported from."""
    source, _, rest = name.rpartition(".")
    module = source_of(source)
    if module is None:
        return []
    if rest in module.imported:
        return definition(module.imported[rest])
    return module.defined.get(rest, [])


def of_fixtures(visible: Sequence[str], fixtures: tuple[str, ...]) -> Iterator[str]:
    for fixture in fixtures:
        for name in visible:
            module = source_of(name)
            if module and (fixture in module.defined or fixture in module.imported):
                yield f"{name}.{fixture}"
                break


def asked_fixtures(definition: Definition) -> set[str]:
    """The names of the fixtures that a function takes, or that decorators may name."""
    named = {
        part.value
        for decorator in definition.decorator_list
        for part in ast.walk(decorator)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    if isinstance(definition, ast.ClassDef):
        return named
    return named | {
        argument.arg for argument in ast.walk(definition.args) if isinstance(argument, ast.arg)
    }


def autouse_fixtures(modules: list[Module | None]) -> set[str]:
    """The names of the fixtures of these modules that nobody has to name."""
    return {
        name
        for module in modules
        if module
        for name, nodes in module.defined.items()
        for node in nodes
        if isinstance(node, Function)
        and any("autouse=True" in ast.unparse(decorator) for decorator in node.decorator_list)
    }


def all_fixtures(path: Path, fixtures: set[str]) -> set[str]:
    """These fixtures, and all that they take themselves."""
    reached: set[str] = set()
    visible = [module_name(path), *conftests(path)]
    while new := fixtures - reached:
        reached |= new
        for name in of_fixtures(visible, tuple(new)):
            fixtures = fixtures | {
                fixture
                for node in definition(name)
                if isinstance(node, Definition)
                for fixture in asked_fixtures(node)
            }
    return reached


@cache
def names_in(module: Module, node: ast.AST) -> frozenset[str]:
    """What the code of one definition names, with dots."""
    return frozenset(_names(module, node))


def _names(module: Module, node: ast.AST) -> Iterator[str]:
    children = list(ast.walk(node))
    names = dict(module.imported)
    for child in children:
        if isinstance(child, ast.Import | ast.ImportFrom):
            names |= module.names_of(child)
            yield from module.names_of(child).values()
            for loaded in module.modules_of(child):
                yield from KERAS & loads(loaded)
    for child in children:
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
