"""Firefox, driven by its own WebDriver BiDi.

Debian has no geckodriver, and Playwright can't drive its Firefox.

Source: https://w3c.github.io/webdriver-bidi/
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.conftest import missing, wait_until

_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Tab:
    """A tab of a Firefox."""

    def __init__(self, line: ClientConnection) -> None:
        self._line, self._sent = line, 0
        self._call("session.new", capabilities={})
        self._context = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str, width: int = 1366, height: int = 768) -> None:
        """Load a page in a window of this size."""
        self._call(
            "browsingContext.setViewport",
            context=self._context,
            viewport={"width": width, "height": height},
        )
        self._call("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def value(self, script: str) -> Any:
        """What a JavaScript expression is, as JSON can say it."""
        answer = self._call(
            "script.evaluate",
            expression=f"JSON.stringify({script})",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"].get("value", "null"))

    def wait(self, script: str, what: str, seconds: float = 60) -> None:
        """Until a JavaScript expression is true."""
        wait_until(lambda: self.value(f"Boolean({script})"), what, seconds=seconds)

    def draw(self, points: list[tuple[float, float]]) -> None:
        """Press the mouse at the first point, move through the others, let it go."""
        (x, y), *rest = [(round(x), round(y)) for x, y in points]
        moves = [{"type": "pointerMove", "x": x, "y": y, "duration": 20} for x, y in rest]
        actions = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            *moves,
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": actions}
        self._call("input.performActions", context=self._context, actions=[pointer])

    def _call(self, method: str, **parameters: Any) -> Any:
        self._sent += 1
        self._line.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._line.recv(timeout=60))
            if answer.get("id") == self._sent:
                assert answer["type"] == "success", answer
                return answer["result"]


@contextmanager
def firefox(folder: Path) -> Iterator[Tab]:
    """A new Firefox without a window. The test skips without one; in CI it must be there."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        missing("Firefox is not installed (Debian: firefox-esr).")
    profile, said = folder / "firefox", folder / "firefox-says"
    profile.mkdir()
    command = [
        path,
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port=0",
    ]
    with said.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(folder)},
        )
    try:
        wait_until(lambda: _LISTENS.search(said.read_text()), "Firefox", seconds=60)
        match = _LISTENS.search(said.read_text())
        assert match is not None
        with connect(f"{match[1]}/session", max_size=None) as line:
            yield Tab(line)
    finally:
        process.terminate()
        process.wait(timeout=30)
