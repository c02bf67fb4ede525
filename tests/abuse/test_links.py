"""Hostile addresses: the good settings stand, the rest is a sentence, whatever is in them."""

import itertools
import time

import pytest

from digitlab import limits
from digitlab.specs import LessonSpec
from digitlab.specs.link import PARAMETERS, from_address
from digitlab.wording.problems.link_problems import link_notice

_EPOCHS = "epochs=9"  # beside whatever is wrong
_BAD = (
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "${jndi:ldap://x}",
    "{{7*7}}",
    "__import__('os').system('x')",
    "%00%01%1b[2J",
    "%E2%80%AE%EF%BB%BF",
    "%ED%A0%80",
    "%FF%FE",
    "%",
    "%zz",
    "9" * 3000,
    "1e999",
    "-0",
    "0x10",
    "٣",
    "NaN",
    "1,2;3|4",
    "a" * 3000,
    "=" * 100,
    "+" * 100,
)
_WHOLE = (
    "&" * 5000,
    "=" * 5000,
    "?" * 3000,
    "#",
    "%" * 3000,
    "&".join(f"{n}={n}" for n in range(2000)),
    "&".join(["epochs=9"] * 900),
    "epochs[]=9",
    "epochs[0]=9&epochs.x=9",
    "EPOCHS=9",
    " epochs =9",
    "epochs%00=9",
    "v=1&v=1&v=2",
    "v=-1",
    "run=" + "A" * 50_000,
    "run=../../x&run=y",
    "fix=" + ",".join(["network"] * 400),
    "hide=%2C" * 300,
    "__class__=1&__dict__=2&self=3",
    ";".join(["epochs=9"] * 3),
)


def read(query: str) -> tuple[LessonSpec, list[str]]:
    """What the address gives, and what a page says, at once."""
    began = time.thread_time()
    lesson, problems = from_address(f"https://lab.example/Train?{query}")
    notices = [link_notice(problem) for problem in problems]
    assert time.thread_time() - began < 1  # microseconds are usual
    return lesson, notices


@pytest.mark.parametrize("bad", _BAD, ids=range(len(_BAD)))
def test_each_setting_refuses_it_and_leaves_the_others(bad: str) -> None:
    for name in PARAMETERS:
        if name in ("v", "epochs"):
            continue
        lesson, notices = read(f"{name}={bad}&{_EPOCHS}")
        assert len(notices) <= 2, name
        assert all(notice.isprintable() and len(notice) < 300 for notice in notices), name
        if lesson.spec.training.epochs == 9:
            assert notices or lesson == read(_EPOCHS)[0] or bad == "-0", name
        else:  # too long, so nothing of it is used
            assert lesson == LessonSpec()
            assert len(f"{name}{bad}{_EPOCHS}") > limits.MAX_LINK_CHARACTERS


@pytest.mark.parametrize("query", _WHOLE, ids=range(len(_WHOLE)))
def test_an_address_that_is_nonsense_sets_up_the_article(query: str) -> None:
    lesson, notices = read(query)
    assert lesson in (LessonSpec(), *_with_held(lesson))
    assert len(notices) <= 3
    assert all(notice.isprintable() and len(notice) < 300 for notice in notices)


def _with_held(lesson: LessonSpec) -> tuple[LessonSpec]:
    """The article with what the address holds: names of controls are no nonsense."""
    return (LessonSpec(fixed=lesson.fixed, hidden=lesson.hidden),)


def test_two_wrongs_are_two_sentences() -> None:
    for one, other in itertools.pairwise(_BAD[:12]):
        lesson, notices = read(f"loss={one}&optimizer={other}&{_EPOCHS}")
        assert lesson.spec.training.epochs == 9
        assert len(notices) == 2
