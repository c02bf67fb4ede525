"""Hostile files of the formats that are read in a process of their own, made here.

`python -m tests.abuse.pictures_apart` reads each, and prints the seconds, the most megabytes that
any reader has taken so far, and the sentence, if it is refused. With `large` it reads the largest
pictures that the lab takes, and prints the seconds and by how many megabytes the reader's peak is
above a small one's.
"""

import random
import resource
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image

from digitlab.uploads.pictures import PictureError, read_picture
from digitlab.wording.problems.pictures import picture_refusal
from tests.abuse.pictures import saved, seven

pillow_heif.register_heif_opener()

KINDS: dict[str, dict[str, Any]] = {
    "WEBP": {"lossless": True},
    "GIF": {},
    "BMP": {},
    "TIFF": {},
    "HEIF": {"quality": 90},
}


def hostile() -> Iterator[tuple[str, bytes]]:
    """Each is read or refused, but costs no more than a picture may."""
    for kind, options in KINDS.items():
        good = saved(seven(), kind, **options)
        for share in (0.1, 0.5, 0.9):
            yield f"{kind} cut at {share}", good[: int(share * len(good))]
        yield f"{kind} of garbage behind its first bytes", good[:16] + bytes(range(256)) * 9
        dice = random.Random(kind)
        for turn in range(8):
            broken = bytearray(good)
            for _ in range(6):
                broken[dice.randrange(12, len(good))] = dice.randrange(256)
            yield f"{kind} with other bytes {turn}", bytes(broken)
    yield from _gifs()
    yield from _tiffs()
    yield from _webps()
    yield from _bmps()
    yield from _heics()


def zipped(megabytes: int) -> bytes:
    """So many zeros, never all at once: a child's peak memory begins with its parent's."""
    packer = zlib.compressobj(level=1)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(megabytes)]
    return b"".join(parts) + packer.flush()


def _gifs() -> Iterator[tuple[str, bytes]]:
    tiny, good = saved(Image.new("L", (1, 1)), "GIF"), saved(seven(), "GIF")
    frame = tiny[tiny.index(b",") : -1]
    yield "GIF of 10,000 frames", good[:-1] + frame * 10_000 + b";"
    yield "GIF that says 65,535 x 65,535", good[:6] + struct.pack("<HH", 65_535, 65_535) + good[10:]
    place = good.index(b",") + 5
    large = good[:place] + struct.pack("<HH", 60_000, 60_000) + good[place + 4 :]
    yield "GIF with a frame beyond its screen", large
    comment = b"!\xfe" + (b"\xff" + b"x" * 255) * 30_000 + b"\0"
    first = good.index(b",")
    yield "GIF with a comment of 8 MB", good[:first] + comment + good[first:]


def tiff(*tags: tuple[int, int, int, int], data: bytes = b"", after: int = 0) -> bytes:
    """A TIFF with these tags (number, kind, count, value); its data begin behind them."""
    listed = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    page = struct.pack("<H", len(tags)) + listed + struct.pack("<I", after)
    return b"II*\0\x08\0\0\0" + page + data


def page_of(width: int, height: int, **more: int) -> list[tuple[int, int, int, int]]:
    """Tags of a grey page whose strip lies at 400, with tags of other numbers, as `t259=1`."""
    tags = {
        256: width,
        257: height,
        258: 8,
        259: 1,
        262: 1,
        273: 400,
        277: 1,
        278: height,
        279: 9000,
    }
    tags |= {int(name[1:]): value for name, value in more.items()}
    return [(number, 4, 1, value) for number, value in tags.items()]


