"""Names that strangers give."""

import time

import pytest

from digitlab import limits
from digitlab.runs.record import clean_name
from digitlab.specs import display_name

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
SCIENTIST = "👩🏽\u200d🔬"
HEART = "❤\ufe0f\u200d🔥"
KEYCAP = "1\ufe0f\u20e3"
FLAG = "🇩🇪"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
SIGNS = [FAMILY, SCIENTIST, HEART, KEYCAP, FLAG, SCOTLAND, "👍🏿", "é", "क्ष", "🇫🇷"]


@pytest.mark.parametrize("sign", [*SIGNS, "می\u200cخواهم", "क्\u200dष", "한글"])
def test_what_is_joined_stays_whole(sign: str) -> None:
    assert display_name.clean(f"run {sign} two") == f"run {sign} two"
    assert clean_name(sign) == sign


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cut_never_goes_through_a_sign(sign: str) -> None:
    name = "ab" + 4 * sign
    uncut = {"ab" + count * sign for count in range(5)}
    for most in range(2, 60):
        short = display_name.cut(name, most)
        assert short in uncut
        assert min(most, len(name)) - len(sign) < len(short) <= most  # one sign is lost at most


def test_a_cut_between_flags_counts_them() -> None:
    flags = "🇩🇪🇫🇷🇮🇹"
    assert [len(display_name.cut(flags, most)) for most in (2, 3, 4, 5, 6)] == [2, 2, 4, 4, 6]


def test_one_sign_without_end_is_cut_all_the_same() -> None:
    assert len(clean_name("e" + "\u0301" * 1000)) == limits.MAX_RUN_NAME_LENGTH


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a\u202eb", "a b"),  # turns the direction round
        ("a\u2066b\u2069", "a b"),
        ("\ufeffa\u00adb\u2060c", "a b c"),
        ("a\x00\tb\r\nc\u2028d\x7f", "a b c d"),
        ("\ud800x", "x"),
        ("pay\u200dpal \u200c", "paypal"),  # joins nothing
        ("👩\u200d", "👩"),
        ("👩\u200d\u200d🔬", "👩🔬"),
        ("\ufe0fa\ufe0f\ufe0f\ufe0fb", "ab"),
        ("a\U000e0061\U000e0062\U000e007fb", "ab"),  # a message in letters that can't be seen
        ("🏴" + "\U000e0061" * 50, "🏴"),
        ("\u3164\u2800\u115f", ""),  # looks empty, and is
        ("a\U000e0101b", "ab"),
        ("e\u0301", "é"),
        ("  two   words ", "two words"),
    ],
)
def test_what_can_not_be_seen_goes(name: str, expected: str) -> None:
    assert display_name.clean(name) == expected
    assert display_name.clean(expected) == expected


def test_a_name_without_end_is_read_at_once() -> None:
    began = time.thread_time()
    assert len(clean_name("🇩" * 100_000)) == limits.MAX_RUN_NAME_LENGTH
    assert time.thread_time() - began < 1  # the library alone takes 46 s
