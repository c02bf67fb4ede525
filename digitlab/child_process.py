"""How the lab's own processes, workers and readers of files, find the lab.

By the import path of the process that starts them, not by a working folder: an installed lab is
started from anywhere, and a folder may hold somebody's own `random.py`.
"""

import os
import site
import sys
from collections.abc import Mapping
from pathlib import Path

_HOLDS_THE_LAB = Path(__file__).parents[1]


def command(module: str) -> tuple[str, ...]:
    """Runs a module of the lab, with this Python.

    `-P` keeps the working folder off the import path. `-I` would too, but it also ignores
    PYTHONPATH, which is how the lab is found, and packages that were installed for one user only.
    """
    return (sys.executable, "-P", "-m", module)


def import_path(environment: Mapping[str, str]) -> dict[str, str]:
    """PYTHONPATH with which such a process finds this lab and no other; empty if it needs none.

    Args:
        environment: of this process. What its PYTHONPATH names relative to the working folder stays
            the same folder.
    """
    folders = [os.path.abspath(folder) for folder in _folders(environment.get("PYTHONPATH", ""))]
    if not _python_finds_it():
        folders.insert(0, str(_HOLDS_THE_LAB))
    return {"PYTHONPATH": os.pathsep.join(dict.fromkeys(folders))} if folders else {}


def _folders(path: str) -> list[str]:
    return [part for part in path.split(os.pathsep) if part]


def _python_finds_it() -> bool:
    """Whether it is installed: then Python knows the place.

    Named in PYTHONPATH too, all that is installed would come before Python's own modules.
    """
    places = {Path(folder).resolve() for folder in site.getsitepackages()}
    return _HOLDS_THE_LAB.resolve() in places
