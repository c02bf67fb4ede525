"""Hostile pictures for the isolated reader: pixels or a sentence, in bounded memory and time."""

import subprocess
import sys

import pytest

from digitlab import limits
from tests.abuse import pictures_apart
from tests.browser.servers import ROOT

_LIBRARIES = 60
"""Megabytes that a reader takes before it opens a file; with libheif."""

_PICTURE = 220
"""Megabytes that a picture may take beside: as many as the worst JPEG in the lab's own process."""


def lines(*arguments: str) -> list[list[str]]:
    command = [sys.executable, "-m", "tests.abuse.pictures_apart", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def hostile() -> dict[str, tuple[float, int, str]]:
    """What became of each: seconds, the most megabytes of any reader so far, the refusal."""
    return {name: (float(took), int(most), said) for name, took, most, said in lines()}


def test_there_are_enough_of_them(hostile: dict[str, tuple[float, int, str]]) -> None:
    assert len(hostile) > 100


def test_each_is_read_or_refused_in_a_sentence(hostile: dict[str, tuple[float, int, str]]) -> None:
    refusals = {said for _, _, said in hostile.values() if said}
    assert all(said.endswith(".") and len(said) < 200 for said in refusals)
    assert len(refusals) > 2


def test_none_keeps_the_reader_longer_than_it_may(
    hostile: dict[str, tuple[float, int, str]],
) -> None:
    slow = {
        name: took for name, (took, _, _) in hostile.items() if took > limits.PICTURE_SECONDS + 2
    }
    assert slow == {}


@pytest.mark.skipif(sys.platform != "linux", reason="Others count a process's memory otherwise.")
def test_none_fills_the_memory(hostile: dict[str, tuple[float, int, str]]) -> None:
    most = max(megabytes for _, megabytes, _ in hostile.values())
    assert 60 < most < _LIBRARIES + _PICTURE


@pytest.mark.parametrize(
    "name",
    [
        "GIF of 10,000 frames",
        "GIF with a comment of 8 MB",
        "TIFF of a million pages",
        "TIFF whose next page is itself",
        "TIFF whose Exif list is itself",
        "WebP of 300 frames",
        "WebP as large as may be",
    ],
)
def test_what_is_behind_the_first_picture_costs_nothing(
    hostile: dict[str, tuple[float, int, str]], name: str
) -> None:
    took, _, said = hostile[name]
    assert said == ""
    assert took < limits.PICTURE_SECONDS / 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("GIF that says 65,535 x 65,535", "more than 25 million pixels"),
        ("GIF with a frame beyond its screen", "more than 25 million pixels"),
        ("TIFF that says 60,000 x 60,000", "more than 12.5 million pixels"),
        ("TIFF with tiles of 2 GB", "more than 12.5 million pixels"),
        ("WebP that says 16,777,216 x 16,777,216", "more than 12.5 million pixels"),
        ("WebP that says 16384 x 16384", "more than 12.5 million pixels"),
        ("WebP that says 12000 x 12000", "more than 12.5 million pixels"),
        ("WebP of one pixel too many", "more than 12.5 million pixels"),
        ("BMP that says 60,000 x 60,000", "more than 25 million pixels"),
        ("HEIC that says 60000 x 60000", "more than 25 million pixels"),
        ("HEIC that says 25001 x 1000", "more than 25 million pixels"),
        ("HEIC that says 1 x 1", "damaged"),
        ("HEIC without its pixels", "damaged"),
        ("HEIF cut at 0.5", "damaged"),
        ("HEIF of garbage behind its first bytes", "damaged"),
        ("TIFF packed by 50001", "unusual"),
    ],
)
def test_what_claims_too_much_is_told_before_it_is_unpacked(
    hostile: dict[str, tuple[float, int, str]], name: str, sentence: str
) -> None:
    took, _, said = hostile[name]
    assert sentence in said
    assert took < limits.PICTURE_SECONDS / 2


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a process its peak.")
def test_the_largest_that_are_taken_fit_into_the_memory() -> None:
    grown = {name: float(megabytes) for name, _, megabytes in lines("large")}
    assert set(grown) == set(pictures_apart.LARGE)
    assert {name: megabytes for name, megabytes in grown.items() if megabytes > _PICTURE} == {}
    assert min(grown.values()) > 20  # it is measured at all
