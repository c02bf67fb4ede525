"""How well drawn digits are read: each preset trained, then asked about recorded strokes.

Run from the project's folder: `python -m benchmarks.drawing STROKES.json`. The file holds a list
of `{"label": 7, "strokes": [[[x, y], ...], ...]}`, x to the right and y down, in any unit; such
recordings are in UCI's Pen-Based Recognition of Handwritten Digits. Each is drawn as a visitor
would on the lab's canvas: 280 x 280 pixels, a round brush of 20, the digit's longer side 45 to
80 % of the canvas, up to 8 % off its centre. It takes about a minute on two cores.

A smoke run draws the lab's own ready digits: the recordings are no part of the project.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks import command_line, digits
from digitlab.data.mnist import Dataset
from digitlab.preprocess import DrawingError, drawing_to_digit, plain_resize
from digitlab.preprocess.ready_drawings import READY
from digitlab.records.networks import TrainedNetwork
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


def ready_recordings() -> tuple[NDArray[np.int64], list[Strokes]]:
    """The lab's own ready digits, in the form of `read_recordings`: one of each digit."""
    plain = {name: strokes for name, strokes in READY.items() if name.isdigit()}
    drawings = [[np.array(stroke, dtype=np.float64) for stroke in plain[name]] for name in plain]
    return np.array([int(name) for name in plain]), drawings


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


def trained(
    seed: int, data: Dataset, names: Iterable[str] = PRESETS
) -> Iterator[tuple[str, TrainedNetwork]]:
    """Train presets from this seed, one after another: name and network."""
    # Keras takes seconds to load, so a wrong file is reported before.
    from digitlab.engine.fit import train

    for name in names:
        network = train(PRESETS[name].with_seed(seed), data, lambda record: None, lambda: None)
        assert isinstance(network, TrainedNetwork)  # nobody stops it
        yield name, network


def answers(network: TrainedNetwork, images: Images) -> NDArray[np.float32]:
    """A network's probabilities: `(n, 28, 28) -> (n, 10)`."""
    from digitlab.engine.inference import probabilities

    return probabilities(network, images)


def print_table(
    labels: NDArray[np.int64], canvases: list[Images], seed: int, data: Dataset
) -> None:
    """Train each preset from this seed and print what it reads of the drawings."""
    ways = {
        "plain resize": np.stack([plain_resize(canvas) for canvas in canvases]),
        "drawing_to_digit": np.stack([normalise(canvas) for canvas in canvases]),
    }
    print(f"{len(labels)} drawings, seed {seed}")
    print(f"{'preset':24}{'MNIST test':>12}", *(f"{way:>18}" for way in ways), sep="")
    for name, network in trained(seed, data):
        shares = [
            np.mean(answers(network, images).argmax(axis=1) == labels) for images in ways.values()
        ]
        row = "".join(f"{share:18.3f}" for share in shares)
        print(f"{name:24}{network.test_accuracy:12.3f}{row}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Read the recordings, draw them, print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("strokes", type=Path, nargs="?", metavar="STROKES.json")
    options.add_argument("--seed", type=int, default=0, help="of the training and of the places")
    options.add_argument("--digits", type=int, default=digits.ALL, help="to train with")
    given = command_line.parse(options, argv, {"digits": digits.FEW})
    if given.strokes is None and not given.smoke:
        options.error("A file of pen strokes is missing; --smoke takes the lab's own ready digits.")
    try:
        recordings = read_recordings(given.strokes) if given.strokes else ready_recordings()
    except OSError as error:
        options.error(f"{given.strokes} can't be read: {error.strerror}")
    except ValueError as error:
        options.error(str(error))
    labels, drawings = recordings
    random = np.random.default_rng(given.seed)
    canvases = [draw(strokes, random) for strokes in drawings]
    print_table(labels, canvases, given.seed, digits.first_digits(given.digits))
    return 0


if __name__ == "__main__":
    sys.exit(main())