def _tiffs() -> Iterator[tuple[str, bytes]]:
    room = bytes(600)
    packed = zipped(200)
    behind = 8 + 2 + 12 * len(page_of(9, 9)) + 4 + len(room)
    pages = np.zeros(1_000_000, [("tags", "<u2"), ("next", "<u4")])  # without a tag each
    pages["next"] = behind + pages.itemsize * np.arange(1, 1_000_001)
    million = tiff(*page_of(9, 9, t273=8), data=room + pages.tobytes(), after=behind)
    yield "TIFF of a million pages", million
    yield "TIFF whose next page is itself", tiff(*page_of(9, 9, t273=8), data=room, after=8)
    yield "TIFF that says 2 billion wide", tiff(*page_of(2**31 - 1, 1), data=room)
    yield "TIFF that says 60,000 x 60,000", tiff(*page_of(60_000, 60_000), data=room)
    tiles = {"t322": 48_000, "t323": 48_000, "t324": 400, "t325": len(packed), "t259": 8}
    yield "TIFF with tiles of 2 GB", tiff(*page_of(90, 90, **tiles), data=bytes(400) + packed)
    strip = {"t259": 8, "t279": len(packed)}
    yield (
        "TIFF with a strip that unpacks to 200 MB",
        tiff(*page_of(90, 90, **strip), data=bytes(400) + packed),
    )
    yield "TIFF of 65,535 colours", tiff(*page_of(90, 90, t277=65_535), data=room)
    yield "TIFF of 65,535 bits", tiff(*page_of(90, 90, t258=65_535), data=room)
    yield (
        "TIFF with a tag of 4 billion numbers",
        tiff(*page_of(90, 90), (700, 4, 2**32 - 1, 100), data=room),
    )
    yield (
        "TIFF with two million strips",
        tiff(
            *[tag for tag in page_of(90, 90) if tag[0] not in (273, 279)],
            (273, 4, 2_000_000, 150),
            (279, 4, 2_000_000, 150),
            data=b"\xff" * (9 << 20),
        ),
    )
    yield (
        "TIFF whose Exif list is itself",
        tiff(*page_of(9, 9, t273=8), (34665, 4, 1, 8), data=room),
    )
    for packing in (2, 5, 6, 7, 32773, 32809, 34676, 34925, 50_000, 50_001):
        yield f"TIFF packed by {packing}", tiff(*page_of(90, 90, t259=packing), data=room * 20)


def _webps() -> Iterator[tuple[str, bytes]]:
    good = saved(seven(), "WEBP", lossless=True)
    flags = bytes(4) + b"\xff" * 6
    part = b"VP8X" + struct.pack("<I", 10) + flags + good[12:]
    yield (
        "WebP that says 16,777,216 x 16,777,216",
        b"RIFF" + struct.pack("<I", 4 + len(part)) + b"WEBP" + part,
    )
    for side in (16_384, 12_000):  # Pillow itself refuses the first
        bits = struct.pack("<I", (side - 1) | (side - 1) << 14)
        yield f"WebP that says {side} x {side}", good[:21] + bits + good[25:]
    yield "WebP as large as may be", saved(Image.new("RGB", (3_535, 3_535)), "WEBP", lossless=True)
    yield "WebP of one pixel too many", saved(Image.new("RGB", (3_536, 3_536)), "WEBP", method=0)
    frames = [Image.new("L", (90, 90), number % 256) for number in range(300)]
    film = saved(seven(), "WEBP", save_all=True, append_images=frames, lossless=True)
    yield "WebP of 300 frames", film
    yield "WebP that says 4 GB", good[:4] + b"\xff" * 4 + good[8:]


def _bmps() -> Iterator[tuple[str, bytes]]:
    good = saved(seven(), "BMP")

    def with_size(width: int, height: int, bits: int = 8, packing: int = 0) -> bytes:
        head = struct.pack("<iiHHI", width, height, 1, bits, packing)
        return good[:18] + head + good[34:]

    yield "BMP that says 60,000 x 60,000", with_size(60_000, 60_000)
    yield "BMP that says -1 x -1", with_size(-1, -1)
    yield "BMP of runs, 25 million pixels", with_size(5_000, 5_000, 8, 1)
    runs = with_size(5_000, 5_000, 8, 1)[:1078] + b"\1\1" * 4_000_000
    yield "BMP of four million runs", runs
    yield "BMP of no bits", with_size(90, 90, 0)
    yield "BMP with a PNG in it", with_size(90, 90, 0, 5)


def _heics() -> Iterator[tuple[str, bytes]]:
    good = saved(seven((640, 480)), "HEIF", quality=90)
    sizes = [place for place in range(len(good)) if good.startswith(b"ispe", place)]

    def with_sizes(width: int, height: int) -> bytes:
        other = bytearray(good)
        for place in sizes:
            other[place + 8 : place + 16] = struct.pack(">II", width, height)
        return bytes(other)

    for width, height in (
        (60_000, 60_000),
        (2**32 - 1, 2**32 - 1),
        (25_001, 1_000),
        (0, 0),
        (1, 1),
    ):
        yield f"HEIC that says {width} x {height}", with_sizes(width, height)
    yield "HEIC without its pixels", good[: good.index(b"mdat") + 4]
    yield "HEIC of a film's first bytes only", good[:24]


