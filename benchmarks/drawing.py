"""How well drawn digits are read: each preset trained, then asked about drawings of recorded strokes.

Run from the project's folder: `python -m benchmarks.drawing STROKES.json`. The file holds a list
of `{"label": 7, "strokes": [[[x, y], ...], ...]}`, x to the right and y down, in any unit; such
recordings are in UCI's Pen-Based Recognition of Handwritten Digits. Each is drawn as a visitor
would on the lab's canvas: 280 x 280 pixels, a round brush of 20, the digit's longer side 45 to
80 % of the canvas, up to 8 % off its centre.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

# `python benchmarks/drawing.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from digitlab.data.mnist import load_mnist
from digitlab.preprocess import DrawingError, drawing_to_digit, plain_resize
from digitlab.specs import IMAGE_SHAPE, PRESETS

CANVAS = 280
BRUSH = 20
SIZES = (0.45, 0.80)  # of the canvas
OFF_CENTRE = 0.08

Images = NDArray[np.uint8]
Strokes = list[NDArray[np.float64]]


def read_recordings(path: Path) -> tuple[NDArray[np.int64], list[Strokes]]:
    """The labels, and for each the strokes, each of shape (points, 2).

    Raises:
        OSError: if the file can't be read.
        ValueError: if it holds something else.
    """
    try:
        records: Any = json.loads(path.read_text(encoding="utf-8"))
        labels = np.array([int(record["label"]) for record in records])
        drawings = [
            [np.asarray(stroke, dtype=np.float64).reshape(-1, 2) for stroke in record["strokes"]]
            for record in records
        ]
        if not drawings or not all(sum(map(len, strokes)) for strokes in drawings):
            raise ValueError("no strokes")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} holds no recordings of strokes ({error})") from error
    return labels, drawings


def draw(strokes: Strokes, random: np.random.Generator) -> Images:
    """The strokes in black on a white canvas, at a random size and place: uint8 (280, 280)."""
    points = np.concatenate(strokes)
    corner, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = random.uniform(*SIZES) * CANVAS / max(extent.max(), 1e-9)
    centre = CANVAS / 2 + random.uniform(-OFF_CENTRE, OFF_CENTRE, 2) * CANVAS
    image = Image.new("L", (CANVAS, CANVAS), 255)
    pen = ImageDraw.Draw(image)
    for stroke in strokes:
        places = [(x, y) for x, y in (stroke - corner - extent / 2) * scale + centre]
        pen.line(places, fill=0, width=BRUSH)
        for x, y in places:  # round joints and caps
            pen.circle((x, y), BRUSH / 2, fill=0)
    return np.asarray(image)


def normalise(canvas: Images) -> Images:
    """What `drawing_to_digit` makes of it; where it refuses, an empty picture, read wrongly."""
    try:
        return drawing_to_digit(canvas).digit
    except DrawingError:
        return np.zeros(IMAGE_SHAPE, dtype=np.uint8)


def trained(seed: int, names: Iterable[str] = PRESETS) -> Iterator[tuple[str, Any]]:
    """Train presets from this seed, one after another: name and `TrainedNetwork`."""
    # Keras takes seconds to load, so a wrong file is reported before.
    from digitlab.engine.fit import train

    for name in names:
        yield (
            name,
            train(PRESETS[name].with_seed(seed), load_mnist(), lambda record: None, lambda: None),
        )


def answers(network: Any, images: Images) -> NDArray[np.float32]:
    """A network's probabilities: `(n, 28, 28) -> (n, 10)`."""
    from digitlab.engine.inference import probabilities

    return probabilities(network, images)


def print_table(labels: NDArray[np.int64], canvases: list[Images], seed: int) -> None:
    """Train each preset from this seed and print what it reads of the drawings."""
    ways = {
        "plain resize": np.stack([plain_resize(canvas) for canvas in canvases]),
        "drawing_to_digit": np.stack([normalise(canvas) for canvas in canvases]),
    }
    print(f"{len(labels)} drawings, seed {seed}")
    print(f"{'preset':24}{'MNIST test':>12}", *(f"{way:>18}" for way in ways), sep="")
    for name, network in trained(seed):
        shares = [
            np.mean(answers(network, images).argmax(axis=1) == labels) for images in ways.values()
        ]
        row = "".join(f"{share:18.3f}" for share in shares)
        print(f"{name:24}{network.test_accuracy:12.3f}{row}", flush=True)


def main() -> None:
    """Read the recordings, draw them, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("strokes", type=Path, metavar="STROKES.json")
    parser.add_argument("--seed", type=int, default=0, help="of the training and of the places")
    options = parser.parse_args()
    try:
        labels, drawings = read_recordings(options.strokes)
    except OSError as error:
        parser.error(f"{options.strokes} can't be read: {error.strerror}")
    except ValueError as error:
        parser.error(str(error))
    random = np.random.default_rng(options.seed)
    print_table(labels, [draw(strokes, random) for strokes in drawings], options.seed)


if __name__ == "__main__":
    main()
