"""Pictures as people bring them, made from strokes: what each kind imitates, its function says."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.uint8]
Ink = NDArray[np.float64]

# Polylines in a unit square, y down.
DIGITS = {
    "1": [[(0.3, 0.2), (0.5, 0.0), (0.5, 1.0)]],
    "2": [[(0.1, 0.2), (0.4, 0.0), (0.7, 0.2), (0.6, 0.5), (0.1, 1.0), (0.8, 1.0)]],
    "4": [[(0.4, 0.0), (0.0, 0.6), (0.7, 0.6)], [(0.5, 0.3), (0.5, 1.0)]],
    "7": [[(0.0, 0.0), (0.7, 0.0), (0.2, 1.0)]],
}


def likeness(one: Pixels, other: Pixels) -> float:
    """The correlation of two pictures' pixels, at most 1."""
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def ink(digit: str, size: tuple[int, int], box: tuple[float, float, float], pen: float) -> Ink:
    """Ink of 0 to 1, (h, w), with a round pen.

    Args:
        digit: one of `DIGITS`.
        size: of the picture, width and height.
        box: left, top and side of the square that the digit is drawn into.
        pen: its width in pixels.
    """
    left, top, side = box
    image = Image.new("L", (2 * size[0], 2 * size[1]))  # twice as large, then reduced: smooth
    draw = ImageDraw.Draw(image)
    for stroke in DIGITS[digit]:
        places = [(2 * (left + side * x), 2 * (top + side * y)) for x, y in stroke]
        draw.line(places, fill=255, width=max(1, round(2 * pen)))
        for place in places if pen > 1 else ():
            draw.circle(place, pen, fill=255)
    return np.asarray(image.resize(size, Image.Resampling.BOX)) / 255


def on_paper(amount: Ink, paper: float | Ink = 255.0) -> Pixels:
    """Grey pixels."""
    return np.clip(paper * (1 - amount), 0, 255).astype(np.uint8)


def photographed(amount: Ink, seed: int, paper: float = 215) -> Pixels:
    """Light from one side, grain, a lens that is not quite sharp."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[: amount.shape[0], : amount.shape[1]] / max(amount.shape)
    grain = random.normal(0, 6, amount.shape)
    pixels = on_paper(amount, paper + 50 * columns - 60 * rows + grain)
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(1)))


def clean(digit: str, seed: int = 0) -> Pixels:
    """As drawn on the canvas: what all others are compared with."""
    return on_paper(ink(digit, (280, 280), (60, 50, 180), 20))


def thin(digit: str, seed: int) -> Pixels:
    """Lines of a single pixel on a large picture, as a paint program draws them."""
    return on_paper(ink(digit, (1000, 750), (200, 80, 560), 1))


def framed(digit: str, seed: int) -> Pixels:
    """A rectangle around the digit, on each side of the border."""
    picture = Image.fromarray(on_paper(ink(digit, (300, 300), (80, 80, 140), 12)))
    ImageDraw.Draw(picture).rectangle((30, 30, 270, 270), outline=60, width=4)
    return np.asarray(picture)


def cell(digit: str, seed: int) -> Pixels:
    """Cut out of a table, with its lines."""
    picture = Image.fromarray(on_paper(ink(digit, (220, 180), (60, 35, 105), 7), 245))
    draw = ImageDraw.Draw(picture)
    for line in ((8, 0, 8, 179), (212, 0, 212, 179), (0, 6, 219, 6), (0, 171, 219, 171)):
        draw.line(line, fill=90, width=3)
    return np.asarray(picture)


def beside_a_neighbour(digit: str, seed: int) -> Pixels:
    """Cut out of a row: a part of the next digit is at the edge."""
    amount = ink(digit, (420, 260), (130, 40, 160), 14)
    both = np.maximum(amount, ink("2", (420, 260), (300, 40, 160), 14))
    return on_paper(both[:, 60:345])


def on_a_table(digit: str, seed: int) -> Pixels:
    """A sheet that lies askew on a dark table, photographed from above."""
    random = np.random.default_rng(seed)
    amount = ink(digit, (400, 400), (120, 100, 190), 12)
    sheet = Image.fromarray(photographed(amount, seed)).convert("LA")
    sheet = sheet.rotate(4, Image.Resampling.BICUBIC, expand=True)
    table = np.clip(50 + random.normal(0, 6, (560, 520)), 0, 255).astype(np.uint8)
    picture = Image.fromarray(table).convert("LA")
    picture.alpha_composite(sheet.convert("LA"), (60, 70))
    return np.asarray(picture.convert("L").filter(ImageFilter.GaussianBlur(1)))


def pencil(digit: str, seed: int) -> Pixels:
    """The pencil presses less and less on the way down: from 190 to 60 of 255."""
    amount = ink(digit, (300, 300), (70, 60, 170), 7)
    pressure = np.linspace(0.75, 0.24, 300)[:, None]
    return photographed(amount * pressure, seed)


def thick(digit: str, seed: int) -> Pixels:
    """A pen so thick that there is more ink than paper around many places, cut out closely."""
    return photographed(ink(digit, (200, 240), (24, 24, 190), 34), seed)


def light_grey(digit: str, seed: int) -> Pixels:
    """Nearly white on white."""
    return on_paper(ink(digit, (400, 400), (100, 80, 220), 16) * 30 / 255)


KINDS = {
    function.__name__: function
    for function in (
        *(thin, framed, cell, beside_a_neighbour, on_a_table),
        *(pencil, thick, light_grey),
    )
}


def side_by_side(digits: str, gap: int = 40, height: int = 180, pen: int = 14) -> Pixels:
    """Digits in a row on clean paper."""
    step = int(0.8 * height) + gap
    size = (step * len(digits) + 100, height + 100)
    rows = [
        ink(digit, size, (50 + place * step, 50, height), pen) for place, digit in enumerate(digits)
    ]
    return on_paper(np.max(rows, axis=0))
