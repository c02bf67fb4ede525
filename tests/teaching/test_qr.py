"""A QR picture holds its address, and can be scanned: read by hand, square by square."""

import pytest

from digitlab import limits
from digitlab.teaching import code_address, qr_svg
from tests.teaching.qr_reader import read

ROOTS = [
    "http://10.0.0.5:8501/",
    "https://lab.example/",
    "https://digits.school.example/lessons/digitlab/",
    "http://[2001:db8::12]:8501/",
    f"https://{'long.' * 10}example/",
]


@pytest.mark.parametrize("root", ROOTS)
def test_it_holds_the_address_with_the_code_and_nothing_else(root: str) -> None:
    address = code_address(root, "BDFG")
    assert address == f"{root}?code=BDFG"
    assert read(qr_svg(address)) == address


def test_the_reader_is_no_yes_sayer() -> None:
    address = "https://lab.example/?code=BDFG"
    assert read(qr_svg("https://lab.example/?code=BDFH")) != address
    with pytest.raises(AssertionError):
        read(qr_svg(address).replace("#000", "#ccc"))


def test_the_longest_that_is_shown_has_squares_that_a_camera_tells_apart() -> None:
    svg = qr_svg("x" * limits.MAX_QR_CHARACTERS)
    side = int(svg.partition('viewBox="0 0 ')[2].partition(" ")[0]) - 2 * 4
    assert side <= 57
