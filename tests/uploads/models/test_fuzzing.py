"""Random networks, asked everything in a process of their own: an abort fails the test."""

import os
import subprocess
import sys

from tests.pages.test_pages import ROOT

COUNT = int(os.environ.get("DIGITLAB_FUZZ", "4"))  # a thousand take a quarter of an hour
FIRST = int(os.environ.get("DIGITLAB_FUZZ_SEED", "0"))


def test_whatever_network_is_brought_its_answers_are_those_of_keras() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.uploads.models.fuzzing", str(FIRST), str(COUNT)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, (ran.returncode, ran.stdout[-600:], ran.stderr[-3000:])
    assert len(ran.stdout.splitlines()) == 6 + COUNT  # six that are known to be hard
