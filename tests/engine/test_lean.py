"""Workers import Keras without what it can do without, and have it all the same afterwards."""

import subprocess
import sys

import pytest

from digitlab.engine.lean import OPTIONAL

IMPORT = """
import gc, sys
from digitlab.engine.lean import import_keras

import_keras()
print(*(name in sys.modules for name in {optional}))
print("keras" in sys.modules, gc.isenabled(), gc.get_freeze_count() > 100_000)
import {optional_imports}
print(sklearn.decomposition is not None)
"""


@pytest.mark.usefixtures("starts_processes")
def test_keras_comes_without_its_optional_libraries_and_they_can_still_be_imported() -> None:
    code = IMPORT.format(
        optional=repr(OPTIONAL), optional_imports="matplotlib, pandas, sklearn.decomposition"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split("\n")[:3] == ["False False False", "True True True", "True"]
