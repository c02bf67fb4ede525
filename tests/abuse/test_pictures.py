"""Hostile pictures: pixels or a sentence, in bounded memory, and nothing else."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

from digitlab.preprocess import DrawingError, PictureError, drawing_to_digit, read_picture
from digitlab.wording.problems.pictures import picture_refusal
from tests.abuse import pictures
from tests.browser.servers import ROOT

_MEGABYTES = 300
"""What reading one picture may add: 25 million pixels with alpha are 100 MB, twice for a moment."""

_READ, _REFUSED = dict(pictures.read()), dict(pictures.refused())
_EXPECTED = drawing_to_digit(np.asarray(pictures.seven())).digit.astype(int)
_ALIKE = 25  # of 255, on average over the digit's pixels: JPEG, palettes and one bit a pixel round


@pytest.fixture(autouse=True)
def no_other_format(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pillow opens PNG and JPEG only: no other decoder sees a stranger's bytes."""
    seen = set()

    def watched(name: str, accept: Callable[[bytes], bool | str] | None) -> Any:
        def look(prefix: Any) -> Any:
            seen.add(name)
            return accept(prefix) if accept else True

        return look

    Image.init()
    for name, (factory, accept) in list(Image.OPEN.items()):
        monkeypatch.setitem(Image.OPEN, name, (factory, watched(name, accept)))
    yield
    assert seen <= {"PNG", "JPEG"}


def test_there_are_enough_of_them() -> None:
    assert len(_READ) + len(_REFUSED) + len(dict(pictures.tiny())) + len(pictures.LARGE) > 90
    assert sum(name.startswith("format") for name in _REFUSED) > 12


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", _REFUSED)
def test_what_is_no_picture_is_a_sentence(name: str) -> None:
    with pytest.raises(PictureError) as refusal:
        read_picture(_REFUSED[name])
    assert picture_refusal(refusal.value).endswith(".")
    assert len(picture_refusal(refusal.value)) < 200


@pytest.mark.parametrize("name", _READ)
def test_what_is_odd_is_read_as_the_seven_that_it_shows(name: str) -> None:
    pixels = read_picture(_READ[name])
    assert pixels.dtype == np.uint8
    if name.endswith("orientation 6"):
        pixels = np.rot90(pixels)
    digit = drawing_to_digit(pixels).digit.astype(int)
    assert np.abs(digit - _EXPECTED).mean() < _ALIKE


@pytest.mark.parametrize(
    ("name", "content"), list(pictures.tiny()), ids=lambda value: str(value)[:30]
)
def test_what_shows_nothing_shows_no_digit(name: str, content: bytes) -> None:
    with pytest.raises((PictureError, DrawingError)):
        drawing_to_digit(read_picture(content))


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a process its peak anew.")
def test_large_ones_take_bounded_memory() -> None:
    command = [sys.executable, "-m", "tests.abuse.pictures"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    grown = dict(_pairs(done.stdout))
    assert set(grown) == set(pictures.LARGE)
    assert {name: megabytes for name, megabytes in grown.items() if megabytes > _MEGABYTES} == {}
    assert max(grown.values()) > 20  # it is measured at all


def _pairs(output: str) -> Iterator[tuple[str, float]]:
    for line in output.splitlines():
        name, megabytes = line.split("\t")
        yield name, float(megabytes)
