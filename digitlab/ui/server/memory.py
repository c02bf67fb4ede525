"""How the process gives memory back to the system."""

import contextlib
import ctypes
import sys

_LARGE = 1 << 20  # bytes; pictures, weights and predictions are larger, a page's messages smaller
_M_MMAP_THRESHOLD = -3  # malloc.h


def return_large_blocks() -> None:
    """Let the C library give each large block back as soon as it is free.

    glibc keeps blocks of up to 32 MB once some were freed, for each of up to eight arenas a core:
    eight visitors with a large picture each left 400 MB behind. Other systems' libraries do not.
    """
    if sys.platform.startswith("linux"):
        with contextlib.suppress(AttributeError):  # musl has no such function
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
