"""A drawing on a canvas: its pixels, its strokes, and those that were taken back."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

_PAPER = 255


@dataclass
class Sketch:
    """The drawing on one canvas.

    Attributes:
        generation: counts how often it was cleared; the canvas of each is a new one.
        brush: width of a stroke, in pixels.
        pixels: grey, uint8 (280, 280), 255 is paper; None while nothing is drawn.
        strokes: as the canvas keeps them, to bring the drawing back after another page.
        initial: the strokes that the canvas on the page begins with. It starts anew with others.
        taken_back: strokes that Undo took, the latest last.
        latest_picture: the picture that the browser sent last, as it came.
    """

    generation: int = 0
    brush: int = 20
    pixels: NDArray[np.uint8] | None = None
    strokes: dict[str, Any] | None = None
    initial: dict[str, Any] | None = None
    taken_back: list[Any] = field(default_factory=list)
    latest_picture: object = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke to take back."""
        return bool(self._objects)

    @property
    def can_redo(self) -> bool:
        """Whether there is one to bring back."""
        return bool(self.taken_back)

    def take(
        self, picture: object, pixels: NDArray[np.uint8], strokes: dict[str, Any] | None
    ) -> None:
        """Take over what the browser sent.

        Args:
            picture: as it came, and another than `latest_picture` was before: after an Undo the
                browser's last word is the drawing before it, until it has drawn what is left.
            pixels: of the picture, uint8 (280, 280).
            strokes: as the canvas keeps them; None if they are too many.
        """
        before = len(self._objects)
        self.latest_picture = picture
        self.pixels = pixels if (pixels < _PAPER).any() else None
        self.strokes = strokes
        if len(self._objects) > before:
            self.taken_back.clear()

    def undo(self) -> None:
        """Take back the last stroke; the canvas then sends the picture without it."""
        if self.can_undo:
            *left, last = self._objects
            self.taken_back.append(last)
            self._begin_with(left)

    def redo(self) -> None:
        """Bring back the stroke that was taken last."""
        if self.taken_back:
            self._begin_with([*self._objects, self.taken_back.pop()])

    def show(self, objects: list[Any]) -> None:
        """Put a ready drawing in the place of what was drawn; the canvas then sends its picture."""
        self.taken_back = []
        self._begin_with(objects)

    def clear(self) -> None:
        """An empty canvas, with the same brush."""
        self.generation += 1
        self.pixels = self.strokes = self.initial = self.latest_picture = None
        self.taken_back = []

    @property
    def _objects(self) -> list[Any]:
        return self.strokes["objects"] if self.strokes else []

    def _begin_with(self, objects: list[Any]) -> None:
        self.strokes = self.initial = {**(self.strokes or {}), "objects": objects}
