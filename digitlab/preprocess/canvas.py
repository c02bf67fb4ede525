"""What a drawing canvas sends: a picture and its strokes, from a browser that may be anybody's.

Whoever speaks the protocol can send any value in their place. So nothing is decoded that is not,
by its first bytes, the very picture that the canvas makes.
"""

import base64
import binascii
import io
import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitlab import limits

SIDE = 280
"""Pixels of the canvas; fits a phone, and is ten times MNIST's 28."""

_PREFIX = "data:image/png;base64,"
_SIGNATURE = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR")
_EIGHT_BITS, _COLOURS = 8, (2, 6)  # RGB and RGBA; browsers send no other


def canvas_pixels(url: object) -> NDArray[np.uint8] | None:
    """The grey pixels in a canvas's data URL, uint8 `(280, 280)`, 255 is paper.

    Returns:
        None for everything but a PNG of the canvas's own size, whatever it is: it can only be
        forged.
    """
    content = _content(url)
    if content is None or not _is_of_the_canvas(content):
        return None
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG",))
        return np.asarray(image.convert("L"))
    except Exception:  # Pillow raises errors of many kinds on damaged files
        return None


def canvas_strokes(raw: object) -> dict[str, Any] | None:
    """The strokes as the canvas keeps them; None if they are not of that form, or too many.

    They are held for the session, and go back to the browser that sent them.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("objects"), list):
        return None
    try:
        size = len(json.dumps(raw))
    except (TypeError, ValueError, RecursionError):
        return None
    return raw if size <= limits.MAX_STROKES_KILOBYTES * 1024 else None


def _content(url: object) -> bytes | None:
    if not isinstance(url, str) or len(url) > limits.MAX_CANVAS_KILOBYTES * 1024:
        return None
    if not url.startswith(_PREFIX):
        return None
    try:
        return base64.b64decode(url[len(_PREFIX) :], validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_of_the_canvas(content: bytes) -> bool:
    """Whether signature and header are those of the canvas's own picture."""
    header = content[len(_SIGNATURE) :][:10]
    if not content.startswith(_SIGNATURE) or len(header) < 10:
        return False
    width, height, depth, colours = struct.unpack(">IIBB", header)
    return (width, height, depth) == (SIDE, SIDE, _EIGHT_BITS) and colours in _COLOURS
