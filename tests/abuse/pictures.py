"""Hostile and odd pictures, made here; and the process that reads the large ones.

`python -m tests.abuse.pictures` reads each of `LARGE` and prints how many megabytes its memory
grew at most.
"""

import contextlib
import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, PngImagePlugin

from digitlab.preprocess import PictureError, read_picture

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def seven(size: tuple[int, int] = (90, 90)) -> Image.Image:
    """A seven, black on white."""
    width, height = size
    image = Image.new("L", size, 255)
    line = [(width // 4, height // 5), (3 * width // 4, height // 5), (width // 2, 4 * height // 5)]
    ImageDraw.Draw(image).line(line, fill=0, width=max(1, width // 10))
    return image


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG, with its checksum."""
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def header(width: int, height: int, depth: int = 8, colour: int = 0, interlaced: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A good PNG with one part more behind its header."""
    good = saved(seven())
    return good[:33] + chunk(kind, content) + good[33:]


def other_kinds() -> Iterator[tuple[str, bytes]]:
    """In each format that Pillow writes but those that the lab takes."""
    Image.init()
    for kind in sorted(set(Image.SAVE) - {"PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF"}):
        for mode in ("L", "RGB", "1"):
            try:
                with warnings.catch_warnings():
                    # Pillow 15 will write no IM any more; until then it is refused like the others.
                    warnings.filterwarnings("ignore", "IM image format", DeprecationWarning)
                    content = saved(seven().convert(mode), kind)
            except Exception:  # not in this mode, or not without a plug-in
                continue
            # Some are PNG or JPEG by another name.
            if not content.startswith((PNG_HEAD, b"\xff\xd8")):
                yield f"format {kind}", content
                break


def refused() -> Iterator[tuple[str, bytes]]:
    """What is no picture, or no whole one."""
    yield from other_kinds()
    good, photo = saved(seven()), saved(seven(), "JPEG")
    for share in (0.1, 0.3, 0.6):
        yield f"PNG cut at {share}", good[: int(share * len(good))]
    for share in (0.02, 0.1):
        yield f"JPEG cut at {share}", photo[: int(share * len(photo))]
    yield "PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\nshowpage\n%%EOF\n"
    yield "PostScript behind a PNG's first bytes", PNG_HEAD + b"%!PS-Adobe-3.0 EPSF-3.0\n"
    yield "a program", b"#!/bin/sh\ntouch it-ran\n"
    yield (
        "SVG with an entity",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>',
    )
    yield "a pickle", b"cposix\nsystem\n(S'touch x'\ntR."
    for width, height in (
        (0, 0),
        (0, 90),
        (2**31 - 1, 1),
        (2**32 - 1, 2**32 - 1),
        (60_000, 60_000),
    ):
        yield f"says {width} x {height}", PNG_HEAD + header(width, height) + good[33:]
    yield "says 20 million in one row", PNG_HEAD + header(20_000_000, 1) + good[33:]
    for depth, colour in ((3, 0), (8, 1), (255, 255), (16, 3)):
        what = f"depth {depth} and colours {colour}"
        yield what, PNG_HEAD + header(90, 90, depth, colour) + good[33:]
    yield "no data", PNG_HEAD + header(90, 90) + chunk(b"IEND", b"")
    yield "no palette", PNG_HEAD + header(90, 90, 8, 3) + good[33:60]
    yield "data of garbage", PNG_HEAD + header(90, 90) + chunk(b"IDAT", b"x" * 500)
    yield "a wrong checksum", good[:30] + b"\0\0\0" + good[33:]
    yield (
        "a text that unpacks to 90 MB",
        with_chunk(b"zTXt", b"Comment\0\0" + _90_megabytes()),
    )
    yield (
        "a text behind the data that unpacks to 90 MB",
        _with_end(chunk(b"zTXt", b"Comment\0\0" + _90_megabytes())),
    )
    yield "only a JPEG marker", b"\xff\xd8\xff" + bytes(400)
    yield "JPEG of 65,535 x 65,535", _sized(photo, 65_535, 65_535)


def read() -> Iterator[tuple[str, bytes]]:
    """What is odd, and a picture all the same."""
    image = seven()
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        picture = (
            image if mode != "I;16" else Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
        )
        yield f"PNG {mode}", saved(picture if mode == "I;16" else image.convert(mode))
    for mode in ("L", "RGB", "CMYK"):
        yield f"JPEG {mode}", saved(image.convert(mode), "JPEG")
    yield "JPEG in steps", saved(image, "JPEG", progressive=True)
    palette = image.convert("P")
    yield "palette with alpha", saved(palette, transparency=bytes(range(255, -1, -1)))
    yield "palette with a colour left out", saved(palette, transparency=255)
    yield "RGB with a colour left out", saved(image.convert("RGB"), transparency=(255, 255, 255))
    frames = [seven(), Image.new("L", (90, 90), 128)]
    yield "animated", saved(frames[0], save_all=True, append_images=frames[1:])
    yield "many texts", _with_texts({f"k{n}": "x" * 100 for n in range(500)})
    yield "markup in a text", _with_texts({"Title": "<script>alert(1)</script>"})
    yield "a profile of garbage", saved(image, icc_profile=b"\0" * 4000)
    for orientation in (0, 6, 9, 65_535):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield f"orientation {orientation}", saved(image, "JPEG", exif=exif)
    yield "EXIF of garbage", saved(image, "JPEG", exif=b"Exif\0\0" + bytes(range(256)) * 200)
    yield "EXIF that leads to itself", saved(image, "JPEG", exif=_exif_circle())
    yield "EXIF of garbage in a PNG", with_chunk(b"eXIf", b"MM\0\x2a\xff\xff\xff\xff")
    good = saved(image)
    yield "data that say 2 GB", good[:33] + b"\x7f\xff\xff\xffIDAT" + good[41:]
    yield "an unknown part", with_chunk(b"xxXx", b"y" * 10_000)
    yield "a part behind the data of no kind", _with_end(chunk(b"\0\1\2\3", b"x"))
    yield "a part behind the data with a wrong checksum", _with_end(chunk(b"tEXt", b"a\0b")[:-1])
    yield "a program behind it", saved(image) + b"\n#!/bin/sh\ntouch it-ran\n"
    yield "a zip behind it", saved(image) + b"PK\5\6" + bytes(18)


def tiny() -> Iterator[tuple[str, bytes]]:
    """Read, or refused as no digit: nothing to see."""
    for size in ((1, 1), (1, 9000), (9000, 1), (2, 2)):
        for kind in ("PNG", "JPEG"):
            yield f"{kind} of {size}", saved(Image.new("L", size, 128), kind)


@cache
def _90_megabytes() -> bytes:
    """Of nothing, packed. Level 1: the tests are collected in a third of a second less."""
    return zlib.compress(bytes(90 << 20), level=1)


def _with_end(part: bytes) -> bytes:
    """A good PNG with one part more before its end."""
    good = saved(seven())
    return good[:-12] + part + good[-12:]


LARGE: dict[str, Callable[[], bytes]] = {
    "grey": lambda: _flat("L", 5_000, 5_000),
    "black and white": lambda: _flat("1", 5_000, 5_000),
    "colours": lambda: _flat("RGB", 5_000, 5_000),
    "colours with alpha": lambda: _flat("RGBA", 5_000, 5_000),
    "palette": lambda: _flat("P", 5_000, 5_000),
    "a row": lambda: _flat("L", 25_000_000, 1),
    "JPEG": lambda: saved(Image.new("RGB", (5_000, 5_000)), "JPEG"),
    "JPEG of print": lambda: saved(Image.new("CMYK", (5_000, 5_000)), "JPEG"),
    "too large": lambda: _flat("1", 13_300, 13_300),
    "a text that unpacks": lambda: with_chunk(b"zTXt", b"C\0\0" + _90_megabytes()),
    "texts that unpack": lambda: _texts_bomb(),
}
"""Small files that unpack to as much as the lab takes, or more."""


def _flat(mode: str, width: int, height: int) -> bytes:
    return saved(Image.new(mode, (width, height)), compress_level=1)


def _texts_bomb() -> bytes:
    good = saved(seven())
    text = zlib.compress(bytes(1 << 20))
    parts = b"".join(chunk(b"zTXt", b"C%d\0\0" % n + text) for n in range(300))
    return good[:33] + parts + good[33:]


def _with_texts(texts: dict[str, str]) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, value in texts.items():
        info.add_text(key, value)
    return saved(seven(), pnginfo=info)


def _exif_circle() -> bytes:
    """A list of tags whose Exif list is itself, again and again."""
    return b"Exif\0\0MM\0\x2a\0\0\0\x08" + struct.pack(">HHHIII", 1, 0x8769, 4, 1, 8, 8)


def _sized(photo: bytes, width: int, height: int) -> bytes:
    """A JPEG whose frame header says another size."""
    place = photo.index(b"\xff\xc0") + 5
    return photo[:place] + struct.pack(">HH", height, width) + photo[place + 4 :]


def main() -> None:
    """Read each large one, and say how far it drove the peak of the memory."""
    warnings.simplefilter("ignore")
    for name, make in LARGE.items():
        content = make()
        print(f"{name}\t{_growth(content):.0f}", flush=True)


def _growth(content: bytes) -> float:
    """MB by which the peak lies above what the process takes now."""
    with open("/proc/self/clear_refs", "w") as file:  # the peak begins anew
        file.write("5")
    before = _megabytes("VmRSS")
    with contextlib.suppress(PictureError):
        read_picture(content)
    return _megabytes("VmHWM") - before


def _megabytes(name: str) -> float:
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(name))
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    main()
