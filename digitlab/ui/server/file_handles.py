"""Files and connections that the process may have open."""

import sys

from digitlab import limits

_HANDLES_A_PAGE = 1  # its websocket; script_loops.py spares the others
_NEVER_BELOW = 10  # open pages: a laptop with few handles still serves a few


def raise_open_files() -> int:
    """Raise the soft limit as far as the lab wants and the system lets it; what it is now.

    Systems start programs with 1,024 or 256, for the sake of very old ones. Windows has no such
    limit.
    """
    if sys.platform == "win32":
        return limits.OPEN_FILES
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unbounded = resource.RLIM_INFINITY
    limit = limits.OPEN_FILES if hard == unbounded else min(limits.OPEN_FILES, hard)
    if soft != unbounded and soft < limit:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        return limit
    return limits.OPEN_FILES if soft == unbounded else soft


def connections_for(open_files: int) -> int:
    """How many pages may be open at once, so that handles remain for all else.

    Args:
        open_files: what the process may have open.
    """
    left = (open_files - limits.OPEN_FILES_OF_THE_SERVER) // _HANDLES_A_PAGE
    return max(_NEVER_BELOW, min(limits.MAX_CONNECTIONS, left))
