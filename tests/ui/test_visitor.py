"""Where a visitor comes from: a crowd told from others, and no address kept."""

import pytest

from digitlab.ui.session.visitor import origin_of


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff:1:2:3"),  # one home
        ("::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_one_place(first: str, second: str) -> None:
    assert origin_of(first) == origin_of(second) != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [("192.0.2.7", "192.0.2.8"), ("2001:db8:1:2::7", "2001:db8:1:3::7"), ("::1", "127.0.0.1")],
)
def test_two_places(first: str, second: str) -> None:
    assert origin_of(first) != origin_of(second)


@pytest.mark.parametrize("address", [None, "", "unknown", "192.0.2.7:80", "1" * 1000])
def test_what_is_no_address_is_no_place(address: str | None) -> None:
    assert origin_of(address) == ""
