"""Give a file to a process that reads it, and get its answer."""

import os
import subprocess
from collections.abc import Mapping, Sequence

from digitlab import child_process
from digitlab.uploads.sandbox import bounded

_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Of the environment; the rest, such as the database's address, is not the reader's business."""

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Each thread takes memory."""


class ReaderError(RuntimeError):
    """The reader gave no answer; the words are for the log."""


class SlowReaderError(ReaderError):
    """The reader took too long."""


def reader(module: str) -> tuple[str, ...]:
    """The command that runs a module of the lab as a reader."""
    return child_process.command(module)


def ask(
    command: Sequence[str],
    content: bytes,
    *,
    most: int,
    seconds: float,
    variables: Mapping[str, str] | None = None,
) -> bytes:
    """What a reader answers to a file.

    Args:
        command: the reader.
        content: the file.
        most: bytes of its answer.
        seconds: that it may take.
        variables: of its environment, besides the few that each reader gets.

    Raises:
        SlowReaderError: if it takes longer.
        ReaderError: if it crashes, or writes more.
    """
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    path = child_process.import_path(os.environ)
    environment = {**kept, **path, **_ONE_THREAD, **(variables or {})}
    try:
        done = bounded.run(command, content, most=most, seconds=seconds, environment=environment)
    except subprocess.TimeoutExpired as error:
        raise SlowReaderError(f"It took longer than {seconds} s.") from error
    except bounded.TooMuchError as error:
        raise ReaderError("It wrote more than any answer needs.") from error
    if done.returncode != 0:
        end = done.stderr[-2000:].decode(errors="replace")
        raise ReaderError(f"It ended ({done.returncode}). {end}")
    return done.stdout
