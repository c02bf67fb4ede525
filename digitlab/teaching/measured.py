"""What was measured of a class of thirty: docs/measurements.md and docs/hosting.md have more.

`tests/teaching/test_measured.py` looks for each of these numbers there.
"""

CLASS = 30
"""Pupils, on a server with two cores."""

LAST_TRAINED_SECONDS = (46, 103)
"""All press Train within ten seconds: after so long the last one has a network; on a good day, and
at most."""

FIVE_EACH_SECONDS = (223, 263)
"""All train five networks each: after so long everybody has them."""

MEMORY_GB = 1.54
"""All processes of the lab together, at most."""

SERVER_CORES, SERVER_GB = 2, 3
"""What docs/hosting.md asks for."""

TRAFFIC_MB = (124, 338)
"""What the class loads, through the documented proxy and without one."""
