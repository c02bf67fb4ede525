"""What stands on a browser's canvases, for its next session: a reload begins a new one."""

import json
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import LRUCache

from digitlab import limits
from digitlab.preprocess.canvas import canvas_pixels
from digitlab.ui.session.sketch import Sketch


@dataclass(frozen=True)
class _Drawing:
    """A drawing as it came from the browser.

    Attributes:
        picture: its pixels as a PNG in a data URL.
        strokes: JSON.
        brush: width of the next stroke, in pixels.
    """

    picture: str
    strokes: str
    brush: int

    @property
    def size(self) -> int:
        """Characters."""
        return len(self.picture) + len(self.strokes)


class Drawings:
    """The latest drawing of each visitor on each canvas; the oldest go. For many threads."""

    def __init__(self) -> None:
        self._drawings: LRUCache[tuple[str, str], _Drawing] = LRUCache(
            limits.MAX_DRAWINGS_MEGABYTES * 1024 * 1024, getsizeof=lambda drawing: drawing.size
        )
        self._lock = Lock()

    def save(self, owner: str, canvas: str, sketch: Sketch) -> None:
        """Keep what was drawn, or forget it if the canvas is empty now.

        Args:
            owner: who drew it.
            canvas: its name.
            sketch: what stands on it; the caller may change it later.
        """
        with self._lock:
            if (
                isinstance(sketch.latest_picture, str)
                and sketch.strokes
                and sketch.pixels is not None
            ):
                strokes = json.dumps(sketch.strokes)
                self._drawings[owner, canvas] = _Drawing(
                    sketch.latest_picture, strokes, sketch.brush
                )
            else:
                self._drawings.pop((owner, canvas), None)

    def recall(self, owner: str, canvas: str) -> Sketch:
        """The same drawing for a new session; an empty canvas if none is kept."""
        with self._lock:
            drawing = self._drawings.get((owner, canvas))
        sketch = Sketch()
        if drawing and (pixels := canvas_pixels(drawing.picture)) is not None:
            strokes: dict[str, Any] = json.loads(drawing.strokes)
            sketch.take(drawing.picture, pixels, strokes)
            sketch.brush = drawing.brush
        return sketch


DRAWINGS = Drawings()
"""Of all visitors of this web process; nowhere else, and gone with it."""
