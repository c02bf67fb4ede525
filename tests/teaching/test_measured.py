"""What the page says of a class of thirty stands in the documents, measured."""

from pathlib import Path

from digitlab.teaching import measured

DOCS = Path(__file__).parents[2] / "docs"
MEASUREMENTS = (DOCS / "measurements.md").read_text(encoding="utf-8")
HOSTING = (DOCS / "hosting.md").read_text(encoding="utf-8")


def test_training_at_once() -> None:
    first, last = measured.LAST_TRAINED_SECONDS
    assert f"The last one has it after {first}." in MEASUREMENTS
    assert f"to {last} s in four runs" in MEASUREMENTS
    quick, slow = measured.FIVE_EACH_SECONDS
    assert f"Everybody has a winner after {quick} to {slow} s." in MEASUREMENTS


def test_memory_and_the_machine() -> None:
    assert f"up to {measured.MEMORY_GB} GB" in MEASUREMENTS
    assert measured.MEMORY_GB < measured.SERVER_GB
    assert f"two cores, {measured.SERVER_GB} GB" in HOSTING
    assert measured.SERVER_CORES == 2
    assert measured.CLASS == 30


def test_traffic() -> None:
    with_proxy, without = measured.TRAFFIC_MB
    assert f"A class of thirty moves {with_proxy} MB instead of {without}" in HOSTING
