"""The limits that a reading process sets for itself before it touches a file."""

import contextlib

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]


def confine(megabytes: int, seconds: int) -> None:
    """Memory, processor time, and not one byte to any file, from now to the end of the process.

    Args:
        megabytes: that it may address.
        seconds: of the processor.
    """
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS does not take every limit
            resource.setrlimit(what, (most, most))