_AT_ONCE: dict[str, Any] = {
    "quality": 50,
    "enc_params": {
        "preset": "ultrafast",
        "complexity": "0",
        "x265:ctu": "64",
        "x265:min-cu-size": "32",
        "x265:no-wpp": "1",
    },
}
"""The encoder takes 9 s for 25 million pixels otherwise. One colour needs no small blocks."""

_SIDE = 3_535  # as many pixels as a WebP or a TIFF may have

LARGE: dict[str, Callable[[], bytes]] = {
    "WebP": lambda: saved(Image.new("RGB", (_SIDE, _SIDE)), "WEBP", method=0),
    "WebP with alpha": lambda: saved(Image.new("RGBA", (_SIDE, _SIDE)), "WEBP", lossless=True),
    "GIF": lambda: saved(Image.new("P", (5_000, 5_000)), "GIF"),
    "GIF with a clear colour": lambda: saved(Image.new("P", (5_000, 5_000)), "GIF", transparency=0),
    "BMP": lambda: saved(Image.new("1", (5_000, 5_000)), "BMP"),
    "BMP of runs": lambda: _runs(),
    "TIFF": lambda: saved(Image.new("RGB", (_SIDE, _SIDE)), "TIFF", compression="tiff_lzw"),
    "TIFF of print": lambda: saved(
        Image.new("CMYK", (_SIDE, _SIDE)), "TIFF", compression="packbits"
    ),
    "TIFF of fractions": lambda: saved(
        Image.new("F", (_SIDE, _SIDE)), "TIFF", compression="tiff_deflate"
    ),
    "TIFF in one strip": lambda: _one_strip(1),
    "TIFF in one strip, to be turned": lambda: _one_strip(6),
    "HEIC": lambda: saved(Image.new("RGB", (5_000, 5_000)), "HEIF", **_AT_ONCE),
    "HEIC with alpha": lambda: saved(Image.new("RGBA", (5_000, 5_000)), "HEIF", **_AT_ONCE),
}
"""Small files that unpack to as much as the lab takes."""


def _runs() -> bytes:
    good = saved(Image.new("L", (5_000, 5_000)), "BMP")[:1078]
    row = b"\xfa\0" * 20 + b"\0\0"
    return good[:30] + struct.pack("<I", 1) + good[34:] + row * 5_000


def _one_strip(orientation: int) -> bytes:
    """With four numbers of 16 bits a pixel, which few programs write."""
    strip = _strip()
    numbers = {"t259": 8, "t262": 2, "t274": orientation, "t277": 4, "t279": len(strip), "t338": 2}
    tags = [tag for tag in page_of(_SIDE, _SIDE, **numbers) if tag[0] != 258]
    bits = struct.pack("<HHHH", 16, 16, 16, 16)
    place = 8 + 2 + 12 * (len(tags) + 1) + 4
    gap = bytes(400 - place - len(bits))
    return tiff(*tags, (258, 3, 4, place), data=bits + gap + strip)


@cache
def _strip() -> bytes:
    packer = zlib.compressobj()
    row = bytes(8 * _SIDE)
    return b"".join(packer.compress(row) for _ in range(_SIDE)) + packer.flush()


_READER = """
import sys
from digitlab.uploads.pictures import child
child.main()
with open("/proc/self/status") as file:
    sys.stderr.write(next(line for line in file if line.startswith("VmHWM")).split()[1])
"""


def _peak(content: bytes) -> float:
    """MB that a reader takes at most, with its libraries."""
    done = subprocess.run(
        [sys.executable, "-c", _READER], input=content, capture_output=True, check=True
    )
    assert b"shape" in done.stdout[:9], done.stdout[:200]
    return int(done.stderr) / 1000


def main() -> None:
    """Read each, and say what it took."""
    if sys.argv[1:] == ["large"]:
        least = _peak(saved(seven(), "BMP"))
        for name, make in LARGE.items():
            content, begun = make(), time.perf_counter()
            grown = _peak(content) - least
            print(f"{name}\t{time.perf_counter() - begun:.2f}\t{grown:.0f}", flush=True)
        return
    for name, content in hostile():
        begun, said = time.perf_counter(), ""
        try:
            read_picture(content)
        except PictureError as error:
            said = picture_refusal(error)
        taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000
        print(f"{name}\t{time.perf_counter() - begun:.2f}\t{taken}\t{said}", flush=True)


if __name__ == "__main__":
    main()
