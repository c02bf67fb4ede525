"""How the process gives memory back to the system."""

import ctypes
import sys

_LARGE = 1 << 20  # bytes; pictures, weights and predictions are larger, a page's messages smaller
_M_MMAP_THRESHOLD = -3  # malloc.h


def return_large_blocks() -> bool:
    """Let the C library give each large block back as soon as it is free; whether it will.

    glibc keeps blocks of up to 32 MB once some were freed, for each of up to eight arenas a core: eight
    visitors with a large picture each left 400 MB behind. Other systems' libraries do not.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE))
    except AttributeError:  # musl
        return False
