"""`.keras` files whose zip is a trick: made from a good one."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator

from tests.uploads.models.making import CONFIG, WEIGHTS, packed, unpacked

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_BOMB = bytes(90 << 20)


def refused(good: bytes) -> Iterator[tuple[str, bytes]]:
    """What is no zip as Keras writes it."""
    files = unpacked(good)
    yield "empty", packed({})
    yield "nested", packed({"network.keras": good})
    yield "bzip2", packed(files, zipfile.ZIP_BZIP2)
    yield "lzma", packed(files, zipfile.ZIP_LZMA)
    yield "config bomb", packed({**files, CONFIG: _BOMB}, zipfile.ZIP_DEFLATED)
    bomb = packed({**files, WEIGHTS: _BOMB}, zipfile.ZIP_DEFLATED)
    yield "weights bomb", bomb
    yield "bomb that says it is small", _swapped(bomb, len(_BOMB), 5000)
    yield "bomb that says it is empty", _swapped(bomb, len(_BOMB), 0)
    size = len(files[WEIGHTS])
    deflated = packed(files, zipfile.ZIP_DEFLATED)
    yield "says 4 GB", _swapped(deflated, size, 2**32 - 2)
    yield "says zip64 without the field", _swapped(deflated, size, 2**32 - 1)
    yield "no end", good[: good.rindex(_END)]
    yield "no directory", _without_directory(good)
    yield "end only", good[good.rindex(_END) :]
    yield "local headers only", good[: good.index(_CENTRAL)]
    yield "many entries", packed({**files, **{str(n): b"" for n in range(5000)}})
    yield "config twice", _added(good, CONFIG, b"{}")
    yield "weights twice", _added(good, WEIGHTS, b"")
    for what, name in (
        ("config in a folder", f"network/{CONFIG}"),
        ("config above", f"../{CONFIG}"),
        ("config at the root", f"/{CONFIG}"),
        ("config in other letters", CONFIG.upper()),
        ("config with a null", f"{CONFIG}\0x"[1:]),
        ("config with a backslash", f"..\\{CONFIG}"),
        ("config as a folder", f"{CONFIG}/"),
    ):
        yield what, packed({name: files[CONFIG], WEIGHTS: files[WEIGHTS]})
    yield "first bytes of a program", b"#!/bin/sh\n" + good
    yield "wrong checksum", _patched(good, _CENTRAL, 16, b"\xff" * 4)
    yield "another name before the data", _patched(good, _LOCAL, 30, b"x")
    yield "another place", _patched(good, _CENTRAL, 42, struct.pack("<I", 2**31))
    yield "locked", _patched(_patched(good, _CENTRAL, 8, b"\1"), _LOCAL, 6, b"\1")
    yield "of a later version", _patched(good, _CENTRAL, 6, b"\xff\xff")
    yield "no deflate", _garbled(deflated)


def read(good: bytes) -> Iterator[tuple[str, bytes]]:
    """What is odd, and holds a network all the same."""
    files = unpacked(good)
    yield "deflated", packed(files, zipfile.ZIP_DEFLATED)
    yield "paths out of the folder beside it", packed({**files, "../../up": b"", "/etc/x": b""})
    yield "a long remark", _remarked(good, b"<script>" * 8000)
    yield "no such month", _patched(good, _CENTRAL, 14, b"\0\0")
    yield "on another disk", _patched(good, _END, 4, b"\7\0\7\0")
    yield "a program beside it", packed({**files, "__init__.py": b"raise SystemExit"})
    yield "a pickle beside it", packed({**files, "data.pkl": b"cos\nsystem\n(S'x'\ntR."})
    yield "the other order", packed(dict(reversed(files.items())))


def _swapped(content: bytes, size: int, other: int) -> bytes:
    return content.replace(struct.pack("<I", size), struct.pack("<I", other))


def _patched(content: bytes, signature: bytes, offset: int, new: bytes) -> bytes:
    """With these bytes in each record of a kind."""
    changed, place = bytearray(content), -1
    while (place := content.find(signature, place + 1)) >= 0:
        changed[place + offset : place + offset + len(new)] = new
    return bytes(changed)


def _garbled(content: bytes) -> bytes:
    """With noise where the compressed data lie."""
    start = content.index(WEIGHTS.encode()) + 200
    return content[:start] + bytes(range(256)) + content[start + 256 :]


def _without_directory(content: bytes) -> bytes:
    return content[: content.index(_CENTRAL)] + content[content.rindex(_END) :]


def _added(content: bytes, name: str, more: bytes) -> bytes:
    file = io.BytesIO(content)
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, more)
    return file.getvalue()


def _remarked(content: bytes, words: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = words
    return file.getvalue()
