"""Run a program that nobody trusts, within a time and with a bound on what it may say."""

import contextlib
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO


class TooMuchError(RuntimeError):
    """The program wrote more than it may."""


def run(
    command: Sequence[str],
    content: bytes,
    *,
    most: int,
    seconds: float,
    environment: Mapping[str, str],
) -> "subprocess.CompletedProcess[bytes]":
    """As `subprocess.run`, which keeps whatever comes: a program that writes for ever fills the memory.

    Args:
        command: the program.
        content: its standard input.
        most: bytes that it may write to standard output, and as many to standard error.
        seconds: that it may take.
        environment: all variables that it gets.

    Raises:
        TooMuchError: if it writes more.
        TimeoutExpired: if it takes longer.
    """
    pipe, late = subprocess.PIPE, threading.Event()
    with (
        subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as process,
        ThreadPoolExecutor(2) as threads,
    ):
        assert process.stdin
        assert process.stdout
        assert process.stderr

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            threads.submit(_feed, process.stdin, content)
            errors = threads.submit(_read, process.stderr, most)
            output = _read(process.stdout, most)
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
    if late.is_set():
        raise subprocess.TimeoutExpired(command, seconds)
    if max(len(output), len(errors.result())) > most:
        raise TooMuchError
    return subprocess.CompletedProcess(command, code, output, errors.result())


def _feed(pipe: IO[bytes], content: bytes) -> None:
    with contextlib.suppress(OSError), pipe:  # it may have ended before
        pipe.write(content)


def _read(pipe: IO[bytes], most: int) -> bytes:
    """Up to one byte more than it may be; who writes more finds the pipe closed."""
    with pipe:
        return pipe.read(most + 1)
