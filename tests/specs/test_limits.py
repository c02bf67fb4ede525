"""Limits set by environment variables: used, or refused at the start with a sentence."""

import os
import subprocess
import sys
from subprocess import CompletedProcess
from typing import Any

import pytest

from digitlab import limits
from digitlab.compute.cluster.worker_process import worker_environment
from digitlab.limits.settings import SETTABLE, SettingError, chosen
from tests.browser.servers import ROOT

DOCUMENTED = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


def run(code: str, **environment: Any) -> CompletedProcess[Any]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_limit_is_what_the_variable_says_everywhere() -> None:
    shown = "from digitlab import limits; print(limits.QUEUE_LENGTH, limits.CLASS_SIZE)"
    done = run(shown, DIGITLAB_QUEUE_LENGTH="120")
    assert done.stdout.split() == ["120", str(limits.CLASS_SIZE)]


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("DIGITLAB_QUEUE_LENGTH", "many", "'many'. It has to be a whole number from 1 to 1,000."),
        ("DIGITLAB_QUEUE_LENGTH", "0", "'0'. It has to be"),
        ("DIGITLAB_QUEUE_LENGTH", "-5", "'-5'. It has to be"),
        ("DIGITLAB_QUEUE_LENGTH", "1.5", "'1.5'. It has to be"),
        ("DIGITLAB_QUEUE_LENGTH", "", "''. It has to be"),
        ("DIGITLAB_QUEUE_LENGHT", "120", "Is DIGITLAB_QUEUE_LENGTH meant?"),
        ("DIGITLAB_MAX_BROUGHT_MEGABYTES", "160", "set DIGITLAB_MAX_UPLOADED_MEGABYTES."),
    ],
)
def test_what_makes_no_sense_ends_the_start_with_one_sentence(
    variable: str, value: str, says: str
) -> None:
    with pytest.raises(SettingError, match=says.replace("?", r"\?")):
        chosen({variable: value})
    done = run("import digitlab.limits", **{variable: value})
    assert done.returncode == 1
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


def test_other_variables_are_left_alone() -> None:
    assert (
        chosen({"DIGITLAB_DATABASE_URL": "x", "DIGITLAB_SCHEDULER": "y", "QUEUE_LENGTH": "z"}) == {}
    )


@pytest.mark.parametrize("name", SETTABLE)
def test_each_stands_in_the_documentation_and_what_holds_now_may_be_set(name: str) -> None:
    least, most = SETTABLE[name]
    assert least <= getattr(limits, name) <= most
    assert f"`{name}`" in DOCUMENTED


def test_workers_get_them_too_and_no_password() -> None:
    environment = {"DIGITLAB_MAX_REPLAY_MEGABYTES": "16", "DIGITLAB_DATABASE_URL": "secret"}
    assert worker_environment(environment) == {"DIGITLAB_MAX_REPLAY_MEGABYTES": "16"}
