"""What the canvas in a visitor's browser sends, read with care: it may be forged."""

import base64
import binascii
import io
import math
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitlab import limits

SIDE = 280
"""Of the canvas, in pixels: fits a phone, and is ten times MNIST's 28."""

_DATA_URL = "data:image/png;base64,"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNK_OVERHEAD = 12  # bytes of a chunk beside its content: length, kind and checksum
_DEPTH, _RGB, _RGBA = 8, 2, 6  # bits, and two colour types, of the header


def canvas_pixels(sent: object) -> NDArray[np.uint8] | None:
    """The drawing in what a browser says is the canvas's picture.

    Args:
        sent: anything. A canvas sends its pixels as a PNG file in a data URL.

    Returns:
        Grey, uint8 (280, 280), 255 is paper; None if it can't be from the canvas.
    """
    if not isinstance(sent, str) or len(sent) > limits.MAX_CANVAS_KILOBYTES * 1024:
        return None
    if not sent.startswith(_DATA_URL):
        return None
    try:
        content = base64.b64decode(sent[len(_DATA_URL) :], validate=True)
    except (binascii.Error, ValueError):
        return None
    return _decoded(content) if _has_the_size(content) else None


def canvas_strokes(sent: object) -> dict[str, Any] | None:
    """The strokes in what a browser says they are, to be sent back to it later.

    Args:
        sent: anything that JSON can say.

    Returns:
        None if they can't be from the canvas, or are too many to keep.
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("objects"), list):
        return None
    if not all(isinstance(stroke, dict) for stroke in sent["objects"]):
        return None
    return sent if _is_modest(sent) else None


def _has_the_size(content: bytes) -> bool:
    """Whether this begins as a PNG file of the canvas's own size, eight bits a colour."""
    header = struct.pack(">I4sIIB", 13, b"IHDR", SIDE, SIDE, _DEPTH)
    beginning = _SIGNATURE + header
    return content.startswith(beginning) and content[len(beginning) :][:1] in (
        bytes([_RGB]),  # some browsers leave out the alpha of an opaque picture
        bytes([_RGBA]),
    )


def _decoded(content: bytes) -> NDArray[np.uint8] | None:
    try:
        plain = _SIGNATURE + b"".join(_pixel_chunks(content))
        with Image.open(io.BytesIO(plain), formats=("PNG",)) as image:
            return np.asarray(image.convert("L"))
    except Exception:  # Pillow raises errors of many kinds on damaged files
        return None


def _pixel_chunks(content: bytes) -> Iterator[bytes]:
    """The chunks that hold the picture; not text, profiles and films, which can unpack to much."""
    offset = len(_SIGNATURE)
    while offset < len(content):
        length, kind = struct.unpack_from(">I4s", content, offset)
        end = offset + length + _CHUNK_OVERHEAD
        if kind in (b"IHDR", b"IDAT", b"IEND"):
            yield content[offset:end]
        offset = end


def _is_modest(value: object) -> bool:
    """Whether this is no larger than a long drawing, in characters of JSON or a little less.

    It ends as soon as that is too much, and no nesting is too deep for it.
    """
    characters_left = limits.MAX_STROKES_KILOBYTES * 1024
    stack = [(value, 0)]
    while stack:
        node, depth = stack.pop()
        characters_left -= _length(node)
        if characters_left < 0 or depth > limits.MAX_STROKES_DEPTH or _is_not_finite(node):
            return False
        if isinstance(node, dict | list):
            children = node.values() if isinstance(node, dict) else node
            stack += [(child, depth + 1) for child in children]
    return True


def _length(value: object) -> int:
    """Of a value as JSON, without what lies in it."""
    if isinstance(value, dict):
        return sum(len(name) + 4 for name in value)
    if isinstance(value, list | str):
        return len(value) + 2
    return len(repr(value))


def _is_not_finite(value: object) -> bool:
    """Whether it is infinite or NaN, which JSON has no word for."""
    return isinstance(value, float) and not math.isfinite(value)
