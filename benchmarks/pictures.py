"""How well pictures from files are read, by family: two presets trained, then asked about a folder.

Run from the project's folder: `python -m benchmarks.pictures FOLDER`. The folder holds one folder
for each family of pictures, with files named `<anything>_<label>.<ending>`; the label has a figure
for each digit, from left to right. For each family the table says how many there are, how many are
refused, in how many the lab finds as many digits as there are, and for each preset the share that
is read as labelled, and how many are read wrongly all the same with a share over 80 %: where the
digit is ("wrong, 1"), and on average over five places one pixel apart ("wrong, 5", what the lab
calls sure). Last come the milliseconds from the file to the digits: the median and the longest.
With nine families of 100 pictures it takes about three minutes on two cores.

A smoke run makes a folder of the lab's own ready digits: the labelled ones are no part of the
project, and what the tests make of digits belongs to the tests.
"""

import contextlib
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks import command_line, digits
from benchmarks.drawing import answers, draw, ready_recordings, trained
from digitlab.analysis.stability import SURE, Reading, moved
from digitlab.data.mnist import Dataset
from digitlab.preprocess import DrawingError, PictureError, drawing_to_digits, read_picture
from digitlab.records.networks import TrainedNetwork

PRESETS = ("ReLU 128", "Small CNN")


@dataclass(frozen=True, eq=False)
class Picture:
    """What became of a file.

    Attributes:
        label: what it shows.
        digits: each where it is and one pixel further, (5, 28, 28); none if it is refused.
        seconds: from the file to the digits.
    """

    label: str
    digits: tuple[NDArray[np.uint8], ...]
    seconds: float


def read(path: Path) -> Picture:
    """A file's digits."""
    start = time.perf_counter()
    try:
        drawn = drawing_to_digits(read_picture(path.read_bytes())).digits
    except (DrawingError, PictureError):
        drawn = ()
    seconds = time.perf_counter() - start
    label = path.stem.rpartition("_")[2]
    return Picture(label, tuple(moved(drawing.digit) for drawing in drawn), seconds)


def read_all(folder: Path) -> dict[str, list[Picture]]:
    """The pictures of each family.

    Raises:
        ValueError: if there are none.
    """
    families: dict[str, list[Picture]] = defaultdict(list)
    for path in sorted(folder.glob("*/*_*.*")):
        families[path.parent.name].append(read(path))
    if not families:
        raise ValueError(
            f"{folder} holds no folders with pictures named <anything>_<label>.<ending>"
        )
    return families


@contextlib.contextmanager
def ready_pictures(seed: int) -> Iterator[Path]:
    """A folder with one family: the lab's own ready digits, drawn as on the canvas."""
    random = np.random.default_rng(seed)
    with tempfile.TemporaryDirectory() as folder:
        family = Path(folder) / "drawn"
        family.mkdir()
        for label, strokes in zip(*ready_recordings(), strict=True):
            Image.fromarray(draw(strokes, random)).save(family / f"ready_{label}.png")
        yield Path(folder)


def score(network: TrainedNetwork, pictures: list[Picture]) -> tuple[int, int, int]:
    """How many are read as labelled; how many wrongly and with a large share; and surely."""
    right = large = sure = 0
    for picture in pictures:
        readings = [Reading(answers(network, places)) for places in picture.digits]
        if not readings:  # refused, so neither right nor wrong
            continue
        if "".join(str(reading.answer) for reading in readings) == picture.label:
            right += 1
            continue
        large += all(reading.share > SURE for reading in readings)
        sure += all(reading.sure for reading in readings)
    return right, large, sure


def print_table(families: dict[str, list[Picture]], seed: int, data: Dataset) -> None:
    """Train the presets from this seed and print what they read."""
    networks = dict(trained(seed, data, PRESETS))
    heads = "".join(f"{name:>12}{'wrong, 1':>10}{'wrong, 5':>10}" for name in networks)
    print(f"{'family':12}{'pictures':>9}{'refused':>9}{'counted':>9}{heads}{'ms':>8}{'longest':>9}")
    for family, pictures in families.items():
        refused = sum(not picture.digits for picture in pictures)
        counted = np.mean([len(picture.digits) == len(picture.label) for picture in pictures])
        row = f"{family:12}{len(pictures):9}{refused:9}{counted:9.3f}"
        for network in networks.values():
            right, large, sure = score(network, pictures)
            row += f"{right / len(pictures):12.3f}{large:10}{sure:10}"
        times = [1000 * picture.seconds for picture in pictures]
        print(f"{row}{median(times):8.0f}{max(times):9.0f}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Read the folder, print the table."""
    options = command_line.parser(__doc__)
    options.add_argument("folder", type=Path, nargs="?", metavar="FOLDER")
    options.add_argument("--seed", type=int, default=0, help="of the training")
    options.add_argument("--digits", type=int, default=digits.ALL, help="to train with")
    given = command_line.parse(options, argv, {"digits": digits.FEW})
    if given.folder is None and not given.smoke:
        options.error("A folder of pictures is missing; --smoke makes one of ready digits.")
    source = contextlib.nullcontext(given.folder) if given.folder else ready_pictures(given.seed)
    try:
        with source as folder:
            families = read_all(folder)
    except (OSError, ValueError) as error:
        options.error(str(error))
    print_table(families, given.seed, digits.first_digits(given.digits))
    return 0


if __name__ == "__main__":
    sys.exit(main())
