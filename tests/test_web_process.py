"""The web process never imports Keras or TensorFlow: Streamlit would then clear everybody's
session."""

import subprocess
import sys

from tests.pages.test_pages import PAGES, ROOT

WALK = """
import sys
from streamlit.testing.v1 import AppTest
from digitlab.ui.session import services
from tests import component_scan

component_scan.look_once()
try:
    for page in sys.argv[1:]:
        test = AppTest.from_file(page, default_timeout=30).run()
        assert not test.exception, page
    loaded = sorted({name.split(".")[0] for name in sys.modules} & {"keras", "tensorflow"})
    print("loaded:", loaded)
finally:
    services.queue().close()
"""


def test_no_page_loads_keras_into_the_web_process() -> None:
    pages = [str(ROOT / page) for page in PAGES]
    done = subprocess.run(
        [sys.executable, "-c", WALK, *pages],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "loaded: []" in done.stdout
