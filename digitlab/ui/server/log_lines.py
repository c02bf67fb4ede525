"""A log that no visitor can fill: lines of one kind are counted after the first few."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from digitlab import limits

_logger = logging.getLogger(__name__)

_WINDOW_SECONDS = 60
_KIND_CHARACTERS = 80
_VERDICT = "_digitlab_passes"  # on a record that several handlers see


class LogLines(logging.Filter):
    """Lets the first lines of a kind through in each minute, and says how many it left out.

    A kind is what one place in a program says: logger, level and the text before its values are in
    it.

    Args:
        clock: seconds from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._began = clock()
        self._counts: dict[tuple[str, int, str], int] = {}
        self._lines = 0
        self._left_out = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written; the same answer to every handler that asks."""
        verdict = getattr(record, _VERDICT, None)
        if verdict is None:
            verdict = self._judge(record)
            setattr(record, _VERDICT, verdict)
        return bool(verdict)

    def turn_page(self) -> None:
        """Begin a new minute if it is time, and say how many lines the last one left out."""
        with self._lock:
            if self._clock() < self._began + _WINDOW_SECONDS:
                return
            left_out, self._left_out = self._left_out, 0
            self._began, self._lines = self._clock(), 0
            self._counts.clear()
        if left_out:
            _logger.warning(
                "%s lines were left out of this log: more of the same kinds within a minute.",
                f"{left_out:,}",
            )

    def _judge(self, record: logging.LogRecord) -> bool:
        self.turn_page()
        kind = (record.name, record.levelno, str(record.msg)[:_KIND_CHARACTERS])
        with self._lock:
            passes = self._lines < limits.LOG_LINES_A_MINUTE
            if passes:
                count = self._counts[kind] = self._counts.get(kind, 0) + 1
                passes = count <= limits.LOG_REPEATS
            self._lines += passes
            self._left_out += not passes
        return passes


_lines = LogLines()


async def keep_log_lines_bound() -> None:
    """Put the bound on every handler there is, and again each minute: on those made since, too."""
    while True:
        bound_log_lines()
        _lines.turn_page()
        await asyncio.sleep(_WINDOW_SECONDS)


def bound_log_lines() -> None:
    """Put the bound on every handler there is."""
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    handlers = [handler for logger in loggers for handler in getattr(logger, "handlers", ())]
    for handler in (logging.lastResort, *handlers):
        if handler is not None:
            handler.addFilter(_lines)  # once, however often it is asked
