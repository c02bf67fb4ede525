"""Streamlit looks for components in all installed packages at each AppTest, for 0.14 s."""

import functools
import sys


def look_once() -> None:
    """Keep the first answer: packages do not change while the tests run.

    This is the one function of Streamlit's that the tests replace: by itself. A server asks it once
    too.
    """
    if "streamlit" not in sys.modules:  # a test without it
        return
    from streamlit.components.v2 import manifest_scanner

    scan = manifest_scanner.scan_component_manifests
    if not hasattr(scan, "cache_info"):
        vars(manifest_scanner)["scan_component_manifests"] = functools.cache(scan)
