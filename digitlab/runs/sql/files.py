"""SQLite's files, told from others that are later found under the same names."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

_BESIDE = ("-wal", "-shm")  # SQLite's log and its index, while the database is open


@dataclass(frozen=True)
class Files:
    """Which files a database was in when it was opened.

    Attributes:
        path: of the database.
        known: device and number of each file that there was, by its path.
    """

    path: Path
    known: dict[Path, tuple[int, int]]

    @classmethod
    def at(cls, path: Path) -> "Files":
        """Those that are there now."""
        paths = (path, *(path.with_name(path.name + end) for end in _BESIDE))
        identities = {each: _identity(each) for each in paths}
        return cls(path, {each: identity for each, identity in identities.items() if identity})

    @property
    def replaced(self) -> bool:
        """Whether the database is no longer there, or another one is."""
        return _identity(self.path) != self.known.get(self.path)

    def put_aside(self) -> None:
        """Rename what is left beside a database that is gone: it would damage the next one."""
        for path, identity in self.known.items():
            if path != self.path and _identity(path) == identity:
                with contextlib.suppress(FileNotFoundError):  # another process was faster
                    path.rename(path.with_name(f"{path.name}.lost-{identity[1]}"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino
