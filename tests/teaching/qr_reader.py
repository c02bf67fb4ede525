"""A reader of QR pictures that shares nothing with what writes them: ISO/IEC 18004, by hand.

It takes the squares from the SVG as a browser draws them, and needs no correction of errors, since
nothing is dirty. Versions 2 to 6 and bytes are enough for the addresses of a lab.
"""

import re

Squares = list[list[bool]]

QUIET = 4
"""Light squares that the standard asks for on each side."""

_DATA = {
    # Codewords of data in each block, by version and by level as the format names it.
    2: {"L": [34], "M": [28], "Q": [22], "H": [16]},
    3: {"L": [55], "M": [44], "Q": [17, 17], "H": [13, 13]},
    4: {"L": [80], "M": [32, 32], "Q": [24, 24], "H": [9] * 4},
    5: {"L": [108], "M": [43, 43], "Q": [15, 15, 16, 16], "H": [11, 11, 12, 12]},
    6: {"L": [68, 68], "M": [27] * 4, "Q": [19] * 4, "H": [15] * 4},
}
_LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}
_FORMAT_MASK = 0b101010000010010
_MASKS = (
    lambda row, column: (row + column) % 2,
    lambda row, column: row % 2,
    lambda row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)


def read(svg: str) -> str:
    """The text of a QR picture.

    Raises:
        AssertionError: if the picture is none: its quiet zone, its three eyes.
    """
    squares = _without_quiet_zone(_squares(svg))
    side = len(squares)
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        eye = [[squares[top + row][left + column] for column in range(7)] for row in range(7)]
        rings = [[max(abs(row - 3), abs(column - 3)) for column in range(7)] for row in range(7)]
        assert eye == [[ring != 2 for ring in line] for line in rings]
    version = (side - 17) // 4
    level, mask = _format(squares)
    bits = _bits(squares, version, mask)
    words = [int("".join(map(str, bits[i : i + 8])), 2) for i in range(0, len(bits) - 7, 8)]
    data = _in_order(words, _DATA[version][level])
    stream = "".join(f"{word:08b}" for word in data)
    assert stream[:4] == "0100", "bytes"
    count = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * i : 20 + 8 * i], 2) for i in range(count)).decode()


def _squares(svg: str) -> Squares:
    """Which squares of the view box are dark: the ground is light, the lines are dark."""
    (side,) = re.findall(r'viewBox="0 0 (\d+) \1"', svg)
    ground, lines = re.findall(r"<path (.*?)/>", svg)
    assert 'fill="#fff"' in ground
    assert f'd="M0 0h{side}v{side}h-{side}z"' in ground, "all of the picture is light"
    assert 'stroke="#000"' in lines
    dark = [[False] * int(side) for _ in range(int(side))]
    (path,) = re.findall(r' d="([^"]*)"', lines)
    x = y = 0.0
    for kind, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if kind == "M":
            x, y = float(first), float(second)
        elif kind == "m":
            x, y = x + float(first), y + float(second)
        else:
            for column in range(int(x), int(x + float(first))):
                dark[int(y)][column] = True
            x += float(first)
    return dark


def _without_quiet_zone(squares: Squares) -> Squares:
    inner = [line[QUIET:-QUIET] for line in squares[QUIET:-QUIET]]
    assert sum(map(sum, squares)) == sum(map(sum, inner)), "nothing dark in the quiet zone"
    return inner


def _format(squares: Squares) -> tuple[str, int]:
    """Level and mask, from beside the upper left eye."""
    places = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)]
    places += [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    bits = int("".join(str(int(squares[row][column])) for row, column in places), 2)
    fields = (bits ^ _FORMAT_MASK) >> 10
    return _LEVELS[fields >> 3], fields & 7


def _bits(squares: Squares, version: int, mask: int) -> list[int]:
    """The bits in their order: in columns of two, up and down, from the right."""
    side = len(squares)
    last = side - 7  # the middle of the one alignment pattern that these versions have

    def is_function(row: int, column: int) -> bool:
        eyes = (row < 9 and (column < 9 or column >= side - 8)) or (row >= side - 8 and column < 9)
        aligned = abs(row - last) <= 2 and abs(column - last) <= 2
        return eyes or aligned or row == 6 or column == 6

    bits, up = [], True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for row in range(side - 1, -1, -1) if up else range(side):
            for column in (right, right - 1):
                if not is_function(row, column):
                    flipped = _MASKS[mask](row, column) == 0
                    bits.append(int(squares[row][column] ^ flipped))
        up = not up
    return bits


def _in_order(words: list[int], blocks: list[int]) -> list[int]:
    """The data of blocks that were dealt out one word at a time."""
    dealt = iter(words)
    turns = [
        [next(dealt) if turn < size else None for size in blocks] for turn in range(max(blocks))
    ]
    data = [[turn[block] for turn in turns] for block in range(len(blocks))]
    return [word for block in data for word in block if word is not None]
